"""The worker process: reads jobs from standard input, answers on a private channel, keeps its limits.

Started as ``python -m sousveil.run MODULE:FUNCTION MEMORY_BYTES``. The function takes the header and the bytes
of a job, and the names of members to pass over; it yields results: anything msgspec can write, or a ``Begin`` before a
member of an archive.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from sousveil.run.protocol import JobLine, Json, WorkerLine

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Begin:
    """Says that the member named is read now; if the worker dies, it is to blame."""

    member: str


Work = Callable[[Mapping[str, Json], bytes, frozenset[str]], Iterator[object]]


def echo(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str]) -> Iterator[object]:  # noqa: ARG001 (no members)
    """Yield the header with the size of the bytes; the smallest function a worker can run.

    >>> list(echo({}, b"ab", frozenset()))
    [{'size': 2}]
    """
    yield {**header, "size": len(payload)}


def serve(work: Work, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the input ends, then return.

    After a MemoryError or RecursionError the worker leaves (exit code 71), for its heap cannot be trusted to have
    room for the next file; the parent starts a fresh one and says why.
    """
    encoder, decoder = msgspec.json.Encoder(), msgspec.json.Decoder(JobLine)

    def say(line: WorkerLine) -> None:
        answers.write(encoder.encode(line) + b"\n")

    while line := jobs.readline():
        job = decoder.decode(line)
        payload = jobs.read(job.size)
        try:
            for number, result in enumerate(work(job.header, payload, frozenset(job.avoid))):
                if isinstance(result, Begin):
                    say(WorkerLine(key=job.key, begin=result.member))
                    answers.flush()
                else:
                    say(WorkerLine(key=job.key, part=msgspec.Raw(encoder.encode(result))))
                if number % 16 == 15:
                    answers.flush()
        except (MemoryError, RecursionError):
            answers.flush()
            os._exit(71)
        say(WorkerLine(key=job.key, done=True))
        answers.flush()


def _limit(max_memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    if max_memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (max_memory_bytes, max_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent() -> None:
    """Have the system end this process when the one that started it ends, or end now when that has happened already.

    A job may lie in the pipe by then; a worker that took it up would have nobody to watch it.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    jobs = select.poll()
    jobs.register(0, 0)
    if any(event & select.POLLHUP for _, event in jobs.poll(0)):
        os._exit(0)


def _private_channel() -> BinaryIO:
    """Return standard output as a channel of our own; whatever a library prints goes nowhere."""
    channel = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return channel


def main(arguments: list[str]) -> None:
    """Run the function named in the arguments until standard input ends."""
    _die_with_parent()  # before the imports, which take a second
    name, memory = arguments
    module, function = name.split(":")
    channel = _private_channel()
    work: Work = getattr(importlib.import_module(module), function)
    _limit(int(memory))
    serve(work, sys.stdin.buffer, channel)
