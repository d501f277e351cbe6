"""Words that most titles of purchases hold and that tell none from another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """Words of one language, folded and without accents; ``ends`` are cut off both ends of a title."""

    language: str
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()


@cache
def plain_words() -> frozenset[str]:
    """Return the words of all languages."""
    return frozenset(word for row in load_table("plain_words", PlainWords, key=("language",)) for word in row.words)


@cache
def end_words() -> tuple[str, ...]:
    """Return the words that are cut off both ends of a title, longest first."""
    rows = load_table("plain_words", PlainWords, key=("language",))
    return tuple(sorted((word for row in rows for word in row.ends), key=len, reverse=True))
