"""State operators whose branches buy and sell under many names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One operator.

    Attributes:
        id: stands for it in keys.
        title: in English.
        names: of the company as a whole, simplified, the legal one first.
        en: names in English, lower case.
        heads: beginnings of the names of branches, before the place.
        shorts: endings of short names of branches, after the place.
        apart: beginnings of companies of the group that are no branches.
    """

    id: str
    title: str
    names: tuple[str, ...]
    en: tuple[str, ...]
    heads: tuple[str, ...]
    shorts: tuple[str, ...]
    apart: tuple[str, ...]


@cache
def operators() -> tuple[Operator, ...]:
    """Return the operators in the order of the table."""
    return load_table("operators", Operator, key=("id",))
