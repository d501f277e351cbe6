"""Tables: their columns, the type of each, and who makes their rows; one definition for every format and library."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.ask.frames import Kind
from sousveil.ask.purchase_rows import (
    INSTITUTION_COLUMNS,
    PROCUREMENT_COLUMNS,
    SOURCE_COLUMNS,
    iter_institutions,
    iter_purchases,
)
from sousveil.ask.rows import COMPUTED as OF_NOTICES
from sousveil.ask.rows import FINDING_COLUMNS, NOTICE_COLUMNS, iter_notices
from sousveil.ask.units import Chosen, Unit
from sousveil.data.own import OwnTerms

COLUMNS = {
    "findings": FINDING_COLUMNS,
    "notices": NOTICE_COLUMNS,
    "procurements": PROCUREMENT_COLUMNS,
    "institutions": INSTITUTION_COLUMNS,
    "sources": SOURCE_COLUMNS,
}
"""Columns of each table."""

COMPUTED = OF_NOTICES | {
    "procurement", "buyer_institution", "supplier_institutions", "status", "first_date", "last_date", "first_day",
    "last_day", "place", "place_name", "amount", "amount_rule", "attempts", "lots", "is_framework", "framework",
    "missing", "flags", "notices", "institution", "level", "parent", "bought", "spent", "sold", "earned", "reasons",
    "files", "first_seen", "last_seen",
}  # fmt: skip
"""Columns of all tables that sousveil computes: the gate passes them by."""

_KINDS: dict[Kind, frozenset[str]] = {
    "whole": frozenset(
        {"page", "start", "end", "first_page", "last_page", "findings", "attempts", "lots", "bought", "sold"}
    ),
    "real": frozenset({"score", "budget", "award_amount", "amount"}),
    "day": frozenset({"day", "first_day", "last_day"}),
    "moment": frozenset({"seen_at"}),
    "list": frozenset(
        {
            "suppliers", "capabilities", "supplier_institutions", "missing", "flags", "notices", "identifiers",
            "aliases", "spent", "earned", "reasons",
        }
    ),
}  # fmt: skip


def kinds_of(table: str) -> dict[str, Kind]:
    """Return the columns of a table with their types, in order.

    >>> kinds_of("notices")["day"], kinds_of("notices")["date"], kinds_of("findings")["page"]
    ('day', 'text', 'whole')
    """
    return {name: next((kind for kind, names in _KINDS.items() if name in names), "text") for name in COLUMNS[table]}


def iter_units(table: str, chosen: Chosen, own: OwnTerms) -> Iterator[Unit]:
    """Yield the units that hold the rows of a table; ``own`` are the user's terms."""
    if table == "procurements":
        return iter_purchases(chosen)
    return iter_institutions(chosen) if table == "institutions" else iter_notices(chosen, own)
