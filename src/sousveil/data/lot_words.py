"""Words for the parts of a purchase that are won apart, and for a part that nobody won."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

LotPlace = Literal["before", "behind", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotWords:
    """Words of one kind in one language.

    Attributes:
        place: whether they stand before or behind the number, or say that the lot failed.
        language: of the words.
        words: lower case.
    """

    place: LotPlace
    language: str
    words: tuple[str, ...]


@cache
def lot_words(place: LotPlace) -> tuple[str, ...]:
    """Return the words of one kind, longest first."""
    rows = load_table("lot_words", LotWords, key=("place", "language"))
    words = {word for row in rows if row.place == place for word in row.words}
    return tuple(sorted(words, key=len, reverse=True))
