"""What crosses between the run and its workers: JSON and counted bytes, never a pickle.

A worker that a hostile file has taken over can answer nonsense, but nothing in an answer is ever executed.
To the worker: one line ``{"key": …, "header": {…}, "size": n, "avoid": […]}``, then ``n`` bytes.
From the worker: first one line that says how it is shut in, or why it could not start. Then, for each job, lines
``{"key": …, "size": n}`` each followed by ``n`` bytes, which are a result as JSON; ``{"key": …, "begin": "member"}``
before each member of an archive; ``{"key": …, "alive": true}`` from jobs that take long; and
``{"key": …, "done": true}`` at the end, or ``{"key": …, "fault": "…"}`` where the function that reads gave up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from sousveil.run.sandbox import Sandbox

Json = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work for one worker: ``header`` says what, ``payload`` are the untrusted bytes."""

    key: int
    header: dict[str, Json]
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """The line before the bytes of a job. Members to ``avoid`` were answered, or killed a worker, before."""

    key: int
    header: dict[str, Json]
    size: int
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first line of a worker: what it is shut into, or why it could not start."""

    sandbox: Sandbox | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Born:
    """First word on the leash of a worker: its number, and whether it is a copy of the process that was asked."""

    process: int
    is_copy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Last word on the leash of a copy: its exit code, negative for a signal."""

    code: int


class WorkerLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line from a worker; exactly one of ``size``, ``begin``, ``alive``, ``done`` and ``fault`` is set."""

    key: int
    size: int | None = None
    begin: str | None = None
    alive: bool = False
    done: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """Why a worker did not finish: in plain words, and which member it was reading."""

    reason: str
    advice: str
    member: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that came back for a job: its parts as JSON, and the crashes in between."""

    key: int
    parts: tuple[bytes, ...]
    crashes: tuple[Crash, ...] = field(default=())
