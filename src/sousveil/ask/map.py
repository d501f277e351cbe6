"""Map: how many notices and purchases with a capability each place has; what is on no place is counted beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal, get_args

from sousveil.ask.coverage import chosen_notices
from sousveil.ask.filters import capability_ids
from sousveil.ask.within import code_of_today
from sousveil.data.maps import SHEETS, SheetName, sheet
from sousveil.data.places import Place, contains, parents, place
from sousveil.data.terms import capabilities
from sousveil.exceptions import UsageError
from sousveil.store.database import Store

Metric = Literal["per_million", "notices", "purchases"]
METRICS: tuple[Metric, ...] = get_args(Metric)
"""Notices for a million people; notices; purchases."""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """What one place has, smaller places in it included.

    Attributes:
        code: of the place; empty for what stands on none.
        notices: in which a capability was found, each once.
        purchases: in whose notices a capability was found, each once.
        families: notices by family of capability; one of several families counts under each.
    """

    code: str
    notices: int
    purchases: int
    families: dict[str, int]

    @property
    def place(self) -> Place | None:
        """Its row in the table of places."""
        return place(self.code)

    def value(self, metric: Metric) -> float | None:
        """Return a figure of it; None where nobody knows how many people live there."""
        if metric != "per_million":
            return self.notices if metric == "notices" else self.purchases
        people = self.place.population if self.place is not None else None
        return self.notices / people * 1e6 if people else None


@dataclass(frozen=True, kw_only=True)
class PlaceCounts:
    """Counts of a dataset by place.

    Attributes:
        cap: the capability or family that is counted; empty for all.
        places: a row for each place that notices or purchases state, as small as they state it; the last, with an empty
            code, is of those that state none.
    """

    cap: str
    places: tuple[PlaceCount, ...]

    @cached_property
    def unknown(self) -> PlaceCount:
        """What states no place."""
        return _added("", [row for row in self.places if not row.code])

    @cached_property
    def whole(self) -> PlaceCount:
        """Everything, wherever it is."""
        return _added("", self.places)

    def on(self, name: SheetName) -> tuple[PlaceCount, ...]:
        """Return the rows of a sheet: provinces of China with Hong Kong and Macau, or countries; most notices first."""
        shown = {shape.code for shape in sheet(name).shapes}
        return tuple(row for row in self._rolled(name) if row.code in shown)

    def beside(self, name: SheetName) -> tuple[PlaceCount, ...]:
        """Return what is known to be somewhere, but on no shape of a sheet: countries, and China without a province."""
        shown = {shape.code for shape in sheet(name).shapes}
        return tuple(row for row in self._rolled(name) if row.code and row.code not in shown)

    def rows(self, name: SheetName) -> tuple[PlaceCount, ...]:
        """Return everything by the places of a sheet: what is on it, beside it, and on no place."""
        unknown = self.unknown
        return (*self.on(name), *self.beside(name), *([unknown] if unknown.notices or unknown.purchases else []))

    def inside(self, code: str) -> tuple[PlaceCount, ...]:
        """Return the places directly below one; the last, under its own code, is of what states no smaller place."""
        found: dict[str, list[PlaceCount]] = {}
        for row in self.places:
            if row.code and contains(code, code_of_today(row.code)):
                below = [one.code for one in _chain(code_of_today(row.code))]
                at = below.index(code) if code in below else 0
                found.setdefault(below[at - 1] if at else code, []).append(row)
        own = found.pop(code, [])
        return (*_ordered(found), *([_added(code, own)] if own else []))

    def default_sheet(self) -> SheetName:
        """Return the sheet on which most of what has a place is; the world where no other has half of it."""
        placed = self.whole.notices - self.unknown.notices
        for name in SHEETS:
            if 2 * sum(row.notices for row in self.on(name)) >= placed:
                return name
        return "world"

    def _rolled(self, name: SheetName) -> tuple[PlaceCount, ...]:
        """Return all that is known to be somewhere, by the places of a sheet."""
        found: dict[str, list[PlaceCount]] = {}
        for row in self.places:
            if row.code:
                found.setdefault(_at(row.code, name), []).append(row)
        return _ordered(found)

    def to_json(self) -> dict[str, object]:
        """Return the counts as plain values, by sheet."""
        return {
            "v": 1,
            "cap": self.cap,
            "whole": _told(self.whole),
            "unknown": _told(self.unknown),
            "default": self.default_sheet(),
            "sheets": {
                name: {
                    "places": [_told(row) for row in self.on(name)],
                    "beside": [_told(row) for row in self.beside(name)],
                    "note": sheet(name).note,
                }
                for name in SHEETS
            },
        }


def map_counts(store: Store, cap: str = "", notices: Sequence[str] | None = None) -> PlaceCounts:
    """Return the counts of a dataset by place.

    Args:
        store: the rows.
        cap: a capability, its title or a family; empty for all.
        notices: ids of those to count, with the purchases they belong to; None for all.

    Raises:
        UsageError: there is no such capability.
    """
    chosen = capability_ids(cap) if cap else tuple(leaf.id for leaf in capabilities())
    with chosen_notices(store, notices) as table:
        return PlaceCounts(cap=cap, places=tuple(_rows(store, chosen, table)))


def _rows(store: Store, chosen: Sequence[str], table: str) -> list[PlaceCount]:
    """Return a row for each place that the notices in a table, or their purchases, state."""
    family = {leaf.id: leaf.family for leaf in capabilities()}
    ids = ", ".join(f"'{one}'" for one in chosen)
    is_all = table == "notices"
    inside = "" if is_all else f" WHERE found.notice IN (SELECT id FROM {table})"
    theirs = "" if is_all else f" AND id IN (SELECT procurement FROM summaries JOIN {table} ON {table}.id = notice)"
    alike = store.rows(
        f"""WITH found AS (SELECT notice, group_concat(DISTINCT value) AS held FROM findings
                           WHERE kind = 'capability' AND +value IN ({ids}) GROUP BY notice)
            SELECT coalesce(place, '') AS place, held, count(*) AS n
            FROM found LEFT JOIN summaries ON summaries.notice = found.notice{inside} GROUP BY 1, 2"""
    )
    counted: Counter[str] = Counter()
    families: dict[str, Counter[str]] = defaultdict(Counter)
    for row in alike:
        counted[row["place"]] += row["n"]
        held = {family[one] for one in row["held"].split(",")}
        families[row["place"]].update(dict.fromkeys(held, row["n"]))
    purchases = _counted(
        store,
        "SELECT place, count(DISTINCT id) AS n FROM procurements JOIN procurement_capabilities ON procurement = id"
        f" WHERE capability IN ({ids}){theirs} GROUP BY 1",
    )
    codes = sorted({*counted, *purchases}, key=lambda code: (not code, code))
    return [PlaceCount(one, counted[one], purchases.get(one, 0), dict(sorted(families[one].items()))) for one in codes]


def check_metric(asked: str) -> Metric:
    """Return a metric.

    Raises:
        UsageError: it is none.
    """
    for name in METRICS:
        if asked == name:
            return name
    raise UsageError(f"There is no metric {asked[:20]!r}. Known are: {', '.join(METRICS)}.")


def check_sheet(asked: str) -> SheetName:
    """Return the name of a sheet.

    Raises:
        UsageError: it is none.
    """
    for name in SHEETS:
        if asked == name:
            return name
    raise UsageError(f"There is no map {asked[:20]!r}. Known are: {', '.join(SHEETS)}.")


def _counted(store: Store, query: str) -> dict[str, int]:
    return {row["place"]: row["n"] for row in store.rows(query)}


def _at(code: str, name: SheetName) -> str:
    """Return the code under which a place counts on a sheet: its province on that of China, its country elsewhere."""
    chain = _chain(code_of_today(code))
    if name == "china" and chain and chain[-1].code == "CN":
        return next((one.code for one in chain if one.level == "province"), "CN")
    if not chain:
        return code
    return chain[0].country


def _chain(code: str) -> list[Place]:
    """Return a place and those it lies in, the nearest first."""
    row = place(code)
    return [] if row is None else [row, *parents(row.code)]


def _ordered(found: dict[str, list[PlaceCount]]) -> tuple[PlaceCount, ...]:
    rows = [_added(code, several) for code, several in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.notices, -row.purchases, row.code)))


def _added(code: str, rows: Sequence[PlaceCount]) -> PlaceCount:
    families: dict[str, int] = {}
    for row in rows:
        for family, count in row.families.items():
            families[family] = families.get(family, 0) + count
    return PlaceCount(code, sum(row.notices for row in rows), sum(row.purchases for row in rows), families)


def _told(row: PlaceCount) -> dict[str, object]:
    found = row.place
    return {
        **asdict(row),
        "name": found.name if found is not None else "",
        "name_en": found.name_en if found is not None else "",
        "population": found.population if found is not None else None,
        "notices_per_million": row.value("per_million"),
    }
