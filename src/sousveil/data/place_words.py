"""Words that tell a place by its form, where no gazetteer has its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

PlaceWordKind = Literal["class", "organ_only", "organ", "stop", "never", "lead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Words of one kind; see the head of the table.

    Attributes:
        kind: what the words do.
        words: simplified Chinese.
    """

    kind: PlaceWordKind
    words: tuple[str, ...]


@cache
def place_words(kind: PlaceWordKind) -> tuple[str, ...]:
    """Return the words of one kind, longest first."""
    rows = load_table("place_words", PlaceWords, key=("kind",))
    return tuple(sorted((word for row in rows if row.kind == kind for word in row.words), key=len, reverse=True))
