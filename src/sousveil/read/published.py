"""The publication date: from a label, from the date line under the headline, from the signature at the end."""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.announcer import is_body_name
from sousveil.read.draft import Draft, Found
from sousveil.read.gazetteer import find_places
from sousveil.read.grammar import meaning_of
from sousveil.read.sheet import Sheet
from sousveil.text.dates import Date, iter_dates

_AFTER_DEADLINE = re.compile(  # time of day; before, until, to, deadline
    r"[ ]*(?:\d{1,2}[:点时]\d{0,2}[分整]?\d{0,3})?[ ]*(?:\([^()]{0,8}\))?[ ]*"
    r"(?:前|至|到|止|之前|截止|[-~—]{1,2}[ ]*(?:20|\d{1,2}月))"
)
_BEFORE_DEADLINE = (
    re.compile(  # deadline, until, on, from, opening, quotation, submission, first, original, changed, put off
        r"(?:截止|截标|至|到|于|自(?!治)|从|开标|报价|递交|首次|原|由|变更为|调整为|改为|推迟|顺延"
        r"|deadline|until|before|by|closed|starts|to|end|start|bids close at midnight on)[^\n]{0,8}$"
    )
)
_LABEL_BEFORE = re.compile(r"([^\s:|]{2,10}):[ ]*$")
_GLUED = re.compile(r"(?:公告|发布|发表|公布)(?:时间|日期)[ ]?(?=20\d\d[-年/.]\d)")
"""Time of publication without a colon: a table that a page runs together."""
_FROM = re.compile(r"(?:公告期限|公示期限|公示期|本公告|本公示)[^。\n]{0,12}?\n?自?\s?$")
_ON = re.compile(r"\s?起\s?(?:公示|公告|计)?\s?(?:\d|[一二三五])")
"""This announcement runs from … for so many days: the day it was announced."""
_OTHER_DAYS = frozenset(
    ("original", "signing_date", "award_date", "deadline", "opening", "documents_from", "first_published")
)
_COMPACT = 8
"""Eight digits in a row (20151120) are a date under a label; elsewhere they are part of a number."""
_PUBLISHED = re.compile(  # English, Spanish and Portuguese, French, German, Russian
    r"(?:^|(?<=\n))[ ]*(?:published|posted|on agenda|publicad[oa](?: el| em)?|publiée? le|veröffentlicht(?: am)?"
    r"|опубликован[оа]?)[: ]{1,3}"
)
_SAID_CHARS = 2_000
"""Characters in which a portal says when it published."""
_MAX_HEAD_LINES = 6
_MAX_HEAD_CHARS = 10_000
_MAX_REPORT_LINE = 40
"""A longer line of a report is its story, whose days are those of what happened."""
_MAX_HEAD_LINE = 130
_MAX_TAIL_LINES = 8
_MAX_PLACE = 16


def read_published(draft: Draft, kind: str | None) -> Field | None:
    """Return the day of publication, or None."""
    day_first = not draft.is_american
    for rank in (1, 2):
        for item in draft.of("publication_date"):
            if item.entry.rank == rank and (field := _labelled(draft, item, day_first=day_first)):
                return field
    most = _MAX_REPORT_LINE if kind == "other" and draft.is_han else _MAX_HEAD_CHARS
    head = _in_head(draft, day_first=day_first, most=most)
    if head:
        return head
    said = _said(draft, day_first=day_first)
    if said:
        return said
    tail = None if kind == "contract" else _signature(draft, day_first=day_first)
    if tail:
        return tail
    glued = _glued(draft)
    if glued:
        return glued
    runs = _running(draft)
    if runs:
        return runs
    for item in draft.of("publication_date"):
        if field := _labelled(draft, item, day_first=day_first):
            return field
    return None


def _labelled(draft: Draft, item: Found, *, day_first: bool) -> Field | None:
    entry = item.entry
    if entry.start == entry.end:
        return None
    window = item.sheet.folded[
        entry.start : min(len(item.sheet.folded), max(entry.end, entry.start + 40), entry.end + 40)
    ]
    for date in iter_dates(window[:120], day_first=day_first):
        if date.precision == "day" and date.start <= max(12, entry.end - entry.start):
            return draft.field(
                date.value, item.sheet, entry.start + date.start, entry.start + date.end, f"label {entry.label.strip()}"
            )
    return None


def _in_head(draft: Draft, *, day_first: bool, most: int) -> Field | None:
    """Return a date in the first lines, of ``most`` characters, that is neither a deadline nor part of a sentence."""
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:_MAX_HEAD_LINES]:
            text = sheet.folded[line.start : line.end]
            if len(text) > most:
                continue
            for date in iter_dates(text[:400], day_first=day_first):
                if date.precision == "day" and date.end - date.start > _COMPACT and _is_head_date(text, date):
                    start = line.start + date.start
                    return draft.field(date.value, sheet, start, line.start + date.end, "date line")
    return None


def _said(draft: Draft, *, day_first: bool) -> Field | None:
    """Return the day behind a word for published that opens a line (*Published 27 June 2031, 2:35pm*)."""
    for sheet in draft.sheets[:1] if not draft.is_han else ():
        for match in _PUBLISHED.finditer(sheet.folded, 0, _SAID_CHARS):
            date = next(iter_dates(sheet.folded[match.end() : match.end() + 24], day_first=day_first), None)
            if date is not None and date.start == 0 and date.precision == "day":
                return draft.field(date.value, sheet, match.end(), match.end() + date.end, "word for published")
    return None


def _is_head_date(text: str, date: Date) -> bool:
    if _AFTER_DEADLINE.match(text, date.end) or _BEFORE_DEADLINE.search(text[: date.start]):
        return False
    label = _LABEL_BEFORE.search(text[: date.start])
    if label and not re.search(r"日期|时间|发布|date|dated|published|released", label[1]):
        return False
    if label and re.search(r"截止|开标|获取|开始|结束|首次|deadline|closing", label[1]):
        return False
    meaning = meaning_of(label[1]) if label else None
    if meaning is not None and meaning.field in _OTHER_DAYS:
        return False
    in_brackets = "(" in text[max(0, date.start - 60) : date.start] and ")" in text[date.end : date.end + 3]
    return len(text) <= _MAX_HEAD_LINE or in_brackets


def _glued(draft: Draft) -> Field | None:
    """Return a date right behind a label that no colon parts from it (公告时间2016年11月14日)."""
    for sheet in draft.sheets[:1] if draft.is_han else ():
        for match in _GLUED.finditer(sheet.folded):
            date = next(iter_dates(sheet.folded[match.end() : match.end() + 24]), None)
            if date is not None and date.start == 0 and date.precision == "day":
                return draft.field(date.value, sheet, match.end(), match.end() + date.end, "label without colon")
    return None


def _running(draft: Draft) -> Field | None:
    """Return the day from which a notice says that it is announced."""
    for sheet in draft.sheets if draft.is_whole else ():
        for date in iter_dates(sheet.folded):
            if date.precision != "day" or not _ON.match(sheet.folded, date.end):
                continue
            if _FROM.search(sheet.folded, max(0, date.start - 24), date.start):
                return draft.field(date.value, sheet, date.start, date.end, "runs from")
    return None


def _signature(draft: Draft, *, day_first: bool) -> Field | None:
    """Return the last date that stands alone on a line near the end, where a notice is signed."""
    if not draft.sheets or not draft.is_whole:
        return None
    sheet = draft.sheets[-1]
    lines = sheet.lines[-_MAX_TAIL_LINES:]
    if not lines:
        return None
    begin = lines[0].start
    found: Field | None = None
    for date in iter_dates(sheet.folded[begin:], day_first=day_first):
        is_date = date.precision == "day" and date.end - date.start > _COMPACT
        if is_date and _is_alone(sheet, begin + date.start, begin + date.end):
            found = draft.field(date.value, sheet, begin + date.start, begin + date.end, "signature")
    return found


def _is_alone(sheet: Sheet, start: int, end: int) -> bool:
    line_start = sheet.folded.rfind("\n", 0, start) + 1
    line_end = sheet.folded.find("\n", end)
    rest = sheet.folded[line_start:start] + sheet.folded[end : len(sheet.folded) if line_end < 0 else line_end]
    rest = rest.strip(" .。:日期时间")
    return not rest or is_body_name(rest) or _covers(rest)


def _covers(rest: str) -> bool:
    """Return whether words beside a date are the name of a place and nothing else."""
    places = find_places(rest) if len(rest) <= _MAX_PLACE else ()
    return bool(places) and places[0].start == 0 and places[-1].end == len(rest)
