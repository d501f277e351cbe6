"""Divisions by code or name, and the codes of the dataset that lie in one."""

from __future__ import annotations

from sousveil.data.place_names import find_place
from sousveil.data.places import Place, contains, living, place
from sousveil.exceptions import NotFoundError
from sousveil.store.database import Store


def find_division(asked: str) -> Place:
    """Return a place by a code (``510000``, ``CN-SC``), or a name in Chinese, English or pinyin.

    Raises:
        NotFoundError: there is none, or several are called so.
    """
    found = place(asked.strip())
    if found is not None:
        return found
    named = find_place(asked.strip())
    if len(named) == 1:
        return named[0]
    if not named:
        raise NotFoundError(f"No place is called {asked}. Ask by code (GB/T 2260, ISO 3166-2) or by its full name.")
    several = ", ".join(f"{one.code} {one.name} {one.name_en}".rstrip() for one in named[:8])
    raise NotFoundError(f"{len(named)} places are called {asked}: {several}. Ask by code.")


def codes_within(store: Store, outer: Place) -> tuple[str, ...]:
    """Return the codes of purchases that are a place or lie in it, those that were renamed or taken in included."""
    codes = [row["place"] for row in store.rows("SELECT DISTINCT place FROM procurements WHERE place <> ''")]
    return tuple(code for code in codes if contains(outer.code, code) or contains(outer.code, code_of_today(code)))


def code_of_today(code: str) -> str:
    """Return the code of today for a division that was renamed or taken into another; a split one stays."""
    found = living(code)
    return found.code if found is not None else code
