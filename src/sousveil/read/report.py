"""Reports: pages that tell of a purchase and are no notice of it.

A report is prose: it has none of the labels that a notice has, and it says in its own words who wrote it. What a
council has decided, and a ruling on a complaint, are told by words of their own, labels or not.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.report_cues import ReportKind, report_cues
from sousveil.read.draft import Draft
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

SAMPLE = 1_800
"""Characters in which a report says who writes: its head and first paragraphs."""
HEAD = 300
"""Characters in which a Chinese paper names itself a ruling: further down, notices speak of rulings against bidders."""
_LABELS = ("project_number", "title", "buyer", "agency", "budget", "ceiling", "award_amount", "supplier", "candidate")


class Report(NamedTuple):
    """The words that tell a report: who writes so, on which page, from where to where."""

    kind: ReportKind
    sheet: Sheet
    start: int
    end: int


@cache
def _matcher() -> tuple[AhoCorasick, tuple[tuple[str, ReportKind], ...]]:
    words: dict[str, ReportKind] = {}
    for row in report_cues():
        for word in row.words:
            words.setdefault(fold(word), row.kind)
    return AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest), tuple(words.items())


def find_report(draft: Draft) -> Report | None:
    """Return the first words that tell a report from a notice, or None for a notice."""
    if not draft.sheets:
        return None
    sheet = draft.sheets[0]
    found = list(_iter_cues(sheet))
    if not found:
        return None
    official = next((report for report in found if report.kind != "press"), None)
    if official is not None and (official.start < HEAD or not draft.is_han):
        return official
    press = next((report for report in found if report.kind == "press"), None)
    return None if draft.of(*_LABELS) else press


def _iter_cues(sheet: Sheet) -> list[Report]:
    text = sheet.folded[:SAMPLE]
    matcher, words = _matcher()
    found = []
    for number, start, end in matcher.find_matches_as_indexes(text):
        word, kind = words[number]
        is_han = "\u4e00" <= word[0] <= "\u9fff"
        if is_han or not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            found.append(Report(kind, sheet, start, end))
    return found
