"""Words that a question holds and nobody looks for: the, de la, для."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWords:
    """The stop words of one language, without accents, in lower case."""

    language: str
    words: tuple[str, ...]


@cache
def stop_words() -> frozenset[str]:
    """Return the stop words of all languages.

    >>> "the" in stop_words(), "iris" in stop_words()
    (True, False)
    """
    rows = load_table("stop_words", StopWords, key=("language",))
    return frozenset(word for row in rows for word in row.words)
