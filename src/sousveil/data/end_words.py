"""Words that tell what an end of a data flow is: a kind of body, a rank of place, a store of data, or a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

BodyPart = Literal["kind", "level", "store", "register", "own", "person", "vague", "general", "not", "tail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWords:
    """Words of one part; see the head of the table.

    Attributes:
        part: what the words do.
        kind: kind of body they name, empty where they name none.
        language: ``zh``, or ``other`` for all languages with letters.
        gloss: plain English meaning.
        words: folded.
        level: rank of the place, for ``level``.
    """

    part: BodyPart
    kind: str
    language: str
    gloss: str
    words: tuple[str, ...]
    level: str = ""


@cache
def body_words(part: BodyPart) -> tuple[tuple[str, BodyWords], ...]:
    """Return the words of one part with their rows, longest first."""
    rows = [row for row in load_table("end_words", BodyWords) if row.part == part]
    return tuple(sorted(((word, row) for row in rows for word in row.words), key=lambda item: (-len(item[0]), item[0])))
