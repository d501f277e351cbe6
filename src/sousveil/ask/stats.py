"""Stats: counts and known amounts by field, with coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sousveil.ask.coverage import Coverage, chosen_notices, measure_coverage
from sousveil.exceptions import UsageError
from sousveil.store.database import Store

_COLUMNS = {
    "type": "notices.notice_type",
    "province": "notices.province",
    "city": "notices.city",
    "country": "notices.country",
    "buyer": "notices.buyer",
    "agency": "notices.agency",
    "language": "notices.language",
    "year": "nullif(substr(notices.publication_date, 1, 4), '')",
    "month": "CASE WHEN length(notices.publication_date) >= 7 THEN substr(notices.publication_date, 1, 7) END",
    "supplier": "suppliers.name",
    "capability": "capabilities.value",
    "kind": "kinds.kind",
    "source": "sources.source",
}
_JOINS = {
    "supplier": "LEFT JOIN suppliers ON suppliers.notice = notices.id",
    "capability": "LEFT JOIN (SELECT DISTINCT notice, value FROM findings WHERE kind = 'capability') AS capabilities"
    " ON capabilities.notice = notices.id",
    "kind": "LEFT JOIN (SELECT DISTINCT notice, kind FROM findings) AS kinds ON kinds.notice = notices.id",
    "source": "LEFT JOIN (SELECT DISTINCT file, source FROM sightings) AS sources ON sources.file = notices.file",
}
FIELDS = tuple(_COLUMNS)
"""Fields to count by."""

SUM_NOTE = (
    "Amounts are sums awarded, of award and contract notices only, per currency as printed; notices of one purchase"
    " are not joined yet, so a purchase with an award and a contract notice counts twice."
)
"""What every sum must be read with."""

_SEVERAL = frozenset(_JOINS)
"""Fields of which a notice may have several values: it then counts under each."""
_IN_ORDER = frozenset({"year", "month"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of awarded amounts of one currency, and how many notices it is made of."""

    currency: str | None
    amount: float
    notices: int


@dataclass(slots=True)
class StatsRow:
    """Counts of one combination of values; None stands for notices that do not state the field."""

    values: tuple[str | None, ...]
    notices: int = 0
    awards: int = 0
    sums: list[Sum] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsTable:
    """Counts by field, with what they leave out."""

    fields: tuple[str, ...]
    rows: tuple[StatsRow, ...]
    coverage: Coverage
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the object that ``stats by --json`` prints."""
        return {
            "v": 1,
            "by": list(self.fields),
            "rows": [
                {
                    **dict(zip(self.fields, row.values, strict=True)),
                    "notices": row.notices,
                    "awards": row.awards,
                    "awarded": [
                        {"currency": one.currency, "amount": one.amount, "stated_in": one.notices, "of": row.awards}
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
    with chosen_notices(store, ids) as table:
        rows = store.rows(_query(wanted, table))
        coverage = measure_coverage(store, table)
    counted: dict[tuple[str | None, ...], StatsRow] = {}
    for row in rows:
        key = tuple(row[f"f{number}"] for number in range(len(wanted)))
        entry = counted.setdefault(key, StatsRow(key))
        entry.notices += row["notices"]
        entry.awards += row["awards"]
        if row["stated"]:
            entry.sums.append(Sum(row["currency"], row["amount"], row["stated"]))
    for entry in counted.values():
        entry.sums.sort(key=lambda one: (-one.notices, str(one.currency)))
    return StatsTable(
        fields=wanted, rows=tuple(_ordered(counted, wanted)), coverage=coverage, notes=tuple(_notes(wanted))
    )


def _query(fields: Sequence[str], table: str) -> str:
    columns = ", ".join(f"{_COLUMNS[name]} AS f{number}" for number, name in enumerate(fields))
    groups = ", ".join(f"f{number}" for number in range(len(fields)))
    joins = " ".join(_JOINS[name] for name in fields if name in _JOINS)
    awarded = "notice_type IN ('award', 'contract')"
    return f"""SELECT {groups}, currency, count(*) AS notices, coalesce(sum(is_award), 0) AS awards,
                      coalesce(sum(is_award AND award_amount IS NOT NULL), 0) AS stated,
                      sum(CASE WHEN is_award THEN award_amount END) AS amount
               FROM (SELECT DISTINCT notices.id, {columns}, coalesce({awarded}, 0) AS is_award, award_amount,
                                     CASE WHEN {awarded} AND award_amount IS NOT NULL THEN currency END AS currency
                     FROM notices JOIN (SELECT id AS wanted FROM {table}) ON wanted = notices.id {joins})
               GROUP BY {groups}, currency"""


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
        notes.append(f"A notice with several values of {names} counts under each: rows do not add up to the total.")
    return notes
