"""Words that most titles of purchases hold and that tell none from another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """Words of one language, folded and without accents.

    Attributes:
        language: of the words.
        words: left out when titles are compared by their words.
        ends: cut off both ends of a title.
        forms: of companies; left out of a buyer's name where titles say it in short.
    """

    language: str
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@cache
def plain_words() -> frozenset[str]:
    """Return the words of all languages."""
    return frozenset(word for row in load_table("plain_words", PlainWords, key=("language",)) for word in row.words)


@cache
def end_words() -> tuple[str, ...]:
    """Return the words that are cut off both ends of a title, longest first."""
    rows = load_table("plain_words", PlainWords, key=("language",))
    return tuple(sorted((word for row in rows for word in row.ends), key=len, reverse=True))


@cache
def company_forms() -> tuple[str, ...]:
    """Return the forms of companies that a short name leaves out, longest first."""
    rows = load_table("plain_words", PlainWords, key=("language",))
    return tuple(sorted((word for row in rows for word in row.forms), key=len, reverse=True))
