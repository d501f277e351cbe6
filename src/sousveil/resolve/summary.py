"""What stitching needs of a notice, and no more: a few hundred bytes, so that a hundred thousand fit into memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sousveil.model import Amount, Field, Lot, Notice

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """A lot as its notice states it."""

    number: str
    budget: float | None = None
    award: float | None = None
    suppliers: tuple[str, ...] = ()
    is_failed: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A notice as far as it tells its purchase and what that cost. Sums are in whole units of ``currency``."""

    id: str
    notice_type: str = "other"
    numbers: tuple[str, ...] = ()
    """Numbers of the project or tender, as printed."""
    title: str = ""
    buyer_id: str = ""
    """Id of the institution; empty where it was not resolved."""
    buyer: str = ""
    """As printed."""
    date: str = ""
    """Day of publication (ISO), else the day of the award or signature."""
    deadline: str = ""
    budget: float | None = None
    ceiling: float | None = None
    award: float | None = None
    """What was won, or what the contract is worth, where the notice is one of a contract."""
    currency: str = ""
    """ISO 4217; empty where the notice does not say."""
    currencies: tuple[str, ...] = ()
    """All that the notice prints for its sums; more than one and its lots cannot be added."""
    country: str = ""
    place: str = ""
    """Code or name of province and town, parted by ``/``."""
    suppliers: tuple[str, ...] = ()
    """Ids of institutions, else names as printed."""
    has_candidates_only: bool = False
    related_number: str = ""
    contract_number: str = ""
    attempt: int = 1
    lots: tuple[Part, ...] = ()
    language: str = "und"
    source: str = ""
    """Where it was found: a portal, a folder."""
    file: str = ""
    fingerprint: bytes = b""


def summarise(
    notice: Notice, print_: bytes, *, institutions: Mapping[str, str] = _NONE, source: str = "", place: str = ""
) -> Summary:
    """Return the summary of a notice.

    Args:
        notice: as read.
        print_: fingerprint of the masked text of its pages, without a portal's frame where that is known.
        institutions: ids of institutions by the names printed in this notice; a name without one stays as printed.
        source: where the notice was found.
        place: code of the place, where it was resolved; else province and city as read.
    """
    sums = [amount for amount in (notice.budget, notice.ceiling, notice.award_amount) if amount is not None]
    sums += [amount for lot in notice.lots for amount in (lot.budget, lot.award_amount) if amount is not None]
    currencies = tuple(dict.fromkeys(amount.currency for amount in sums if amount.currency))
    buyer = _text(notice.buyer)
    return Summary(
        id=notice.id,
        notice_type=_text(notice.notice_type) or "other",
        numbers=tuple(filter(None, (_text(notice.project_number),))),
        title=_text(notice.title),
        buyer_id=institutions.get(buyer, ""),
        buyer=buyer,
        date=_text(notice.publication_date) or _text(notice.awarded_on) or _text(notice.signed_on),
        deadline=_text(notice.deadline)[:10],
        budget=_value(notice.budget),
        ceiling=_value(notice.ceiling),
        award=_value(notice.award_amount),
        currency=currencies[0] if len(currencies) == 1 else _currency(notice),
        currencies=currencies,
        country=_text(notice.country),
        place=place or "/".join(filter(None, (_text(notice.province), _text(notice.city)))),
        suppliers=tuple(_names(notice.suppliers, institutions)),
        has_candidates_only=notice.has_candidates_only,
        related_number=_text(notice.related_number),
        contract_number=_text(notice.contract_number),
        attempt=int(_text(notice.attempt) or 1) if _text(notice.attempt).isdigit() or not notice.attempt else 1,
        lots=tuple(_part(lot, institutions) for lot in notice.lots),
        language=notice.language,
        source=source,
        file=notice.file,
        fingerprint=print_,
    )


def _text(field: Field | None) -> str:
    return "" if field is None or field.value is None else str(field.value)


def _value(amount: Amount | None) -> float | None:
    """Return a sum; zero is unknown, as portals print it for nothing."""
    return amount.value if amount is not None and amount.value > 0 else None


def _currency(notice: Notice) -> str:
    """Return the currency of the sum won, else of the budget: the one that the amount of the purchase is in."""
    for amount in (notice.award_amount, notice.budget, notice.ceiling):
        if amount is not None and amount.currency:
            return amount.currency
    return ""


def _names(fields: tuple[Field, ...], institutions: Mapping[str, str]) -> list[str]:
    printed = dict.fromkeys(_text(field) for field in fields)
    return [institutions.get(name, name) for name in printed if name]


def _part(lot: Lot, institutions: Mapping[str, str]) -> Part:
    return Part(
        lot.number,
        _value(lot.budget),
        _value(lot.award_amount),
        tuple(_names(lot.suppliers, institutions)),
        lot.is_failed,
    )
