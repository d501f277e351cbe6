"""What workers are asked, and what they answer: orders and parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.evidence.vault import sha256_of
from sousveil.model import Document, Failure, Finding, Notice
from sousveil.parse.scan.recogniser import Recogniser
from sousveil.parse.sniff import Kind
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode
from sousveil.source.mapping import UNKNOWN, Source
from sousveil.store.database import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What became of one file: itself, or a member of an archive.

    Attributes:
        member: path inside the archive, empty for the file itself.
        file: SHA-256 of its bytes; empty when they could not be had.
        size: in bytes.
        kind: short name of the type (``html``, ``pdf``, ``zip``).
        address: web address that a web archive gives for the bytes, else empty.
        seen_at: when that archive says it fetched them, UTC, else empty.
        http_status: what the server answered then, else None.
        status: ``read``, ``partly`` or ``failed``; ``partly`` and ``failed`` come with a failure. ``passed`` where its
            kind was not asked for.
        members: how many files an archive holds, inner ones included; 0 for other files.
        seconds: processor time of each step.
        waiting: pictures in it, and pages that are pictures, that wait to be recognised.
        fingerprints: of the masked text of each notice, by its id; alike where the texts are.
    """

    member: str
    file: str
    size: int
    kind: str
    media_type: str
    status: Status | Literal["passed"]
    failure: Failure | None = None
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    findings: tuple[Finding, ...] = ()
    members: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    address: str = ""
    seen_at: str = ""
    http_status: int | None = None
    waiting: int = 0
    fingerprints: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a file is to be read.

    Attributes:
        limits: what it may cost.
        explain: whether findings that were withheld come too.
        ocr: which pages are pictures to recognise.
        recogniser: who recognises them; None where this process has no engine: they wait, and are counted.
        avoid: members of an archive to pass over: they were answered, or killed a worker, before.
        only: members to read, and those inside them; empty for all.
        kinds: kinds of files to read; empty for all. What is not of these is passed by, and so are archives, for
            what else they hold is not known then.
        page: the one page whose picture to recognise; None for all.
        source: where it comes from, with the mapping of its columns.
        own: the user's terms.
    """

    limits: Limits = DEFAULT_LIMITS
    explain: bool = False
    ocr: OcrMode = "auto"
    recogniser: Recogniser | None = None
    avoid: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    page: int | None = None
    source: Source = UNKNOWN
    own: OwnTerms = SHIPPED

    def wants(self, member: str) -> bool:
        """Return whether a member is to be read, or holds one that is."""
        if member in self.avoid:
            return False
        return not self.only or any(
            path == member or path.startswith(f"{member}!/") or member.startswith(f"{path}!/") for path in self.only
        )


PLAIN = Order()
"""With the default limits, nothing left out, no engine for pictures."""


def empty_part(untrusted: bytes, kind: Kind, member: str) -> Part:
    """Return the part of a file of which nothing is known yet but what it is."""
    file = sha256_of(untrusted)
    return Part(
        member=member, file=file, size=len(untrusted), kind=kind.name, media_type=kind.media_type, status="failed"
    )
