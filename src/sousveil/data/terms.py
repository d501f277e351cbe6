"""The lexicon: words that name a capability, with language, gloss, source and the company they must keep.

``terms/LANGUAGE.yml`` hold the rows, one file per language, ordered by capability, then term.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table

LANGUAGES = ("zh", "en", "es", "fr", "de", "ru", "ar", "pt", "it", "pl", "uk", "tr", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. Chinese terms are written simplified; folding finds their traditional and full-width forms.

    Attributes:
        term: the words, as they stand in notices.
        capability: id of a leaf in ``capabilities.yml``.
        language: tag of the file the row stands in.
        gloss: plain English meaning.
        source: where the term was met or who defines it.
        strength: ``strong`` names the capability alone; ``weak`` counts only near one of ``needs``.
        needs: words of which one must stand in the same clause (weak terms).
        unless: words whose presence around the term argues it away (false friends), ``~`` marking the term itself:
            ``事业单位~法`` withholds 人证 in that longer word.
    """

    term: str
    capability: str
    language: str
    gloss: str
    source: str
    strength: str = "strong"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """A leaf of the taxonomy: what a purchase lets a body do.

    Attributes:
        id: stable id, used in labels, filters, exports.
        family: three-letter code of one of nine families (VID, FAC, VEH, PHN, BIO, FUS, PRD, NET, MOB).
        title: English name shown to readers.
        title_zh: Chinese name shown to readers.
        meaning: ends the sentence "a purchase that lets a body …".
    """

    id: str
    family: str
    title: str
    title_zh: str
    meaning: str


@cache
def capabilities() -> tuple[Capability, ...]:
    """Return the leaves of the taxonomy in the order of families."""
    return load_table("capabilities", Capability, key=("id",))


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms of all languages."""
    return tuple(row for language in LANGUAGES for row in load_table(f"terms/{language}", Term, key=("term", "capability")))
