"""Endings of the names of public bodies and companies.

They tell where a name ends in running text, and whether a cell holds a company at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

OrganKind = Literal[
    "public", "branch", "company", "operator", "municipal", "agency", "portal", "end", "head", "tail", "tail_town"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """Words of one kind of body in one language.

    Attributes:
        kind: see the head of the table.
        language: of the words.
        words: endings (Chinese) or words of the name (others), lower case.
    """

    kind: OrganKind
    language: str
    words: tuple[str, ...]


@cache
def organ_words(kind: str, language: str) -> tuple[str, ...]:
    """Return the words of one kind in one language, longest first."""
    rows = load_table("organs", Organ, key=("kind", "language"))
    words = [word for row in rows if row.kind == kind and row.language == language for word in row.words]
    return tuple(sorted(words, key=len, reverse=True))
