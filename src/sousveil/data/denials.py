"""Words that say that what is named is not bought: negations, acts of bidding, former works."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Words with one effect.

    Attributes:
        kind: not (denies what follows), list (denies all that follows in its sentence, over commas), away (denies what
            stands before), bidder (a person or act of bidding), record (former works of bidders).
        language: of the words.
        why: what the words say, as it is shown in the reason.
        words: as they stand in notices, folded.
    """

    kind: Literal["not", "list", "away", "bidder", "record"]
    language: str
    why: str
    words: tuple[str, ...]


@cache
def denials() -> tuple[Denial, ...]:
    """Return the rows; those of ``denials_abroad.yml`` are in languages other than Chinese."""
    tables = (load_table(name, Denial, key=("kind", "language")) for name in ("denials", "denials_abroad"))
    return tuple(row for rows in tables for row in rows)
