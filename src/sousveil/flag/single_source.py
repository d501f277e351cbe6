"""One supplier asked, and no reason told (OCP R010)."""

from __future__ import annotations

from sousveil.flag.buyer import FREE, is_free
from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.flag.text_at_hand import LEAST, spoken
from sousveil.flag.words import heard, plain, speaking_length
from sousveil.model import Flag

RULE = "single_source"
_CODE = "neg-wo-call"
"""Code of eForms for a negotiated procedure without a call; the text made of such a notice leaves its reason out."""


def check(case: Case) -> Flag:
    """Return whether a purchase was made from one supplier without a reason in its notices."""
    method = method_of(case)
    if method is None:
        return insufficient(case, RULE, "the method")
    if not is_single_source(method):
        return clear(case, RULE, f"Does not apply: the method is {method.value}.", spans_of(method))
    if is_free(case):
        return clear(case, RULE, FREE)
    length = speaking_length(case, case.notices)
    reasons = heard(case).get("reason_single", ())
    if length < LEAST and not reasons:
        return insufficient(case, RULE, "the text of the notices")
    printed = method.span.quote
    if not reasons and plain(printed) == _CODE:
        return insufficient(case, RULE, "the reason, which this form keeps in a field that is not in the text")
    if reasons:
        says = f"One supplier was asked ({printed}), and the notices give a reason: {spoken(reasons)}."
        return clear(case, RULE, says, (method.span, *(reason.span for reason in reasons)), reasons=len(reasons))
    says = f"One supplier was asked ({printed}), and {length:,} characters of the notices give no reason."
    return raised(case, RULE, says, spans_of(method), characters_read=length)


INDICATOR = Indicator(
    id=RULE,
    title="Single source without a stated reason",
    subject="procurement",
    question="Was one supplier asked without a word why nobody else was?",
    formula=(
        "method is direct (or limited without a call), and no words of kind reason_single stand in the notices, of "
        "which at least 300 characters are at hand"
    ),
    ocds_paths=("tender/procurementMethod", "tender/procurementMethodRationale"),
    needs=("method", "the text of the notices"),
    limits=(
        "A reason in a file that is not at hand is not seen.",
        "A stated reason is not checked: that a supplier is called the only one does not make it so.",
    ),
    check=check,
)
