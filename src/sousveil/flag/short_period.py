"""Less time to offer than the law gives (OCP R003, Cardinal R003, opentender INTEGRITY_ADVERTISEMENT_PERIOD)."""

from __future__ import annotations

from datetime import date

from sousveil.data.legal_limits import BidPeriod, bid_periods
from sousveil.flag.buyer import FREE, is_free
from sousveil.flag.case import Case, day_of, spans_of
from sousveil.flag.days import counted, days_between
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.method import method_of
from sousveil.flag.words import plain
from sousveil.model import Field, Flag, Notice

RULE = "short_period"
_CALLS = ("tender", "correction")


def check(case: Case) -> Flag:
    """Return whether fewer days lay between the call and the deadline than the law of the country asks for."""
    method = method_of(case)
    if method is not None and method.value == "direct":
        return clear(case, RULE, "Does not apply: one supplier was asked.", spans_of(method))
    limit = limit_of(case.country, method) if method else None
    if limit and limit.words and is_free(case):
        return clear(case, RULE, FREE)
    call, deadline = _call(case), case.last("deadline", *_CALLS)
    start = _start(call, limit) if call and limit else None
    last = day_of(deadline[1]) if deadline else None
    if method is None or limit is None or start is None or last is None:
        missing = [
            "the method"
            if method is None
            else ""
            if limit
            else "a country and method whose least period is known here",
            "the first day of the call" if start is None and (limit or call is None) else "",
            "the deadline" if last is None else "",
        ]
        return insufficient(case, RULE, *filter(None, missing))
    if str(start[1]) < limit.since:
        return insufficient(case, RULE, "a day on which a least period that is known here was in force")
    days = days_between(start[1], last, is_working=limit.is_working)
    if days <= 0:  # the only day printed, taken for both
        return insufficient(case, RULE, "a deadline after the first day of the call")
    spans = spans_of(start[0], deadline[1] if deadline else None, method)
    says = (
        f"{counted(days, is_working=limit.is_working)} from {start[1]} to the deadline on {last}; "
        f"the law asks for at least {limit.days} ({limit.law})."
    )
    give = raised if days < limit.days - limit.grace else clear
    return give(case, RULE, says, spans, days=days, least=limit.days, law=limit.law)


def limit_of(country: str, method: Field) -> BidPeriod | None:
    """Return the least period for a country and method; rows for the words printed go before the others."""
    printed = plain(method.span.quote)
    for row in bid_periods():
        is_meant = country in row.countries and row.method == method.value
        if is_meant and (not row.words or any(word in printed for word in row.words)):
            return row
    return None


def _call(case: Case) -> Notice | None:
    """Return the last tender notice: a purchase that is called again starts again."""
    return next(iter(reversed(case.of_type("tender"))), None)


def _start(call: Notice, limit: BidPeriod) -> tuple[Field, date] | None:
    fields = (call.documents_from, call.publication_date)
    for field in fields if limit.counted_from == "documents" else fields[1:]:
        day = day_of(field)
        if field is not None and day is not None:
            return field, day
    return None


INDICATOR = Indicator(
    id=RULE,
    title="Short bid period",
    subject="procurement",
    question="Was there less time to offer than the law of the country asks for?",
    formula="deadline - first day of the documents (else of the notice) < least days - grace in data/bid_periods.yml",
    ocds_paths=("tender/tenderPeriod/startDate", "tender/tenderPeriod/endDate", "tender/procurementMethod"),
    needs=("deadline", "documents_from or publication_date", "method", "country"),
    limits=(
        "Shorter periods that a law allows in urgent cases or after a prior notice are not known here.",
        "Thresholds of the directives are not tested: a small purchase may lawfully be shorter.",
        "Public holidays are not known; working days are Monday to Friday.",
        "A deadline on the first day itself is taken for a misreading, not for a period of no days.",
    ),
    check=check,
)
