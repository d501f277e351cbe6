"""A brand named in a call, and no word that another would do (OCP R007)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.flag.brands import name_of, split_names
from sousveil.flag.case import Case, iter_pages
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.text_at_hand import has_requirements
from sousveil.flag.words import holds, listen, plain
from sousveil.model import Flag, Notice, Page, Span

RULE = "tailored_brand"
_CALLS = ("tender", "requirements", "correction")
_NAMED = re.compile(r"(?:要求|型号)?\s?(?::|为|:\s)\s?([^,;。:|]{2,40})")
"""What follows the word for brand: a colon or 为 (is), then names."""
ENOUGH = 3
"""Brands named side by side that leave a choice: rules on reference brands in China ask for at least three."""


def check(case: Case) -> Flag:
    """Return whether calls name a brand for an item without a choice and without *or equivalent*."""
    if not case.of_type(*_CALLS):
        return insufficient(case, RULE, "a call")
    named = tuple(dict(_in_items(case))) + tuple(dict(_in_text(case)))
    if named:
        names = dict((*_in_items(case), *_in_text(case)))
        listed = ", ".join(dict.fromkeys(names.values()))
        says = f"The call names a brand without a choice in {len(names)} places: {listed[:80]}."
        return raised(case, RULE, says, tuple(names), places=len(names))
    if has_requirements(case):
        return clear(case, RULE, "The requirements at hand name no brand without a choice.")
    return insufficient(case, RULE, "the requirements")


def _in_items(case: Case) -> Iterator[tuple[Span, str]]:
    for notice in case.of_type(*_CALLS):
        for item in notice.items:
            names = split_names(name_of(item.brand))
            if item.brand is None or not names or len(names) >= ENOUGH:
                continue
            page = next((page for page in case.pages_of(notice) if page.number == item.brand.span.page), None)
            if page is None or not _has_choice(case, notice, page, item.brand.span):
                yield item.brand.span, names[0]


def _has_choice(case: Case, notice: Notice, page: Page, span: Span) -> bool:
    """Return whether the row, or a sentence about all brands, lets another do."""
    start = page.text.rfind("\n", 0, span.start) + 1
    end = page.text.find("\n", span.end)
    if holds(plain(page.text[start : end if end >= 0 else len(page.text)]), "equivalent"):
        return True
    return any(
        _speaks_of_brands(plain(line))
        for other, text in iter_pages(case, *_CALLS)
        if other is notice
        for line in text.text.splitlines()
    )


def _speaks_of_brands(line: str) -> bool:
    return "品牌" in line and holds(line, "equivalent")


def _in_text(case: Case) -> Iterator[tuple[Span, str]]:
    for said in listen(case, "brand_label", *_CALLS):
        if said.row.language != "zh" or holds(said.sentence, "equivalent"):
            continue
        found = _NAMED.match(said.sentence, said.place + len(said.word))
        names = split_names(found.group(1)) if found else []
        if 0 < len(names) < ENOUGH:
            yield said.span, names[0]


INDICATOR = Indicator(
    id=RULE,
    title="Brand named in the call",
    subject="procurement",
    question="Does the call name a brand, and not say that an equivalent will do?",
    formula="an item or a sentence of a call names one or two brands, and neither it nor its row says or equivalent",
    ocds_paths=("tender/items/description", "tender/items/attributes", "tender/documents"),
    needs=("a call with its requirements",),
    limits=(
        "Brands in running text are seen only after the word for brand and a colon.",
        "A brand may lawfully be named where a system that exists is extended.",
    ),
    check=check,
)
