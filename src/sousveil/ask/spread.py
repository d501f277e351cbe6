"""Spread: when each place was first seen buying a capability."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.ask.filters import capability_ids
from sousveil.data.places import Place, parents, place
from sousveil.exceptions import UsageError
from sousveil.store.database import Store

LEVELS = ("province", "prefecture", "county")
"""Levels of divisions that a spread can be told by."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first purchase of a capability in a place."""

    capability: str
    code: str
    name: str
    name_en: str
    date: str
    procurement: str
    purchases: int
    """All purchases of it there."""


def spread(store: Store, capability: str, level: str = "province") -> tuple[Arrival, ...]:
    """Return the places that bought a capability, the first to buy it first.

    Purchases that are undated, or of which only a larger place is known, are left out: they tell nothing of when.

    Args:
        store: the rows.
        capability: id, title or family.
        level: ``province``, ``prefecture`` or ``county``.

    Raises:
        UsageError: there is no such capability or level.
    """
    if level not in LEVELS:
        raise UsageError(f"There is no level {level!r}. Known are: {', '.join(LEVELS)}.")
    first: dict[tuple[str, str], tuple[str, str]] = {}
    counts: dict[tuple[str, str], int] = {}
    places: dict[str, Place | None] = {}
    for leaf in capability_ids(capability):
        rows = store.rows(
            "SELECT id, place, first_date FROM procurements JOIN procurement_capabilities ON procurement = id"
            " WHERE capability = ? AND first_date <> '' AND place <> ''",
            (leaf,),
        )
        for row in rows:
            code = row["place"]
            if code not in places:
                places[code] = _at(code, level)
            at = places[code]
            if at is None:
                continue
            key = (leaf, at.code)
            counts[key] = counts.get(key, 0) + 1
            first[key] = min(first.get(key, ("9", "")), (row["first_date"], row["id"]))
    found = []
    for (leaf, code), (date, procurement) in first.items():
        at = place(code)
        assert at is not None
        found.append(Arrival(leaf, code, at.name, at.name_en, date, procurement, counts[leaf, code]))
    return tuple(sorted(found, key=lambda one: (one.capability, one.date, one.code)))


def _at(code: str, level: str) -> Place | None:
    """Return the place of a level that a place is, or lies in."""
    row = place(code)
    chain = [] if row is None else [row, *parents(row.code)]
    return next((one for one in chain if one.level == level), None)
