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
        kind: not (denies what follows), away (denies what stands before), bidder (a person or act of bidding), record
            (former works of bidders).
        language: of the words.
        why: what the words say, as it is shown in the reason.
        words: as they stand in notices, folded.
    """

    kind: Literal["not", "away", "bidder", "record"]
    language: str
    why: str
    words: tuple[str, ...]


@cache
def denials() -> tuple[Denial, ...]:
    """Return the rows."""
    return load_table("denials", Denial, key=("kind", "language"))
