"""Words that tell the kind of a notice: tender, award, correction and the others of ``model.NoticeType``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWord:
    """Words of one kind of notice in one language.

    Attributes:
        type: a value of ``model.NoticeType``.
        language: of the words; ``es`` and ``ru`` rows hold those of their neighbours too.
        weight: a heavier word beats a lighter one wherever both stand.
        words: as they stand in folded headlines and type fields.
    """

    type: str
    language: str
    weight: int
    words: tuple[str, ...]


@cache
def notice_type_words() -> tuple[TypeWord, ...]:
    """Return all rows in the order of the table."""
    return load_table("notice_types", TypeWord)
