"""What came back from the workers, checked: they have read hostile files and are not trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from sousveil.model import Failure
from sousveil.pipeline import Part
from sousveil.run.protocol import Answer, Crash

_decode_part = msgspec.json.Decoder(Part).decode

_SILENT = Crash(reason="the reader gave no answer", advice="Run again with --jobs 1.", member=None)


def checked_parts(answer: Answer, *, file: str, size: int) -> Iterator[Part]:
    """Yield the parts of an answer: members first, the file itself last, crashes as failed parts.

    A part that has not the shape of one, or claims to be another file than the one handed out, is not taken, and the
    file says so.
    """
    own: Part | None = None
    members = refused = 0
    for raw in answer.parts:
        try:
            part = _decode_part(raw)
        except msgspec.ValidationError:
            refused += 1
            continue
        if part.member:
            members += 1
            yield part
        elif part.file == file:
            own = part
        else:
            refused += 1
    for crash in answer.crashes:
        if crash.member is not None:
            members += 1
            yield _crashed(crash, crash.member, "", 0)
    if own is None:
        last = answer.crashes[-1] if answer.crashes else _SILENT
        own = _crashed(last, "", file, size)
        if members:
            own = replace(own, status="partly")
    elif refused:
        own = replace(own, status="partly", failure=_not_understood(refused))
    yield replace(own, members=members)


def _not_understood(count: int) -> Failure:
    reason = f"{count} answer{'s' if count > 1 else ''} of the reader could not be understood"
    return Failure(
        "worker", reason, "Please report this with the file, if you may share it; unpack an archive by hand."
    )


def _crashed(crash: Crash, member: str, file: str, size: int) -> Part:
    failure = Failure("worker", crash.reason, crash.advice)
    return Part(member=member, file=file, size=size, kind="", media_type="", status="failed", failure=failure)
