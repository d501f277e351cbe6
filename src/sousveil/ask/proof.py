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
from sousveil.parse.scan.engine import is_installed
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job, Json
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.store.recipe import Recipe

READER, RECOGNISER = "sousveil.pipeline:work_one", "sousveil.pipeline.recognising:work_one"
"""What the worker runs, by name; the second where the words were recognised on a picture."""


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
    vault: Vault,
    span: Span,
    *,
    name: str,
    sightings: Sequence[Seen],
    recipe: Recipe,
    limits: Limits = DEFAULT_LIMITS,
    mapping: str = "",
) -> list[Check]:
    """Return whether the evidence holds its hash and, read again, the quote at its offsets.

    Args:
        vault: the bytes as found.
        span: the place to prove.
        name: name of the file, which helps to tell its type.
        sightings: where the file was seen: a member of an archive is taken out of the archive again.
        recipe: how the file was read.
        limits: what reading may cost.
        mapping: of the columns of a dump, as the file was read with it.
    """
    try:
        stored, member = stored_as(vault, span.file, sightings)
        payload = vault.load(stored)
    except EvidenceError as error:
        return [Check("evidence", is_ok=False, text=str(error))]
    inside = f", inside {stored[:12]}…, member {member}" if member else ""
    checks = [Check("evidence", is_ok=True, text=f"the bytes are stored and have their hash{inside}")]
    header: dict[str, Json] = {
        "name": _inner_name(member) or name,
        "member": member,
        "page": span.page,
        "ocr": recipe.mode,
        "mapping": mapping,
    }
    part = _read_again(payload, header, limits, is_recognising=recipe.is_recognised)
    return [*checks, _compare(part, span)]


def stored_as(vault: Vault, file: str, sightings: Sequence[Seen]) -> tuple[str, str]:
    """Return under which hash the bytes are stored, and the path inside: a member is stored with its archive.

    Raises:
        EvidenceError: they are stored nowhere.
    """
    if vault.has(file):
        return file, ""
    for seen in sightings:
        if seen.container and vault.has(seen.container):
            return seen.container, seen.member
    raise EvidenceError(
        f"The bytes of {file[:12]}… are in no evidence file. Restore evidence/ from a backup, or ingest again."
    )


def _inner_name(member: str) -> str:
    return member.rsplit("!/", 1)[-1].rsplit("/", 1)[-1]


def _read_again(payload: bytes, header: dict[str, Json], limits: Limits, *, is_recognising: bool) -> _Again | str:
    """Return what reading gives now, or why it gave nothing."""
    changed = {key: value for key, value in asdict(limits).items() if value != getattr(DEFAULT_LIMITS, key)}
    if is_recognising and not is_installed():
        return "what recognises scans is not installed here: pip install 'sousveil[ocr]'"
    memory = limits.recogniser_memory_bytes if is_recognising else None
    with Pool.within(RECOGNISER if is_recognising else READER, limits, jobs=1, memory_bytes=memory) as pool:
        pool.submit(Job(key=1, header=header | changed, payload=payload))
        answer = pool.take()[0]
    if answer.crashes:
        return answer.crashes[0].reason
    return _decode(answer.parts[0]) if answer.parts else f"the archive has no member {header['member']}"


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
