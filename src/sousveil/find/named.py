"""Finders of named things, one word one finding: groups of people, categories of data, named systems.

Words of the company a term must keep or must not keep are looked for in its clause. A thing named many times is
quoted at its first three places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from sousveil.data.cues import DataCategory, Group, NamedSystem
from sousveil.find.clauses import sentence_bounds, tidy
from sousveil.find.cues import Kind, hits_of, holds
from sousveil.find.ground import Ground
from sousveil.model import SPEAKING, Finding, FindingKind, Notice, finding_id, make_span

_PLACES = 3
"""Places quoted for one value in one notice: enough to judge, few enough to read."""
_SCORES = {"subject": 0.9, "items": 0.8, "body": 0.7}


def find_group(notice: Notice, grounds: Iterable[Ground], *, has_capability: bool) -> tuple[Finding, ...]:
    """Return the groups of people that a notice says are watched; ``value`` is the group's id.

    Without a capability in the notice nobody says they are watched (meals for prisoners): withheld.
    """
    found = _find(notice, grounds, "group", Group)
    return found if has_capability else tuple(map(_withheld, found))


def find_data_category(notice: Notice, grounds: Iterable[Ground], *, has_capability: bool) -> tuple[Finding, ...]:
    """Return the categories of personal data a notice names; ``value`` is the category's id.

    Withheld in a notice without a capability, as groups are.
    """
    found = _find(notice, grounds, "data", DataCategory)
    return found if has_capability else tuple(map(_withheld, found))


def _withheld(finding: Finding) -> Finding:
    against = (*finding.reasons_against, "the notice buys no surveillance")
    return replace(finding, state="withheld", reasons_against=against)


def find_system(notice: Notice, grounds: Iterable[Ground]) -> tuple[Finding, ...]:
    """Return the named platforms and programmes of a notice; ``value`` is the system's id."""
    return _find(notice, grounds, "system", NamedSystem)


def _value(row: Group | DataCategory | NamedSystem) -> str:
    if isinstance(row, Group):
        return row.group
    return row.category if isinstance(row, DataCategory) else row.system


def _find(notice: Notice, grounds: Iterable[Ground], kind: FindingKind, row_type: type[Kind]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    times: Counter[str] = Counter()
    for ground in grounds:
        for start, end, row in hits_of(ground.text, kind, row_type):
            if ground.section_at(start) not in SPEAKING or not isinstance(row, (Group, DataCategory, NamedSystem)):
                continue
            value = _value(row)
            if times[value] >= _PLACES:
                continue
            left, right = sentence_bounds(ground.text, start, end)
            sentence = ground.text[left:right]
            if row.needs and not holds(sentence, row.needs):
                continue
            against = _company(ground.text[start:end], sentence, row.unless)
            times[value] += 1
            found.append(_finding(notice, ground, (kind, value, row.gloss), (start, end), against))
    return tuple(found)


def _company(term: str, sentence: str, unless: tuple[str, ...]) -> tuple[str, ...]:
    """Return what argues a term away; ``~`` in a word of bad company stands for the term (~自治 in 维吾尔自治区)."""
    return tuple(
        f"stands with {word.replace('~', term)}" for word in unless if holds(sentence, (word.replace("~", term),))
    )


def _finding(
    notice: Notice, ground: Ground, what: tuple[FindingKind, str, str], place: tuple[int, int], against: tuple[str, ...]
) -> Finding:
    """Return the finding of a named thing; the quotation is the clause around it."""
    kind, value, gloss = what
    bounds = sentence_bounds(ground.text, *place)
    left, right = tidy(ground.page.text, *bounds, keep=place[0])
    span = make_span(notice.file, ground.page, min(left, place[0]), max(right, place[1]))
    section = ground.section_at(place[0])
    term = ground.page.text[slice(*place)]
    return Finding(
        finding_id(span, kind, value),
        kind,
        value,
        span,
        notice.id,
        f"{kind}.{value}",
        _SCORES.get(section, 0.7),
        "withheld" if against else "stated",
        section,
        (f"names {term} ({gloss})",),
        against,
        (("term", term),),
    )
