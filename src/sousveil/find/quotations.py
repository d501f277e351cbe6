"""Which quotations a reader is shown first: the title, and the place below it that says the most.

A notice repeats itself: its title stands in the heading, in the overview and in every form. One place proves that a
capability is named. A second is worth reading where the first is only a title, because the list of items or the
statement of need says what the title sums up; a title that only hints gives way to a place that says it outright. All
other places are kept as findings and shown on demand.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from sousveil.find.function import find_functions
from sousveil.find.lexicon import even, lexicon
from sousveil.model import Finding, Notice

_CODES = "codes:"
"""Rules that begin so are classification codes: what a clerk ticked, no statement; they never stand second."""
_MOST = 0.6
"""Share of the longer of two quotations that makes them one: the title under another heading, with another ending."""
_OUTRIGHT = 0.9
"""Score of a strong term outside the title (see ``capability``); a title that has one scores at least ``_TOLD``."""
_TOLD = 0.95


def main_quotations(notice: Notice, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return of each stated capability its main findings, one or two, in the order given (best evidence first).

    A capability that the title does not say has one: its first. One that the title says has the title and the first
    place that adds to it; only that place where it says outright what the title hints at.

    Args:
        notice: whose title is asked for.
        findings: what ``find`` returned for the notice; other kinds and withheld ones are passed over.
    """
    by_value: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.kind == "capability" and finding.state == "stated":
            by_value.setdefault(finding.value, []).append(finding)
    title = notice.title.span.quote if notice.title else ""
    return tuple(finding for found in by_value.values() for finding in _main(title, found))


def _main(title: str, found: Sequence[Finding]) -> list[Finding]:
    first, *others = found
    if not _says(title, first.span.quote):
        return [first]
    second = next((one for one in others if _adds(title, first, one)), None)
    if second is None:
        return [first]
    return [second] if first.score < _TOLD and second.score >= _OUTRIGHT else [first, second]


def _adds(title: str, first: Finding, other: Finding) -> bool:
    """Return whether a finding says more than the title does: no classification code, no repetition."""
    quote = other.span.quote
    is_new = not _says(title, quote) and not _repeats(first.span.quote, quote) and not _only_names(title, other)
    return is_new and not other.rule.startswith(_CODES)


def _only_names(title: str, other: Finding) -> bool:
    """Return whether a quotation holds its terms only inside the title: *bidders for [title] fetch papers at …*."""
    name, quoted = even(title), even(other.span.quote)
    if not name or name not in quoted:
        return False
    rest = quoted.replace(name, "\n")
    return not any(hit.term.capability == other.value for hit in (*lexicon().scan(rest), *find_functions(rest)))


def _says(title: str, quote: str) -> bool:
    """Return whether a quotation is the title, a part of it, or little more than it.

    >>> _says("某县天网工程维护项目", "天网工程"), _says("天网工程", "天网工程,新增高清摄像机120台")
    (True, False)
    """
    return bool(title) and (_letters(quote) in _letters(title) or _repeats(title, quote))


def _repeats(first: str, other: str) -> bool:
    """Return whether two quotations share one run of most of the longer one."""
    one, two = _letters(first), _letters(other)
    run = difflib.SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size
    return run >= _MOST * max(len(one), len(two), 1)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
