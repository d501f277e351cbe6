"""Words for searching only: what people ask for, in several languages, and what a compound may end in.

Kept apart from the lexicon, for no finding may rest on them: 公安 (police) is a good word to search for, and no sign of
surveillance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table

_LANGUAGES = ("zh", "en", "es", "fr", "de", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """Words with one meaning.

    Attributes:
        gloss: plain English meaning; rows of the lexicon with the same gloss belong to it.
        zh: Chinese words, simplified; so are the others in their languages. ``*`` lets a word go on.
    """

    gloss: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()

    @property
    def by_language(self) -> tuple[tuple[str, str], ...]:
        """Language and word, Chinese first."""
        return tuple((language, word) for language in _LANGUAGES for word in getattr(self, language))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTail:
    """The last part of a compound that does not change what it is about: ``software``."""

    tail: str
    gloss: str
    language: str


@cache
def search_words() -> tuple[SearchWords, ...]:
    """Return the words for searching in the order of the table."""
    return load_table("search_words", SearchWords, key=("gloss",))


@cache
def word_tails() -> tuple[WordTail, ...]:
    """Return what compounds may end in."""
    return load_table("word_tails", WordTail, key=("tail", "language"))
