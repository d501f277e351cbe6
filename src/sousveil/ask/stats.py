"""Stats: notices and purchases by field, and what the purchases cost, with coverage."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sousveil.ask.coverage import SPENT_LIST, Coverage, chosen_notices, measure_coverage
from sousveil.ask.face import Drawing, Face, draw
from sousveil.ask.frames import Frames, Kind
from sousveil.ask.gate import may_leave, warn_of
from sousveil.exceptions import UsageError
from sousveil.store.database import Store

_COVERED = "CASE WHEN instr({0}, '█') THEN '███' ELSE {0} END"
"""A name; those that are covered are one, for the length of a cover would tell persons apart."""
_COLUMNS = {
    "type": "notices.notice_type",
    "province": "notices.province",
    "city": "notices.city",
    "country": "notices.country",
    "buyer": _COVERED.format("notices.buyer"),
    "agency": _COVERED.format("notices.agency"),
    "language": "notices.language",
    "year": "nullif(substr(notices.publication_date, 1, 4), '')",
    "month": "CASE WHEN length(notices.publication_date) >= 7 THEN substr(notices.publication_date, 1, 7) END",
    "supplier": _COVERED.format("suppliers.name"),
    "capability": "capabilities.value",
    "kind": "kinds.kind",
    "source": "sources.source",
    "institution": "buyers.name",
    "organ": "buyers.kind",
    "level": "nullif(buyers.level, '')",
    "winner": "winners.name",
    "system": "named_systems.title",
    "status": "procurements.status",
}
_BUYERS = (
    "LEFT JOIN procurements AS bought ON bought.id = summaries.procurement"
    " LEFT JOIN institutions AS buyers ON buyers.id = bought.buyer"
)
_JOINS = {
    "supplier": "LEFT JOIN suppliers ON suppliers.notice = notices.id",
    "capability": "LEFT JOIN (SELECT DISTINCT notice, value FROM findings WHERE kind = 'capability') AS capabilities"
    " ON capabilities.notice = notices.id",
    "kind": "LEFT JOIN (SELECT DISTINCT notice, kind FROM findings) AS kinds ON kinds.notice = notices.id",
    "source": "LEFT JOIN (SELECT DISTINCT file, source FROM sightings) AS sources ON sources.file = notices.file",
    "institution": _BUYERS,
    "organ": _BUYERS,
    "level": _BUYERS,
    "winner": "LEFT JOIN (SELECT procurement AS won, name FROM procurement_suppliers"
    " JOIN institutions ON institutions.id = institution) AS winners ON won = summaries.procurement",
    "system": "LEFT JOIN (SELECT DISTINCT notice AS naming, title FROM system_findings"
    " JOIN findings ON findings.id = finding JOIN systems ON systems.id = system) AS named_systems"
    " ON naming = notices.id",
    "status": "LEFT JOIN procurements ON procurements.id = summaries.procurement",
}
FIELDS = tuple(_COLUMNS)
"""Fields to count by."""

SUM_NOTE = (
    "Sums are what purchases are known to have cost, each purchase once by the one sum chosen for it (sousveil show"
    " procurement ID says which and why), per currency as printed; budgets and ceilings are left out."
)
"""What every sum must be read with."""

_SEVERAL = frozenset({"supplier", "capability", "kind", "source", "winner", "system"})
"""Fields of which a notice may have several values: it then counts under each."""
_IN_ORDER = frozenset({"year", "month"})


_WORDED = frozenset({"province", "city", "buyer", "agency", "supplier", "institution", "winner", "system"})
"""Fields that hold words of notices; the others are codes."""
_UNSTATED = "unstated"
"""Stands for a currency that notices do not state."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What purchases cost in one currency, and how many purchases that is made of."""

    currency: str | None
    amount: float
    purchases: int


@dataclass(slots=True)
class StatsRow:
    """Counts of one combination of values; None stands for notices that do not state the field.

    A purchase counts under each value that its notices have.
    """

    values: tuple[str | None, ...]
    notices: int = 0
    purchases: int = 0
    sums: list[Sum] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StatsTable(Frames, Face):
    """Counts by field, with what they leave out.

    As a frame it has a row for each combination of values: what was spent stands in a column for each currency, so that
    no sum mixes two.
    """

    fields: tuple[str, ...]
    rows: tuple[StatsRow, ...]
    coverage: Coverage
    notes: tuple[str, ...]

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"StatsTable by {', '.join(self.fields)}: {len(self.rows)} rows; {self.coverage.to_text()}"

    def columns(self) -> dict[str, Kind]:
        """Return the fields, ``notices``, ``purchases``, and ``spent_CNY``, ``stated_in_CNY`` for each currency."""
        sums: dict[str, Kind] = {}
        for currency in self._currencies():
            sums |= {f"spent_{currency}": "real", f"stated_in_{currency}": "whole"}
        return {**dict.fromkeys(self.fields, "text"), "notices": "whole", "purchases": "whole", **sums}

    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the rows; they hold fields of notices, which the gate looks at: see ``Frames.iter_rows``."""
        blank = dict.fromkeys(self.columns())
        left_out = 0
        for row in self.rows:
            told = dict(zip(self.fields, row.values, strict=True))
            if not may_leave("a row of stats", {name: told[name] for name in told if name in _WORDED}, is_skipping):
                left_out += 1
                continue
            sums: dict[str, Any] = {}
            for one in row.sums:
                sums |= {
                    f"spent_{one.currency or _UNSTATED}": one.amount,
                    f"stated_in_{one.currency or _UNSTATED}": one.purchases,
                }
            yield {**blank, **told, "notices": row.notices, "purchases": row.purchases, **sums}
        warn_of(left_out)

    def chart(self, *, language: str = "en") -> Drawing:
        """Return a drawing of the purchases: columns over time, bars, or one field against another.

        Raises:
            UsageError: it counts by three fields or more.
        """
        return draw("stats", self, language=language)

    def _currencies(self) -> list[str]:
        """Return the currencies of the sums, the one of the most purchases first."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts.update({one.currency or _UNSTATED: one.purchases for one in row.sums})
        return [currency for currency, _ in counts.most_common()]

    def to_json(self) -> dict[str, object]:
        """Return the object that ``stats by --json`` prints."""
        return {
            "v": 1,
            "by": list(self.fields),
            "rows": [
                {
                    **dict(zip(self.fields, row.values, strict=True)),
                    "notices": row.notices,
                    "purchases": row.purchases,
                    "spent": [
                        {
                            "currency": one.currency,
                            "amount": one.amount,
                            "stated_in": one.purchases,
                            "of": row.purchases,
                        }
                        for one in row.sums
                    ],
                }
                for row in self.rows
            ],
            "coverage": {name: getattr(self.coverage, name) for name in Coverage.__slots__}
            | {"text": self.coverage.to_text()},
            "notes": list(self.notes),
        }


def stats(store: Store, fields: Sequence[str], ids: Sequence[str] | None = None) -> StatsTable:
    """Return counts and known amounts by one or several fields.

    Args:
        store: the rows.
        fields: names of ``FIELDS``.
        ids: the notices to count; None for all.

    Raises:
        UsageError: a field that is none, or none at all.
    """
    wanted = tuple(dict.fromkeys(fields))
    if not wanted or any(name not in _COLUMNS for name in wanted):
        unknown = next((name for name in wanted if name not in _COLUMNS), "")
        raise UsageError(f"There is no field {unknown!r} to count by. Known are: {', '.join(FIELDS)}.")
    counted: dict[tuple[str | None, ...], StatsRow] = {}
    with chosen_notices(store, ids) as table:
        for row in store.rows(_notices_query(wanted, table)):
            entry = counted.setdefault(_values(row, wanted), StatsRow(_values(row, wanted)))
            entry.notices += row["notices"]
        for row in store.rows(_purchases_query(wanted, table)):
            entry = counted[_values(row, wanted)]
            entry.purchases += row["purchases"]
            if row["stated"]:
                entry.sums.append(Sum(row["currency"], row["amount"], row["stated"]))
        coverage = measure_coverage(store, table)
    for entry in counted.values():
        entry.sums.sort(key=lambda one: (-one.purchases, str(one.currency)))
    return StatsTable(
        fields=wanted, rows=tuple(_ordered(counted, wanted)), coverage=coverage, notes=tuple(_notes(wanted))
    )


def _values(row: sqlite3.Row, fields: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(row[f"f{number}"] for number in range(len(fields)))


def _rows_query(fields: Sequence[str], table: str, what: str) -> str:
    """Return the query for distinct pairs of values and ``what`` (a notice or its purchase)."""
    columns = ", ".join(f"{_COLUMNS[name]} AS f{number}" for number, name in enumerate(fields))
    joins = " ".join(dict.fromkeys(_JOINS[name] for name in fields if name in _JOINS))
    return f"""SELECT DISTINCT {what} AS what, {columns}
               FROM notices JOIN (SELECT id AS wanted FROM {table}) ON wanted = notices.id
               LEFT JOIN summaries ON summaries.notice = notices.id {joins}"""


def _groups(fields: Sequence[str]) -> str:
    return ", ".join(f"f{number}" for number in range(len(fields)))


def _notices_query(fields: Sequence[str], table: str) -> str:
    rows = _rows_query(fields, table, "notices.id")
    return f"SELECT {_groups(fields)}, count(*) AS notices FROM ({rows}) GROUP BY {_groups(fields)}"


def _purchases_query(fields: Sequence[str], table: str) -> str:
    rows = _rows_query(fields, table, "summaries.procurement")
    is_spent = f"amount_rule IN ({SPENT_LIST})"
    return f"""SELECT {_groups(fields)}, CASE WHEN {is_spent} THEN currency END AS currency, count(*) AS purchases,
                      sum({is_spent}) AS stated, sum(CASE WHEN {is_spent} THEN amount END) AS amount
               FROM ({rows}) JOIN procurements ON procurements.id = what
               GROUP BY {_groups(fields)}, {len(fields) + 1}"""


def _ordered(counted: dict[tuple[str | None, ...], StatsRow], fields: Sequence[str]) -> list[StatsRow]:
    """Return the rows: in order of time if the first field is a time, else the most frequent first; unstated last."""

    def key(row: StatsRow) -> tuple[object, ...]:
        first = row.values[0]
        rank = (first or "",) if fields[0] in _IN_ORDER else ()
        return (first is None, *rank, -row.notices, tuple(value or "" for value in row.values))

    return sorted(counted.values(), key=key)


def _notes(fields: Sequence[str]) -> list[str]:
    notes = [SUM_NOTE]
    if several := [name for name in fields if name in _SEVERAL]:
        names = " or ".join(several)
        notes.append(f"What has several values of {names} counts under each: rows do not add up to the total.")
    return notes
