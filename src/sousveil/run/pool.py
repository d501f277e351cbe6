"""A pool of worker processes, each fed and watched by a thread of its own.

A worker lives for many jobs (starting Python costs 0.4 s, a notice 4 ms). When it crashes, hangs or runs out of
memory, it is killed, the reason is written into the answer, and a fresh one goes on behind the file, or the member of
an archive, that did it.
"""

from __future__ import annotations

import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

import msgspec

from sousveil.run.protocol import Answer, Crash, Job, JobLine, WorkerLine

_OUT_OF_MEMORY = 71
_MAX_CRASHES = 20
"""Members of one archive that may kill a worker before the rest of it is given up."""
_GOODBYE_S = 5.0
"""Wall time from a worker's last word to its end; a core of 2 GB is gone in less than one."""


class Pool:
    """Worker processes that all run the same function.

    Args:
        function: ``module:name`` of a generator function (header, bytes) -> results.
        jobs: number of processes.
        timeout_s: wall time from one sign of life to the next before a worker is killed.
        max_memory_bytes: address space of a worker; 0 for no limit.
    """

    def __init__(self, function: str, *, jobs: int, timeout_s: float = 60.0, max_memory_bytes: int = 0) -> None:
        self._inbox: queue.Queue[Job | None] = queue.Queue()
        self._outbox: queue.Queue[Answer] = queue.Queue()
        self._waiting = 0
        self._keepers = [_Keeper(self, function, timeout_s, max_memory_bytes) for _ in range(jobs)]
        for keeper in self._keepers:
            keeper.start()

    def __enter__(self) -> Self:
        """Return the pool; leaving the block stops the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers; jobs not yet answered are dropped."""
        self.close()

    @property
    def waiting(self) -> int:
        """How many jobs were submitted and not taken yet."""
        return self._waiting

    def submit(self, job: Job) -> None:
        """Hand out a job; its answer comes back through ``take``."""
        self._waiting += 1
        self._inbox.put(job)

    def take(self, timeout_s: float | None = None) -> list[Answer]:
        """Return the answers that are there, waiting for the first one; an empty list after ``timeout_s``."""
        answers: list[Answer] = []
        try:
            if self._waiting:
                answers.append(self._outbox.get(timeout=timeout_s))
            while True:
                answers.append(self._outbox.get_nowait())
        except queue.Empty:
            pass
        self._waiting -= len(answers)
        return answers

    def close(self) -> None:
        """Stop all workers at once."""
        for keeper in self._keepers:
            keeper.stop()
        for _ in self._keepers:
            self._inbox.put(None)
        for keeper in self._keepers:
            keeper.join(timeout=10)


class _Keeper(threading.Thread):
    """Feeds one worker, watches it, and starts a fresh one when it dies."""

    def __init__(self, pool: Pool, function: str, timeout_s: float, max_memory_bytes: int) -> None:
        super().__init__(daemon=True)
        self._pool = pool
        self._command = [sys.executable, "-m", "sousveil.run", function, str(max_memory_bytes)]
        self._timeout_s = timeout_s
        self._worker: subprocess.Popen[bytes] | None = None
        self._is_stopping = False

    def run(self) -> None:
        """Answer jobs until told to stop."""
        while (job := self._pool._inbox.get()) is not None and not self._is_stopping:  # noqa: SLF001 (one object in two classes)
            answer = self._answer(job)
            if not self._is_stopping:
                self._pool._outbox.put(answer)  # noqa: SLF001
        self._kill()

    def stop(self) -> None:
        """Kill the worker; the thread, which may be reading from its pipes, closes them and ends by itself."""
        self._is_stopping = True
        worker = self._worker
        if worker is not None:
            worker.kill()

    def _answer(self, job: Job) -> Answer:
        parts: list[bytes] = []
        crashes: list[Crash] = []
        begun: list[str] = []
        while not self._is_stopping:
            try:
                crash = self._attempt(job, parts, begun)
            except OSError as error:  # from starting a process; unanswered, the job would be waited for without end
                crash = _no_worker(error)
            if crash is None:
                break
            crashes.append(crash)
            if crash.member is None or len(crashes) >= _MAX_CRASHES:
                break
        return Answer(key=job.key, parts=tuple(parts), crashes=tuple(crashes))

    def _attempt(self, job: Job, parts: list[bytes], begun: list[str]) -> Crash | None:
        """Send the job to the worker and collect its parts; return why it did not finish, or None.

        ``begun`` are the members met in attempts before; those that a member of theirs stopped are opened again.
        """
        worker = self._living_worker()
        member: str | None = None
        last = begun[-1] if begun else ""
        _send(worker, job, tuple(name for name in begun if not last.startswith(f"{name}!/")), self._timeout_s)
        for line in _iter_lines(worker, self._timeout_s):
            if line.key != job.key:
                continue
            if line.done:
                return None
            if line.begin is not None:
                member = line.begin
                if member not in begun:
                    begun.append(member)
            elif line.part:
                parts.append(bytes(line.part))
                member = None
        has_hung = worker.poll() is None
        self._kill()
        return _describe(worker.returncode, member, self._timeout_s if has_hung else None)

    def _living_worker(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self._worker = subprocess.Popen(  # noqa: S603 (our own interpreter)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            if self._is_stopping:  # told so meanwhile: whoever did may not have seen this one
                self._worker.kill()
        return self._worker

    def _kill(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                _close_quietly(pipe)


def _environment() -> dict[str, str]:
    """Return the little a worker needs: where modules lie; nothing of the user's environment reaches it."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _close_quietly(pipe: object) -> None:
    try:
        pipe.close()  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return  # the other end died first: nothing is lost, its job is answered with the reason


def _send(worker: subprocess.Popen[bytes], job: Job, avoid: tuple[str, ...], timeout_s: float) -> None:
    """Write a job; the worker reads all of it before it answers, so neither waits for the other.

    One that does not read is waited for no longer than one that does not answer.
    """
    assert worker.stdin is not None
    line = msgspec.json.encode(JobLine(key=job.key, header=job.header, size=len(job.payload), avoid=avoid))
    handle = worker.stdin.fileno()
    os.set_blocking(handle, False)
    ready = select.poll()
    ready.register(handle, select.POLLOUT)
    for data in (memoryview(line + b"\n"), memoryview(job.payload)):
        left = data
        while left:
            if not ready.poll(timeout_s * 1000):
                return  # whoever reads its answers finds out
            try:
                left = left[os.write(handle, left) :]
            except BlockingIOError:
                continue
            except OSError:
                return  # the worker died while reading; as above


def _iter_lines(worker: subprocess.Popen[bytes], timeout_s: float) -> Iterator[WorkerLine]:
    """Yield lines of a worker until it ends, stays silent for too long, or talks nonsense."""
    assert worker.stdout is not None
    decoder = msgspec.json.Decoder(WorkerLine)
    handle = worker.stdout.fileno()
    ready = select.poll()
    ready.register(handle, select.POLLIN | select.POLLHUP)
    pieces: list[bytes] = []
    deadline = time.monotonic() + timeout_s
    while ready.poll(max(0.0, deadline - time.monotonic()) * 1000):
        chunk = os.read(handle, 1 << 20)
        if not chunk:
            with suppress(subprocess.TimeoutExpired):  # it closed its end and goes on: hung
                worker.wait(timeout=_GOODBYE_S)
            return
        pieces.append(chunk)
        if b"\n" not in chunk:
            continue
        *lines, rest = b"".join(pieces).split(b"\n")
        pieces = [rest]
        for line in lines:
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, msgspec.ValidationError):
                return
        deadline = time.monotonic() + timeout_s


def _no_worker(error: OSError) -> Crash:
    return Crash(
        reason=f"no reader could be started: {(error.strerror or type(error).__name__).lower()}",
        advice="Free some memory, or allow more processes, and run again with --retry-failed.",
        member=None,
    )


def _describe(code: int | None, member: str | None, timeout_s: float | None) -> Crash:
    if timeout_s is not None:
        return Crash(
            reason=f"reading took longer than {timeout_s:g} s and was stopped",
            advice="Raise timeout_s under [settings] in sousveil.toml, or split the file.",
            member=member,
        )
    if code in (_OUT_OF_MEMORY, -signal.SIGKILL):
        return Crash(
            reason="reading needed more memory than allowed",
            advice="Raise max_memory_bytes under [settings] in sousveil.toml, or split the file.",
            member=member,
        )
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return Crash(
        reason=f"the reader crashed ({name})",
        advice="Open the file in another program and save it again as PDF or HTML.",
        member=member,
    )
