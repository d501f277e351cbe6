"""Words that stand where a name could stand, or beside one: they keep the mask off institutions and common words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStop:
    """Words of one use in one language.

    Attributes:
        use: ``value`` (the whole value is no name), ``start``, ``end``, ``middle`` (no name begins, ends with or holds
            it; the last gives way to a surname after a label), ``particle`` (no name ever holds it), ``title``,
            ``short-title``, ``lone`` (a surname before one), ``follow`` (may stand after a name), ``tail`` and
            ``copula`` (between label and name), ``institution`` (ends an institution's name), ``trader``,
            ``sole-trader``, ``column`` (head of a column of names); ``appoint``, ``exchange``, ``contact-verb``,
            ``officer``, ``partake``, ``decide``, ``ask`` (words of frames that a name completes).
        language: ``zh``, or ``en`` for all other languages together.
        gloss: plain English meaning.
        words: the words, folded.
    """

    use: str
    language: str
    gloss: str
    words: tuple[str, ...]


@cache
def person_stops() -> tuple[PersonStop, ...]:
    """Return all groups of words."""
    return load_table("person_stops", PersonStop, key=("use", "language"))
