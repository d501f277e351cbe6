"""Entries: every place where a label that is known announces a value, whatever the layout.

Four layouts, told by what stands around the label: ``label: value``; cells of a table row beside each other; the
label on a line of its own and the value on the next; a row of column heads with rows of values below it, in cells or
one cell to a line (tables that lost their borders). Headings are followed, because 名称 (name) alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Literal, NamedTuple

from sousveil.read.columns import is_counted_head, read_columns
from sousveil.read.grammar import MAX_GRAMMAR, Meaning, meaning_of
from sousveil.read.sheet import Block, Line, Pair, Sheet, read_rows
from sousveil.read.spaced import read_spaced

Layout = Literal["colon", "cell", "line", "column"]

_BREAK = re.compile(r"[。;|!?\n]")
_ORDINAL_HEAD = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]{1,3}[章部节])")
_UNKNOWN_LABEL = re.compile(r"(?:^|(?<=\s))[^\s:,|「『“\"《(]{2,9}$")
_IS_LATIN = re.compile(r"[a-zа-яα-ω]{2}")
_UNREAD = frozenset(("other", "fee", "deposit", "panel", "original"))
"""Values that are known only so as not to be taken for others."""
_BROKEN = 5
_PARTIES = frozenset(("buyer", "agency", "supplier", "candidate"))
_BESIDE = frozenset(
    ("buyer", "agency", "supplier", "project_number", "title", "award_amount", "budget", "publication_date", "region")
)
MAX_BESIDE = 10
"""A label that only a blank parts from its value is short and one of those that need no colon to be known."""
MAX_LINE_LABEL = 40
"""A label on a line of its own is short; the longest of TED's are English headings."""
MAX_SPACED = 80
"""A line of column heads that blanks part."""
MAX_TRIES = 6
"""Places inside a text before a colon at which a label may begin; letters set apart (名 称) use two or three."""
MAX_BACK = 76
"""Characters before a colon that can belong to its label."""


class Entry(NamedTuple):
    """A label and the place of its value in one page.

    Attributes:
        field: what the label announces, with names resolved by the heading they stand under.
        rank: 1 is best.
        label: the label as folded.
        at: where the label starts.
        start: first character of the value.
        end: end of the value, exclusive; equal to ``start`` where nothing follows.
        layout: how label and value stand.
        context: heading the entry stands under (buyer, agency, supplier, candidate, title, other or nothing).
        is_lot: the label speaks of one lot.
        group: table and row of a column entry, so that a supplier finds its amount.
        old: what stood there before a correction.
    """

    field: str
    rank: int
    label: str
    at: int
    start: int
    end: int
    layout: Layout
    context: str = ""
    is_lot: bool = False
    group: tuple[int, int] | None = None
    old: str = ""


def read_entries(sheet: Sheet) -> list[Entry]:
    """Return the entries of a page in order of position."""
    reader = _Reader(sheet)
    return list(reader.entries())


class _Reader:
    """One pass over the lines of a page; keeps only the heading it is under."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.text = sheet.folded
        self.context = ""
        self.tables = 0

    def entries(self) -> Iterator[Entry]:
        lines = self.sheet.lines
        place = 0
        while place < len(lines):
            line = lines[place]
            if line.has_cells:
                place = yield from self._cells(place)
                continue
            if line.colon >= 0:
                yield from self._colons(place)
                place += 1
                continue
            place = yield from self._alone(place)

    def _cells(self, place: int) -> Generator[Entry, None, int]:
        """Read a block of rows with cells."""
        self.tables += 1
        table, after = read_rows(self.sheet, place)
        for pair in table.pairs:
            entry = self._entry(pair, "cell")
            if entry:
                yield entry
        for value in table.values:
            group = (self.tables, value.row)
            entry = self._entry(Pair(value.meaning, value.label, value.start, value.start, value.end), "column", group)
            if entry:
                yield entry
        for number in range(place, after):
            if lines_label := self._colon_rows(number):
                yield from lines_label
        return after

    def _colon_rows(self, place: int) -> list[Entry]:
        """Read ``label: value`` inside the cells of a row."""
        return list(self._colons(place)) if self.sheet.lines[place].colon >= 0 else []

    def _alone(self, place: int) -> Generator[Entry, None, int]:
        """Read a line without colon and cells: a heading, a label, the first of a run of column heads, or text."""
        line = self.sheet.lines[place]
        is_parted = self.text.find(" ", line.start, line.end) >= 0
        spaced = read_spaced(self.sheet, place) if is_parted and line.end - line.start <= MAX_SPACED else None
        if spaced is not None:
            yield from self._table(spaced)
            return spaced.after
        if line.end - line.start > MAX_LINE_LABEL or (is_parted and self._is_told_beside(line)):
            beside = self._beside(line)
            if beside is not None:
                yield beside
            return place + 1
        meaning = line.meaning
        if meaning is None and is_counted_head(self.text[line.start : line.end]):
            columns = read_columns(self.sheet, place)
            yield from self._table(columns)
            return columns.after if columns else place + 1
        if meaning is None:
            beside = self._beside(line)
            if beside is not None:
                yield beside
                return place + 1
            if _ORDINAL_HEAD.match(self.text, line.start):
                self.context = ""
            return place + 1
        if meaning.field.startswith("head_"):
            self.context = meaning.field[5:]
            return place + 1
        columns = read_columns(self.sheet, place)
        if columns is not None:
            yield from self._table(columns)
            return columns.after
        if self._is_broken_heading(place):
            return place + 2
        start, end, after = self._next_value(place)
        if start == end and meaning.field in _PARTIES:
            self.context = meaning.field
        label = self.text[line.start : line.end]
        entry = self._entry(Pair(meaning, label, line.start, start, end), "line")
        if entry:
            yield entry
        return after

    def _table(self, columns: Block | None) -> Iterator[Entry]:
        """Yield the cells of a table under their heads: one to a line, or parted by blanks."""
        self.tables += columns is not None
        for value in columns.values if columns else ():
            group = (self.tables, value.row)
            entry = self._entry(Pair(value.meaning, value.label, value.start, value.start, value.end), "column", group)
            if entry:
                yield entry

    def _is_told_beside(self, line: Line) -> bool:
        """Return whether wide blanks part a label from its value on a line (采购方式    询价)."""
        blank = self.text.find("  ", line.start, min(line.end, line.start + MAX_BESIDE + 1))
        if blank < line.start + 3:
            return False
        start, end = _trim(self.text, blank, line.end)
        label, rest = self.text[line.start : blank], self.text[start:end].partition(" ")[0]
        return meaning_of(label) is not None and meaning_of(rest) is None and not rest.endswith("公司")

    def _beside(self, line: Line) -> Entry | None:
        """Return the entry of a line whose label and value only a blank parts (采购人 某某局), or None."""
        text = self.text
        blank = text.find(" ", line.start, min(line.end, line.start + MAX_BESIDE + 1))
        if blank < line.start + 3 or text[line.start] < "\u4e00":
            return None
        meaning = meaning_of(text[line.start : blank])
        start, end = _trim(text, blank, line.end)
        if meaning is None or meaning.field not in _BESIDE or meaning_of(text[start:end].partition(" ")[0]) is not None:
            return None
        return self._entry(Pair(meaning, text[line.start : blank], line.start, start, end), "line")

    def _is_broken_heading(self, place: int) -> bool:
        """Follow a heading that a page broke in two (采购人 / 信息: buyer / details), and tell whether it did."""
        lines = self.sheet.lines
        if place + 1 >= len(lines) or lines[place + 1].end - lines[place + 1].start > _BROKEN:
            return False
        first, second = lines[place], lines[place + 1]
        meaning = meaning_of(self.text[first.start : first.end] + self.text[second.start : second.end].rstrip(": "))
        if meaning is None or not meaning.field.startswith("head_"):
            return False
        self.context = meaning.field[5:]
        return True

    def _next_value(self, place: int) -> tuple[int, int, int]:
        """Return start and end of the value on the line after a label, and the line to go on with."""
        lines = self.sheet.lines
        line = lines[place]
        following = place + 1
        if following < len(lines) and lines[following].is_colon:
            following += 1
        if following >= len(lines) or not _is_value(lines[following], self.text):
            return line.end, line.end, place + 1
        value = lines[following]
        start = value.start + (1 if self.text[value.start] == ":" else 0)
        while start < value.end and self.text[start].isspace():
            start += 1
        return start, value.end, following + (0 if value.colon >= 0 else 1)

    def _colons(self, place: int) -> Iterator[Entry]:
        line = self.sheet.lines[place]
        found = list(self._labels_of(line))
        for number, (known, at, colon) in enumerate(found):
            if known is None:
                continue
            limit = found[number + 1][1] if number + 1 < len(found) else line.end
            start, end = _trim(self.text, colon + 1, limit)
            if line.has_cells:
                bar = self.text.find(" | ", start, end)
                start, end = _trim(self.text, start, end if bar < 0 else bar)
            if start == end and number + 1 == len(found) and not line.has_cells:
                start, end, _ = self._next_value(place)
            meaning, label = known, self.text[at:colon]
            if place and at == line.start and colon - at <= 2:
                meaning, label = self._rebuilt(place, meaning, label)
            entry = self._entry(Pair(meaning, label, at, start, end), "colon")
            if entry:
                yield entry

    def _labels_of(self, line: Line) -> Iterator[tuple[Meaning | None, int, int]]:
        """Yield meaning (None for a label that is not known), start and colon of the labels of a line."""
        text = self.text
        colon = line.colon
        reached = line.start
        while 0 <= colon < line.end:
            if not _is_time(text, colon):
                meaning, at = self._label_before(max(reached, colon - MAX_BACK), colon, line.start)
                if at >= 0:
                    yield meaning, at, colon
                reached = colon + 1
            colon = text.find(":", colon + 1, line.end)

    def _label_before(self, begin: int, colon: int, line_start: int) -> tuple[Meaning | None, int]:
        text = self.text
        for stop in _BREAK.finditer(text, begin, colon):
            begin = stop.end()
        while begin < colon and text[begin].isspace():
            begin += 1
        found = self._longest_label(begin, colon, line_start)
        if found is not None:
            return found
        if begin == line_start and colon - line_start <= 2:
            return self._rebuild_meaning(line_start, colon), line_start
        match = _UNKNOWN_LABEL.search(text[begin:colon].rstrip())
        if match and match.start() == 0 and text[begin - 1 : begin] == ":":
            return None, -1  # a colon inside a value
        if match is None or any(char.isdigit() for char in match.group()):
            return None, -1
        at = begin + match.start()
        is_word = _IS_LATIN.match(text, at) is not None and self.sheet.page.text[at].islower()
        return None, -1 if is_word else at  # a small letter goes on with the sentence: w ramach zadania: Opracowanie …

    def _longest_label(self, begin: int, colon: int, line_start: int) -> tuple[Meaning, int] | None:
        """Return the label that ends at a colon: the shortest one, or a longer one that the table has as it is.

        Words of other scripts are a label behind a wide space or a sentence; behind the value of another label of
        the line their capital is enough (Órgano: Ayuntamiento de Motril Provincia: Granada).
        """
        text = self.text
        whole = meaning_of(text[begin:colon].rstrip())
        if whole is not None and whole.is_whole:
            return whole, begin
        best: tuple[Meaning, int] | None = None
        starts = [
            place + 1
            for place in range(max(begin, colon - MAX_GRAMMAR), colon)
            if text[place] in " \t,()" or (text[place].isdigit() and text[place + 1] >= "\u4e00")
        ]
        for start in (*reversed(starts[-MAX_TRIES:]), begin):
            label = text[start:colon].strip()
            is_cut = ")" in label and "(" not in label[: label.find(")")]
            meaning = None if is_cut else meaning_of(label)  # 按得分由高到低): the end of a note in brackets
            if meaning is None or (best is not None and not meaning.is_whole):
                continue
            is_latin = _IS_LATIN.match(label) is not None
            is_second = begin > line_start and self.sheet.page.text[start].isupper()
            if is_latin and start > begin and text[start - 2 : start] not in {"  ", ". "} and not is_second:
                continue
            best = (meaning, start)
        if best is not None and best[0].field == "name" and best[1] > begin:
            head = meaning_of(text[begin : best[1]].strip())
            if head is not None and (head.field.startswith("head_") or head.field in {"buyer", "agency"}):
                self.context = head.field.removeprefix("head_")
        return best

    def _rebuild_meaning(self, start: int, colon: int) -> Meaning | None:
        place = self.sheet.line_at(start)
        label = self._vertical(place, self.text[start:colon])
        return meaning_of(label) if label else None

    def _vertical(self, place: int, tail: str) -> str:
        """Return a label written one character to a line (采, 购, 人: buyer), or nothing."""
        word = tail.strip()
        for back in range(place - 1, max(-1, place - 6), -1):
            line = self.sheet.lines[back]
            if line.end - line.start != 1:
                break
            word = self.text[line.start] + word
        return word if len(word) > len(tail.strip()) else ""

    def _rebuilt(self, place: int, meaning: Meaning, label: str) -> tuple[Meaning, str]:
        word = self._vertical(place, label)
        longer = meaning_of(word) if word else None
        return (longer, word) if longer else (meaning, label)

    def _entry(self, pair: Pair, layout: Layout, group: tuple[int, int] | None = None) -> Entry | None:
        """Return the entry of a label and its value, or None for a heading, which is followed instead."""
        field, rank = pair.meaning.field, pair.meaning.rank
        if field.startswith("head_"):
            if pair.start == pair.end or layout == "column":
                self.context = field[5:]
                return None
            if field != "head_other":
                self.context = field[5:]
            field = {"head_supplier": "supplier", "head_candidate": "candidate"}.get(field, "other")
            rank = 4
        if field in _UNREAD:
            return None
        if field == "name":
            field, rank = (_named(self.context), 2) if layout != "column" else ("bidder", 2)
        is_lot = pair.meaning.is_lot
        return Entry(
            field, rank, pair.label, pair.at, pair.start, pair.end, layout, self.context, is_lot, group, pair.old
        )


def _named(context: str) -> str:
    """Return whose name a bare 名称 (name) is, by the heading above."""
    return context if context in {"buyer", "agency", "supplier", "candidate"} else "name"


def _is_value(line: Line, text: str) -> bool:
    """Return whether a line can be the value of the label before it: no label, no row of a table, no heading."""
    if line.meaning is not None or line.has_cells or _ORDINAL_HEAD.match(text, line.start):
        return False
    if line.colon < 0 or line.colon == line.start:
        return True
    return meaning_of(text[line.start : line.colon].strip()) is None


def _is_time(text: str, colon: int) -> bool:
    """Return whether a colon stands in a time, an address of the web, or between digits."""
    after = text[colon + 1 : colon + 3]
    return after == "//" or (
        text[colon - 1 : colon].isdigit() and after[:1].isdigit() and text[colon - 3 : colon - 2] != "."
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
