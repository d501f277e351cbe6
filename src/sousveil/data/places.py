"""Places by their codes and names: countries, their regions, and the divisions of China now and since 1980.

``places.tsv`` is made by ``scripts/make_places.py``; ``places.LICENSE.txt`` names the tables it comes from. It is read
when the first place is asked for, never by the workers that read files: ``divisions`` is what they need.

Codes are those of the official lists: ISO 3166-1 for countries, ISO 3166-2 for regions (``US-CA``), NUTS for
statistical regions of the EU (``DE3``), GB/T 2260 in China (``653100``). Taiwan, Hong Kong and Macao stand under their
codes of ISO 3166-1; their codes of GB/T 2260 lead there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from sousveil.exceptions import DataTableError

PlaceLevel = Literal["country", "province", "prefecture", "county", "nuts1", "nuts2", "nuts3"]
"""``province``: first-level region of a country, whatever it is called there; ``prefecture``: the level below;
``county``: counties, districts and county-level cities of China; ``nuts1`` to ``nuts3``: regions of NUTS."""

LEVELS: tuple[PlaceLevel, ...] = ("country", "province", "prefecture", "county", "nuts1", "nuts2", "nuts3")
"""From large to small; NUTS stands beside, not below, the others."""

_COLUMNS = 14
_GROUPINGS = ("01", "02", "90")
"""Digits 3 and 4 of GB/T 2260 codes that only group: districts (01) and counties (02) of a municipality, divisions
directly under a province (90)."""
_NUTS_COUNTRIES = {"EL": "GR", "UK": "GB"}


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a place had before, or of a place that went up in it."""

    name: str
    until: int
    """First year in which the official list no longer has it."""
    code: str
    """The code it stood under, which may be another one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region or division."""

    code: str
    name: str
    """In its own language; the full official name in China."""
    name_en: str
    level: PlaceLevel
    parent: str
    """Code of the place it lies in; empty for countries."""
    population: int | None = None
    population_year: int | None = None
    population_source: str = ""
    latitude: float | None = None
    """Degrees of the seat of its government, or of its middle; WGS 84, in China within 700 m of it."""
    longitude: float | None = None
    former: tuple[FormerName, ...] = ()
    """Names before, oldest first."""
    successor: str = ""
    """Code of the division that took its place; empty for living ones and where it was split."""
    gone_since: int | None = None
    """First year in which the official list no longer has it; None for living ones."""
    names: tuple[str, ...] = ()
    """Other names and codes: pinyin, other romanisations, Chinese, ISO codes."""

    @property
    def country(self) -> str:
        """Return the code of its country, ISO 3166-1 alpha-2."""
        if self.code[:1].isdigit():
            return "CN"
        return _NUTS_COUNTRIES.get(self.code[:2], self.code[:2])


@cache
def _table() -> dict[str, Place]:
    """Return all places by code, in the order of the table."""
    path = files("sousveil.data").joinpath("places.tsv")
    table: dict[str, Place] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        try:
            row = _place(cells + [""] * (_COLUMNS - len(cells)))
        except ValueError as error:
            message = f"Table data/places.tsv, line {number} ({line[:60]!r}): {error}. Reinstall sousveil."
            raise DataTableError(message) from error
        table[row.code] = row
    return table


def _place(cells: list[str]) -> Place:
    (
        code,
        level,
        parent,
        name,
        english,
        others,
        population,
        year,
        source,
        latitude,
        longitude,
        gone,
        successor,
        former,
    ) = cells
    if level not in LEVELS:
        raise ValueError(f"{level!r} is no level")
    return Place(
        code,
        name,
        english or name,
        level,
        parent,
        int(population) if population else None,
        int(year) if year else None,
        source,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        tuple(_former(item) for item in former.split("|")) if former else (),
        successor,
        int(gone) if gone else None,
        tuple(others.split("|")) if others else (),
    )


def _former(cell: str) -> FormerName:
    name, until, code = cell.split(":")
    return FormerName(name, int(until), code)


def place(code: str) -> Place | None:
    """Return the place of a code, or None.

    Codes that only group (市辖区, districts of a municipality) lead to what they lie in; codes of ISO 3166-2 for China
    and of three letters lead to the same place as the official one.

    >>> place("653100").name_en, place("CN-XJ").code, place("110100").code, place("710000").code
    ('Kashgar Prefecture', '650000', '110000', 'TW')
    """
    found = _table().get(code)
    if found is None and code[2:4] in _GROUPINGS and code.endswith("00"):
        found = _table().get(f"{code[:2]}0000")
    if found is None:
        other = _other_codes().get(code.upper())
        found = _table().get(other) if other else None
    return found


@cache
def _other_codes() -> dict[str, str]:
    """Return official code by other code: ISO 3166-1 alpha-3, ISO 3166-2 for China, GB/T 2260 outside it."""
    return {
        name: row.code
        for row in _table().values()
        for name in row.names
        if name.isascii() and (name.isdigit() or name.startswith("CN-") or (row.level == "country" and name.isupper()))
    }


def iter_places(
    *, level: PlaceLevel | None = None, country: str | None = None, with_gone: bool = False
) -> Iterator[Place]:
    """Yield places in the order of the table, all or of one level or country; those that have gone only on demand."""
    for row in _table().values():
        if row.gone_since is not None and not with_gone:
            continue
        if (level is None or row.level == level) and (country is None or row.country == country):
            yield row


def parents(code: str) -> tuple[Place, ...]:
    """Return the places that a place lies in, the nearest first; empty for countries and unknown codes.

    >>> [row.code for row in parents("653122")]
    ['653100', '650000', 'CN']
    """
    found: list[Place] = []
    row = place(code)
    while row is not None and row.parent:
        row = _table().get(row.parent)
        if row is not None:
            found.append(row)
    return tuple(found)


def living(code: str) -> Place | None:
    """Return the place that a code leads to today, over all its successors; None where it is unknown or was split.

    >>> living("542421").name
    '色尼区'
    """
    row = place(code)
    seen = {code}
    while row is not None and row.gone_since is not None:
        if not row.successor or row.successor in seen:
            return None
        seen.add(row.successor)
        row = _table().get(row.successor)
    return row


def contains(outer: str, inner: str) -> bool:
    """Return whether a place is another one or lies in it; both codes as ``place`` takes them.

    >>> contains("CN-XJ", "653122"), contains("650000", "540100")
    (True, False)
    """
    larger, smaller = place(outer), place(inner)
    if larger is None or smaller is None:
        return False
    return larger.code == smaller.code or any(row.code == larger.code for row in parents(smaller.code))
