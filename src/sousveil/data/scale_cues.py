"""Words around a number that say how it is meant: at least, existing, planned, what a device can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleCue:
    """Words of one language with one effect.

    Attributes:
        cue: at least, at most, about; existing, planned, replaced, performance, unit, buy, capacity; filler and tail
            are words between the thing and its number, ends are words that end the name of a thing, kept are
            beginnings of names that look like a filler.
        place: where the words stand: before the number, after the unit, anywhere in the line.
        language: of the words.
        words: as they stand in notices.
    """

    cue: str
    place: str
    language: str
    words: tuple[str, ...]


@cache
def scale_cues() -> tuple[ScaleCue, ...]:
    """Return all cues."""
    return load_table("scale_cues", ScaleCue, key=("cue", "place", "language"))
