"""An award above what was to be spent (OCP R031, upper side; opentender INTEGRITY_COST_OVERRUN)."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.close_to_ceiling import sums
from sousveil.flag.indicator import Indicator, clear, insufficient, money, percent, raised
from sousveil.model import Flag

RULE = "over_budget"
SLACK = 1.001
"""Times the limit up to which a difference is one of rounding."""
OTHER = 2
"""Times the limit from which the two sums are likelier of different things (years, lots, a framework, another unit)
than of one: seven of seventeen overruns in European sample notices were such."""


def check(case: Case) -> Flag:
    """Return whether the award is higher than the ceiling or budget that was told before."""
    stated = sums(case)
    award, limit, kind = stated.award, stated.limit, stated.kind
    if award is None or limit is None:
        return insufficient(case, RULE, *stated.missing)
    if not limit.value:
        return insufficient(case, RULE, "a budget other than zero")
    if award.currency != limit.currency:
        return insufficient(case, RULE, "award and budget in one currency")
    share = award.value / limit.value
    figures = {"award": award.value, "limit": limit.value, "share": round(share, 6)}
    if share >= OTHER:
        return insufficient(case, RULE, "an award and a budget of the same years and lots")
    says = (
        f"The award of {money(award.value, award.currency)} is {percent(share)} of the {kind} of "
        f"{money(limit.value, limit.currency)}."
    )
    return (raised if share > SLACK else clear)(case, RULE, says, spans_of(award, limit), **figures)


INDICATOR = Indicator(
    id=RULE,
    title="Award over budget",
    subject="procurement",
    question="Was more awarded than was to be spent at most?",
    formula="1.001 < award / (ceiling, else budget) < 2",
    ocds_paths=("awards/value", "tender/value", "planning/budget/amount"),
    needs=("award_amount", "ceiling or budget"),
    limits=(
        "A budget of one year beside an award of several looks like an overrun; from twice on none is judged.",
        "A budget without tax beside an award with it differs by the rate of the tax.",
    ),
    check=check,
)
