"""One worker process as its keeper sees it: fed, listened to within limits, ended."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import msgspec

from sousveil.exceptions import WorkerError
from sousveil.run.nursery import START_S, Process
from sousveil.run.protocol import Hello, Job, JobLine, WorkerLine
from sousveil.run.sandbox import Sandbox
from sousveil.run.verdict import Stop

_READ_BYTES = 1 << 18
_LOOK_EVERY_S = 1.0
"""How often the processor time of a silent worker is looked at."""
_GOODBYE_S = 5.0
"""Wall time from a worker's last word to its end; a core of 2 GB is gone in less than one."""
_MAX_LINE_BYTES = 1 << 16
"""Longest line before the bytes of a part: a member's path, at most."""


class StoppedError(Exception):
    """The worker must be ended; ``cause`` says why."""

    def __init__(self, cause: Stop) -> None:
        """Keep the cause."""
        super().__init__(cause)
        self.cause: Stop = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one file may cost a worker.

    Attributes:
        timeout_s: wall time from one sign of life to the next.
        cpu_s: processor time of one file, one member of an archive, or one page that is recognised, over all threads; 0
            for no limit.
        max_answer_bytes: all that is answered to one job.
    """

    timeout_s: float = 60.0
    cpu_s: float = 0.0
    max_answer_bytes: int = 256 * 1024 * 1024


class Channel:
    """A worker process and the two pipes to it; each process has pipes of its own, none is ever used again."""

    def __init__(self, process: Process, bounds: Bounds) -> None:
        """Take a process that was just started; ``greet`` waits until it is ready."""
        self._process = process
        self._out = process.answers
        self._bounds = bounds
        self._ready = select.poll()
        self._ready.register(self._out, select.POLLIN | select.POLLHUP)
        self._buffer = bytearray()
        self._decoder = msgspec.json.Decoder(WorkerLine)
        self._spent_before = 0.0
        self._deadline = 0.0
        self.answered = 0
        """Jobs that this process has finished."""
        self.is_trusted = True
        """False once it said more than was asked; it must be replaced before the next job."""

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def process(self) -> int:
        """Number of the process."""
        return self._process.number

    def greet(self) -> Sandbox:
        """Wait until the worker is ready and return what it is shut into.

        Raises:
            WorkerError: it ended before, or could not load what it needs.
        """
        deadline = time.monotonic() + START_S
        while b"\n" not in self._buffer:
            if not self._ready.poll(max(0.0, deadline - time.monotonic()) * 1000) or not self._fill():
                raise WorkerError(f"A worker process did not start (exit code {self.end()}).")
        line, _, rest = self._buffer.partition(b"\n")
        self._buffer = rest
        hello = msgspec.json.decode(line, type=Hello)
        if hello.sandbox is None:
            self.end()
            raise WorkerError(f"A worker process did not start: {hello.fault}.")
        return hello.sandbox

    def send(self, job: Job, avoid: tuple[str, ...]) -> None:
        """Write a job; the worker reads all of it before it answers, so neither waits for the other."""
        line = msgspec.json.encode(JobLine(key=job.key, header=job.header, size=len(job.payload), avoid=avoid))
        self._spent_before = self.spent()
        self._deadline = time.monotonic() + self._bounds.timeout_s
        pipe = self._process.jobs
        os.set_blocking(pipe, False)
        ready = select.poll()
        ready.register(pipe, select.POLLOUT)
        left = memoryview(b"".join((line, b"\n", job.payload)))
        # who reads the answers finds out that the worker died while reading, or does not read at all
        with contextlib.suppress(OSError, ValueError):
            while left and ready.poll(self._bounds.timeout_s * 1000):
                with contextlib.suppress(BlockingIOError):
                    left = left[os.write(pipe, left) :]

    def listen(self, key: int) -> Iterator[WorkerLine | bytes]:
        """Yield lines that begin or end something, and parts as bytes, until the job is done or the process ends.

        Raises:
            StoppedError: the worker is silent for too long, takes too much, talks too much, or talks nonsense.
        """
        left = self._bounds.max_answer_bytes
        while True:
            if not (yield from self._said(key)):
                return
            before = len(self._buffer)
            self._wait()
            if not self._fill():
                return
            left -= len(self._buffer) - before
            if left < 0:
                raise StoppedError("flood")

    def kill(self) -> None:
        """Kill the process; whoever listens to it notices."""
        self._process.kill()

    def end(self) -> int:
        """Kill the process if it still runs, close its pipes, and return its exit code."""
        self._process.kill()
        code = self._process.wait()
        self._process.close()
        return code

    def await_end(self) -> int:
        """Return the exit code of a process that has closed its pipe.

        Raises:
            StoppedError: it closed the pipe and goes on all the same.
        """
        try:
            self._process.wait(_GOODBYE_S)
        except TimeoutError:
            raise StoppedError("nonsense") from None
        return self.end()

    def spent(self) -> float:
        """Return the processor seconds of the process so far, of all its threads; 0 where the system does not tell.

        The kernel keeps a clock for every process; ``clock_getcpuclockid`` gives its number, which Python lacks.
        """
        if not self._bounds.cpu_s or sys.platform != "linux":
            return 0.0
        try:
            return time.clock_gettime((~self._process.number << 3) | 2)
        except OSError:
            return 0.0  # it has just ended

    # ------------------------------------------------------------------ reading

    def _said(self, key: int) -> Generator[WorkerLine | bytes, None, bool]:
        """Yield what stands whole in the buffer; the generator returns whether more is to come."""
        while b"\n" in self._buffer:
            end = self._buffer.index(b"\n")
            line = self._decode(end)
            if line.key != key:
                raise StoppedError("nonsense")
            if line.size is None:
                del self._buffer[: end + 1]
                self._deadline = time.monotonic() + self._bounds.timeout_s
                if line.begin is not None or line.alive:
                    self._spent_before = self.spent()
                if line.alive:
                    continue
                is_last = line.done or bool(line.fault)
                if is_last:
                    self._finish()
                yield line
                if is_last:
                    return False
                continue
            if line.size < 0 or line.size > self._bounds.max_answer_bytes:
                raise StoppedError("flood")
            stop = end + 1 + line.size
            if len(self._buffer) < stop:
                return True
            part = bytes(memoryview(self._buffer)[end + 1 : stop])
            del self._buffer[:stop]
            self._deadline = time.monotonic() + self._bounds.timeout_s
            yield part
        if len(self._buffer) > _MAX_LINE_BYTES:
            raise StoppedError("nonsense")
        return True

    def _decode(self, end: int) -> WorkerLine:
        try:
            return self._decoder.decode(memoryview(self._buffer)[:end])
        except (msgspec.DecodeError, msgspec.ValidationError):
            raise StoppedError("nonsense") from None

    def _finish(self) -> None:
        self.answered += 1
        self.is_trusted = not self._buffer

    def _wait(self) -> None:
        """Return when there is something to read; the pipe is looked into once more before time is said to be up."""
        while True:
            left = self._deadline - time.monotonic()
            has_more = self._ready.poll(max(0.0, min(left, _LOOK_EVERY_S)) * 1000)
            if self._bounds.cpu_s and self.spent() - self._spent_before > self._bounds.cpu_s:
                raise StoppedError("processor time")
            if has_more or (left <= 0 and self._ready.poll(0)):
                return
            if left <= 0:
                raise StoppedError("silence")

    def _fill(self) -> bool:
        """Take in what the process has written; False where it has closed the pipe."""
        chunk = os.read(self._out, _READ_BYTES)
        self._buffer += chunk
        return bool(chunk)
