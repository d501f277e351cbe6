"""First-level divisions of other countries than China that notices print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Divisions of one country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        names: as given back; adjectives where ``ending`` is set.
        ending: the noun behind the adjective (область, край), empty otherwise.
    """

    country: str
    names: tuple[str, ...]
    ending: str = ""


@cache
def regions() -> tuple[Region, ...]:
    """Return all rows in the order of the table."""
    return load_table("regions", Region)
