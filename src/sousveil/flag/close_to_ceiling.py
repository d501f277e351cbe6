"""An award at nearly the whole sum that could be had (OCP R031)."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.flag.case import AWARDS, Case, is_award, last_amount, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, money, percent, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.model import Amount, Flag

RULE = "close_to_ceiling"
SHARE = 0.99
"""Share of the ceiling from which an award is close to it; OCP names no number, national rules use 0.95 to 0.99."""


def check(case: Case) -> Flag:
    """Return whether the award is at least 99 % of the ceiling, or of the budget where no ceiling is stated."""
    stated = sums(case)
    award, limit = stated.award, stated.limit
    if award is None or limit is None:
        return insufficient(case, RULE, *stated.missing)
    if award.currency != limit.currency:
        return insufficient(case, RULE, "award and budget in one currency")
    method = method_of(case)
    if method is not None and is_single_source(method):
        return clear(
            case, RULE, "Does not apply: one supplier was asked, and the price agreed with it.", spans_of(method)
        )
    if stated.is_one_sum:
        return insufficient(case, RULE, "a ceiling or budget apart from the award")
    if not award.value or not limit.value:
        return insufficient(case, RULE, "sums other than zero")
    share = award.value / limit.value
    says = (
        f"The award of {money(award.value, award.currency)} is {percent(share)} of the {stated.kind} of "
        f"{money(limit.value, limit.currency)}."
    )
    give = raised if SHARE <= share <= 1 else clear
    return give(case, RULE, says, spans_of(award, limit), award=award.value, limit=limit.value, share=round(share, 6))


@dataclass(frozen=True, slots=True)
class Sums:
    """The award of a purchase and the sum that it should not pass."""

    award: Amount | None
    limit: Amount | None
    kind: str
    """``ceiling``, else ``budget``."""
    is_one_sum: bool = False
    """Whether one notice prints the same sum as both: aggregators and some releases copy the award into the budget."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What of the two is not stated, in words."""
        names = ("" if self.award else "the award", "" if self.limit else "a ceiling or budget")
        return tuple(filter(None, names))


def sums(case: Case) -> Sums:
    """Return the last award of a case and its last ceiling, else its last budget."""
    won = [notice for notice in case.of_type(*AWARDS) if is_award(notice)]
    awarding = next((notice for notice in reversed(won) if notice.award_amount), None)
    award = awarding.award_amount if awarding else None
    ceiling, budget = last_amount(case, "ceiling"), last_amount(case, "budget")
    limiting, limit = ceiling or budget or (None, None)
    is_one_sum = bool(award and limit and limiting is awarding and award.value == limit.value)
    return Sums(award, limit, "ceiling" if ceiling else "budget", is_one_sum)


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
        "A notice that prints the very same sum as both is not judged: some systems copy the award into the budget.",
        "An award of one lot beside the budget of all lots looks cheap, and is not flagged.",
    ),
    check=check,
)
