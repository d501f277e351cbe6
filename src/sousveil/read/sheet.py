"""Lines, cells and tables of a page, found once.

A table is rows of cells parted by ``' | '``, or a run of column heads each on its own line followed by the cells in
the same order, each on its own line: what is left of a web table whose markup was dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from sousveil.model import Page
from sousveil.read.grammar import Meaning, meaning_of
from sousveil.text.fold import fold

_LINE = re.compile(r"\S[^\n]*")
_BAR = " | "
_UNIT_LINE = re.compile(r"\([^()\n]{1,12}\)$")
_ORDINAL_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_SUM_FIELDS = frozenset(("award_amount", "bid_amount", "budget", "lot_budget", "ceiling", "total", "unit_price"))
MAX_COLUMNS = 16
MAX_ROWS = 200
"""Rows of a linearised table that are read; lists of goods beyond carry no parties."""


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


class Sheet:
    """A page folded and cut into lines, up to ``limit`` characters."""

    def __init__(self, page: Page, limit: int) -> None:
        self.page = page
        self.folded = fold(page.text[:limit])

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines that are not blank."""
        folded = self.folded
        lines: list[Line] = []
        for match in _LINE.finditer(folded):
            start, end = match.span()
            while folded[end - 1].isspace():
                end -= 1
            has_cells = folded.find(_BAR, start, end) >= 0
            lines.append(Line(start, end, folded.find(":", start, end), has_cells, folded))
        return lines

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label cell and the cell beside it."""

    meaning: Meaning
    label: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
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
    heads: list[tuple[Meaning | None, str]] = []
    row = 0
    while place < len(sheet.lines) and sheet.lines[place].has_cells:
        line = sheet.lines[place]
        cells = cells_of(sheet.folded, line.start, line.end)
        texts = [sheet.folded[start:end] for start, end in cells]
        meanings = [meaning_of(text.rstrip(": ")) if text else None for text in texts]
        known = [meaning is not None for meaning in meanings]
        if _is_head(known, texts):
            heads = list(zip(meanings, texts, strict=True))
        elif heads and len(heads) == len(cells) and not known[0]:
            row += 1
            values += [
                Value(meaning, label, row, *cell)
                for (meaning, label), cell in zip(heads, cells, strict=True)
                if meaning is not None and cell[0] < cell[1]
            ]
        else:
            row += 1
            pairs += _row_pairs(cells, texts, meanings, heads, row, values)
        place += 1
    return Block(tuple(pairs), tuple(values), place), place


def _row_pairs(
    cells: list[tuple[int, int]],
    texts: list[str],
    meanings: list[Meaning | None],
    heads: list[tuple[Meaning | None, str]],
    row: int,
    values: list[Value],
) -> list[Pair]:
    """Return label cells with the cell to their right; a shorter row under heads is read from the right."""
    pairs = []
    for number, meaning in enumerate(meanings[:-1]):
        if meaning is not None and meanings[number + 1] is None and texts[number + 1]:
            pairs.append(Pair(meaning, texts[number], cells[number][0], *cells[number + 1]))
    if not pairs and heads and 1 < len(cells) < len(heads):
        for (meaning, label), cell in zip(heads[-len(cells) :], cells, strict=True):
            if meaning is not None and cell[0] < cell[1]:
                values.append(Value(meaning, label, row, *cell))
    return pairs


def _is_head(known: list[bool], texts: list[str]) -> bool:
    """Return whether a row is a row of column heads: labels stand beside labels, and no cell is a number."""
    if len(known) < 2 or sum(known) < 1 or any(text[:1].isdigit() for text in texts):
        return False
    beside = any(left and right for left, right in zip(known, known[1:], strict=False))
    return beside and sum(known) * 2 >= len(known)


def read_columns(sheet: Sheet, place: int) -> Block | None:
    """Return a linearised table whose column heads begin at line ``place``, or None when there is none."""
    heads, first = _column_heads(sheet, place)
    if len(heads) < 2:
        return None
    lines = sheet.lines
    is_numbered = heads[0][1] == "序号"  # running number
    width = len(heads)
    values: list[Value] = []
    row = 0
    while first < len(lines) and row < MAX_ROWS:
        cells = _row_lines(lines, first, width, sheet.folded)
        if is_numbered and (not cells or sheet.folded[cells[0].start : cells[0].end] != str(row + 1)):
            break
        if len(cells) < width and (row or len(cells) < 2):
            break
        if not _fits(heads, cells, sheet.folded):
            break
        row += 1
        for (meaning, label), line in zip(heads, cells, strict=False):
            if meaning is not None:
                values.append(Value(meaning, label, row, line.start, line.end))
        first += len(cells)
    return Block((), tuple(values), first) if row else None


def _column_heads(sheet: Sheet, place: int) -> tuple[list[tuple[Meaning | None, str]], int]:
    """Return the column heads from line ``place`` on, and the first line after them."""
    lines = sheet.lines
    heads: list[tuple[Meaning | None, str]] = []
    is_numbered = sheet.folded[lines[place].start : lines[place].end] == "序号"
    first = place
    while first < len(lines) and len(heads) < MAX_COLUMNS:
        line = lines[first]
        text = sheet.folded[line.start : line.end]
        if heads and (_UNIT_LINE.match(text) or text == "(元)"):
            heads[-1] = (meaning_of(heads[-1][1] + text), heads[-1][1] + text)
        elif (
            (is_numbered and text == "1")
            or line.has_cells
            or line.colon >= 0
            or len(text) > 24
            or (not is_numbered and line.meaning is None)
            or (line.meaning is not None and line.meaning.field.startswith("head_"))
        ):
            break
        else:
            heads.append((line.meaning, text))
        first += 1
    else:
        return ([], place) if is_numbered else (heads, first)
    if is_numbered and (first >= len(lines) or sheet.folded[lines[first].start : lines[first].end] != "1"):
        return [], place
    return heads, first


def _fits(heads: list[tuple[Meaning | None, str]], cells: list[Line], folded: str) -> bool:
    """Return whether the cells of a row can stand under their heads: sums have digits, names have letters."""
    for (meaning, _), cell in zip(heads, cells, strict=False):
        text = folded[cell.start : cell.end]
        if meaning is None:
            continue
        if meaning.field in _SUM_FIELDS and not any(char.isdigit() for char in text) and len(text) > 3:
            return False
        if meaning.field in {"supplier", "candidate"} and (len(text) < 4 or text[0].isdigit()):
            return False
    return True


def _row_lines(lines: list[Line], first: int, width: int, folded: str) -> list[Line]:
    """Return the lines of one row: ``width``, or fewer where a heading or another label comes first.

    The first cell may be no label at all; later ones may hold one (评审得分：88, a score), but no heading.
    """
    cells: list[Line] = []
    for line in lines[first : first + width]:
        colon = folded.find(":", line.start, line.end)
        label = folded[line.start : colon].strip() if colon > line.start else ""
        meaning = line.meaning if colon < 0 else meaning_of(label)
        is_head = meaning is not None and (not cells or meaning.field.startswith("head_") or meaning.field == "total")
        if is_head or line.has_cells or _ORDINAL_HEAD.match(folded, line.start):
            break
        cells.append(line)
    return cells
