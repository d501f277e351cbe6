"""Calls that failed until one supplier could be asked (own indicator, after practice described for China)."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, counted, insufficient, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.flag.words import heard
from sousveil.model import Flag

RULE = "repeated_failure"
FAILURES = 2
"""Failed calls before a single source; one failure is ordinary."""


def check(case: Case) -> Flag:
    """Return whether a purchase failed at least twice and was then made from one supplier."""
    method = method_of(case)
    if method is None:
        return insufficient(case, RULE, "the method")
    if not is_single_source(method):
        return clear(case, RULE, f"Does not apply: the last method is {method.value}.", spans_of(method))
    ended = case.of_type("termination")
    attempts = [notice.attempt for notice in case.notices if notice.attempt]
    numbers = [int(float(str(attempt.value))) - 1 for attempt in attempts]
    told = heard(case).get("failed_twice", ())
    failures = max((len(ended), case.procurement.attempts - 1, *numbers, FAILURES if told else 0))
    spans = (
        method.span,
        *spans_of(*(notice.notice_type for notice in ended), *attempts),
        *(item.span for item in told),
    )
    if failures >= FAILURES:
        says = f"{failures} calls failed before one supplier was asked ({method.span.quote})."
        return raised(case, RULE, says, spans, failures=failures)
    if len(case.notices) == 1:
        return insufficient(case, RULE, "whether earlier calls failed")
    says = f"One supplier was asked; {counted(failures, 'failed call')} among the {len(case.notices)} notices at hand."
    return clear(case, RULE, says, spans, failures=failures)


INDICATOR = Indicator(
    id=RULE,
    title="Repeated failure, then a single source",
    subject="procurement",
    question="Did calls fail until one supplier could be asked?",
    formula=(
        "failed calls (ended notices, attempts - 1, or words of kind failed_twice) >= 2, and the last method is single "
        "source"
    ),
    ocds_paths=("tender/status", "tender/procurementMethod", "relatedProcesses"),
    needs=("method", "the notices of the earlier calls, or words that they failed"),
    limits=("Calls under other project numbers may not have been joined to this purchase.",),
    check=check,
)
