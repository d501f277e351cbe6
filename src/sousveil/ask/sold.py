"""What a supplier sold, as its awards print it: regions, products, brands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sousveil.data.places import parents, place
from sousveil.store.database import Store

_MOST_NOTICES = 1_000
"""Awards that are read for items: more take seconds."""
_MOST_NAMES = 15


@dataclass(frozen=True, slots=True)
class Printed:
    """Words as awards print them, in how many purchases, and one notice that prints them."""

    words: str
    purchases: int
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What a supplier sold.

    Attributes:
        regions: code of the province, or country, and purchases; empty code where no place is known.
        products: names of items.
        brands: brands of items.
        read: awards that were read for items.
        of: awards that there are.
    """

    regions: tuple[tuple[str, int], ...]
    products: tuple[Printed, ...]
    brands: tuple[Printed, ...]
    read: int
    of: int


def sold(store: Store, table: str) -> Sold:
    """Return what was sold in the purchases of a table; items only of those that one supplier has alone."""
    regions: Counter[str] = Counter()
    for row in store.rows(
        f"SELECT place, count(*) AS n FROM {table} CROSS JOIN procurements USING (id) GROUP BY place"
    ):
        regions[_region(row["place"])] += row["n"]
    rows = store.rows(
        f"""SELECT summaries.procurement, notices.id FROM notices JOIN summaries ON summaries.notice = notices.id
            JOIN {table} ON {table}.id = summaries.procurement
            WHERE notice_type IN ('award', 'contract') AND (SELECT count(*) FROM procurement_suppliers AS others
                  WHERE others.procurement = summaries.procurement) = 1 ORDER BY publication_date DESC, notices.id"""
    )
    purchase_of = {row["id"]: row["procurement"] for row in rows[:_MOST_NOTICES]}
    products: dict[str, tuple[set[str], str]] = {}
    brands: dict[str, tuple[set[str], str]] = {}
    for notice in store.notices(list(purchase_of)).values():
        for item in notice.items:
            for held, field in ((products, item.name), (brands, item.brand)):
                if field is not None and (words := " ".join(str(field.value).split())):
                    held.setdefault(words, (set(), notice.id))[0].add(purchase_of[notice.id])
    return Sold(
        regions=tuple(sorted(regions.items(), key=lambda item: (-item[1], item[0]))),
        products=_printed(products),
        brands=_printed(brands),
        read=len(purchase_of),
        of=len(rows),
    )


def _printed(held: dict[str, tuple[set[str], str]]) -> tuple[Printed, ...]:
    found = [Printed(words, len(purchases), notice) for words, (purchases, notice) in held.items()]
    return tuple(sorted(found, key=lambda one: (-one.purchases, one.words))[:_MOST_NAMES])


def _region(code: str) -> str:
    """Return the province that a place is or lies in; abroad its country."""
    row = place(code)
    chain = [] if row is None else [row, *parents(row.code)]
    for level in ("province", "country"):
        if found := next((one.code for one in chain if one.level == level), ""):
            return found
    return code
