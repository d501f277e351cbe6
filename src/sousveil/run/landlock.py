"""Landlock: the kernel's own fence around files, TCP ports, abstract sockets and signals, for one process.

It needs no rights and no configuration; Linux has it since 5.13 where the distribution switched it on.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
"""System calls, with the same numbers on every architecture."""
_ASK_VERSION = 1
_BELOW_PATH = 1

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_DEVICES = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 11)
"""Character devices, sockets, pipes, block devices."""
_FIRST_FILE_RIGHTS = (1 << 13) - 1
_LATER_FILE_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""Version -> right it added: moving between folders, cutting files, commands to devices."""
_OF_FILES = _WRITE | _READ | (1 << 14)
"""Rights that make sense on a file that is no folder, and that a scratch file may have."""
_TCP = (4, 0b11)
"""Since that version: binding and connecting."""
_SCOPES = (6, 0b11)
"""Since that version: abstract sockets and signals to processes outside."""


def version() -> int:
    """Return the version the kernel speaks, 0 where it has none."""
    answer = _libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    return max(0, int(answer))


def restrict(readable: Sequence[Path] = (), writable: Sequence[Path] = ()) -> int:
    """Close every file to this thread, for good, but those below the paths named; return the version in force.

    Threads that run already are not bound by it.

    Raises:
        OSError: the kernel has no Landlock, refused, or a path does not exist.
    """
    spoken = version()
    if not spoken:
        raise OSError(errno.ENOSYS, "the kernel has no Landlock")
    rights = _FIRST_FILE_RIGHTS
    for since, right in _LATER_FILE_RIGHTS.items():
        rights |= right if spoken >= since else 0
    rules = _create(spoken, rights)
    try:
        for path in readable:
            _allow(rules, path, rights & (_READ | _LIST))
        for path in writable:
            _allow(rules, path, rights & ~(_EXECUTE | _MAKE_DEVICES))
        _check(_libc().syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)))
    finally:
        os.close(rules)
    return spoken


def _create(spoken: int, rights: int) -> int:
    fields = [rights]
    for since, bits in (_TCP, _SCOPES):
        if spoken >= since:
            fields.append(bits)
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    answer = _libc().syscall(_CREATE, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    return _check(answer)


def _allow(rules: int, path: Path, rights: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        mask = rights if path.is_dir() else rights & _OF_FILES
        rule = struct.pack("=Qi", mask, handle)
        _check(_libc().syscall(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_BELOW_PATH), rule, ctypes.c_uint32(0)))
    finally:
        os.close(handle)


def _check(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
