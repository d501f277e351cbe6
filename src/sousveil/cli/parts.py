"""Lots, items and official numbers of a notice, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.cli.shown import Shown
from sousveil.draw.figures import money
from sousveil.model import Amount, Identifier, Item, Lot, Notice

_MOST = 20
"""Lines of each kind that are shown; ``--json`` has all."""


def show_parts(shown: Shown, notice: Notice) -> None:
    """Print the parts of a notice, each kind under its name; nothing for kinds that it has none of."""
    _show(shown, "lots", [_lot(lot) for lot in notice.lots])
    _show(shown, "items", [_item(item) for item in notice.items])
    _show(shown, "official numbers", [_identifier(one) for one in notice.identifiers])


def _show(shown: Shown, name: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    shown.line()
    shown.line((f"{name} ({len(lines)})", "bold"))
    for line in lines[:_MOST]:
        shown.line(line, indent=2)
    if len(lines) > _MOST:
        shown.line((f"… {len(lines) - _MOST} more: --json", "dim"), indent=2)


def _sum(word: str, amount: Amount | None) -> str:
    return f"{word} {money(amount.value, amount.currency)}" if amount is not None else ""


def _lot(lot: Lot) -> str:
    """Return number, title, sums and winners of a lot.

    >>> from sousveil.model import Span
    >>> _lot(Lot("2", Span("00" * 32, 1, 0, 1, "2"), is_failed=True))
    '2  nobody won it  p.1'
    """
    title = str(lot.title.value) if lot.title is not None else ""
    winners = ", ".join(str(supplier.value) for supplier in lot.suppliers)
    failed = "nobody won it" if lot.is_failed else ""
    parts = (lot.number, title, _sum("budget", lot.budget), _sum("won for", lot.award_amount), winners, failed)
    return "  ".join((*filter(None, parts), f"p.{lot.span.page}"))


def _item(item: Item) -> str:
    """Return name, make, number and price of an item."""
    count = f"{item.quantity.value} {item.unit}".strip() if item.quantity is not None else ""
    make = " ".join(str(field.value) for field in (item.brand, item.model) if field is not None)
    lot = f"lot {item.lot}" if item.lot else ""
    parts = (str(item.name.value), make, count, _sum("each", item.unit_price), lot)
    return "  ".join((*filter(None, parts), f"p.{item.name.span.page}"))


def _identifier(one: Identifier) -> str:
    return "  ".join((*filter(None, (one.role, one.name, one.scheme, one.value)), f"p.{one.span.page}"))
