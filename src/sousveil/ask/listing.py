"""Lists of what has a dossier: institutions by their purchases, systems by the findings that name them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

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
    """A system, and by how many findings it is named."""

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


def list_institutions(store: Store, name: str = "", *, offset: int = 0, limit: int = 100) -> InstitutionList:
    """Return institutions that bought or sold, those with the most purchases first.

    Args:
        store: the rows.
        name: a part of the name; empty for all.
        offset: institutions to pass over.
        limit: most to return.
    """
    total = store.rows(f"SELECT count(*) AS n {_ROWS}", (name,))[0]["n"]
    rows = store.rows(
        "SELECT institutions.id, name, kind, level, country, place, coalesce(bought, 0) AS bought,"
        f" coalesce(sold, 0) AS sold {_ROWS} ORDER BY coalesce(bought, 0) + coalesce(sold, 0) DESC, institutions.id"
        " LIMIT ? OFFSET ?",
        (name, limit, offset),
    )
    return InstitutionList(total, tuple(InstitutionRow(**dict(row)) for row in rows))


def list_systems(store: Store) -> SystemList:
    """Return all named systems."""
    rows = [
        SystemRow(one.id, one.title, one.programme, one.place, len(one.findings))
        for one in Systems(store).all_systems()
    ]
    return SystemList(tuple(sorted(rows, key=lambda row: (-row.findings, row.id))))
