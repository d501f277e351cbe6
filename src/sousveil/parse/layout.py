"""Pages of clean text, and the offsets of every table cell in them, built line by line.

All readers write through one ``Layout``: it alone decides what a line looks like, so that offsets hold by
construction. A line has no control characters, single blanks, and none at its ends; at most one line in a row is
empty; a table row is one line, its cells parted by ``' | '``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sousveil.model import Cell, Page, Table, TextBox
from sousveil.parse.heads import head_depth
from sousveil.parse.scan.pictures import Pictures
from sousveil.settings import Limits

SEPARATOR = " | "
"""Stands between two cells of a row."""

MAX_EMPTY_CELLS = 3
"""Empty cells written between two filled ones; a spreadsheet with a remark in column XFD would fill the page with
separators otherwise. The cell's true column is in the table."""

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # soft hyphen, zero-width space, direction marks
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"  # lone surrogates, noncharacters, annotation marks
)

_BLANKS = re.compile(r"\s+")


def clean_line(raw: str) -> str:
    r"""Return ``raw`` on one line: invisible characters gone, each run of white space one blank, none at the ends.

    A run with a Chinese blank stays one: it parts what a line says one after the other, as a comma does elsewhere.

    >>> clean_line(" 视频\u200b监控 \t 系统 \x00"), clean_line("发布时间：2026-01-02\u3000 来源：某网")
    ('视频监控 系统', '发布时间：2026-01-02\u3000来源：某网')
    """
    if _DROPPED.search(raw):
        raw = _DROPPED.sub("", raw)
    if "\u3000" in raw:
        return _BLANKS.sub(lambda run: "\u3000" if "\u3000" in run.group() else " ", raw.strip())
    return " ".join(raw.split())


@dataclass(frozen=True, slots=True)
class Box:
    """One cell on its way to the page: grid column, clean text, spans."""

    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    seen: tuple[TextBox, ...] = ()
    """Where its words stand on a picture, by their offsets in ``text``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands on a page.

    Attributes:
        edges: of its columns, rising, in points.
        above: lines and rows of the page before it.
        below: the same behind it.
    """

    edges: tuple[float, ...]
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table on its way to the page.

    Attributes:
        table: any number that the rows of a table share, on all its pages.
        row: its number in the table; a row that a page end cut has one number on both pages.
        boxes: its filled cells, by column.
        place: where the table stands on its page, in formats that draw their tables.
        continues: whether the row stands in a part of its table that is not the first, where pages are given.
    """

    table: int
    row: int
    boxes: tuple[Box, ...]
    place: Place | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A clean line that was recognised on a picture, with the places of its words by their offsets in it."""

    text: str
    boxes: tuple[TextBox, ...]


Item = str | Row | Seen
"""A clean line, or a row of a table."""


def text_of(item: Item) -> str:
    """Return the words of a line, or those of a row's cells with blanks between them."""
    if isinstance(item, Row):
        return " ".join(box.text for box in item.boxes)
    return item.text if isinstance(item, Seen) else item


@dataclass(slots=True)
class _OpenTable:
    """What of a table stands on the page that is being written.

    Attributes:
        key: the number that its rows share.
        continues: whether its first rows stand on the page before.
        cells: so far.
        head_end: row behind its head; -1 while none was looked for.
    """

    key: int
    continues: bool
    cells: list[Cell]
    head_end: int = -1

    def is_head(self, row: Row) -> bool:
        """Return whether a row belongs to the head; the first row with two cells decides how far that reaches."""
        if self.head_end < 0 and len(row.boxes) > 1:
            is_told = self.continues or any(box.is_header for box in row.boxes)
            depth = (
                0
                if is_told
                else head_depth([box.text for box in row.boxes], [(box.row_span, box.column_span) for box in row.boxes])
            )
            self.head_end = row.row + depth
        return row.row < self.head_end


def is_page_number(item: Item) -> bool:
    """Return whether a line of a header or footer is a number alone, which is no text.

    >>> is_page_number("12"), is_page_number("12 pages")
    (True, False)
    """
    return isinstance(item, str) and len(item) < 4 and item.isdigit()


class Layout:
    """Collects lines and rows into pages; stops at the limits and says so in ``marks``.

    A page that would grow beyond ``max_page_chars`` is continued on a next one: pages of running text are only a
    measure of length.
    """

    def __init__(self, limits: Limits, pictures: Pictures | None = None) -> None:
        self.limits = limits
        self.pictures = pictures or Pictures(limits)
        """Who reads the pictures that a reader comes upon."""
        self.marks: list[str] = []
        self.is_full = False
        """True once a limit is reached: what is added from now on is dropped."""
        self._pages: list[Page] = []
        self._tables: list[Table] = []
        self._open_tables: list[_OpenTable] = []
        self._broken: dict[int, int] = {}
        """Last rows of the tables on the page before, where that page ended only because it was full."""
        self._parts: list[str] = []
        self._length = 0
        self._total = 0
        self._cells = 0
        self._label = ""
        self._has_page = False
        self._boxes: list[TextBox] = []

    @property
    def has_text(self) -> bool:
        """Whether anything but blanks has been written."""
        return self._total > 0

    @property
    def char_count(self) -> int:
        """Characters written so far, line ends not counted."""
        return self._total

    @property
    def page_number(self) -> int:
        """Number of the page that is being written, from 1."""
        return len(self._pages) + 1

    def start_page(self, label: str = "") -> None:
        """End the page before, if any (an empty one stays as an empty page), and begin a new one."""
        if self._has_page:
            self._end_page()
        self._broken = {}
        self._label = label
        self._has_page = True

    def add(self, item: Item) -> None:
        """Write one line or one row."""
        if isinstance(item, Row):
            self.add_row(item)
        elif isinstance(item, Seen):
            self._add_seen(item)
        else:
            self.add_line(item)

    def _add_seen(self, line: Seen) -> None:
        self._begin(len(line.text))
        offset = self._length
        if len(line.text) > self.limits.max_page_chars:
            self.add_line(line.text)
        elif self._write(line.text):
            self._put_boxes(line.boxes, offset)

    def _put_boxes(self, boxes: Sequence[TextBox], offset: int) -> None:
        self._boxes += [replace(box, start=box.start + offset, end=box.end + offset) for box in boxes]

    def add_line(self, line: str) -> None:
        """Write one clean line; an empty one parts paragraphs and is written only between two that are filled."""
        if not line:
            if self._parts and self._parts[-1]:
                self._parts.append("")
                self._length += 1
            return
        while len(line) > self.limits.max_page_chars:
            self._begin(self.limits.max_page_chars)
            self._write(line[: self.limits.max_page_chars])
            line = line[self.limits.max_page_chars :]
        self._begin(len(line))
        self._write(line)

    def add_row(self, row: Row) -> None:
        """Write one table row as a line, and remember where its cells stand."""
        pieces, starts, length = _join([box for box in row.boxes if box.text])
        if not pieces or length > self.limits.max_page_chars or self._cells + len(starts) > self.limits.max_cells:
            if pieces:
                self._mark_cells()
                self.add_line("".join(pieces))
            return
        self._begin(length)
        offset = self._length
        if not self._write("".join(pieces)):
            return
        self._cells += len(starts)
        table = self._table_of(row)
        is_head = table.is_head(row)
        for box, start in starts:
            at = offset + start
            end = at + len(box.text)
            is_header = box.is_header or is_head
            table.cells.append(Cell(row.row, box.column, at, end, box.row_span, box.column_span, is_header))
            self._put_boxes(box.seen, at)

    def mark(self, words: str) -> None:
        """Note once what is missing or doubtful."""
        if words not in self.marks:
            self.marks.append(words)

    def finish(self) -> tuple[tuple[Page, ...], tuple[Table, ...], tuple[str, ...]]:
        """Return pages, tables and marks; the layout is used up."""
        if self._has_page or self._parts:
            self._end_page()
        return tuple(self._pages), tuple(self._tables), tuple(self.marks)

    def _table_of(self, row: Row) -> _OpenTable:
        """Return the table that a row belongs to; a row number that does not rise begins a new one."""
        last = next((table for table in reversed(self._open_tables) if table.key == row.table), None)
        if last is not None and last.cells[-1].row < row.row:
            return last
        is_rest = row.continues or (last is None and self._broken.get(row.table, row.row) < row.row)
        self._open_tables.append(_OpenTable(row.table, is_rest, []))
        return self._open_tables[-1]

    def _mark_cells(self) -> None:
        if self._cells >= self.limits.max_cells // 2:
            self.mark(f"more than {self.limits.max_cells:,} table cells: the rest is text without cell positions")
        else:
            self.mark("a table row is longer than a page: text without cell positions")

    def _begin(self, length: int) -> None:
        """Make sure that ``length`` characters fit on the page."""
        if self._length and self._length + length > self.limits.max_page_chars:
            label = self._label
            self._end_page()
            self._label, self._has_page = label, True

    def _write(self, line: str) -> bool:
        """Write a line and return True, or return False when a limit is reached."""
        if self.is_full:
            return False
        if len(self._pages) >= self.limits.max_pages:
            self.is_full = True
            self.mark(f"more than {self.limits.max_pages:,} pages: the rest is not read")
            return False
        if self._total + len(line) > self.limits.max_text_chars:
            self.is_full = True
            self.mark(f"more than {self.limits.max_text_chars:,} characters: the rest is not read")
            return False
        self._parts.append(line)
        self._length += len(line) + 1
        self._total += len(line)
        return True

    def _end_page(self) -> None:
        number = self.page_number
        if number <= self.limits.max_pages:
            if self._parts and not self._parts[-1]:
                self._parts.pop()
            self._pages.append(Page(number, "\n".join(self._parts), self._label, boxes=tuple(self._boxes)))
            self._tables += [Table(number, tuple(table.cells), table.continues) for table in self._open_tables]
        self._parts, self._boxes = [], []
        self._broken = {table.key: table.cells[-1].row for table in self._open_tables}
        self._open_tables = []
        self._length = 0
        self._label = ""
        self._has_page = False


def _join(boxes: Sequence[Box]) -> tuple[list[str], list[tuple[Box, int]], int]:
    """Return the pieces of a row's line, each box with its offset in it, and the line's length.

    Empty cells between two filled ones leave their separators, so that ``split(' | ')`` finds them; those at the
    ends of a row are left out.
    """
    pieces: list[str] = []
    starts: list[tuple[Box, int]] = []
    length = 0
    next_column = 0
    for box in boxes:
        if pieces:
            empty = min(max(box.column - next_column, 0), MAX_EMPTY_CELLS)
            pieces.append(SEPARATOR * (empty + 1))
            length += len(SEPARATOR) * (empty + 1)
        starts.append((box, length))
        pieces.append(box.text)
        length += len(box.text)
        next_column = box.column + box.column_span
    return pieces, starts, length
