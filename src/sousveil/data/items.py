"""How item lists are headed and how small numbers are written out: the rows of two small tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHead:
    """Words of which one stands in the head of a column.

    Attributes:
        role: what the column holds: name, quantity or unit.
        language: of the words.
        words: folded, without accents.
    """

    role: str
    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """Numbers as words of one language, with their values in the same order."""

    language: str
    words: tuple[str, ...]
    values: tuple[int, ...]


@cache
def item_heads() -> tuple[ItemHead, ...]:
    """Return the heads of columns."""
    return load_table("item_heads", ItemHead)


@cache
def number_words() -> dict[str, int]:
    """Return word -> value for all languages; a word means the same number in all that share it."""
    rows = load_table("number_words", NumberWords)
    return {word: value for row in rows for word, value in zip(row.words, row.values, strict=True)}
