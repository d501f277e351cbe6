"""A correction shortly before the deadline: who had an offer ready was warned, or was not."""

from __future__ import annotations

from sousveil.data.legal_limits import legal_limit
from sousveil.flag.buyer import FREE, is_free
from sousveil.flag.case import Case, day_of, spans_of
from sousveil.flag.days import counted
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.method import method_of
from sousveil.model import Flag

RULE = "late_change"
_LIGHT = 3
"""Days before the deadline in procedures other than open ones in China (Order 74, Article 29: working days)."""


def check(case: Case) -> Flag:
    """Return whether a correction was published fewer days before the deadline than the law asks."""
    corrections = case.of_type("correction")
    if not corrections:
        return clear(case, RULE, "No correction is among the notices at hand.")
    if is_free(case):
        return clear(case, RULE, FREE)
    limit = legal_limit("change", case.country)
    if limit is None:
        return insufficient(case, RULE, "a country whose rule for corrections is known here")
    method = method_of(case)
    least = limit.value if method is None or method.value in ("open", "selective") else min(limit.value, _LIGHT)
    if method is None and case.country == "CN":
        least = _LIGHT
    found: list[Flag] = []
    for number, notice in enumerate(case.notices):
        if notice not in corrections:
            continue
        before = [other.deadline for other in case.notices[: number + 1] if other.deadline]
        told, last = day_of(notice.publication_date), day_of(before[-1]) if before else None
        if told is None or last is None:
            continue
        days = (last - told).days
        says = (
            f"A correction was published on {told}, {counted(days)} before the deadline on {last}; the law asks for "
            f"{least} ({limit.law})."
        )
        if days < 0:
            says = f"The correction of {told} came after the deadline on {last}: it corrects a result."
        give = raised if 0 <= days < least else clear
        spans = spans_of(notice.publication_date, before[-1])
        found.append(give(case, RULE, says, spans, days=days, least=least, law=limit.law))
    if not found:
        return insufficient(case, RULE, "both the day of the correction and the deadline")
    return next((flag for flag in found if flag.state == "raised"), found[0])


INDICATOR = Indicator(
    id=RULE,
    title="Late change",
    subject="procurement",
    question="Was the call changed so shortly before its deadline that offers could not follow?",
    formula="0 <= deadline - correction < days in data/legal_limits.yml (change); 3 in China unless open or selective",
    ocds_paths=("tender/amendments/date", "tender/tenderPeriod/endDate"),
    needs=("publication_date of a correction", "deadline", "country"),
    limits=(
        "What was changed is not weighed: a corrected telephone number counts like a new requirement.",
        "A correction that moves the deadline is measured against the new one.",
    ),
    check=check,
)
