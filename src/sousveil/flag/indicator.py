"""What an indicator is: a question, a formula, and a pure function from a case to a flag in one of three states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sousveil.flag.case import Case
from sousveil.flag.market import Market, MarketRow
from sousveil.model import Flag, Scalar, Span

Subject = Literal["procurement", "rights"]
"""``procurement``: how a purchase was made; ``rights``: what it would let the buyer do to people."""
MOST_SPANS = 6
"""Quotations of one flag: enough to judge, few enough to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One question asked of a purchase. A flag that answers it is a reason to look, never a verdict.

    Attributes:
        id: name of its file here and of its page in ``docs/flags/``.
        title: a few words, for lists.
        subject: what the question is about.
        question: what it asks, one sentence.
        formula: when the flag is raised, with every threshold.
        ocds_paths: where OCDS 1.1.5 (and its extensions for lots, bids, documents) keeps what the formula needs; empty
            where OCDS keeps nothing of the kind, as for the text of requirements.
        needs: what the notices must state, else the answer is ``insufficient``.
        limits: what could not be checked, and how the flag misleads.
        check: one purchase by itself; None where it needs the others.
        compare: every purchase of a market beside the others; None where it needs only its own.
    """

    id: str
    title: str
    subject: Subject
    question: str
    formula: str
    ocds_paths: tuple[str, ...]
    needs: tuple[str, ...]
    limits: tuple[str, ...]
    check: Callable[[Case], Flag] | None = None
    compare: Callable[[Market], Iterable[Flag]] | None = None


def _id(of: Case | MarketRow) -> str:
    return of.procurement.id if isinstance(of, Case) else of.procurement


def raised(of: Case | MarketRow, rule: str, says: str, spans: Sequence[Span], **inputs: Scalar) -> Flag:
    """Return a raised flag: its sentence with the figures, the words it was read from (at most six), its inputs."""
    return Flag(rule, _id(of), "raised", says, tuple(inputs.items()), tuple(dict.fromkeys(spans))[:MOST_SPANS])


def clear(of: Case | MarketRow, rule: str, says: str, spans: Sequence[Span] = (), **inputs: Scalar) -> Flag:
    """Return a flag that is not raised though everything its formula needs is stated."""
    return Flag(rule, _id(of), "clear", says, tuple(inputs.items()), tuple(dict.fromkeys(spans))[:MOST_SPANS])


def insufficient(of: Case | MarketRow, rule: str, *missing: str) -> Flag:
    """Return a flag that says which inputs are missing, in words that follow *do not state*."""
    return Flag(rule, _id(of), "insufficient", f"The notices at hand do not state {_listed(missing)}.", missing=missing)


def judge_buyers(market: Market, rule: str, judge: Callable[[Sequence[MarketRow]], Iterable[Flag]]) -> Iterator[Flag]:
    """Yield a flag for every purchase: what the judge says of all of one buyer; without a buyer, that it is missing."""
    for row in market.rows:
        if not row.buyer:
            yield insufficient(row, rule, "the buyer")
    for group in market.by_buyer.values():
        yield from judge(group)


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def money(value: float, currency: str | None) -> str:
    """Return a sum as a sentence has it.

    >>> money(1234567.0, "CNY"), money(99.5, None)
    ('CNY 1,234,567', '99.50')
    """
    number = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
    return f"{currency} {number}" if currency else number


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things for a sentence.

    >>> counted(1, "notice"), counted(3, "notice"), counted(2, "day of work", "days of work")
    ('1 notice', '3 notices', '2 days of work')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share as a sentence has it: no more digits than tell it apart from the threshold.

    >>> percent(0.9949), percent(1.0), percent(0.6)
    ('99.49 %', '100 %', '60 %')
    """
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + " %"
