"""Why a worker did not finish a file, in plain words, and whether another try makes sense."""

from __future__ import annotations

import signal
from typing import Literal

from sousveil.run.protocol import Crash

OUT_OF_MEMORY, OUT_OF_ORDER = 71, 72
"""Exit codes of a worker that leaves by itself: no memory left; an interpreter that cannot be trusted any more."""

Stop = Literal["silence", "processor time", "flood", "nonsense"]
"""Why the pool ended a worker."""

_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Signals that no file makes a reader send itself: somebody, or the kernel when memory ran out, ended the worker."""

_SPLIT = "in sousveil.toml, under [settings], or split the file."
_SAVE_AGAIN = "Open the file in another program and save it again as PDF or HTML."


def is_from_outside(code: int | None) -> bool:
    """Return whether a worker that ended with this code may be innocent, and its file worth another try.

    >>> is_from_outside(-9), is_from_outside(-11), is_from_outside(71)
    (True, False, False)
    """
    return code is not None and -code in _FROM_OUTSIDE


def judge_stop(stop: Stop, member: str | None, *, timeout_s: float, cpu_s: float, max_answer_bytes: int) -> Crash:
    """Return what is said of a file whose worker the pool had to end."""
    if stop == "silence":
        return Crash(
            reason=f"reading took longer than {timeout_s:g} s and was stopped",
            advice=f"Raise timeout_s {_SPLIT}",
            member=member,
        )
    if stop == "processor time":
        return Crash(
            reason=f"reading took more than {cpu_s:g} s of processor time and was stopped",
            advice=f"Raise cpu_s {_SPLIT}",
            member=member,
        )
    if stop == "flood":
        return Crash(
            reason=f"reading gave more than {max_answer_bytes:,} bytes and was stopped",
            advice=f"Raise max_answer_bytes {_SPLIT}",
            member=member,
        )
    return Crash(
        reason="the reader gave an answer that makes no sense and was stopped",
        advice=f"Look at the file with care: it may be made to take over the program that opens it. {_SAVE_AGAIN}",
        member=member,
    )


def judge_end(code: int | None, member: str | None) -> Crash:
    """Return what is said of a file whose worker ended by itself, or was ended by somebody else, with this code."""
    if code == OUT_OF_MEMORY:
        return Crash(
            reason="reading needed more memory than allowed",
            advice=f"Raise max_memory_bytes {_SPLIT}",
            member=member,
        )
    if code == OUT_OF_ORDER:
        return Crash(
            reason="the reader lost its way (too deeply nested, or a fault in a library) and was replaced",
            advice=_SAVE_AGAIN,
            member=member,
        )
    if is_from_outside(code):
        return Crash(
            reason=f"the worker was ended from outside, twice ({_name(code)}); perhaps the machine had no memory left",
            advice="Run again with --jobs 1 and --retry-failed.",
            member=member,
        )
    return Crash(reason=f"the reader crashed ({_name(code)})", advice=_SAVE_AGAIN, member=member)


def judge_fault(fault: str, member: str | None) -> Crash:
    """Return what is said of a file on which the function that reads gave up."""
    return Crash(
        reason=f"the reader failed ({fault[:200]})",
        advice=f"Please report this line with the kind of the file. {_SAVE_AGAIN}",
        member=member,
    )


def _name(code: int | None) -> str:
    """Return a signal's name, or the exit code.

    >>> _name(-11), _name(3), _name(-33)
    ('SIGSEGV', 'exit code 3', 'signal 33')
    """
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
