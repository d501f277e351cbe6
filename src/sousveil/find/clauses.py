"""Where statements begin and end, and which sections speak.

A quotation is a clause of one line: it ends at full stops, semicolons and the edges of table cells, is trimmed of
marks, and holds at most 120 characters, so that a reader sees what was read and nothing else.
"""

from __future__ import annotations

import re

from sousveil.model import COVER

QUOTE_LIMIT = 120
"""Longest quotation in characters: two lines on a page, one long Chinese sentence."""
LINE_REACH = 4_000
"""Characters of a line that are looked at: the longest rows of item tables; files of one line must not cost more."""
_SENTENCE_MARKS = ("\n", "。", ";", "!", " | ", "\u3000", COVER)
_CLAUSE_MARKS = (*_SENTENCE_MARKS, ",", "、")
_STOP = re.compile(r"\.(?=[ \n]|$)|[\n。;!\u2588]| \| ")
_CLAUSE_STOP = re.compile(r"\.(?=[ \n]|$)|[\n。;!,、،\u2588]| \| ")
_EDGES = " \t\n\u3000,，.。;；:：、!！?？|—-·*★▲●■◆#'\"“”()（）[]【】"
_OPENERS = {")": "(", "）": "（", "]": "[", "】": "【", "”": "“"}


def line_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the line (or lines) around ``text[start:end]``, at most ``LINE_REACH`` to either side."""
    low, high = max(0, start - LINE_REACH), min(len(text), end + LINE_REACH)
    break_before, stop = text.rfind("\n", low, start), text.find("\n", end, high)
    return low if break_before < 0 else break_before + 1, high if stop < 0 else stop


def sentence_bounds(text: str, start: int, end: int, reach: int = 400) -> tuple[int, int]:
    """Return the bounds of the sentence around ``text[start:end]`` in evened text, looking at most ``reach`` around.

    >>> sentence_bounds("甲。乙丙,丁。戊", 3, 4)
    (2, 6)
    """
    return _back(text, start, reach, _SENTENCE_MARKS), _forth(text, end, reach, _STOP)


def clause_bounds(text: str, start: int, end: int, reach: int = 160) -> tuple[int, int]:
    """Return the bounds of the clause around ``text[start:end]`` in evened text: commas part clauses too.

    >>> clause_bounds("甲,乙丙,丁。", 3, 4)
    (2, 4)
    """
    return _back(text, start, reach, _CLAUSE_MARKS), _forth(text, end, reach, _CLAUSE_STOP)


def clause_end(text: str, start: int, reach: int = 160) -> int:
    """Return where the clause that holds ``start`` ends."""
    return _forth(text, start, reach, _CLAUSE_STOP)


def tidy(text: str, start: int, end: int, keep: int | None = None) -> tuple[int, int]:
    """Return bounds without marks at the edges and of at most 120 characters, cut at a mark or space where possible.

    ``keep`` is an offset that must stay inside. A closing bracket stays when its opening one is inside.

    >>> tidy("(一) 提升能力。", 0, 9)
    (1, 8)
    """
    keep = start if keep is None else keep
    if end - start > QUOTE_LIMIT:
        start, end = _cut(text, start, end, keep)
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1].isspace()):
        opener = _OPENERS.get(text[end - 1])
        if opener and text.find(opener, start, end) >= 0:
            break
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int, keep: int) -> tuple[int, int]:
    """Return bounds of at most 120 characters around ``keep``, moved inward to marks or spaces where there are any."""
    if keep - start > QUOTE_LIMIT // 3:
        low = keep - QUOTE_LIMIT // 3
        places = [text.find(mark, low, keep) for mark in _CUTS]
        start = min((place + 1 for place in places if place >= 0), default=low)
    if end - start <= QUOTE_LIMIT:
        return start, end
    end = start + QUOTE_LIMIT
    cut = max(text.rfind(mark, max(keep, end - QUOTE_LIMIT // 3), end) for mark in _CUTS)
    return start, cut if cut > keep else end


_CUTS = (",", "，", "、", " ")


def _back(text: str, start: int, reach: int, marks: tuple[str, ...]) -> int:
    low = max(0, start - reach)
    best = low
    for mark in marks:
        place = text.rfind(mark, low, start)
        if place >= 0:
            best = max(best, place + len(mark))
    place = text.rfind(". ", low, start)
    return max(best, place + 2) if place >= 0 else best


def _forth(text: str, end: int, reach: int, stop: re.Pattern[str]) -> int:
    found = stop.search(text, end, min(len(text), end + reach))
    return found.start() if found else min(len(text), end + reach)
