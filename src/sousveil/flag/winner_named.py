"""The winner stands in the call already (own indicator)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sousveil.data.divisions import divisions
from sousveil.flag.case import Case, iter_pages, winners
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.method import is_single_source, method_of
from sousveil.flag.text_at_hand import has_requirements
from sousveil.flag.words import holds, is_whole, plain, quote_around, words_of
from sousveil.model import SPEAKING, Flag, Span

RULE = "winner_named"
_CALLS = ("tender", "requirements", "intention")
_LEAST = 3
"""Characters of a name's core that are looked for: two are too often a word (华东, 中心)."""


def check(case: Case) -> Flag:
    """Return whether a call names the company that won."""
    method = method_of(case)
    if method is not None and is_single_source(method):
        return clear(case, RULE, "Does not apply: the notice of a single source names its supplier.", (method.span,))
    won = winners(case)
    if not won or not has_requirements(case):
        missing = ("" if won else "a winner", "" if has_requirements(case) else "the requirements")
        return insufficient(case, RULE, *filter(None, missing))
    cores = {core_of(str(supplier.value)): supplier for supplier in won}
    cores.pop("", None)
    for core, supplier in cores.items():
        if found := next(_in_calls(case, core), None):
            says = f"The call names {core}; the winner is {supplier.value}."
            return raised(case, RULE, says, (found, supplier.span), name=core, winner=supplier.value)
    return clear(case, RULE, f"The call names none of {len(won)} winners.", winners=len(won))


def core_of(name: str) -> str:
    """Return what of a company's name tells it from others, folded: no place, no trade, no legal form; may be empty.

    >>> core_of("杭州甲乙丙数字技术股份有限公司"), core_of("Tarnwick Systems Ltd"), core_of("中国电信股份有限公司")
    ('甲乙丙', 'tarnwick systems', '')
    """
    core = plain(name).strip(" .,")
    core = core.split("(")[0].strip() or core
    is_shorter = True
    while is_shorter:
        tail = next((word for word in words_of("company_tail") if core.endswith(word) and len(core) > len(word)), "")
        core, is_shorter = core.removesuffix(tail).strip(" .,"), bool(tail)
    if place := next((place for place in _places() if core.startswith(place)), ""):
        core = core.removeprefix(place).removeprefix("省").removeprefix("市")
    if len(core) < _LEAST or holds(core, "operator"):
        return ""
    return "" if core in words_of("company_tail") else core


@cache
def _places() -> tuple[str, ...]:
    names = {plain(name) for division in divisions() for name in (division.name, division.short)}
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


def _in_calls(case: Case, core: str) -> Iterator[Span]:
    for notice, page in iter_pages(case, *_CALLS):
        text = plain(page.text)
        at = text.find(core)
        while at >= 0:
            kind = next((s.kind for s in notice.sections if s.page == page.number and s.start <= at < s.end), "body")
            if kind in SPEAKING and is_whole(text, at, at + len(core)):
                yield quote_around(notice, page, text, at, at + len(core))
            at = text.find(core, at + 1)


INDICATOR = Indicator(
    id=RULE,
    title="Winner named in the call",
    subject="procurement",
    question="Does the call name the company that won?",
    formula="the core of a winner's name (no place, trade or legal form, 3 characters) stands in a call's requirements",
    ocds_paths=("awards/suppliers/name", "tender/documents", "tender/description"),
    needs=("the winner", "the requirements"),
    limits=(
        "A company that built the system to be extended is named for that; read the sentence.",
        "Telephone companies are left out: their names are those of networks.",
        "Companies of two characters, and products under other names than their maker's, are missed.",
    ),
    check=check,
)
