"""The whole dataset at a glance: totals, time by family of capability, the largest buyers; where: ``map.py``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import get_args

from sousveil.ask.chosen import Totals, purchases_of, total_up
from sousveil.ask.coverage import Coverage, chosen_notices, index_note, measure_coverage
from sousveil.ask.facts import Partner, partners
from sousveil.ask.reach import Reach, large_sources
from sousveil.data.terms import capabilities
from sousveil.index.words import Words
from sousveil.model import Level
from sousveil.store.database import Store

_MOST_BUYERS = 8


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Notices published in one month (``YYYY-MM``; ``YYYY`` where no more is known), by family."""

    month: str
    families: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is in the dataset, with what the figures leave out.

    Attributes:
        counts: files, documents, notices, findings, failures.
        buyers: institutions that bought something.
        suppliers: institutions that sold something.
        largest: buyers of most purchases in which a capability was found.
        levels: buyers by the level of whose organ they are; those of whom it cannot be told under an empty key.
        reaches: months between which the large sources have notices.
        note: what the user must know of the index; mostly empty.
    """

    counts: dict[str, int]
    totals: Totals
    coverage: Coverage
    buyers: int
    suppliers: int
    months: tuple[MonthRow, ...]
    largest: tuple[Partner, ...]
    levels: dict[str, int]
    reaches: tuple[Reach, ...]
    note: str

    def to_json(self) -> dict[str, object]:
        """Return the overview as plain values."""
        return {
            "v": 1,
            "counts": self.counts,
            "totals": self.totals.to_json(),
            "coverage": {name: getattr(self.coverage, name) for name in Coverage.__slots__}
            | {"text": self.coverage.to_text()},
            "buyers": self.buyers,
            "suppliers": self.suppliers,
            "months": [asdict(row) for row in self.months],
            "largest_buyers": [asdict(row) for row in self.largest],
            "buyers_by_level": self.levels,
            "reaches": [asdict(row) for row in self.reaches],
            "note": self.note,
        }


def overview(store: Store, words: Words, notices: Sequence[str] | None = None) -> Overview:
    """Return the dataset at a glance, or the notices with these ids and the purchases they belong to."""
    with chosen_notices(store, notices) as wanted:
        return _overview(store, words, wanted)


def _overview(store: Store, words: Words, wanted: str) -> Overview:
    """Return the overview of the notices in a table."""
    bought, watching = "SELECT id FROM procurements", "SELECT DISTINCT procurement AS id FROM procurement_capabilities"
    if wanted != "notices":
        theirs = f"JOIN {wanted} AS wanted ON wanted.id = notice"
        bought = f"SELECT DISTINCT procurement AS id FROM summaries {theirs} WHERE procurement IS NOT NULL"
        watching = f"{watching} JOIN summaries USING (procurement) {theirs}"
    with purchases_of(store, bought) as table:
        totals = total_up(store, table)
        counted = store.rows(
            f"SELECT (SELECT count(*) FROM institutions WHERE id IN (SELECT buyer FROM {table} CROSS JOIN procurements"
            f" USING (id))) AS buyers, (SELECT count(*) FROM institutions WHERE id IN (SELECT institution FROM {table}"
            " CROSS JOIN procurement_suppliers ON procurement = id)) AS suppliers"
        )[0]
        levels = _levels(store, table)
    with purchases_of(store, watching) as table:
        largest = partners(store, table, "buyer")[:_MOST_BUYERS]
    return Overview(
        counts=store.counts(),
        totals=totals,
        coverage=measure_coverage(store, wanted),
        buyers=counted["buyers"],
        suppliers=counted["suppliers"],
        months=_months(store, wanted),
        largest=largest,
        levels=levels,
        reaches=large_sources(store),
        note=index_note(store, words),
    )


def _levels(store: Store, table: str) -> dict[str, int]:
    rows = store.rows(
        "SELECT level, count(*) AS n FROM institutions WHERE id IN"
        f" (SELECT buyer FROM {table} CROSS JOIN procurements USING (id)) GROUP BY 1"
    )
    counted = {row["level"]: row["n"] for row in rows}
    return {level: counted[level] for level in (*(one for one in get_args(Level) if one), "") if level in counted}


def _months(store: Store, wanted: str) -> tuple[MonthRow, ...]:
    family = {leaf.id: leaf.family for leaf in capabilities()}
    inside = "" if wanted == "notices" else f" AND id IN (SELECT id FROM {wanted})"
    rows = store.rows(
        f"""WITH found AS (SELECT notice, group_concat(DISTINCT value) AS held FROM findings
                           WHERE kind = 'capability' GROUP BY notice)
            SELECT substr(publication_date, 1, 7) AS month, held, count(*) AS n
            FROM found CROSS JOIN notices ON id = notice WHERE publication_date IS NOT NULL{inside}
            GROUP BY 1, 2 ORDER BY 1"""
    )
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        months[row["month"]].update(
            dict.fromkeys({family[one] for one in row["held"].split(",") if one in family}, row["n"])
        )
    return tuple(MonthRow(month, dict(sorted(families.items()))) for month, families in months.items())
