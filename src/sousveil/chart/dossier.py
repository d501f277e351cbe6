"""Charts of a dossier: what was bought or sold and when, and who has which share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.ask.dossier import Dossier
from sousveil.ask.facts import Lane as Bought
from sousveil.chart import links
from sousveil.chart.words import FAMILIES, family_of, family_title, tell
from sousveil.draw.chart import Cell, Chart, Column, Key
from sousveil.draw.figures import figure, money
from sousveil.draw.lanes import Lane, Mark, swimlanes
from sousveil.draw.shares import Share, shares

_MOST_DRAWN = 12
"""Bodies that are drawn; the table has all."""
_YEAR_CHARS = 4
_MOST_MARKS = 400
"""Months beyond which years are drawn: a country has a circle for each month and family, a megabyte of them."""

Scope = Sequence[tuple[str, str]]
"""Filters of the list of what the subject bought or sold."""


@dataclass(frozen=True, slots=True)
class _Month:
    """Purchases of one family in one month."""

    code: str
    month: str
    purchases: int
    awarded: int
    amount: float | None
    planned: float | None
    currency: str
    is_year: bool = False
    """Whether ``month`` is a year with all its months in it."""


def lanes_chart(dossier: Dossier, language: str = "en", *, side: str = "buyer", scope: Scope = ()) -> Chart:
    """Return what was bought, or sold, by family and month.

    Args:
        dossier: of the subject.
        language: of the words.
        side: ``buyer`` or ``supplier``.
        scope: narrows the lists that marks lead to.
    """
    months = _months(dossier)
    if len(months) > _MOST_MARKS:
        months = _years(months)
    lanes = tuple(
        Lane(
            code, family_title(code, language), tuple(_mark(one, language, scope) for one in months if one.code == code)
        )
        for code in FAMILIES
        if any(one.code == code for one in months)
    )
    title = tell(language, "What was bought, and when" if side == "buyer" else "What was sold, and when")
    label = tell(language, "Purchases by family of capability over time")
    undated = sum(not one.month for one in dossier.lanes)
    note = tell(language, "A purchase of several families stands whole in each lane, so lanes must not be added up.")
    return Chart(
        name="lanes",
        title=title,
        summary=tell(
            language,
            "Area is the sum, known or else planned; filled with an award, a ring for a tender only.",
        ),
        columns=(
            Column("family", tell(language, "Capability")),
            Column("month", tell(language, "Year" if any(one.is_year for one in months) else "Month")),
            Column("purchases", tell(language, "Purchases")),
            Column("awarded", tell(language, "with an award")),
            Column("amount", tell(language, "Known sum")),
            Column("planned", tell(language, "Only planned")),
            Column("currency", tell(language, "Currency")),
        ),
        rows=tuple(
            (
                Cell(one.code, label=f"{one.code} {family_title(one.code, language)}"),
                Cell(one.month, _to_month(one, scope)),
                Cell(one.purchases, _to_month(one, scope)),
                Cell(one.awarded),
                Cell(one.amount),
                Cell(one.planned),
                Cell(one.currency or None),
            )
            for one in months
        ),
        drawing=swimlanes(lanes, label),
        narrow=swimlanes(lanes, label, width=360, is_narrow=True),
        keys=tuple(Key(f"c-{lane.code}", lane.code, lane.name) for lane in lanes),
        leaves_out=f"{note} {tell(language, '{} lanes without any date are not drawn.', undated)}" if undated else note,
    )


def _months(dossier: Dossier) -> list[_Month]:
    """Return purchases by family and month: the sum is that of the capability with the largest one.

    Capabilities of one family are found in the same purchases, so that sums may not be added up.
    """
    counts = {(one.family, one.month): (one.purchases, one.awarded) for one in dossier.months}
    held: dict[tuple[str, str], list[Bought]] = {}
    for one in dossier.lanes:
        if one.month:
            held.setdefault((family_of(one.capability), one.month), []).append(one)
    found = []
    for (code, month), several in held.items():
        largest = max(several, key=lambda one: (one.amount or 0, one.planned or 0, one.purchases))
        purchases, awarded = counts[code, month]
        found.append(_Month(code, month, purchases, awarded, largest.amount, largest.planned, largest.currency))
    order = {code: place for place, code in enumerate(FAMILIES)}
    return sorted(found, key=lambda one: (order.get(one.code, len(order)), one.month))


def _years(months: Sequence[_Month]) -> list[_Month]:
    """Return the same by year; of sums in several currencies those in the currency of the largest."""
    held: dict[tuple[str, str], list[_Month]] = {}
    for one in months:
        held.setdefault((one.code, one.month[:_YEAR_CHARS]), []).append(one)
    found = []
    for (code, year), several in held.items():
        currency = max(several, key=lambda one: one.amount or one.planned or 0).currency
        alike = [one for one in several if one.currency == currency]
        amounts = [one.amount for one in alike if one.amount is not None]
        planned = [one.planned for one in alike if one.planned is not None]
        found.append(
            _Month(
                code,
                year,
                sum(one.purchases for one in several),
                sum(one.awarded for one in several),
                sum(amounts) if amounts else None,
                sum(planned) if planned else None,
                currency,
                is_year=True,
            )
        )
    return found


def _mark(one: _Month, language: str, scope: Scope) -> Mark:
    year, _, part = one.month.partition("-")
    sums = [(one.amount, "known"), (one.planned, "planned")]
    told = ", ".join(f"{tell(language, word)} {one.currency} {figure(sum_)}" for sum_, word in sums if sum_)
    counts = tell(language, "{} purchases, {} with an award", one.purchases, one.awarded)
    tip = f"{one.code} {one.month}: {counts}, {told or tell(language, 'no sum known')}"
    at = int(year) + (int(part) - 0.5) / 12 if part else int(year) + 0.5
    return Mark(at, one.amount or one.planned, _to_month(one, scope), tip, one.awarded > 0)


def _to_month(one: _Month, scope: Scope) -> str:
    """Return the list of the purchases of a month; where only the year is known, none has just these."""
    is_whole = one.is_year or len(one.month) > _YEAR_CHARS
    return links.with_query("/p", [*scope, ("cap", one.code), ("year", one.month)]) if is_whole else ""


def partners_chart(dossier: Dossier, language: str = "en", *, partner: str = "Suppliers", scope: Scope = ()) -> Chart:
    """Return the bodies on the other side with their shares of the purchases.

    Args:
        dossier: of the subject.
        language: of the words.
        partner: what they are: ``Suppliers``, ``Customers`` or ``Buyers``.
        scope: narrows the lists that counts lead to.
    """
    role = "supplier" if partner == "Suppliers" else "buyer"
    found = dossier.partners
    five = sum(one.purchases for one in found[:5])
    drawn = [
        Share(one.name, one.share,
              f"{one.purchases:,} ({one.share:.1%}) {money(one.amount, one.currency, language)}".strip(),
              links.page("i", one.id))
        for one in found[:_MOST_DRAWN]
    ]  # fmt: skip
    left = len(found) - len(drawn)
    note = tell(language, "Sums count only purchases that one has alone.")
    return Chart(
        name="partners",
        title=tell(language, partner),
        summary=tell(language, "{} named in the notices; the first five stand in {} purchases.", len(found), five),
        columns=(
            Column("name", tell(language, "Name")),
            Column("purchases", tell(language, "Purchases")),
            Column("share_percent", tell(language, "Share, %")),
            Column("amount", tell(language, "Known sum")),
            Column("currency", tell(language, "Currency")),
        ),
        rows=tuple(
            (
                Cell(one.name, links.page("i", one.id)),
                Cell(one.purchases, links.with_query("/p", [*scope, (role, one.id)])),
                Cell(round(one.share * 100, 1)),
                Cell(one.amount),
                Cell(one.currency or None),
            )
            for one in found
        ),
        drawing=shares(drawn, tell(language, partner)),
        narrow=shares(drawn, tell(language, partner), is_narrow=True),
        keys=(Key("c-ACC", "", tell(language, "share of the purchases")),),
        leaves_out=f"{note} {tell(language, '{} more stand in the table only.', left)}" if left else note,
    )
