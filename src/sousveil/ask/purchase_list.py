"""Purchases by filters: the list behind every count and sum of purchases, with what it is known to have cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import get_args

import msgspec

from sousveil.ask.chosen import Totals, total_up
from sousveil.ask.coverage import SPENT_LIST
from sousveil.ask.filters import NONE, capability_ids, parse_dates
from sousveil.ask.joined import joined_ids
from sousveil.ask.naming import institution_ids, nearest
from sousveil.ask.within import codes_within, find_division
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model.procurement import Status
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks

STATES = get_args(Status)
SUMS = {
    "spent": f"amount_rule IN ({SPENT_LIST})",
    "planned": f"amount_rule NOT IN ('', {SPENT_LIST})",
    "unknown": "amount_rule = ''",
}
"""What is known of the cost: what was spent or bound; a budget, ceiling or candidate's price only; nothing."""

_ANY = "IN (SELECT value FROM json_each(?))"
_SUPPLIERS = f"id IN (SELECT procurement FROM procurement_suppliers WHERE institution {_ANY})"
_BY_IDS = {
    "buyer": f"buyer {_ANY}",
    "supplier": _SUPPLIERS,
    "institution": f"(buyer {_ANY} OR {_SUPPLIERS})",
    "cap": f"id IN (SELECT procurement FROM procurement_capabilities WHERE capability {_ANY})",
    "flag": f"id IN (SELECT procurement FROM flags WHERE rule {_ANY})",
    "system": "id IN (SELECT procurement FROM summaries WHERE notice IN (SELECT findings.notice FROM system_findings"
    f" CROSS JOIN findings ON findings.id = finding WHERE system {_ANY}))",
    "place": f"place {_ANY}",
    "organ": f"buyer IN (SELECT id FROM institutions WHERE kind {_ANY})",
    "level": f"buyer IN (SELECT id FROM institutions WHERE level {_ANY})",
    "status": f"status {_ANY}",
    "currency": f"coalesce(currency, '') {_ANY}",
}
_DAY = "substr(first_date || '-01-01', 1, 10)"
"""Day of the first notice; where only the month or year is known, its first day, as in a search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFilters:
    """What purchases must have; empty filters ask for nothing, several values of one are alternatives.

    Attributes:
        buyer: ids or names of the institution that buys. So is ``supplier`` of those that won, ``institution`` of both.
        place: code or full name of a division, with everything in it.
        cap: capabilities or families that a notice of the purchase states.
        flag: indicators that it raises.
        system: systems that a notice of it names.
        organ: kinds of the institution that buys; ``level`` its levels.
        year: year, month or day of the first notice, or ``A..B``; ``none`` for undated.
        status: how far it had come.
        sum: ``spent``, ``planned`` or ``unknown``.
        currency: of the sum that counts; ``none`` where the notices do not say.
    """

    buyer: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    cap: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    organ: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that ask for something."""
        return tuple(item.name for item in fields(self) if getattr(self, item.name))


PURCHASE_FIELDS = {
    "buyer": "岷阳市公安局",
    "supplier": "启衡",
    "institution": "岷阳市公安局",
    "place": "510000",
    "cap": "face_recognition",
    "flag": "single_bidder",
    "system": "sharp_eyes",
    "organ": "police",
    "level": "county",
    "year": "2018..2020",
    "status": "awarded",
    "sum": "spent",
    "currency": "CNY",
}
"""Every filter with an example; names in the examples are invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseRow:
    """A purchase in a list; ``flags`` are indicators that it raises, ``amount`` is the one sum that counts."""

    id: str
    title: str
    buyer: str
    buyer_name: str
    suppliers: tuple[tuple[str, str], ...]
    """Id and name of each."""
    status: str
    first_date: str
    last_date: str
    place: str
    amount: float | None
    currency: str | None
    amount_rule: str
    notices: int
    capabilities: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PurchaseList:
    """Some of the purchases that meet filters, and the totals of all of them."""

    totals: Totals
    rows: tuple[PurchaseRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the object that ``list procurements --json`` prints."""
        rows = [row_of(row) for row in self.rows]
        return {"v": 1, "total": self.totals.purchases, "totals": self.totals.to_json(), "procurements": rows}


def row_of(row: PurchaseRow) -> dict[str, object]:
    """Return a purchase as plain values."""
    suppliers = [{"id": one, "name": name} for one, name in row.suppliers]
    return asdict(row) | {
        "suppliers": suppliers,
        "capabilities": list(row.capabilities),
        "flags": list(row.flags),
    }


def make_purchase_filters(values: Mapping[str, Sequence[str]]) -> PurchaseFilters:
    """Return filters from lists of values; what is no filter is left alone.

    >>> make_purchase_filters({"year": ["2019"], "page": ["2"], "cap": [""]}).active
    ('year',)
    """
    names = [item.name for item in fields(PurchaseFilters)]
    return PurchaseFilters(**{name: tuple(one for one in values.get(name, ()) if one) for name in names})


def list_purchases(
    store: Store, filters: PurchaseFilters, *, offset: int = 0, limit: int = 50, after: str | None = None
) -> PurchaseList:
    """Return purchases, the newest first; with the totals of all that meet the filters.

    Args:
        store: the rows.
        filters: what they must have.
        offset: purchases to pass over.
        limit: most to return.
        after: an id: purchases behind it, in the order of ids, which nothing that comes in changes.

    Raises:
        UsageError: a filter cannot be understood; the message names what would be near.
    """
    with chosen_by(store, filters) as table:
        totals = total_up(store, table)
        order = "first_date = '', first_date DESC, id" if after is None else "id"
        ids = store.rows(
            f"SELECT id FROM {table} CROSS JOIN procurements USING (id) WHERE id > ? ORDER BY {order} LIMIT ? OFFSET ?",
            (after or "", limit, offset),
        )
    return PurchaseList(totals, tuple(rows_of(store, [row["id"] for row in ids])))


@contextmanager
def chosen_by(store: Store, filters: PurchaseFilters) -> Iterator[str]:
    """Give the name of a table ``(id)`` with the purchases that meet filters.

    Raises:
        UsageError: a filter cannot be understood.
    """
    conditions, values = _conditions(store, filters)
    store.connection.execute("CREATE TEMP TABLE IF NOT EXISTS listed (id TEXT PRIMARY KEY) WITHOUT ROWID")
    store.connection.execute("DELETE FROM temp.listed")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    store.connection.execute(f"INSERT INTO temp.listed SELECT id FROM procurements {where}", values)
    try:
        yield "temp.listed"
    finally:
        store.connection.execute("DELETE FROM temp.listed")


def _conditions(store: Store, filters: PurchaseFilters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    for name in filters.active:
        asked: tuple[str, ...] = getattr(filters, name)
        if name == "year":
            dated = [_year(one) for one in asked]
            conditions.append(f"({' OR '.join(condition for condition, _ in dated)})")
            values += [value for _, several in dated for value in several]
        elif name == "sum":
            conditions.append(f"({' OR '.join(SUMS[_one_of(name, one, tuple(SUMS))] for one in asked)})")
        else:
            condition = _BY_IDS[name]
            conditions.append(condition)
            ids = msgspec.json.encode([one for value in asked for one in _ids(store, name, value)]).decode()
            values += [ids] * condition.count("?")
    return conditions, values


def _ids(store: Store, name: str, asked: str) -> tuple[str, ...]:
    """Return what the tables have for a value of a filter."""
    if name == "cap":
        return capability_ids(asked)
    if name == "status":
        return (_one_of(name, asked, STATES),)
    if name == "currency":
        return ("" if asked == NONE else asked.upper(),)
    if name == "place":
        return _codes(store, asked)
    if name in ("buyer", "supplier", "institution"):
        return institution_ids(store, asked)
    return joined_ids(store, name, asked)


def _codes(store: Store, asked: str) -> tuple[str, ...]:
    try:
        return codes_within(store, find_division(asked))
    except NotFoundError as error:
        raise UsageError(str(error)) from error


def _year(asked: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition of a stretch of time, with its values."""
    if asked == NONE:
        return "first_date = ''", ()
    first, last = parse_dates(asked)
    low, high = _iso(first or 0), _iso(last or 99_999_999)
    # The years alone are compared first: an index has them.
    return f"(first_date >= ? AND first_date < ? AND {_DAY} BETWEEN ? AND ?)", (
        max(low[:4], "0"),
        f"{high[:4]}~",
        low,
        high,
    )


def _iso(number: int) -> str:
    text = f"{number:08}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value.lower() in known:
        return value.lower()
    raise UsageError(f"There is no {name} {value!r}. {nearest(value, known)}")


def rows_of(store: Store, ids: Sequence[str]) -> Iterator[PurchaseRow]:
    """Yield the purchases with these ids in this order, with names, capabilities and flags."""
    for some in iter_chunks(ids):
        held = marks(some)
        found = {row["id"]: row for row in store.rows(f"SELECT {_COLUMNS} WHERE procurements.id IN ({held})", some)}
        suppliers = _several(store, f"{_SUPPLIER_NAMES} WHERE procurement IN ({held}) ORDER BY 1, 3, 2", some)
        capabilities = _several(store, f"{_CAPABILITIES} WHERE procurement IN ({held}) ORDER BY 1, 2", some)
        flags = _several(store, f"{_FLAGS} WHERE procurement IN ({held}) ORDER BY 1, 2", some)
        for one in some:
            yield PurchaseRow(
                **dict(found[one]),
                suppliers=tuple((row[1], row[2]) for row in suppliers.get(one, ())),
                capabilities=tuple(row[1] for row in capabilities.get(one, ())),
                flags=tuple(row[1] for row in flags.get(one, ())),
            )


_COLUMNS = """procurements.id, title, buyer, coalesce(institutions.name, '') AS buyer_name, status, first_date,
    last_date, procurements.place, amount, currency, amount_rule, notices
    FROM procurements LEFT JOIN institutions ON institutions.id = buyer"""
_SUPPLIER_NAMES = "SELECT procurement, id, name FROM procurement_suppliers JOIN institutions ON id = institution"
_CAPABILITIES = "SELECT procurement, capability FROM procurement_capabilities"
_FLAGS = "SELECT procurement, rule FROM flags"


def _several(store: Store, query: str, ids: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return rows by purchase."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in store.rows(query, ids):
        found.setdefault(row[0], []).append(tuple(row))
    return found
