"""All offers but the winning one put aside (OCP R035, Cardinal R035)."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.words import listen
from sousveil.model import Flag

RULE = "others_disqualified"


def check(case: Case) -> Flag:
    """Return whether the award says of every offer but one that it was put aside."""
    stated = case.last("bidders", "award", "contract")
    if stated is None:
        return insufficient(case, RULE, "the number of bidders")
    bidders = int(float(str(stated[1].value)))
    if bidders < 2:
        return clear(case, RULE, "Does not apply: one supplier offered.", spans_of(stated[1]), bidders=bidders)
    rejected = tuple({item.span: item for item in listen(case, "rejected", "award")}.values())
    if not rejected:
        return insufficient(case, RULE, "which offers were put aside")
    says = f"{len(rejected)} of {bidders} offers are said to have been put aside."
    spans = (stated[1].span, *(item.span for item in rejected))
    give = raised if len(rejected) == bidders - 1 else clear
    return give(case, RULE, says, spans, bidders=bidders, rejected=len(rejected))


INDICATOR = Indicator(
    id=RULE,
    title="All other bidders disqualified",
    subject="procurement",
    question="Were all offers but the winning one put aside?",
    formula="sentences of the award that put an offer aside (words of kind rejected) = bidders - 1, and bidders >= 2",
    ocds_paths=("bids/details/status", "bids/details/tenderers", "awards/suppliers", "tender/numberOfTenderers"),
    needs=("bidders", "sentences that put an offer aside"),
    limits=(
        "Few notices list offers that were put aside; silence is not taken for their absence.",
        "One sentence about two suppliers is counted as one.",
    ),
    check=check,
)
