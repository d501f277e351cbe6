"""Values of filters as a reader knows them: titles for codes, names for ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sousveil.chart.words import name_in, title_of
from sousveil.data.interface import say
from sousveil.data.places import place
from sousveil.data.provinces import provinces
from sousveil.store.packed import marks
from sousveil.web.asked import Asked
from sousveil.web.words import flag_title, kind_title, language_name, place_name, type_title

_NAMED = ("system", "institution", "procurement", "buyer", "supplier", "agency", "notice")
"""Fields that may hold an id, of which the reader sees the name."""


_FIELDS = {
    "cap": "Capability", "type": "Notice type", "place": "Place", "organ": "Kind of buyer", "level": "Level of buyer",
    "buyer": "Buyer", "supplier": "Supplier", "agency": "Agency", "institution": "Institution", "system": "System",
    "flag": "Flag", "language": "Language", "source": "Source", "state": "Review", "kind": "Kind", "year": "Year",
    "date": "Date", "amount": "Amount", "sum": "Sum", "currency": "Currency", "status": "Status", "reason": "Reason",
    "procurement": "Purchase", "notice": "Notice", "capability": "Capability", "term": "Term", "file": "File",
}  # fmt: skip
"""What filters are called above what they narrow."""


def field_name(field: str, language: str) -> str:
    """Return what a filter is called."""
    return say(language, _FIELDS.get(field, field.replace("_", " ").capitalize()))


def label_of(field: str, value: str, asked: Asked) -> str:
    """Return what a value of a facet, or of a filter, is called."""
    if field in ("capability", "cap"):
        return title_of(value, asked.language)
    if field == "type":
        return type_title(value, asked.language)
    if field == "kind":
        return kind_title(value, asked.language)
    if field == "flag":
        return flag_title(value, asked.language)
    if field == "state":
        return say(asked.language, value.capitalize())
    if field in ("organ", "level"):
        return say(asked.language, value.replace("_", " "))
    if field in ("sum", "status") or value == "none":
        return say(asked.language, "not stated" if value == "none" else value)
    if field in ("province", "place"):
        return place_name(value, asked.language) if place(value) else _named_place(value, asked.language)
    if field == "language":
        return language_name(value, asked.language)
    return name_in(_name(asked, value), asked.language) if field in _NAMED else value


@cache
def _provinces() -> dict[str, str]:
    return {one.short: one.names[0] for one in provinces()}


def _named_place(name: str, language: str) -> str:
    """Return a province as it is indexed, with its English name: what stands in Chinese alone is of no help to many."""
    return f"{name} {_provinces()[name]}" if language == "en" and name in _provinces() else name


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
