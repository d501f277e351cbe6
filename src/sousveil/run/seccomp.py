"""A filter on system calls (seccomp): what a program that reads bytes and answers never has to ask of the kernel.

It is a deny list. An allow list would be tighter, and would break with every new version of the C library and of the
libraries that read files; what matters is that nothing leaves the process but its answers, and that is listed whole.
Threads go on working; calls of another architecture kill the process, for they would pass the numbers by.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping

from sousveil.run.syscalls import FILTERED, KERNEL, LAST_KNOWN, MARKS, NETWORK, OTHERS, PATHS, PROGRAMS, RIGHTS, Numbers

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column in the tables of numbers, and the name the kernel gives the architecture."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSE, _NOT_THERE = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_X32 = 0x40000000
"""Bit of the numbers of a third set of calls that x86_64 kernels may have."""

_CLONE_THREAD = 0x00010000
_PRCTL_REFUSED = (1, 4, 0x59616D61)
"""PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_PTRACER: outliving the run, opening the process to others."""
_FCNTL_REFUSED = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: a signal of one's choice to another process, sent by the kernel."""

_SET_NO_NEW_PRIVILEGES = 38
_SET_FILTER, _ALL_THREADS = 1, 1

Instruction = tuple[int, int, int, int]
"""Operation, steps to skip if true, steps to skip if false, value."""


def is_supported() -> bool:
    """Return whether the numbers of this machine's system calls are known."""
    return os.uname().sysname == "Linux" and platform.machine() in _ARCHITECTURES


def forbid_new_privileges() -> bool:
    """Give up, for good, that programs with more rights could be started; filters can be set only after that."""
    return bool(_libc().prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


def make_filter(machine: str, process: int, *, with_files: bool) -> list[Instruction]:
    """Return the filter for a machine (``x86_64``, ``aarch64``).

    Args:
        machine: name of the architecture.
        process: number of the process, the only one that may be sent signals.
        with_files: whether files may be opened by name; what may be opened is then for Landlock to say.
    """
    column, architecture = _ARCHITECTURES[machine]
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":
        program += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    program += [(_AT_LEAST, 0, 1, LAST_KNOWN + 1), (_RETURN, 0, 0, _NOT_THERE)]
    refused: list[Mapping[str, Numbers]] = [NETWORK, PROGRAMS, OTHERS, RIGHTS, KERNEL, MARKS]
    if not with_files:
        refused.append(PATHS)
    for numbers in refused:
        for pair in numbers.values():
            program += _when(pair[column], [(_RETURN, 0, 0, _REFUSE)])
    for name, block in _blocks(process).items():
        program += _when(FILTERED[name][column], block)
    return [*program, (_RETURN, 0, 0, _ALLOW)]


def install(*, with_files: bool) -> None:
    """Put the filter on every thread of this process, for good.

    Raises:
        OSError: the kernel has no filters, or refused this one.
    """
    program = make_filter(platform.machine(), os.getpid(), with_files=with_files)
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer)))
    column, _ = _ARCHITECTURES[platform.machine()]
    call = ctypes.c_long(RIGHTS["seccomp"][column] or 0)
    answer = _libc().syscall(call, ctypes.c_ulong(_SET_FILTER), ctypes.c_ulong(_ALL_THREADS), header)
    if answer != 0:
        code_number = ctypes.get_errno() or errno.EBUSY  # a positive answer names a thread that could not follow
        raise OSError(code_number, os.strerror(code_number))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _when(number: int | None, block: list[Instruction]) -> list[Instruction]:
    """Return the block, passed over where the call has another number; every path through a block returns."""
    return [] if number is None else [(_EQUAL, 0, len(block), number), *block]


def _blocks(process: int) -> dict[str, list[Instruction]]:
    """Return what is done with each call that depends on its arguments."""
    to_itself = [_argument(0), (_EQUAL, 1, 0, process), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    only_reading = [
        _argument(2),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _REFUSE),
        _argument(2, upper=True),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    only_threads = [_argument(0), (_ANY_BIT, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return {
        "clone": only_threads,
        "clone3": [(_RETURN, 0, 0, _NOT_THERE)],  # its flags lie in memory; the C library falls back to clone
        "kill": to_itself,
        "tgkill": to_itself,  # abort() needs it
        "prctl": _unless(0, _PRCTL_REFUSED),
        "fcntl": _unless(1, _FCNTL_REFUSED),
        "prlimit64": only_reading,
    }


def _unless(place: int, values: tuple[int, ...]) -> list[Instruction]:
    block = [_argument(place)]
    for value in values:
        block += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _REFUSE)]
    return [*block, (_RETURN, 0, 0, _ALLOW)]


def _argument(place: int, *, upper: bool = False) -> Instruction:
    """Load half of an argument; both architectures keep the lower half first."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * place + (4 if upper else 0))
