"""The brand that was bought stands already in the call (own indicator; OCP R007)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.flag.brands import name_of
from sousveil.flag.case import Case, iter_pages
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.text_at_hand import has_requirements
from sousveil.flag.words import holds, is_whole, plain, quote_around
from sousveil.model import SPEAKING, Field, Flag, Span

RULE = "winner_brand"
_CALLS = ("tender", "requirements", "correction")
_MODEL = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9][a-z0-9./+-]{4,30}$")
"""A model number that says something: five characters, letters and digits (A1 and 4K say nothing)."""


def check(case: Case) -> Flag:
    """Return whether a brand or model that the award names stands in a call."""
    bought = dict(_bought(case))
    if not bought or not has_requirements(case):
        missing = (
            "" if bought else "the brands that were bought",
            "" if has_requirements(case) else "the requirements",
        )
        return insufficient(case, RULE, *filter(None, missing))
    for name, field in bought.items():
        if found := next(_in_calls(case, name), None):
            says = f"The call names {name}, which was bought in the end."
            return raised(case, RULE, says, (found, field.span), name=name, compared=len(bought))
    says = f"None of the {len(bought)} brands and models that were bought stands in the call."
    return clear(case, RULE, says, compared=len(bought))


def _bought(case: Case) -> Iterator[tuple[str, Field]]:
    for notice in case.of_type("award", "contract"):
        for item in notice.items:
            if item.brand is not None and (name := name_of(item.brand)):
                yield name, item.brand
            if item.model is not None and _MODEL.match(name := plain(str(item.model.value)).strip()):
                yield name, item.model


def _in_calls(case: Case, name: str) -> Iterator[Span]:
    """Yield where calls name a brand or model of something that is not there already."""
    for notice, page in iter_pages(case, *_CALLS):
        text = plain(page.text)
        at = text.find(name)
        while at >= 0:
            kind = next((s.kind for s in notice.sections if s.page == page.number and s.start <= at < s.end), "body")
            span = quote_around(notice, page, text, at, at + len(name))
            if kind in SPEAKING and is_whole(text, at, at + len(name)) and not holds(plain(span.quote), "equivalent"):
                yield span
            at = text.find(name, at + 1)


INDICATOR = Indicator(
    id=RULE,
    title="Winner's brand in the call",
    subject="procurement",
    question="Does the call name the brand or model that was bought in the end?",
    formula="a brand or model of the award's items stands in the requirements of a call, without 'or equivalent'",
    ocds_paths=("awards/items/attributes", "awards/items/description", "tender/documents"),
    needs=("brand or model of items in the award", "the requirements"),
    limits=(
        "Brands of parts that everybody builds in (processors, operating systems) are found as well.",
        "Parameters copied from a data sheet without its name are not found.",
    ),
    check=check,
)
