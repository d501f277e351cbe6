"""The ground of a finder: a page of a notice, evened, with its sections, clauses and items of lists.

A clause ends at a full stop, semicolon, line or cell; an item of a list ends at a comma as well. Both are looked up
around a place and never reach further than ``REACH`` characters: a file of one line costs no more than any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sousveil.find.bill import BillRow, read_bills
from sousveil.find.lexicon import even
from sousveil.model import Document, Notice, Page, Section, part_of

REACH = 160
"""Characters to either side of a place that may belong to its clause; clauses of notices rarely are longer."""

_CLAUSE = re.compile(r"[。;!?\n|\u2028]|\.(?=\s|$)")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts without spaces: Thai, Korean, Japanese, Chinese."""
_COUNTED = re.compile("[0-9]")
_LIST = re.compile(r"[。;!?\n|\u2028,:]|\.(?=\s|$)")
_ITEM = re.compile(r"[。;!?\n|\u2028、,:·•—]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Ground:
    """A page with its text folded and without accents (same length), the sections and the rows of bills on it."""

    page: Page
    text: str
    starts: tuple[int, ...]
    sections: tuple[Section, ...]
    bill: tuple[BillRow, ...] = ()

    def bill_row_at(self, offset: int) -> BillRow | None:
        """Return the row of a bill of quantities that holds an offset, or None."""
        index = bisect_right(self.bill, offset, key=lambda row: row.start) - 1
        return self.bill[index] if index >= 0 and offset < self.bill[index].end else None

    def section_at(self, offset: int) -> str:
        """Return the kind of the section at an offset, ``body`` where there is none."""
        index = bisect_right(self.starts, offset) - 1
        return self.sections[index].kind if index >= 0 and offset < self.sections[index].end else "body"

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end of the clause around ``[start, end)``."""
        return _around(_CLAUSE, self.text, start, end)

    def item(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end of the item of a list around ``[start, end)``."""
        return _around(_ITEM, self.text, start, end)


def _around(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - REACH)
    for match in pattern.finditer(text, low, start):
        low = match.end()
    match_right = pattern.search(text, end, min(len(text), end + REACH))
    return low, match_right.start() if match_right else min(len(text), end + REACH)


def grounds(document: Document, notice: Notice) -> tuple[Ground, ...]:
    """Return the pages of a notice, evened, with their sections in order."""
    pages, tables = part_of(document, notice.first_page, notice.last_page)
    evened = {page.number: (page, even(page.text)) for page in pages}
    bills = read_bills(tables, evened)
    found = []
    for number, (page, text) in evened.items():
        sections = tuple(sorted((s for s in notice.sections if s.page == number), key=lambda s: s.start))
        found.append(Ground(page, text, tuple(s.start for s in sections), sections, bills.get(number, ())))
    return tuple(found)


_LEFT_HAN, _PHRASE_HAN = 16, 40
_SIDE_WORDS = 56
"""Longest phrase around a term: 40 characters in Chinese, 56 to either side where words have letters."""


def phrase(ground: Ground, start: int, end: int) -> tuple[int, int]:
    """Return the noun phrase around a term: its item of the list, cut to a quotable length at whole words.

    Where the whole list is short and its items have no numbers of their own (球机、枪机、电源: cameras, power supplies)
    it is the phrase. Half a pair of brackets is left out.
    """
    text = ground.text
    low, high = ground.item(start, end)
    wide = _around(_LIST, text, start, end)
    is_short = wide[1] - wide[0] <= _PHRASE_HAN and not _COUNTED.search(text, low, high)
    if _is_spaced(text, low, high):
        low, high = _cut_words(text, max(low, start - _SIDE_WORDS), min(high, end + _SIDE_WORDS), low, high)
    elif is_short and not _is_spaced(text, *wide):
        low, high = wide
    else:
        low = max(low, start - _LEFT_HAN)
        high = min(high, max(end, low + _PHRASE_HAN))
    low = max(low, _after_half_bracket(text, low, start))
    high = min(high, _before_half_bracket(text, low, end, high))
    while low < start and text[low] in " \t)]>\"'-":
        low += 1
    while high > end and text[high - 1] in " \t([<\"'-":
        high -= 1
    return low, high


def _is_spaced(text: str, low: int, high: int) -> bool:
    """Return whether a phrase is written with spaces between words: fewer than half its characters are Han and kin."""
    return len(_UNSPACED.findall(text, low, high)) * 2 < high - low


def _cut_words(text: str, low: int, high: int, first: int, last: int) -> tuple[int, int]:
    """Return the bounds moved inward to whole words, unless they are the bounds of the item."""
    if low > first:
        space = text.find(" ", low)
        low = space + 1 if 0 <= space < low + 30 else low
    if high < last:
        space = text.rfind(" ", high - 30, high)
        high = space if space > 0 else high
    return low, high


def _after_half_bracket(text: str, low: int, start: int) -> int:
    """Return the place after a closing bracket before ``start`` that was opened before ``low``."""
    closed = text.rfind(")", low, start)
    return closed + 1 if closed >= 0 and "(" not in text[low:closed] else low


def _before_half_bracket(text: str, low: int, end: int, high: int) -> int:
    """Return the place of an opening bracket after ``end`` that is not closed before ``high``."""
    opened = text.rfind("(", end, high)
    if opened >= 0 and ")" not in text[opened:high]:
        return opened
    closed = text.find(")", end, high)
    return closed if closed >= 0 and "(" not in text[low:closed] else high
