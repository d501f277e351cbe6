"""Something a document states, with its span and its reasons."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Literal

from sousveil.model.statement import Scalar, Span

FindingKind = Literal["capability", "scale", "purpose", "group", "data", "link", "legal", "system"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a document states, with its span and its reasons.

    ``state`` is ``stated``, or ``withheld`` when a test argued it away; withheld findings are kept for
    ``--explain`` and never counted.
    """

    id: str
    kind: FindingKind
    value: str
    """Capability id, unit, purpose text, …: what the finding says, in one word or clause."""
    span: Span
    notice: str
    rule: str
    score: float
    state: Literal["stated", "withheld"] = "stated"
    section: str = "body"
    reasons_for: tuple[str, ...] = ()
    reasons_against: tuple[str, ...] = ()
    details: tuple[tuple[str, Scalar], ...] = ()

    @property
    def quote(self) -> str:
        """The words of the document, as they stand in its masked text."""
        return self.span.quote

    """scale: number, unit, object, comparator, per; link: from, to, what; …"""


def finding_id(span: Span, kind: str, value: str) -> str:
    """Return the id of a finding: the same file gives the same id on every machine.

    It is the first 16 base32 characters of the SHA-256 of file, page, start, end, kind and value.
    """
    raw = "\x1f".join((span.file, str(span.page), str(span.start), str(span.end), kind, value))
    return base64.b32encode(hashlib.sha256(raw.encode()).digest()[:10]).decode("ascii").lower()
