"""A sum just under the one from which a purchase must be tendered openly (OCP R002, R055)."""

from __future__ import annotations

from sousveil.data.legal_limits import legal_limit
from sousveil.flag.buyer import FREE, is_free
from sousveil.flag.case import Case, last_amount, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, money, percent, raised
from sousveil.flag.method import method_of
from sousveil.model import Flag

RULE = "below_threshold"
SHARE = 0.95
"""Share of the threshold from which a sum is just under it (five per cent: OCP guide, R002, suggests 'just below')."""


def check(case: Case) -> Flag:
    """Return whether a purchase that was not tendered openly is within five per cent under the threshold."""
    if is_free(case):
        return clear(case, RULE, FREE)
    limit = legal_limit("open_tender", case.country)
    method = method_of(case)
    if method is not None and method.value == "open":
        return clear(case, RULE, "Does not apply: the purchase was tendered openly.", spans_of(method))
    stated = last_amount(case, "budget") or last_amount(case, "ceiling")
    if limit is None or method is None or stated is None:
        wanted = (("a country whose threshold is known here", limit), ("the method", method), ("a budget", stated))
        return insufficient(case, RULE, *(name for name, value in wanted if value is None))
    budget = stated[1]
    if budget.currency != limit.currency:
        return insufficient(case, RULE, f"a budget in {limit.currency}")
    share = budget.value / limit.value
    says = (
        f"The budget of {money(budget.value, budget.currency)} is {percent(share)} of "
        f"{money(limit.value, limit.currency)}, from which open tenders are asked for; the method was {method.value}."
    )
    give = raised if SHARE <= share < 1 else clear
    spans = spans_of(budget, method)
    return give(case, RULE, says, spans, budget=budget.value, threshold=limit.value, law=limit.law)


INDICATOR = Indicator(
    id=RULE,
    title="Just below the threshold",
    subject="procurement",
    question="Is the sum just under the one from which the purchase must be tendered openly?",
    formula="0.95 <= budget / threshold in data/legal_limits.yml < 1, and method is not open",
    ocds_paths=("tender/value", "planning/budget/amount", "tender/procurementMethod"),
    needs=("budget", "method", "country"),
    limits=(
        "Thresholds differ by province, many are twice the one used here: what is just under a local one is missed.",
        "One purchase just under a round sum proves nothing; many of one buyer do.",
    ),
    check=check,
)
