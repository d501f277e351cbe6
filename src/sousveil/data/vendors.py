"""Publicly known vendors of surveillance technology: companies only, with the names and brands they are met under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One company.

    Attributes:
        id: stands for it in keys: latin letters, digits, hyphens.
        name: its legal name today, in its own script where notices print it so.
        country: ISO 3166 alpha-2 of its seat.
        zh: Chinese names: legal ones, brands, abbreviations.
        en: names in Latin letters: legal ones, brands, abbreviations.
        former: earlier legal names with the year in which they ended, ``name (year)``.
        subsidiaries: companies of their own that are parts of it.
        makes: what it is known for, plain English.
        source: where names and renamings are published.
    """

    id: str
    name: str
    country: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    subsidiaries: tuple[str, ...] = ()
    makes: str
    source: str


@cache
def vendors() -> tuple[Vendor, ...]:
    """Return the vendors in the order of the table."""
    return load_table("vendors", Vendor, key=("id",))
