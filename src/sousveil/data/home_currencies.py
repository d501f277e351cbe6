"""The currency that a bare sign or word means in a country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCurrency:
    """Country (ISO 3166-1 alpha-2) and its currency (ISO 4217)."""

    country: str
    currency: str


@cache
def home_currencies() -> dict[str, str]:
    """Return currency by country."""
    return {row.country: row.currency for row in load_table("home_currencies", HomeCurrency, key=("country",))}
