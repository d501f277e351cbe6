"""An award at nearly the whole sum that could be had (OCP R031)."""

from __future__ import annotations

from sousveil.flag.case import AWARDS, Case, is_award, last_amount, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, money, percent, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.model import Amount, Flag

RULE = "close_to_ceiling"
SHARE = 0.99
"""Share of the ceiling from which an award is close to it; OCP names no number, national rules use 0.95 to 0.99."""


def check(case: Case) -> Flag:
    """Return whether the award is at least 99 % of the ceiling, or of the budget where no ceiling is stated."""
    award, limit, kind = sums(case)
    if award is None or limit is None:
        missing = ("the award" if award is None else "", "a ceiling or budget" if limit is None else "")
        return insufficient(case, RULE, *filter(None, missing))
    if award.currency != limit.currency:
        return insufficient(case, RULE, "award and budget in one currency")
    method = method_of(case)
    if method is not None and is_single_source(method):
        return clear(
            case, RULE, "Does not apply: one supplier was asked, and the price agreed with it.", spans_of(method)
        )
    if award.span == limit.span:
        return insufficient(case, RULE, "a ceiling or budget apart from the award")
    if not award.value or not limit.value:
        return insufficient(case, RULE, "sums other than zero")
    share = award.value / limit.value
    says = (
        f"The award of {money(award.value, award.currency)} is {percent(share)} of the {kind} of "
        f"{money(limit.value, limit.currency)}."
    )
    give = raised if SHARE <= share <= 1 else clear
    return give(case, RULE, says, spans_of(award, limit), award=award.value, limit=limit.value, share=round(share, 6))


def sums(case: Case) -> tuple[Amount | None, Amount | None, str]:
    """Return the award, the ceiling (else the budget), and which of the two it is."""
    won = [notice for notice in case.of_type(*AWARDS) if is_award(notice)]
    award = next((notice.award_amount for notice in reversed(won) if notice.award_amount), None)
    ceiling = last_amount(case, "ceiling")
    if ceiling:
        return award, ceiling[1], "ceiling"
    budget = last_amount(case, "budget")
    return award, budget[1] if budget else None, "budget"


INDICATOR = Indicator(
    id=RULE,
    title="Price close to the ceiling",
    subject="procurement",
    question="Was the price at the very top of what could be paid?",
    formula="0.99 <= award / (ceiling, else budget) <= 1, and the method is not single source",
    ocds_paths=("awards/value", "tender/value", "planning/budget/amount", "tender/lots/value"),
    needs=("award_amount", "ceiling or budget"),
    limits=(
        "Where the price is fixed by a tariff, such a price is ordinary.",
        "Releases of some systems print the award as the value of the tender as well: 100 % is then no price pressure.",
        "An award of one lot beside the budget of all lots looks cheap, and is not flagged.",
    ),
    check=check,
)
