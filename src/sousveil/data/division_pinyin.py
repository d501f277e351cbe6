"""Names of the divisions of China in Latin letters, for bodies that English notices name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionPinyin:
    """One province or prefecture with its counties, named in Latin letters.

    Attributes:
        code: as in ``divisions.yml``.
        name: lower case, without its class word; empty where the row only holds counties.
        counties: code -> name.
    """

    code: str
    name: str
    counties: Mapping[str, str] = field(default_factory=dict)


@cache
def division_pinyin() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the divisions by name, in the order of their codes."""
    found: dict[str, list[str]] = {}
    for row in load_table("division_pinyin", DivisionPinyin, key=("code",)):
        for code, name in ((row.code, row.name), *row.counties.items()):
            if name:
                found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
