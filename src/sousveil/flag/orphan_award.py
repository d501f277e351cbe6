"""An award that no call went before (opentender INTEGRITY_CALL_FOR_TENDER_PUBLICATION; OCP R004)."""

from __future__ import annotations

from sousveil.flag.case import CALLS, Case, is_award, spans_of
from sousveil.flag.indicator import Indicator, clear, counted, insufficient, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.model import Flag

RULE = "orphan_award"


def check(case: Case) -> Flag:
    """Return whether there is an award or contract and no call among the notices at hand."""
    won = [notice for notice in case.notices if is_award(notice)]
    if not won:
        return insufficient(case, RULE, "an award")
    calls = case.of_type(*CALLS)
    if calls:
        says = f"{len(calls)} notices before the award are at hand." if len(calls) > 1 else "The call is at hand."
        return clear(case, RULE, says, spans_of(calls[0].notice_type, won[-1].notice_type), calls=len(calls))
    method = method_of(case)
    if method is not None and is_single_source(method):
        return clear(case, RULE, "Does not apply: one supplier was asked, without a call.", spans_of(method))
    if told := next((notice.first_published for notice in won if notice.first_published), None):
        return insufficient(case, RULE, f"what the call of {told.value} said, which the award names")
    first = won[0]
    says = (
        f"{counted(len(won), 'award or contract', 'awards or contracts')}, and no call among the "
        f"{counted(len(case.notices), 'notice')} at hand."
    )
    return raised(
        case, RULE, says, spans_of(first.notice_type, first.title), awards=len(won), notices=len(case.notices)
    )


INDICATOR = Indicator(
    id=RULE,
    title="Award without a call",
    subject="procurement",
    question="Is there an award, and no call that went before it?",
    formula="an award or contract, not of a single source, and no call (intention, tender, correction) at hand",
    ocds_paths=("tag", "awards", "contracts", "tender/documents"),
    needs=("an award or contract",),
    limits=(
        "Only notices at hand are known: with a collection that is not complete this flag measures the collection.",
        "A call under another number or title may not have been joined to its award.",
    ),
    check=check,
)
