"""Locking down a worker before it sees the first hostile byte; says which layers are in force.

Nothing degrades silently: a layer that is missing is named, with the reason, in what comes back, and the tier is what
the run may insist on (``require_sandbox``).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from sousveil.run import landlock, seccomp

TIERS = {
    "A": "files, network, programs and other processes are closed to a reader, by two layers of the kernel",
    "B": "network, programs and other processes are closed to a reader, by one layer of the kernel",
    "C": "a reader runs in a process of its own with limits, but can do what you can do",
}
"""From strong to weak, in plain words."""

_SET_DEATH_SIGNAL, _SET_DUMPABLE = 1, 4
_NOBODY = 65534
"""The user and group without rights of every Linux."""
_MAX_HANDLES = 64
"""Open files of a worker: three pipes, and what a library keeps open; none can be opened later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What a worker is shut into.

    Attributes:
        memory_bytes: address space; 0 for no limit.
        readable: folders that a reader needs while it reads (a model that is loaded late); best none.
        writable: a scratch folder, for a library that cannot do without; best none.
        scratch_bytes: largest file it may write there.
        is_locked: False only to measure what the locks cost.
    """

    memory_bytes: int = 0
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    scratch_bytes: int = 256 * 1024 * 1024
    is_locked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Which layers are in force around a worker.

    Attributes:
        seccomp: the filter on system calls is on all threads.
        landlock: version of Landlock in force, 0 for none.
        has_files: files can be opened by name, within what Landlock says.
        dropped_root: a worker started by root goes on as nobody; False too where there was no root to drop.
        dies_with_parent: the kernel ends the worker with the run.
        missing: what is not in force, and why.
    """

    seccomp: bool = False
    landlock: int = 0
    has_files: bool = True
    dropped_root: bool = False
    dies_with_parent: bool = False
    missing: tuple[str, ...] = ()

    @property
    def tier(self) -> str:
        """The strength of all layers together, see ``TIERS``.

        >>> Sandbox(seccomp=True, landlock=4).tier, Sandbox(seccomp=True).tier, Sandbox(landlock=4).tier
        ('A', 'B', 'C')
        """
        if not self.seccomp:
            return "C"
        return "A" if self.landlock else "B"

    def meets(self, required: str) -> bool:
        """Return whether the tier is the one required, or better; every tier meets an empty requirement.

        >>> Sandbox(seccomp=True).meets("B"), Sandbox(seccomp=True).meets("A"), Sandbox().meets("")
        (True, False, True)
        """
        return not required or self.tier <= required


def leave_with_parent(parent: int) -> None:
    """Have the kernel end this process with the one that started it, ``parent``, or end now where that is gone already.

    For the time before ``lock_down``: loading takes seconds, a job may lie in the pipe by then, and a worker that took
    it up would have nobody to watch it.
    """
    _die_with_parent(parent)
    jobs = select.poll()
    jobs.register(0, 0)
    if any(event & select.POLLHUP for _, event in jobs.poll(0)):
        os._exit(0)


def lock_down(confinement: Confinement) -> Sandbox:
    """Shut this process in, for good, and return what is in force.

    Whatever it will need must be loaded: afterwards nothing can be imported, and no file opened but those named.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    parent = os.getppid()
    missing: list[str] = []
    dropped = _drop_root(missing) if confinement.is_locked else False
    dies = _die_with_parent(parent)  # after the change of user, which clears it
    _limit(confinement)
    if not confinement.is_locked:
        return Sandbox(dies_with_parent=dies, missing=("seccomp: switched off", "landlock: switched off"))
    version, has_filter = 0, False
    has_files = bool(confinement.readable or confinement.writable)
    if not seccomp.is_supported():
        missing += ["seccomp: only on Linux, x86_64 and aarch64", "landlock: only on Linux, x86_64 and aarch64"]
    elif not seccomp.forbid_new_privileges():
        missing += ["seccomp: the kernel refused no_new_privs", "landlock: the kernel refused no_new_privs"]
    else:
        version = _fence(confinement, missing)
        has_filter = _filter(missing, with_files=has_files)
    return Sandbox(
        seccomp=has_filter,
        landlock=version,
        has_files=has_files or not has_filter,
        dropped_root=dropped,
        dies_with_parent=dies,
        missing=tuple(missing),
    )


def _fence(confinement: Confinement, missing: list[str]) -> int:
    """Put Landlock in force; threads that run already are not bound, which matters only where files may be opened."""
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    if threads > 1 and (confinement.readable or confinement.writable):
        missing.append(f"landlock: {threads} threads ran before it and files may be opened; start them later")
        return 0
    try:
        return landlock.restrict([Path(p) for p in confinement.readable], [Path(p) for p in confinement.writable])
    except OSError as error:
        missing.append(f"landlock: {error.strerror}")
        return 0


def _filter(missing: list[str], *, with_files: bool) -> bool:
    try:
        seccomp.install(with_files=with_files)
    except OSError as error:
        missing.append(f"seccomp: {error.strerror}")
        return False
    return True


def _drop_root(missing: list[str]) -> bool:
    """Go on as nobody where the process is root's; its pipes stay open, and files it needs none."""
    if os.getuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError as error:
        missing.append(f"nobody: root could not be dropped ({error.strerror})")
        return False
    return True


def _die_with_parent(parent: int) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    is_set: bool = libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0) == 0
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it died in between, and nobody would ever end this process
    return is_set


def _limit(confinement: Confinement) -> None:
    """Set the limits of the process, hard ones: they can be lowered again, never raised.

    Processor time is not among them, for it is counted over the life of a process; the pool watches it for each file.
    Nor is the number of processes: it counts all threads of a user, and the filter lets no process be started.
    """
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MAX_HANDLES),
        (resource.RLIMIT_FSIZE, confinement.scratch_bytes if confinement.writable else 0),
    ]
    if confinement.memory_bytes:
        limits.append((resource.RLIMIT_AS, confinement.memory_bytes))
    for name, value in limits:
        hard = resource.getrlimit(name)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(name, (wanted, wanted))
