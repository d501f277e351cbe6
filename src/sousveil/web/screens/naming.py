"""Values of filters as a reader knows them: titles for codes, names for ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sousveil.chart.words import title_of
from sousveil.data.interface import say
from sousveil.data.provinces import provinces
from sousveil.store.packed import marks
from sousveil.web.asked import Asked
from sousveil.web.words import flag_titles, kind_title, type_title

_NAMED = ("system", "institution", "procurement", "buyer", "supplier", "agency", "notice")
"""Fields that may hold an id, of which the reader sees the name."""


def label_of(field: str, value: str, asked: Asked) -> str:
    """Return what a value of a facet, or of a filter, is called."""
    if field in ("capability", "cap"):
        return title_of(value, asked.language)
    if field == "type":
        return type_title(value, asked.language)
    if field == "kind":
        return kind_title(value, asked.language)
    if field == "flag":
        return flag_titles().get(value, value)
    if field == "state":
        return say(asked.language, value.capitalize())
    if field in ("organ", "level"):
        return say(asked.language, value.replace("_", " "))
    if field in ("province", "place") and asked.language == "en":
        return _english(value)
    return _name(asked, value) if field in _NAMED else value


@cache
def _provinces() -> dict[str, str]:
    return {one.short: one.names[0] for one in provinces()}


def _english(place: str) -> str:
    """Return a province as it is indexed, with its English name: what stands in Chinese alone is of no help to many."""
    return f"{place} {_provinces()[place]}" if place in _provinces() else place


def _name(asked: Asked, value: str) -> str:
    """Return the name of what has an id; the value where it is none."""
    rows = asked.dataset.store.rows(
        "SELECT title FROM systems WHERE id = ? UNION ALL SELECT name FROM institutions WHERE id = ?"
        " UNION ALL SELECT title FROM procurements WHERE id = ? UNION ALL SELECT title FROM notices WHERE id = ?",
        (value, value, value, value),
    )
    return str(rows[0]["title"] or value) if rows else value


def dossiers_of(asked: Asked, notices: Sequence[str]) -> dict[tuple[str, str, str], str]:
    """Return whom names in notices name: by notice, role (buyer, agency, supplier) and printed name, the institution.

    Names of which it is not told whom they name are left out: of persons, and of a run that still goes on.
    """
    rows = asked.dataset.store.rows(
        "SELECT notice, role, name, min(institution) AS institution FROM mentions JOIN spellings"
        " ON spellings.id = mentions.spelling JOIN named ON named.spelling = spellings.id"
        f" WHERE notice IN ({marks(notices)}) GROUP BY 1, 2, 3",
        list(notices),
    )
    return {(row["notice"], row["role"], row["name"]): str(row["institution"]) for row in rows}
