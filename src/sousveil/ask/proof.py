"""Proof: the bytes are there, and reading them again gives the same words at the same place.

Bytes are hostile, so they are read in a watched worker process, as at the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import msgspec

from sousveil.ask.sightings import Seen
from sousveil.evidence.vault import Vault
from sousveil.exceptions import EvidenceError
from sousveil.model import Document, Failure, Span
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.settings import DEFAULT_LIMITS, Limits

READER = "sousveil.pipeline:work_one"
"""What the worker runs, by name: this room and the pipeline are neighbours."""


@dataclass(frozen=True, slots=True)
class _Again:
    """What reading gives now: the fields of a part of the pipeline that are compared."""

    file: str
    document: Document | None = None
    failure: Failure | None = None


_decode = msgspec.json.Decoder(_Again).decode


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it holds, and what was seen, in plain words."""

    name: str
    is_ok: bool
    text: str


def prove(
    vault: Vault, span: Span, *, name: str, sightings: Sequence[Seen], limits: Limits = DEFAULT_LIMITS
) -> list[Check]:
    """Return whether the evidence holds its hash and, read again, the quote at its offsets.

    Args:
        vault: the bytes as found.
        span: the place to prove.
        name: name of the file, which helps to tell its type.
        sightings: where the file was seen: a member of an archive is taken out of the archive again.
        limits: what reading may cost.
    """
    try:
        stored, member = _stored_as(vault, span.file, sightings)
        payload = vault.load(stored)
    except EvidenceError as error:
        return [Check("evidence", is_ok=False, text=str(error))]
    inside = f", inside {stored[:12]}…, member {member}" if member else ""
    checks = [Check("evidence", is_ok=True, text=f"the bytes are stored and have their hash{inside}")]
    part = _read_again(payload, member=member, name=name, limits=limits)
    return [*checks, _compare(part, span)]


def _stored_as(vault: Vault, file: str, sightings: Sequence[Seen]) -> tuple[str, str]:
    """Return under which hash the bytes are stored, and the path inside: a member is stored with its archive."""
    if vault.has(file):
        return file, ""
    for seen in sightings:
        if seen.container and vault.has(seen.container):
            return seen.container, seen.member
    raise EvidenceError(
        f"The bytes of {file[:12]}… are in no evidence file. Restore evidence/ from a backup, or ingest again."
    )


def _read_again(payload: bytes, *, member: str, name: str, limits: Limits) -> _Again | str:
    """Return what reading gives now, or why it gave nothing."""
    changed = {key: value for key, value in asdict(limits).items() if value != getattr(DEFAULT_LIMITS, key)}
    inner = member.rsplit("!/", 1)[-1].rsplit("/", 1)[-1]
    job = Job(key=1, header={"name": inner or name, "member": member, **changed}, payload=payload)
    with Pool(
        READER,
        jobs=1,
        timeout_s=limits.timeout_s,
        max_memory_bytes=limits.max_memory_bytes,
        cpu_s=limits.cpu_s,
        max_answer_bytes=limits.max_answer_bytes,
        required_tier=limits.require_sandbox,
    ) as pool:
        pool.submit(job)
        answers = pool.take(limits.timeout_s * 2)
    if not answers:
        return "reading took too long"
    if answers[0].crashes:
        return answers[0].crashes[0].reason
    return _decode(answers[0].parts[0]) if answers[0].parts else f"the archive has no member {member}"


def _compare(part: _Again | str, span: Span) -> Check:
    if isinstance(part, str):
        return Check("text", is_ok=False, text=f"reading the bytes again failed: {part}")
    if part.file != span.file:
        return Check("text", is_ok=False, text=f"the bytes there now are {part.file[:12]}…, not {span.file[:12]}…")
    if part.document is None:
        reason = part.failure.reason if part.failure else "no text"
        return Check("text", is_ok=False, text=f"reading the bytes again failed: {reason}")
    page = next((page for page in part.document.pages if page.number == span.page), None)
    now = page.text[span.start : span.end] if page else ""
    if now == span.quote:
        return Check(
            "text", is_ok=True, text=f"read again, page {span.page} has the same words at {span.start} to {span.end}"
        )
    place = f"page {span.page} has other words at {span.start} to {span.end}"
    return Check("text", is_ok=False, text=f"read again, {place}: {now[:80]!r}. Bring it up to date: sousveil ingest")
