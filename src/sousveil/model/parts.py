"""Parts of a notice that have parts of their own: lots, rows of a bill of quantities, official numbers of bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sousveil.model.statement import Amount, Field, Span

Role = Literal["buyer", "agency", "supplier"]
"""What a body is in a notice; candidates and members of a consortium are suppliers, too."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An official number that a notice prints for one of its bodies."""

    role: Role
    name: str
    """The body as its field has it; empty where the number stands without a name."""
    scheme: str
    """List the number belongs to, as org-id.guide names it (``CN-USCC``, ``XI-LEI``, ``GB-COH``), else ISO country and
    kind (``ES-VAT``)."""
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lot:
    """One part of a purchase that is won by itself."""

    number: str
    """As printed, without the word for lot: ``1`` for 包1."""
    span: Span
    title: Field | None = None
    budget: Amount | None = None
    award_amount: Amount | None = None
    suppliers: tuple[Field, ...] = ()
    is_failed: bool = False
    """Whether the notice says that nobody won it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a bill of quantities: what is bought, of which make, at which price."""

    name: Field
    brand: Field | None = None
    model: Field | None = None
    quantity: Field | None = None
    unit: str = ""
    unit_price: Amount | None = None
    lot: str = ""
    """Number of the lot it belongs to; empty where there is one lot or none is told."""


def mend_lot(lot: Lot, of_field: Callable[[Field], Field], of_amount: Callable[[Amount], Amount], number: Span) -> Lot:
    """Return a lot with its values changed alike, and with the span ``number``: for texts in which more is covered."""
    return replace(
        lot,
        span=number,
        title=None if lot.title is None else of_field(lot.title),
        budget=None if lot.budget is None else of_amount(lot.budget),
        award_amount=None if lot.award_amount is None else of_amount(lot.award_amount),
        suppliers=tuple(map(of_field, lot.suppliers)),
    )


def mend_item(item: Item, of_field: Callable[[Field], Field], of_amount: Callable[[Amount], Amount]) -> Item:
    """Return an item with its values changed alike."""
    return replace(
        item,
        name=of_field(item.name),
        brand=None if item.brand is None else of_field(item.brand),
        model=None if item.model is None else of_field(item.model),
        quantity=None if item.quantity is None else of_field(item.quantity),
        unit_price=None if item.unit_price is None else of_amount(item.unit_price),
    )
