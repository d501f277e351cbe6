"""Divisions of the Xinjiang Production and Construction Corps and their cities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpsDivision:
    """One division (师).

    Attributes:
        division: its number.
        city: the city that it runs, whose bodies are its own; empty where there is none.
        code: GB/T 2260 code of the city, else a code of our own.
    """

    division: int
    city: str
    code: str


@cache
def corps_divisions() -> tuple[CorpsDivision, ...]:
    """Return the divisions by number."""
    return load_table("xpcc", CorpsDivision, key=("division",))
