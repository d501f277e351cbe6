"""Reports: pages that tell of a purchase and are no notice of it.

A report is prose: it has none of the labels that a notice has, and it says in its own words who wrote it. What a
council has decided, and a ruling on a complaint, are told by words of their own, labels or not. Prose that has no
label, asks nobody for offers and has no short line that names a kind of notice is a report too, whoever wrote it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.report_cues import ReportKind, report_cues
from sousveil.read.draft import Draft
from sousveil.read.kind import has_type_word
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

SAMPLE = 1_800
"""Characters in which a report says who writes: its head and first paragraphs."""
HEAD = 300
"""Characters in which a Chinese paper names itself a ruling: further down, notices speak of rulings against bidders."""
_LONG = 90
"""Characters of a line of prose: headlines, labels and cells are shorter."""
_MOSTLY = 0.7
"""Share of the sample in such lines: 13 reports had 0.81 or more, calls without labels 0.38 or less (2026-11)."""
_LEAST = 150
"""Characters of prose below which nothing is told: a sentence alone may be anything."""
_OFFICIAL = ("minutes", "review")
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
    official = next((report for report in found if report.kind in _OFFICIAL), None)
    if official is not None and (official.start < HEAD or not draft.is_han):
        return official
    press = next((report for report in found if report.kind == "press"), None)
    return None if draft.of(*_LABELS) else press


def find_prose(draft: Draft) -> Report | None:
    """Return the first line of prose of a page that is a report by its form alone, or None.

    Only in languages whose notices have labels that are known; Chinese prose is told by its words.
    """
    if draft.is_han or not draft.sheets or draft.of(*_LABELS):
        return None
    sheet = draft.sheets[0]
    lines = [line for line in sheet.lines if line.start < SAMPLE]
    prose = [line for line in lines if line.end - line.start >= _LONG and not line.has_cells]
    length = sum(line.end - line.start for line in prose)
    if length < _LEAST or length < _MOSTLY * sum(line.end - line.start for line in lines):
        return None
    short = [line for line in lines if line.end - line.start < _LONG]
    is_named = any(has_type_word(sheet.folded[line.start : line.end]) for line in short)
    if is_named or any(report.kind == "call" for report in _iter_cues(sheet)):
        return None
    return Report("press", sheet, prose[0].start, prose[0].end)


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
