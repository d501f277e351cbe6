"""Nothing paid for much: who pays for a large system that costs nothing (ChinaFile: 0 beside 105 million)."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, money, raised
from sousveil.flag.text_at_hand import spoken
from sousveil.flag.words import heard
from sousveil.model import Amount, Finding, Flag

RULE = "zero_price"
LARGE = 100
"""Devices, channels or people from which a purchase is no trial."""
_SYMBOLIC = 1.0
"""Whole currency units up to which a price is symbolic."""


def check(case: Case) -> Flag:
    """Return whether a purchase of large scale states a price of nothing, or that somebody else pays."""
    sums = [
        amount
        for notice in case.notices
        for amount in (notice.award_amount, notice.budget, notice.ceiling)
        if amount is not None
    ]
    words = (*heard(case).get("zero", ()), *heard(case).get("free", ()))
    if not sums and not words:
        return insufficient(case, RULE, "a sum")
    paid = [amount for amount in sums if amount.value > _SYMBOLIC]
    if paid:
        first = paid[0]
        return clear(case, RULE, f"A sum of {money(first.value, first.currency)} is stated.", spans_of(first))
    largest = _largest(case)
    if largest is None:
        return insufficient(case, RULE, "a scale")
    number, scale = largest
    of_nothing: Amount | None = sums[0] if sums else None
    why = (
        f"a sum of {money(of_nothing.value, of_nothing.currency)}"
        if of_nothing
        else f"that nothing, or somebody else, pays ({spoken(words)})"
    )
    says = f"The notices state {why}, and a scale of {scale.value}."
    spans = (*spans_of(of_nothing), *(item.span for item in words[:2]), scale.span)
    return (raised if number >= LARGE else clear)(case, RULE, says, spans, scale=number, unit=scale.value)


def _largest(case: Case) -> tuple[float, Finding] | None:
    found = []
    for finding in case.stated("scale"):
        number = dict(finding.details).get("number")
        if isinstance(number, int | float):
            found.append((float(number), finding))
    return max(found, key=lambda item: item[0], default=None)


INDICATOR = Indicator(
    id=RULE,
    title="Zero price with a large scale",
    subject="procurement",
    question="Does a large system cost nothing, so that somebody else pays or the price is told elsewhere?",
    formula="no sum over 1, words of kind zero or free (a budget of 0, PPP), and a scale of at least 100",
    ocds_paths=("awards/value/amount", "tender/value/amount", "planning/budget/amount", "tender/items/quantity"),
    needs=("a sum, or words that nothing is paid", "a scale"),
    limits=(
        "Zero often means not filled in: the sum may stand in an attachment.",
        "A purchase without any sum and without such words is not judged.",
    ),
    check=check,
)
