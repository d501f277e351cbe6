"""Where a pool gets its workers from: one process that loads once, and a copy of it for each worker."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import msgspec

from sousveil.exceptions import WorkerError
from sousveil.run.protocol import Born, Ended
from sousveil.run.sandbox import Confinement

START_S = 120.0
"""Wall time for loading and warming up, and again for locking down; 1 to 2 s on an idle machine."""
_GOODBYE_S = 5.0
"""Wall time for a process without work to end."""
_PIPE_BYTES = 1 << 20
"""Size of both pipes: most files and answers pass in one go, without the two processes waiting for each other."""
_LINE_BYTES = 4096
"""More than anything that is said on a leash."""


@dataclass(slots=True)
class Process:
    """A worker process: its number, the two pipes to it, and how it ended.

    A copy is the child of another process, which says on the leash how it ended. The number is nobody else's until
    ``close``.
    """

    number: int
    jobs: int
    """Handle to write jobs to."""
    answers: int
    """Handle to read answers from."""
    _leash: socket.socket
    _own: subprocess.Popen[bytes] | None = None
    """The process, where it is no copy."""
    code: int | None = None
    """Exit code, negative for a signal, as soon as it is known."""
    _is_closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        with contextlib.suppress(TimeoutError):
            self.wait(0.0)
        return self.code

    def wait(self, timeout_s: float | None = None) -> int:
        """Return the exit code when the process has ended; that of SIGKILL where nobody is left to tell it.

        Raises:
            TimeoutError: it goes on.
        """
        if self.code is None and self._own is not None:
            try:
                self.code = self._own.wait(timeout_s)
            except subprocess.TimeoutExpired:
                raise TimeoutError from None
        if self.code is None:
            said = _hear(self._leash, timeout_s)
            # the process that it was copied from died first, and the kernel ended this one with it
            self.code = msgspec.json.decode(said, type=Ended).code if said else -signal.SIGKILL
        return self.code

    def kill(self) -> None:
        """Kill the process if it runs; may be called from any thread."""
        with self._lock:
            if self.code is None and not self._is_closed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.number, signal.SIGKILL)

    def close(self) -> None:
        """Let go of the pipes and of the number."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                os.close(self.jobs)
                os.close(self.answers)
                self._leash.close()


class Nursery:
    """Starts the workers of one pool: copies of a process that has loaded what they need, where it can be copied."""

    def __init__(self, function: str, confinement: Confinement, threads: int) -> None:
        """Start nothing yet."""
        self._command = [sys.executable, "-m", "sousveil.run", function, msgspec.json.encode(confinement).decode()]
        self._environment = _environment(threads)
        self._starter = ThreadPoolExecutor(1, "sousveil-nursery")
        """The kernel ends a process with the thread that started it: this one lives as long as the nursery."""
        self._lock = threading.Lock()
        self._is_copying = True
        self._is_closed = False
        self._zygote: _Zygote | None = None
        self._loading: set[_Zygote] = set()

    def start(self) -> Process:
        """Return a new worker, which has not said yet what it is shut into.

        Raises:
            WorkerError: the system starts no more processes, or the process that was to be copied ended.
        """
        with self._lock:
            if self._is_copying:
                if self._zygote is None or not self._zygote.is_alive:
                    self._zygote = self._begin()
                process = self._zygote.bear()
                self._is_copying = process.number != self._zygote.number
                if not self._is_copying:
                    self._zygote = None
                return process
        return self._begin().bear()

    def stop(self) -> None:
        """Have whoever waits for a process to load wait no more."""
        self._is_closed = True
        for zygote in tuple(self._loading):
            zygote.kill()

    def close(self) -> None:
        """End the process that was copied, and with it all copies."""
        self.stop()
        with self._lock:
            if self._zygote is not None:
                self._zygote.end()
        self._starter.shutdown(wait=False)

    def _begin(self) -> _Zygote:
        if self._is_closed:
            raise WorkerError("The run is being stopped.")
        zygote = self._starter.submit(_Zygote, self._command, self._environment, self._loading).result()
        if self._is_closed:
            zygote.kill()
        return zygote


class _Zygote:
    """The process that copies itself, as the run sees it."""

    def __init__(self, command: list[str], environment: dict[str, str], loading: set[_Zygote]) -> None:
        """Start it; it is among those that are ``loading`` until it has answered once."""
        self._control, far = socket.socketpair()
        self._loading = loading
        try:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 (our own interpreter)
                command, stdin=far.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
            )
        except OSError as error:
            self._control.close()
            raise WorkerError(
                f"A worker process could not be started ({error.strerror}). Free some memory, or allow more processes,"
                " and run the same command again."
            ) from error
        finally:
            far.close()
        loading.add(self)

    @property
    def number(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def bear(self) -> Process:
        """Return a worker: a copy, or the process itself where it cannot be copied.

        Raises:
            WorkerError: the process ended before it could answer.
        """
        (told, jobs), (answers, said), (leash, far) = os.pipe(), os.pipe(), socket.socketpair()
        for pipe in (jobs, answers):
            _widen(pipe)
        with contextlib.suppress(OSError):  # it has just ended: nothing will be heard
            socket.send_fds(self._control, [b"+"], [told, said, far.fileno()])
        for handle in (told, said, far.detach()):
            os.close(handle)
        try:
            line = _hear(leash, START_S)
        except TimeoutError:
            line = b""
        self._loading.discard(self)
        if not line:
            self.kill()
            for handle in (jobs, answers, leash.detach()):
                os.close(handle)
            raise WorkerError(f"A worker process did not start (exit code {self._process.wait()}).")
        born = msgspec.json.decode(line, type=Born)
        if born.is_copy:
            return Process(born.process, jobs, answers, leash)
        self._control.close()
        return Process(self._process.pid, jobs, answers, leash, self._process)

    def kill(self) -> None:
        """End it at once; the kernel ends its copies."""
        self._process.kill()

    def end(self) -> None:
        """Have it end its copies and itself."""
        self._control.close()
        try:
            self._process.wait(_GOODBYE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _hear(leash: socket.socket, timeout_s: float | None) -> bytes:
    """Return what is said on a leash, empty where the other end is gone.

    Raises:
        TimeoutError: nothing is said in time.
    """
    ready = select.poll()
    ready.register(leash, select.POLLIN)
    if not ready.poll(None if timeout_s is None else timeout_s * 1000):
        raise TimeoutError
    try:
        return leash.recv(_LINE_BYTES)
    except ConnectionResetError:
        return b""


def _environment(threads: int) -> dict[str, str]:
    """Return the little a worker needs: where modules lie, how many threads; nothing of the user's environment.

    Libraries for numbers start threads of their own when loaded, unless told not to.
    """
    modules = os.pathsep.join(filter(None, sys.path))
    counts = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(threads))
    return {"PYTHONPATH": modules, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"} | counts


def _widen(pipe: int) -> None:
    """Make a pipe larger where the system allows it (Linux; a user has 64 MB of such pipes in all)."""
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
