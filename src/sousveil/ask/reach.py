"""How far each source reaches in time, so that a drawing can say where it knows less."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.store.database import Store

_EDGE = 0.01
"""Part of the dated notices of a source that may lie outside its reach at either end: a few odd days move nothing."""
_LARGE = 0.1
"""Part of all dated notices from which on a source counts: that a small one ends tells little of the whole."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The months between which the notices of a source lie, but for one in a hundred at either end."""

    source: str
    first: str
    last: str
    notices: int


def large_sources(store: Store) -> tuple[Reach, ...]:
    """Return the reach of every source that has a tenth of the dated notices or more, by name."""
    rows = store.rows(
        "SELECT source, substr(publication_date, 1, 7) AS month, count(*) AS n FROM notices"
        " JOIN (SELECT DISTINCT source, file FROM sightings) AS seen ON seen.file = notices.file"
        " WHERE length(publication_date) >= 7 GROUP BY 1, 2 ORDER BY 1, 2"
    )
    months: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        months.setdefault(row["source"], []).append((row["month"], row["n"]))
    whole = sum(n for counts in months.values() for _, n in counts)
    found = []
    for source, counts in months.items():
        total = sum(n for _, n in counts)
        if total >= _LARGE * whole:
            found.append(Reach(source, _edge(counts, total), _edge(counts[::-1], total), total))
    return tuple(found)


def _edge(counts: list[tuple[str, int]], total: int) -> str:
    """Return the first month before which no more than the odd days lie."""
    passed = 0
    for month, n in counts:
        passed += n
        if passed > _EDGE * total:
            return month
    return counts[-1][0]
