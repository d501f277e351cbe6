"""Awards and contracts made known later than the law asks (OCP R063; TRANSPARENCY of opentender)."""

from __future__ import annotations

from sousveil.data.legal_limits import LegalLimit, legal_limit
from sousveil.flag.buyer import FREE, is_free
from sousveil.flag.case import Case, day_of, spans_of
from sousveil.flag.days import counted, days_between
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.model import Field, Flag

RULE = "published_late"


def check(case: Case) -> Flag:
    """Return whether an award or contract was published later after its day than the law of the country allows."""
    if is_free(case):
        return clear(case, RULE, FREE)
    award, contract = (legal_limit(kind, case.country) for kind in ("award_published", "contract_published"))
    if award is None and contract is None:
        return insufficient(case, RULE, "a country whose limit for publishing is known here")
    found: list[Flag] = []
    for notice in case.of_type("award", "contract"):
        is_contract = notice.notice_type is not None and notice.notice_type.value == "contract"
        limit, field = (contract, notice.signed_on) if is_contract else (award, notice.awarded_on)
        if limit and (
            flag := _judge(case, limit, "contract" if is_contract else "award", field, notice.publication_date)
        ):
            found.append(flag)
    if not found:
        return insufficient(case, RULE, "both the day of the award or contract and the day it was published")
    return next((flag for flag in found if flag.state == "raised"), found[0])


def _judge(case: Case, limit: LegalLimit, kind: str, made: Field | None, told: Field | None) -> Flag | None:
    first, last = day_of(made), day_of(told)
    if first is None or last is None or last < first:
        return None
    days = days_between(first, last, is_working=limit.is_working)
    verb = "signed" if kind == "contract" else "decided"
    says = (
        f"The {kind} of {first} was published on {last}, {counted(days, is_working=limit.is_working)} after it was "
        f"{verb}; the law asks for {limit.value} ({limit.law})."
    )
    give = raised if days > limit.value + limit.grace else clear
    return give(case, RULE, says, spans_of(made, told), days=days, limit=limit.value, law=limit.law)


INDICATOR = Indicator(
    id=RULE,
    title="Published late",
    subject="procurement",
    question="Was the award or contract made known later than the law asks?",
    formula="publication - award (or signature) > days + grace in data/legal_limits.yml (CN 2 + 6 working, EU 30 + 5)",
    ocds_paths=("awards/date", "contracts/dateSigned", "date", "awards/documents/datePublished"),
    needs=("awarded_on or signed_on", "publication_date", "country"),
    limits=(
        "The day printed on a page may be that of another site that copied it later.",
        "Public holidays are not known; in China six working days are added for the longest.",
    ),
    check=check,
)
