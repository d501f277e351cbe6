"""Cells in the order of the text -> tables: for formats that mark where a cell and a row end (DOC, RTF).

Such a row says how far its cells reach, not in which column they stand. The columns of a table are the edges of all its
rows together: a cell that reaches over two of them spans two columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sousveil.parse.grid import MAX_SPAN, CellDraft, TableDraft, finish_table
from sousveil.parse.layout import Item

_SAME_EDGE_TWIPS = 60
"""Edges nearer than this are one: a millimetre. Programs round, and people draw tables by hand."""

_MAX_CELLS = 200
"""Cells of one row; Word allows 63."""

MAX_LEVELS = 20
"""Tables inside tables; deeper ones are read as the text of the cell around them."""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a file says of a row beside its text.

    Attributes:
        edges: positions of the edges of its cells in twips, the left edge of the row first; or none.
        is_header: whether it is a head.
        below: for each cell, whether it is only the rest of a merged cell that begins in a row above.
    """

    edges: tuple[int, ...] = ()
    is_header: bool = False
    below: tuple[bool, ...] = ()


class RowDraft:
    """A plan while a file tells it word by word, as RTF does; the words come with a number or without."""

    def __init__(self) -> None:
        self.take(RowPlan())

    def take(self, plan: RowPlan) -> None:
        """Go on with a plan that was put aside."""
        self.edges, self.is_header, self.below, self.is_below = [*plan.edges], plan.is_header, [*plan.below], False

    def plan(self) -> RowPlan:
        """Return what was told so far."""
        return RowPlan(tuple(self.edges), self.is_header, tuple(self.below))

    def start(self, _number: int | None) -> None:
        """Begin a row; the left edge of its first cell is 0 until it is told."""
        self.take(RowPlan((0,)))

    def head(self, _number: int | None) -> None:
        """Take that the row is a head."""
        self.is_header = True

    def set_left(self, number: int | None) -> None:
        """Take the left edge of the first cell."""
        if self.edges:
            self.edges[0] = number or 0

    def merge(self, _number: int | None) -> None:
        """Take that the next cell is the rest of one above."""
        self.is_below = True

    def add_edge(self, number: int | None) -> None:
        """Take the right edge of a cell, which ends what is said of it."""
        if len(self.edges) < _MAX_CELLS:
            self.edges.append(number or 0)
            self.below.append(self.is_below)
        self.is_below = False


@dataclass(frozen=True, slots=True)
class _EndedRow:
    """The cells of a row, and its plan as far as it is believed."""

    cells: list[list[Item]]
    plan: RowPlan

    @property
    def edges(self) -> tuple[int, ...]:
        """Edges of the cells, or none."""
        return self.plan.edges


@dataclass(slots=True)
class _Level:
    """What was read at one depth of nesting and has not ended: lines of a cell, cells of a row, rows of a table."""

    lines: list[Item] = field(default_factory=list)
    cells: list[list[Item]] = field(default_factory=list)
    rows: list[_EndedRow] = field(default_factory=list)


class Rowwise:
    """Takes lines and the ends of cells and rows, each with its depth: 0 is the page, 1 a table on it."""

    def __init__(self) -> None:
        self._levels = [_Level()]
        self._table_count = 0

    def add_line(self, level: int, line: str) -> None:
        """Take a clean line; an empty one is dropped."""
        found = self._go_to(level)
        if line:
            found.lines.append(line)

    def end_cell(self, level: int) -> None:
        """End a cell."""
        found = self._go_to(level)
        found.cells.append(found.lines)
        found.lines = []

    def end_row(self, level: int, plan: RowPlan) -> None:
        """End a row; its plan has one edge more than cells, or is not believed."""
        found = self._go_to(level)
        if found.lines:
            found.cells.append(found.lines)
            found.lines = []
        if found.cells:
            is_sound = len(plan.edges) == len(found.cells) + 1 and list(plan.edges) == sorted(plan.edges)
            found.rows.append(_EndedRow(found.cells, plan if is_sound else RowPlan(is_header=plan.is_header)))
            found.cells = []

    def finish(self) -> list[Item]:
        """End everything and return lines and rows."""
        return self._go_to(0).lines

    def _go_to(self, level: int) -> _Level:
        """End the tables deeper than ``level``, open those up to it, and return it."""
        level = max(0, min(level, MAX_LEVELS))
        while len(self._levels) - 1 > level:
            ended = self._levels.pop()
            around = self._levels[-1].lines
            around += self._lay(ended.rows)
            for cell in ended.cells:
                around += cell
            around += ended.lines
        while len(self._levels) - 1 < level:
            self._levels.append(_Level())
        return self._levels[-1]

    def _lay(self, rows: list[_EndedRow]) -> list[Item]:
        columns = _columns(rows)
        self._table_count += 1
        table = TableDraft(self._table_count, 0)
        out: list[Item] = []
        for row in rows:
            table.start_row()
            table.is_header_row = row.plan.is_header
            below = (*row.plan.below, *(False for _ in row.cells))
            table.cells = [
                CellDraft(items, 1, span, is_header=False, is_below=is_below)
                for items, span, is_below in zip(row.cells, _spans(row, columns), below[: len(row.cells)], strict=True)
            ]
            out += table.end_row()
        finish_table(out, table)
        return out


def _columns(rows: Sequence[_EndedRow]) -> list[int]:
    """Return the edges of all rows, those that are nearly the same as one."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not columns or edge - columns[-1] > _SAME_EDGE_TWIPS:
            columns.append(edge)
    return columns


def _spans(row: _EndedRow, columns: list[int]) -> list[int]:
    """Return over how many columns each cell of a row reaches; a row that begins further right loses that place."""
    if not row.edges:
        return [1] * len(row.cells)
    places = [bisect_left(columns, edge - _SAME_EDGE_TWIPS) for edge in row.edges]
    return [
        max(1, min(right - left, MAX_SPAN))
        for left, right in zip([0, *places[1:-1]] if len(places) > 2 else [0], places[1:], strict=True)
    ]
