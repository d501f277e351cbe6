"""One offer where several could have come (OCP R018, Cardinal R018, opentender INTEGRITY_SINGLE_BID)."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.method import COMPETED, method_of
from sousveil.model import Flag

RULE = "single_bidder"


def check(case: Case) -> Flag:
    """Return whether only one offer came in an open or selective procedure."""
    stated = case.last("bidders")
    method = method_of(case)
    if method is not None and method.value not in COMPETED:
        return clear(case, RULE, f"Does not apply: the method is {method.value}.", spans_of(method))
    if stated is None or method is None:
        wanted = (("the number of bidders", stated), ("the method", method))
        return insufficient(case, RULE, *(name for name, value in wanted if value is None))
    number = int(float(str(stated[1].value)))
    spans = spans_of(stated[1], method)
    if number == 1:
        says = f"One supplier offered, though the method was {method.value}."
        return raised(case, RULE, says, spans, bidders=1, method=method.value)
    says = f"{number} suppliers offered; the method was {method.value}."
    return clear(case, RULE, says, spans, bidders=number, method=method.value)


INDICATOR = Indicator(
    id=RULE,
    title="Single bidder",
    subject="procurement",
    question="Did only one supplier offer, though the procedure was open to several?",
    formula="bidders = 1 and method is open or selective",
    ocds_paths=("tender/numberOfTenderers", "tender/tenderers", "tender/procurementMethod"),
    needs=("bidders", "method"),
    limits=(
        "Most Chinese award notices do not say how many offered.",
        "Lots are not told apart: a number printed for one lot may be read as that of all.",
    ),
    check=check,
)
