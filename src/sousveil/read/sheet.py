"""Lines, cells and tables of a page, found once.

A table is rows of cells parted by ``' | '``, or a run of column heads each on its own line followed by the cells in
the same order, each on its own line: what is left of a web table whose markup was dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sousveil.model import Page
from sousveil.read.grammar import Meaning, meaning_of
from sousveil.text.fold import fold

_LINE = re.compile(r"\S[^\n]*")
_CELL = re.compile(r"\S(?:[^\n\t ]|[\t ](?![\t ]{7}))*")
_WIDE = " " * 8
"""Eight blanks part cells: what is left of a table whose markup was dropped; each cell becomes a line."""
_BAR = " | "


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
        is_wide = _WIDE in folded or "\t" in folded
        has_bars = _BAR in folded
        pattern = _CELL if is_wide else _LINE
        return [_line(folded, *match.span(), has_bars=has_bars) for match in pattern.finditer(folded)]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)


def _line(folded: str, start: int, end: int, *, has_bars: bool) -> Line:
    while folded[end - 1].isspace():
        end -= 1
    return Line(start, end, folded.find(":", start, end), has_bars and folded.find(_BAR, start, end) >= 0, folded)


class Pair(NamedTuple):
    """A label cell and the cell beside it."""

    meaning: Meaning
    label: str
    at: int
    start: int
    end: int


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
    heads: list[tuple[Meaning | None, str]] = []
    row = 0
    while place < len(sheet.lines) and sheet.lines[place].has_cells:
        line = sheet.lines[place]
        cells = cells_of(sheet.folded, line.start, line.end)
        texts = [sheet.folded[start:end] for start, end in cells]
        meanings = [meaning_of(text.rstrip(": ")) if text else None for text in texts]
        place += 1
        if _is_head([meaning is not None for meaning in meanings], texts):
            heads = list(zip(meanings, texts, strict=True))
            continue
        row += 1
        beside = [] if heads and len(heads) == len(cells) and meanings[0] is None else _beside(cells, texts, meanings)
        pairs += beside
        if not beside and len(cells) <= len(heads):
            # a row that is shorter lacks its first cells, which span several rows
            values += _under(heads[len(heads) - len(cells) :], cells, row)
    return Block(tuple(pairs), tuple(values), place), place


def _under(heads: list[tuple[Meaning | None, str]], cells: list[tuple[int, int]], row: int) -> list[Value]:
    """Return the cells of a row under their heads."""
    return [
        Value(meaning, label, row, *cell)
        for (meaning, label), cell in zip(heads, cells, strict=True)
        if meaning is not None and cell[0] < cell[1]
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
