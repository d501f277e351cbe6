"""The market: slim rows of many purchases, grouped once for the indicators that compare them.

A row holds no text, only what is compared: who, when, how, how much, what, and fingerprints of the requirements.
Persons are no part of it: suppliers are institutions, and a supplier whose name is covered is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sousveil.flag.buyer import is_free
from sousveil.flag.case import AWARDS, Case, last_amount, spans_of, winners
from sousveil.flag.fingerprint import fingerprints
from sousveil.model import Span


@dataclass(frozen=True, slots=True)
class MarketRow:
    """One purchase as it is compared with others; made by ``row_of``, may be stored."""

    procurement: str
    buyer: str = ""
    """Id of the institution, else its name as printed; empty where none is stated."""
    buyer_name: str = ""
    suppliers: tuple[str, ...] = ()
    """Ids, else names, in order."""
    supplier_names: tuple[str, ...] = ()
    method: str = ""
    amount: float | None = None
    currency: str = ""
    day: str = ""
    """ISO date of its first notice."""
    country: str = ""
    is_free: bool = False
    """Whether the law of public procurement does not bind the buyer: ``flag.buyer``."""
    capabilities: tuple[str, ...] = ()
    """What is bought, sorted ids; empty for a purchase that buys no surveillance."""
    codes: tuple[str, ...] = ()
    prints: tuple[int, ...] = ()
    """Fingerprints of its requirements, sorted: ``flag.fingerprint``."""
    spans: tuple[Span, ...] = ()
    """Title, buyer, winners, sum, method: what a raised flag quotes of this purchase."""


Recall = Callable[[str], Case]
"""Gives the case of a purchase by its id; asked only for those flagged, to quote their text."""


@dataclass(frozen=True, slots=True)
class Market:
    """Rows in order of day and id, and the same grouped by buyer; sorting is all it costs."""

    rows: tuple[MarketRow, ...]
    by_buyer: Mapping[str, tuple[MarketRow, ...]]
    recall: Recall | None = None


def make_market(rows: Iterable[MarketRow], recall: Recall | None = None) -> Market:
    """Return rows sorted and grouped; purchases without a buyer are in no group."""
    ordered = tuple(sorted(rows, key=lambda row: (row.day, row.procurement)))
    groups: dict[str, list[MarketRow]] = {}
    for row in ordered:
        if row.buyer:
            groups.setdefault(row.buyer, []).append(row)
    return Market(ordered, {buyer: tuple(group) for buyer, group in groups.items()}, recall)


def row_of(case: Case) -> MarketRow:
    """Return the slim row of a purchase. Resolved institutions count before printed names."""
    procurement = case.procurement
    buyer = case.last("buyer")
    method = case.last("method")
    won = winners(case)
    awarded = last_amount(case, "award_amount", *AWARDS)
    title = next((notice.title for notice in case.notices if notice.title), None)
    known = procurement.amount
    names = tuple(sorted({institution.name for institution in case.suppliers})) or tuple(
        sorted({str(field.value) for field in won})
    )
    return MarketRow(
        procurement=procurement.id,
        buyer=procurement.buyer or (str(buyer[1].value) if buyer else ""),
        buyer_name=case.buyer.name if case.buyer else (str(buyer[1].value) if buyer else procurement.buyer),
        suppliers=tuple(sorted(procurement.suppliers)) or names,
        supplier_names=names or tuple(sorted(procurement.suppliers)),
        method=str(method[1].value) if method else "",
        amount=known.value if known else (awarded[1].value if awarded else None),
        currency=(known.currency if known else (awarded[1].currency if awarded else None)) or "",
        day=procurement.first_date or _first_day(case),
        country=case.country,
        is_free=is_free(case),
        capabilities=tuple(sorted({finding.value for finding in case.stated("capability")})),
        codes=tuple(sorted({str(code.value) for notice in case.notices for code in notice.codes})),
        prints=tuple(sorted(print_.value for print_ in fingerprints(case))),
        spans=spans_of(
            title, buyer[1] if buyer else None, *won[:2], awarded[1] if awarded else None, method[1] if method else None
        ),
    )


def _first_day(case: Case) -> str:
    days = [str(notice.publication_date.value) for notice in case.notices if notice.publication_date]
    return min(days, default="")
