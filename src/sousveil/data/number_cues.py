"""Words that announce the number of a purchase inside a line, where no label with a colon does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

NumberCueKind = Literal["sign", "kept", "before", "not"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCues:
    """Words of one kind; see the head of the table.

    Attributes:
        kind: what the words do.
        words: lower case.
    """

    kind: NumberCueKind
    words: tuple[str, ...]


@cache
def number_cues(kind: NumberCueKind) -> tuple[str, ...]:
    """Return the words of one kind, longest first."""
    rows = load_table("number_cues", NumberCues, key=("kind",))
    return tuple(sorted((word for row in rows if row.kind == kind for word in row.words), key=len, reverse=True))
