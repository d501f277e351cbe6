"""What a worker does once it is locked down: reads jobs, answers.

The function that it runs takes the header and the bytes of a job, and the names of members to pass over; it yields
results: anything msgspec can write, or a ``Begin`` before a member of an archive. A locked worker can import nothing
and open no file: where the module of the function has a function ``warm_up``, it is called before (``zygote.py``), and
loads whatever is loaded late.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import msgspec

from sousveil.run.protocol import JobLine, Json, WorkerLine
from sousveil.run.verdict import OUT_OF_MEMORY, OUT_OF_ORDER


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


_signal: list[Callable[[], None]] = []
"""How the job in hand says that it is alive; empty outside a worker."""


def sign_of_life() -> None:
    """Say that a long job goes on; the silence after which a worker is killed is counted from now. Free elsewhere."""
    for say in _signal:
        say()


def serve(work: Work, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the input ends, then return.

    After a MemoryError, RecursionError or SystemError the worker leaves, for it cannot be trusted with the next file;
    the parent starts a fresh one and says why. Any other exception is answered as a fault of that one job.
    """
    encoder, decoder = msgspec.json.Encoder(), msgspec.json.Decoder(JobLine)

    def say(line: WorkerLine) -> None:
        answers.write(encoder.encode(line) + b"\n")

    while line := jobs.readline():
        job = decoder.decode(line)
        payload = jobs.read(job.size)
        _signal[:] = [partial(_say_alive, answers, encoder.encode(WorkerLine(key=job.key, alive=True)))]
        try:
            for number, result in enumerate(work(job.header, payload, frozenset(job.avoid))):
                if isinstance(result, Begin):
                    say(WorkerLine(key=job.key, begin=result.member))
                    answers.flush()
                else:
                    part = encoder.encode(result)
                    say(WorkerLine(key=job.key, size=len(part)))
                    answers.write(part)
                if number % 16 == 15:
                    answers.flush()
        except MemoryError:
            _leave(answers, OUT_OF_MEMORY)
        except (RecursionError, SystemError):
            _leave(answers, OUT_OF_ORDER)
        except Exception as error:  # noqa: BLE001 (a fault of one reader costs one file)
            say(WorkerLine(key=job.key, fault=_where(error)))
        else:
            say(WorkerLine(key=job.key, done=True))
        answers.flush()


def _say_alive(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


def _leave(answers: BinaryIO, code: int) -> None:
    answers.flush()
    os._exit(code)


def _where(error: BaseException) -> str:
    """Return the kind of an exception and where it was raised; its text may hold words of the document, unmasked.

    >>> _where(KeyError("a name"))
    'KeyError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {os.path.basename(frames[-1].filename)}, line {frames[-1].lineno}" if frames else ""  # noqa: PTH119
    return f"{type(error).__name__}{place}"
