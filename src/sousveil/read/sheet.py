"""Lines, cells and tables of a page, found once.

A table is rows of cells parted by ``' | '``, or a run of column heads each on its own line followed by the cells in
the same order, each on its own line: what is left of a web table whose markup was dropped. Where the document has the
table's grid, a cell stands under the head of its column, though merged cells leave gaps in its row, and though the head
stands on a page before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sousveil.model import Cell, Page, Table
from sousveil.read.grammar import Meaning, meaning_of
from sousveil.text.fold import fold

_LINE = re.compile(r"\S[^\n]*")
_CELL = re.compile(r"\S(?:[^\n\t ]|[\t ](?![\t ]{7}))*")
_WIDE = " " * 8
"""Eight blanks part cells: what is left of a table whose markup was dropped; each cell becomes a line."""
_BAR = " | "
_EDGE = "| \t\u3000"
_LEAST_RUN = 160
_LEAST_CUTS = 2
_SECTION = re.compile(r"(?<=\S)[ ](?=[一二三四五六七八九十]{1,2}、[\u4e00-\u9fff])")
_BULLETS = ("- ", "• ", "* ", "· ")
"""A list of labels and values, one to a line: what is left of a list of definitions."""


@dataclass(slots=True)
class Line:
    """One line that is not blank, trimmed.

    Attributes:
        start: first character.
        end: end, exclusive.
        colon: place of its first colon, -1 without.
        has_cells: its cells are parted by bars.
        text: the page, folded.
    """

    start: int
    end: int
    colon: int
    has_cells: bool
    text: str
    _meaning: Meaning | None = None
    _is_asked: bool = False

    @property
    def meaning(self) -> Meaning | None:
        """What the whole line announces when it is a label (asked once)."""
        if not self._is_asked:
            self._is_asked = True
            if self.end - self.start <= 60 and not self.has_cells:
                self._meaning = meaning_of(self.text[self.start : self.end].rstrip(": "))
        return self._meaning

    @property
    def is_colon(self) -> bool:
        """Whether the line is a colon and nothing else."""
        return self.colon == self.start and self.end - self.start == 1


class Head(NamedTuple):
    """A head of a column: what it announces, its words, and the columns it stands over; None where there is no grid."""

    meaning: Meaning | None
    label: str
    columns: tuple[int, int] | None = None


class Sheet:
    """A page folded and cut into lines, up to ``limit`` characters."""

    def __init__(self, page: Page, limit: int, tables: Iterable[Table] = ()) -> None:
        self.page = page
        self.folded = fold(page.text[:limit])
        self.tables = tables
        self.heads_before: dict[int, list[Head]] = {}
        """First character of a table that goes on from the page before -> its heads, which stand there."""

    @cached_property
    def grid(self) -> dict[int, Cell]:
        """Return first character -> cell, for the cells of all tables."""
        return {cell.start: cell for table in self.tables for cell in table.cells}

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines that are not blank."""
        folded = self.folded
        is_wide = _WIDE in folded or "\t" in folded
        has_bars = _BAR in folded
        pattern = _CELL if is_wide else _LINE
        lines = [_line(folded, *match.span(), has_bars=has_bars) for match in pattern.finditer(folded)]
        lines = [part for line in lines for part in _parted(line)]
        return _joined(lines, folded) if "|" in folded else lines

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)


def _line(folded: str, start: int, end: int, *, has_bars: bool) -> Line:
    while folded[end - 1].isspace():
        end -= 1
    if folded.startswith(_BULLETS, start, end):
        start += 2
        while start < end - 1 and folded[start].isspace():
            start += 1
    has_cells = has_bars and folded.find(_BAR, start, end) >= 0
    if not has_cells and "|" in (folded[start], folded[end - 1]):
        start, end = _without_bars(folded, start, end)
    return Line(start, end, folded.find(":", start, end), has_cells, folded)


def _without_bars(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return one cell that stands on a line of its own, without the bar that parts it from the cells around it."""
    while start < end and folded[start] in _EDGE:
        start += 1
    while end > start and folded[end - 1] in _EDGE:
        end -= 1
    return start, end


def _parted(line: Line) -> list[Line]:
    """Return a line, or its sections where a page has run numbered sections together (… 二、项目名称 … 三、…)."""
    if line.end - line.start < _LEAST_RUN or line.has_cells:
        return [line]
    cuts = [match.end() for match in _SECTION.finditer(line.text, line.start, line.end)]
    if len(cuts) < _LEAST_CUTS:
        return [line]
    starts = [line.start, *cuts]
    ends = [*(cut - 1 for cut in cuts), line.end]
    return [
        _line(line.text, start, end, has_bars=False) for start, end in zip(starts, ends, strict=True) if end > start
    ]


def _whole_heads(lines: list[Line], folded: str) -> list[Line]:
    """Return lines with a row of heads that a break inside a cell cut in two as one: the rows below have all cells."""
    found: list[Line] = []
    for place, line in enumerate(lines):
        last = found[-1] if found else None
        follow = lines[place + 1] if place + 1 < len(lines) else None
        if last and follow and last.has_cells and line.has_cells and follow.has_cells and folded[last.end - 1] == "|":
            first, second, third = (_cells_of(each, folded) for each in (last, line, follow))
            if third <= first + second <= third + 1 and third > max(first, second):
                found[-1] = Line(last.start, line.end, -1, has_cells=True, text=folded)
                continue
        found.append(line)
    return found


def _cells_of(line: Line, folded: str) -> int:
    return folded[line.start : line.end].strip(_EDGE).count(_BAR) + 1


def _joined(lines: list[Line], folded: str) -> list[Line]:
    """Return lines without those that are only a bar, and cells that go on in the next line as one.

    In a table with one cell to a line each cell begins with a bar; a line without one goes on with the cell before
    it. A bar alone ends a row.
    """
    found: list[Line] = []
    is_open = False
    for each in _whole_heads(lines, folded):
        line = each
        if line.start == line.end:
            is_open = False
            continue
        is_led = folded[line.start - 2 : line.start] == "| " or folded[line.start - 1 : line.start] == "|"
        is_led = is_led and not line.has_cells
        if is_open and not is_led and not line.has_cells:
            last = found.pop()
            line = Line(last.start, line.end, folded.find(":", last.start, line.end), has_cells=False, text=folded)
        else:
            is_open = is_led
        found.append(line)
    return found


class Pair(NamedTuple):
    """A label cell and the cell beside it."""

    meaning: Meaning
    label: str
    at: int
    start: int
    end: int
    old: str = ""
    """What stood there before a correction."""


class Value(NamedTuple):
    """A cell under a column head."""

    meaning: Meaning
    label: str
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """What a table says; ``after`` is the line to go on with."""

    pairs: tuple[Pair, ...]
    values: tuple[Value, ...]
    after: int


def cells_of(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return start and end of the cells of a row, trimmed."""
    cells: list[tuple[int, int]] = []
    while True:
        bar = folded.find(_BAR, start, end)
        stop = end if bar < 0 else bar
        first, last = start, stop
        while first < last and folded[first].isspace():
            first += 1
        while last > first and folded[last - 1].isspace():
            last -= 1
        cells.append((first, last))
        if bar < 0:
            return cells
        start = bar + len(_BAR)


def read_rows(sheet: Sheet, place: int) -> tuple[Block, int]:
    """Return what a block of rows with cells says, and the line after it."""
    pairs: list[Pair] = []
    values: list[Value] = []
    heads = sheet.heads_before.get(sheet.lines[place].start, [])
    row = 0
    while place < len(sheet.lines) and sheet.lines[place].has_cells:
        line = sheet.lines[place]
        cells = cells_of(sheet.folded, line.start, line.end)
        texts = [sheet.folded[start:end] for start, end in cells]
        meanings = [meaning_of(text.rstrip(": ")) if text else None for text in texts]
        heads = sheet.heads_before.get(line.start, heads)
        place += 1
        if _is_head([meaning is not None for meaning in meanings], texts) or _goes_on_head(sheet, heads, cells):
            heads = _heads(sheet, cells, meanings, heads)
            continue
        row += 1
        columns = [_columns_of(sheet, start) for start, _ in cells]
        is_row = bool(heads) and meanings[0] is None and (len(heads) == len(cells) or _are_under(heads, columns))
        beside = [] if is_row else _beside(cells, texts, meanings)
        beside = _changed(heads, cells, texts, meanings) or beside
        pairs += beside
        if not beside:
            values += _under(heads, cells, columns, row)
    return Block(tuple(pairs), tuple(values), place), place


_BEFORE, _AFTER = (
    re.compile(r"(?:更正|变更|修改|调整|澄清)?前|原(?!因)"),
    re.compile(r"(?:更正|变更|修改|调整|澄清)(?:后|为)|^现"),
)


def _changed(
    heads: list[Head], cells: list[tuple[int, int]], texts: list[str], meanings: list[Meaning | None]
) -> list[Pair]:
    """Return the corrected value of a row of changes: a label, the old value, the new value under their heads."""
    if len(heads) != len(cells):
        return []
    new = next((n for n, head in enumerate(heads) if _AFTER.search(head.label)), None)
    old = next((n for n, head in enumerate(heads) if _BEFORE.match(head.label)), None)
    named = next((n for n, meaning in enumerate(meanings) if meaning is not None), None)
    if new is None or named is None or named >= new or not texts[new]:
        return []
    meaning = meanings[named]
    assert meaning is not None
    return [Pair(meaning, texts[named], cells[named][0], *cells[new], texts[old] if old is not None else "")]


def head_of(cells: Iterable[Cell], texts: Iterable[str]) -> list[Head]:
    """Return the heads that cells of a table are, for the pages that it goes on to; none where they are no heads."""
    texts = list(texts)
    meanings = [meaning_of(text.rstrip(": ")) for text in texts]
    found = [
        Head(meaning, text, (cell.column, cell.column + cell.column_span))
        for cell, text, meaning in zip(cells, texts, meanings, strict=True)
    ]
    return found if any(meanings) else []


def _columns_of(sheet: Sheet, start: int) -> tuple[int, int] | None:
    cell = sheet.grid.get(start)
    return (cell.column, cell.column + cell.column_span) if cell else None


def _goes_on_head(sheet: Sheet, heads: list[Head], cells: list[tuple[int, int]]) -> bool:
    """Return whether a row below heads is a second row of them: the document says that all its cells are heads."""
    found = [sheet.grid.get(start) for start, end in cells if start < end]
    return bool(heads) and all(cell is not None and cell.is_header for cell in found)


def _heads(
    sheet: Sheet, cells: list[tuple[int, int]], meanings: list[Meaning | None], before: list[Head]
) -> list[Head]:
    """Return the heads of a row; below a merged head, the heads of the row above that it leaves standing."""
    found = [
        Head(meaning, sheet.folded[start:end], _columns_of(sheet, start))
        for (start, end), meaning in zip(cells, meanings, strict=True)
    ]
    if not _goes_on_head(sheet, before, cells):
        return found
    told = [head for head in found if head.meaning is not None]
    return [*told, *(head for head in before if head.columns)]


def _are_under(heads: list[Head], columns: list[tuple[int, int] | None]) -> bool:
    """Return whether the grid tells of each cell of a row that it stands below a head."""
    places = [place for place in columns if place is not None]
    return len(places) > 1 and all(_head_over(heads, place) is not None for place in places)


def _head_over(heads: list[Head], place: tuple[int, int]) -> Head | None:
    return next((head for head in heads if head.columns and head.columns[0] <= place[0] < head.columns[1]), None)


def _under(
    heads: list[Head], cells: list[tuple[int, int]], columns: list[tuple[int, int] | None], row: int
) -> list[Value]:
    """Return the cells of a row under their heads: by the grid, else in order.

    A row that is shorter then lacks its first cells, which span several rows.
    """
    if _are_under(heads, columns):
        over = [_head_over(heads, place) if place else None for place in columns]
    elif len(cells) <= len(heads):
        over = [*heads[len(heads) - len(cells) :]]
    else:
        return []
    return [
        Value(head.meaning, head.label, row, *cell)
        for head, cell in zip(over, cells, strict=True)
        if head is not None and head.meaning is not None and cell[0] < cell[1]
    ]


def _beside(cells: list[tuple[int, int]], texts: list[str], meanings: list[Meaning | None]) -> list[Pair]:
    """Return label cells with the cell to their right."""
    return [
        Pair(meaning, texts[number], cells[number][0], *cells[number + 1])
        for number, meaning in enumerate(meanings[:-1])
        if meaning is not None and meanings[number + 1] is None and texts[number + 1]
    ]


def _is_head(known: list[bool], texts: list[str]) -> bool:
    """Return whether a row is a row of column heads: labels stand beside labels, and no cell is a number."""
    if len(known) < 2 or sum(known) < 1 or any(text[:1].isdigit() for text in texts):
        return False
    beside = any(left and right for left, right in pairwise(known))
    return beside and sum(known) * 2 >= len(known)
