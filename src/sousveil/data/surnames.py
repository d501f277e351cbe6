"""Characters of Chinese personal names: surnames, and what given names are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCharacters:
    """One use of characters in names.

    Attributes:
        use: ``surname``, ``rare`` (a surname that is a common word, too), ``compound`` (two characters each, parted
            by blanks), ``given``, ``frequent`` (most given names are made of these), ``minority`` or ``whole``
            (transcribed names of two characters, parted by blanks).
        gloss: plain English meaning.
        characters: the characters, simplified.
    """

    use: str
    gloss: str
    characters: str


@cache
def name_characters() -> tuple[NameCharacters, ...]:
    """Return the rows, one for each use."""
    return load_table("surnames", NameCharacters, key=("use",))
