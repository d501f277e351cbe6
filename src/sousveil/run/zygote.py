"""The process that workers are copies of: it loads and warms up once, is given no file, and copies itself when asked.

Started as ``python -m sousveil.run MODULE:FUNCTION CONFINEMENT`` (the latter as JSON), with a socket as standard input.
Each byte that comes in by it brings three handles: where jobs come from, where answers go, and the leash, a socket on
which is said which process was born and how it ended. A copy closes whatever belongs to the others, locks itself down,
and only then reads its first job.

A process with threads cannot be copied, for a copy has one thread only and the locks that others held; nor can one of a
system where libraries forbid it (macOS). It becomes the worker itself, and whoever asks next starts another.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from sousveil.run.protocol import Born, Ended, Hello
from sousveil.run.sandbox import Confinement, leave_with_parent, lock_down
from sousveil.run.worker import Work, serve

_JOBS, _CHANNEL = 0, 3
"""Handles of a worker: standard input, and the lowest number that is no standard one, held from the start."""

Handles = tuple[int, int, int]
"""Jobs, answers, leash."""


def main(arguments: list[str]) -> None:
    """Load the function named in the arguments, and make workers that run it until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides when to stop
    leave_with_parent(os.getppid())
    name, confinement = arguments
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != _CHANNEL:
        os.dup2(nowhere, _CHANNEL)
    control = socket.socket(fileno=_JOBS)
    gc.disable()  # loading makes little garbage, and looking for it is a quarter of the time
    try:
        work, fault = _load(name), ""
    except Exception as error:  # noqa: BLE001 (told to whoever asks for a worker, and ends the run)
        work, fault = None, f"{type(error).__name__}: {error}"

    gc.freeze()  # what is loaded now lives as long as the process: a copy that never looks at it shares it
    gc.enable()

    def live(handles: Handles) -> None:
        control.detach()
        _live(work, fault, msgspec.json.decode(confinement, type=Confinement), handles)

    if work is not None and can_be_copied():
        Litter(control, live).tend()
    elif handles := _take_handles(control):
        leash = socket.socket(fileno=handles[2])
        leash.send(msgspec.json.encode(Born(process=os.getpid(), is_copy=False)))
        leash.detach()
        live(handles)


def can_be_copied() -> bool:
    """Return whether this process may fork and go on in the copy: on Linux, with a single thread."""
    return sys.platform == "linux" and sum(1 for _ in Path("/proc/self/task").iterdir()) == 1


class Litter:
    """The copies of this process that live, each on its leash.

    A copy that has ended is told of, and kept as a zombie until the other end of its leash is let go: its number
    belongs to nobody else as long as the run may use it. Where the leash goes first the copy is ended.
    """

    def __init__(self, control: socket.socket, live: Callable[[Handles], None]) -> None:
        """Listen for copies that end."""
        self._control, self._live = control, live
        self._leashes: dict[int, socket.socket] = {}
        self._told: set[int] = set()
        self._woken, self._wake = os.pipe()
        for pipe in (self._woken, self._wake):
            os.set_blocking(pipe, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # the byte written to the pipe is what counts
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def tend(self) -> None:
        """Make copies when asked, say how they ended, and end them all when standard input ends."""
        ready = select.poll()
        for handle in (self._control.fileno(), self._woken):
            ready.register(handle, select.POLLIN)
        while True:
            for handle, _ in ready.poll():
                if handle == self._woken:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._woken, 4096)
                elif handle != self._control.fileno():
                    ready.unregister(handle)
                    self._let_go(handle)
                elif handles := _take_handles(self._control):
                    ready.register(self._bear(handles), 0)  # 0: only that the other end is gone
                else:
                    for process in self._leashes:
                        _end(process)
                    return
            self._tell()

    def _bear(self, handles: Handles) -> int:
        """Make a copy and return the handle of its leash; the copy itself never returns."""
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            self._leave(handles, parent)
        leash = socket.socket(fileno=handles[2])
        for handle in handles[:2]:
            os.close(handle)
        self._leashes[process] = leash
        with contextlib.suppress(OSError):
            leash.send(msgspec.json.encode(Born(process=process, is_copy=True)))
        return leash.fileno()

    def _leave(self, handles: Handles, parent: int) -> None:
        """Let go of all that belongs to the parent and its other copies, live as a worker, and end."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for handle in (self._woken, self._wake, *(leash.detach() for leash in self._leashes.values())):
                os.close(handle)
            os.dup2(handles[0], _JOBS)  # in place of the socket by which copies are asked for
            leave_with_parent(parent)
            self._live(handles)
            code = 0
        finally:
            os._exit(code)

    def _tell(self) -> None:
        """Say of each copy that has ended how it did; it stays a zombie."""
        for process, leash in self._leashes.items():
            if process in self._told:
                continue
            end = os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if end is not None:
                self._told.add(process)
                code = end.si_status if end.si_code == os.CLD_EXITED else -end.si_status
                with contextlib.suppress(OSError):
                    leash.send(msgspec.json.encode(Ended(code=code)))

    def _let_go(self, handle: int) -> None:
        process = next(process for process, leash in self._leashes.items() if leash.fileno() == handle)
        self._leashes.pop(process).close()
        self._told.discard(process)
        _end(process)


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _load(name: str) -> Work:
    """Return the function named, with all that it will need loaded."""
    module, function = name.split(":")
    found = importlib.import_module(module)
    work: Work = getattr(found, function)
    warm_up: Callable[[], None] | None = getattr(found, "warm_up", None)
    if warm_up is not None:
        warm_up()
    return work


def _take_handles(control: socket.socket) -> Handles | None:
    """Return the handles that come with the next request, or None where there is none any more."""
    asked, handles, _, _ = socket.recv_fds(control, 1, 3)
    if not asked or len(handles) != 3:
        return None
    return handles[0], handles[1], handles[2]


def _live(work: Work | None, fault: str, confinement: Confinement, handles: Handles) -> None:
    """Be a worker: take the handles, lock down, say so, and answer jobs until there are no more."""
    jobs, answers, leash = handles
    os.dup2(jobs, _JOBS)
    os.dup2(answers, _CHANNEL)  # whatever a library prints goes to standard output, which leads nowhere
    for handle in (jobs, answers, leash):
        os.close(handle)
    with os.fdopen(_JOBS, "rb") as told, os.fdopen(_CHANNEL, "wb", buffering=1 << 18) as channel:
        try:
            hello = Hello(fault=fault) if work is None else Hello(sandbox=lock_down(confinement))
        except Exception as error:  # noqa: BLE001 (told to the run, which ends)
            hello = Hello(fault=f"{type(error).__name__}: {error}")
        channel.write(msgspec.json.encode(hello) + b"\n")
        channel.flush()
        if work is not None and not hello.fault:
            serve(work, told, channel)
