"""HTML tables -> rows: which cell stands in which column, and which tables only serve the layout of a page.

A table is layout where its rows have one filled cell each; a row is layout where a cell holds a table of its own,
or more text than a cell of a list would. Layout becomes lines, anything else ``Row``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sousveil.parse.layout import Box, Item, Row, text_of

MAX_SPAN = 1_000
"""Largest row or column span believed (the HTML standard's own limit for columns)."""

_MAX_HANGING_COLUMNS = 500
"""Columns in which cells may hang down from rows above; no table for people is wider, a bomb is."""

_LONG_CELL_CHARS = 3_000
_LONG_CELL_LINES = 12
"""Beyond both, a cell is a column of the page, not an entry of a list. The longest technical parameters in one cell
of the sample notices have 2,900 characters."""


@dataclass(slots=True)
class CellDraft:
    """A cell while its content is being read; ``is_below``: it is only the rest of a merged cell that begins above."""

    items: list[Item]
    row_span: int
    column_span: int
    is_header: bool
    is_below: bool = False


@dataclass(slots=True)
class TableDraft:
    """A table while its rows are being read; ``start`` is its place in the items around it."""

    key: int
    start: int
    row: int = 0
    cells: list[CellDraft] | None = None
    spans: dict[int, int] = field(default_factory=dict)
    is_header_row: bool = False
    """Whether the row being read is a header as a whole; falls back to False after each row."""
    tops: dict[int, int] = field(default_factory=dict)
    """Column -> row in which the cell above the next row begins."""
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    """Row and column -> rows covered, of the cells that others say they belong to."""

    def start_row(self) -> None:
        """Begin a row."""
        self.cells = []

    def end_row(self) -> list[Item]:
        """End the row and return it as one ``Row``, or as lines where it is layout."""
        placed = self._place(self.cells or [])
        self.cells = None
        is_header_row, self.is_header_row = self.is_header_row, False
        number = self.row
        self.row += 1
        self._merge(number, placed)
        filled = [(column, cell) for column, cell in placed if cell.items]
        if not filled:
            return []
        if any(_is_layout(cell.items) for _, cell in filled):
            return [item for _, cell in filled for item in cell.items]
        if len(filled) == 1 and len(filled[0][1].items) > 1:
            return filled[0][1].items
        boxes = tuple(
            Box(
                column, " ".join(map(str, cell.items)), cell.row_span, cell.column_span, cell.is_header or is_header_row
            )
            for column, cell in filled
        )
        return [Row(self.key, number, boxes)]

    def _merge(self, number: int, placed: Iterable[tuple[int, CellDraft]]) -> None:
        """Note which cells of a row are the rest of one above; one with text of its own stays a cell."""
        for column, cell in placed:
            if not cell.is_below or cell.items:
                self.tops[column] = number
            elif column in self.tops:
                self.merged[self.tops[column], column] = number - self.tops[column] + 1

    def _place(self, cells: Sequence[CellDraft]) -> list[tuple[int, CellDraft]]:
        """Give each cell its column, stepping over the cells that rows above let hang down."""
        placed: list[tuple[int, CellDraft]] = []
        hanging: dict[int, int] = {}
        column = 0
        for cell in cells:
            while self.spans.get(column, 0):
                column += 1
            placed.append((column, cell))
            if cell.row_span > 1:
                last = min(column + cell.column_span, _MAX_HANGING_COLUMNS)
                hanging.update(dict.fromkeys(range(column, last), cell.row_span))
            column += cell.column_span
        self.spans.update(hanging)
        self.spans = {at: left - 1 for at, left in self.spans.items() if left > 1}
        return placed


def finish_table(items: list[Item], table: TableDraft) -> None:
    """Give merged cells at the end of ``items`` their rows; turn the rows into lines if none has two filled cells."""
    rows = [item for item in items[table.start :] if isinstance(item, Row) and item.table == table.key]
    if rows and all(len(row.boxes) == 1 for row in rows):
        items[table.start :] = [
            item.boxes[0].text if isinstance(item, Row) and item.table == table.key else item
            for item in items[table.start :]
        ]
    elif table.merged:
        items[table.start :] = [
            _spread(item, table.merged) if isinstance(item, Row) and item.table == table.key else item
            for item in items[table.start :]
        ]


def _spread(row: Row, merged: Mapping[tuple[int, int], int]) -> Row:
    boxes = tuple(replace(box, row_span=merged.get((row.row, box.column), box.row_span)) for box in row.boxes)
    return replace(row, boxes=boxes)


def _is_layout(items: Iterable[Item]) -> bool:
    """Return whether a cell's content shows that its row arranges the page and lists nothing."""
    lines = 0
    chars = 0
    for item in items:
        if isinstance(item, Row):
            return True
        lines += 1
        chars += len(text_of(item))
    return chars > _LONG_CELL_CHARS and lines > _LONG_CELL_LINES
