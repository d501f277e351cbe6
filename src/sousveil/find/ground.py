"""The ground of a finder: a page of a notice, evened, with its sections, clauses and items of lists.

A clause ends at a full stop, semicolon, line or cell; an item of a list ends at a comma as well. Both are looked up
around a place and never reach further than ``REACH`` characters: a file of one line costs no more than any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sousveil.find.bill import BillRow, read_bills
from sousveil.find.clauses import QUOTE_LIMIT
from sousveil.find.lexicon import even
from sousveil.model import COVER, Document, Notice, Page, Section, part_of

REACH = 160
"""Characters to either side of a place that may belong to its clause; clauses of notices rarely are longer."""

_CLAUSE = re.compile(r"[。;!?\n|\u2028]|\.(?=\s|$)")
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


_PLACES_TO_CUT = re.compile("[,:、 ()/]")
"""Where a long clause may be cut: commas, colons, blanks, brackets, slashes of evened text."""


def quotation(ground: Ground, start: int, end: int) -> tuple[int, int]:
    """Return the clause around a term as a reader can be shown it: whole, of one line, without covered characters.

    It ends at full stops, semicolons, cells and wide blanks. A clause of more than ``QUOTE_LIMIT`` characters is cut at
    commas, colons, blanks or brackets, its beginning kept where the term still fits. Half a pair of brackets at an
    edge is left out.
    """
    text, printed = ground.text, ground.page.text
    low, high = ground.clause(start, end)
    for mark in ("\u3000", COVER):
        low = max(low, printed.rfind(mark, low, start) + 1)
        stop = printed.find(mark, end, high)
        high = stop if stop >= 0 else high
    low, high = _cut(text, low, high, start, end)
    low = max(low, _after_half_bracket(text, low, start))
    high = min(high, _before_half_bracket(text, low, end, high))
    while low < start and (text[low] in ")]>\"'-,:、" or printed[low].isspace()):
        low += 1
    while high > end and (text[high - 1] in "([<\"'-,:、" or printed[high - 1].isspace()):
        high -= 1
    return low, high


def _cut(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """Return bounds of at most ``QUOTE_LIMIT`` characters around a term, moved inward to places to cut."""
    is_begun = low == 0 or low > start - REACH
    if not is_begun or end - low > QUOTE_LIMIT:
        first = max(low, end - QUOTE_LIMIT * 2 // 3)
        cut = _PLACES_TO_CUT.search(text, first, start)
        low = cut.end() if cut else first
    if high - low > QUOTE_LIMIT:
        last = low + QUOTE_LIMIT
        high = max((cut.start() for cut in _PLACES_TO_CUT.finditer(text, end, last)), default=max(last, end))
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
