"""Lists of what has a dossier: institutions by their purchases, systems by the findings that name them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sousveil.store.database import Store
from sousveil.store.systems import Systems

_ROWS = """
FROM institutions
LEFT JOIN (SELECT buyer, count(*) AS bought FROM procurements GROUP BY buyer) ON buyer = institutions.id
LEFT JOIN (SELECT institution, count(*) AS sold FROM procurement_suppliers GROUP BY institution)
    ON institution = institutions.id
WHERE (bought > 0 OR sold > 0) AND instr(institutions.name, ?) > 0
"""


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """An institution, and in how many purchases it bought or sold."""

    id: str
    name: str
    kind: str
    level: str
    country: str
    place: str
    bought: int
    sold: int


@dataclass(frozen=True, slots=True)
class InstitutionList:
    """Some of the institutions that bought or sold, and how many there are."""

    total: int
    rows: tuple[InstitutionRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the list as plain values."""
        return {"v": 1, "total": self.total, "institutions": [asdict(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A system, and by how many findings it, or an instance of it in a place, is named."""

    id: str
    title: str
    programme: str
    place: str
    findings: int


@dataclass(frozen=True, slots=True)
class SystemList:
    """All systems, those named most often first."""

    rows: tuple[SystemRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the list as plain values."""
        return {"v": 1, "systems": [asdict(row) for row in self.rows]}


_SIDES = {None: "", "buyer": " AND bought > 0", "supplier": " AND sold > 0"}


def list_institutions(
    store: Store,
    name: str = "",
    *,
    side: Literal["buyer", "supplier"] | None = None,
    offset: int = 0,
    limit: int = 100,
    after: str | None = None,
) -> InstitutionList:
    """Return institutions that bought or sold, those with the most purchases first.

    Args:
        store: the rows.
        name: a part of the name; empty for all.
        side: only those that bought, or sold.
        offset: institutions to pass over.
        limit: most to return.
        after: an id: institutions behind it, in the order of ids, which nothing that comes in changes.
    """
    where = f"{_ROWS} {_SIDES[side]}"
    total = store.rows(f"SELECT count(*) AS n {where}", (name,))[0]["n"]
    order = "coalesce(bought, 0) + coalesce(sold, 0) DESC, institutions.id" if after is None else "institutions.id"
    rows = store.rows(
        "SELECT institutions.id, name, kind, level, country, place, coalesce(bought, 0) AS bought,"
        f" coalesce(sold, 0) AS sold {where} AND institutions.id > ? ORDER BY {order} LIMIT ? OFFSET ?",
        (name, after or "", limit, offset),
    )
    return InstitutionList(total, tuple(InstitutionRow(**dict(row)) for row in rows))


def list_systems(store: Store) -> SystemList:
    """Return all named systems."""
    every = Systems(store).all_systems()
    named = {one.id: set(one.findings) for one in every}
    for one in every:
        if one.programme in named:
            named[one.programme] |= set(one.findings)
    rows = [SystemRow(one.id, one.title, one.programme, one.place, len(named[one.id])) for one in every]
    return SystemList(tuple(sorted(rows, key=lambda row: (-row.findings, row.id))))
