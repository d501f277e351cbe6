"""Words that indicators look for in the text of a purchase: who is meant, what is collected, what is excused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagWords:
    """Words of one kind in one language.

    Attributes:
        kind: what they tell; the head of the table lists the kinds.
        language: of the words.
        gloss: plain English meaning.
        source: where the words are from: a law, a guide, or ``notices`` for the usage of published notices.
        words: folded; ``*`` at the end marks the beginning of words.
        needs: one of these must stand in the same sentence.
        unless: none of these may; ``~`` stands for the word.
        is_company: only looked for beside others, never by themselves.
    """

    kind: str
    language: str
    gloss: str
    source: str
    words: tuple[str, ...]
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    is_company: bool = False


@cache
def flag_words() -> tuple[FlagWords, ...]:
    """Return all rows in the order of the table."""
    return load_table("flag_words", FlagWords, key=("kind", "language", "gloss"))
