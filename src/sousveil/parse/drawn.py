"""Characters that stand somewhere on a page -> lines, and the rows of the tables whose borders enclose them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sousveil.parse.layout import Box, Item, Place, Row
from sousveil.parse.ruling import Grid, GridCell, Line
from sousveil.parse.wrapped import cell_width, join_cell, join_wrapped, split_lines

THIN = 3.0
"""Points: a filled shape narrower than this is a line; borders are up to 2.25 points wide."""

_LONG_CELL_CHARS = 1_500
"""A longer cell is a column of the page; its lines stay lines."""

_LONG_LONE_CELL_CHARS = 300
"""A longer cell without others in its row is paragraphs; the rest of a row that a page end cut is shorter."""

Point = tuple[float, float]
_T = TypeVar("_T")
_Filled = tuple[GridCell, list[str]]


def as_line(left: float, bottom: float, right: float, top: float) -> Iterator[tuple[bool, Line]]:
    """Yield ``(is it horizontal, line)`` where a box is as thin as a line."""
    width, height = right - left, top - bottom
    if height <= THIN and width > height:
        yield True, Line((bottom + top) / 2, left, right)
    elif width <= THIN and height > width:
        yield False, Line((left + right) / 2, bottom, top)


def sort_into_cells(characters: Iterable[tuple[str, Point | None]], grids: Sequence[Grid]) -> list[Item]:
    """Return lines and table rows, every character once: in its cell, or in the text between tables.

    Args:
        characters: in the order of reading, each with its middle in points, y upwards; None for blanks and line ends
            that stand nowhere.
        grids: the tables of the page from top to bottom.
    """
    between: list[list[str]] = [[] for _ in range(len(grids) + 1)]
    inside: list[list[list[str]]] = [[[] for _ in grid.cells] for grid in grids]
    bucket = between[0]
    for char, place in characters:
        if place is not None:
            found = _bucket(place, grids, between, inside)
            if found is not bucket:
                bucket = found
                if bucket and not bucket[-1].isspace():
                    bucket.append("\n")
        bucket.append(char)
    parts: list[list[Item]] = [[*_lines(between[0])]]
    for number, grid in enumerate(grids):
        parts += [_rows(number, grid, inside[number]), [*_lines(between[number + 1])]]
    items: list[Item] = []
    for number, part in enumerate(parts):
        if number % 2:
            stands = Place(grids[number // 2].xs, len(items), sum(map(len, parts[number + 1 :])))
            items += [replace(item, place=stands) if isinstance(item, Row) else item for item in part]
        else:
            items += part
    return items


def order_in_cells(places: Iterable[Point | None], grids: Sequence[Grid]) -> list[int]:
    """Return the numbers of characters, from 0, in the order in which ``sort_into_cells`` writes them."""
    between: list[list[int]] = [[] for _ in range(len(grids) + 1)]
    inside: list[list[list[int]]] = [[[] for _ in grid.cells] for grid in grids]
    bucket = between[0]
    for number, place in enumerate(places):
        if place is not None:
            bucket = _bucket(place, grids, between, inside)
        bucket.append(number)
    order = [*between[0]]
    for number, grid in enumerate(grids):
        cells = sorted(zip(grid.cells, inside[number], strict=True), key=lambda one: (one[0].row, one[0].column))
        order += [index for _, several in cells for index in several]
        order += between[number + 1]
    return order


def _bucket(
    place: Point, grids: Sequence[Grid], between: Sequence[list[_T]], inside: Sequence[Sequence[list[_T]]]
) -> list[_T]:
    above = 0
    for number, grid in enumerate(grids):
        cell = grid.find(*place)
        if cell is not None:
            return inside[number][cell]
        above += (grid.ys[0] + grid.ys[-1]) / 2 > place[1]
    return between[above]


def _lines(chars: Sequence[str]) -> list[str]:
    return [line for line in split_lines("".join(chars)) if line]


def _rows(number: int, grid: Grid, texts: Sequence[Sequence[str]]) -> list[Item]:
    """Return the rows of a table; a row as long as a page as lines, and one that is a heading over several lines.

    What has no row with two cells is no table.
    """
    rows = [_row_cells(row, grid, texts) for row in range(len(grid.ys) - 1)]
    is_table = any(len(filled) > 1 for filled in rows)
    items: list[Item] = []
    for row, filled in enumerate(rows):
        if not is_table or _is_running_text(filled):
            items += [line for _, lines in filled for line in join_wrapped(lines, cell_width(lines))]
        elif filled:
            boxes = (Box(cell.column, join_cell(lines), cell.row_span, cell.column_span) for cell, lines in filled)
            items.append(Row(number, row, tuple(boxes)))
    return items


def _row_cells(row: int, grid: Grid, texts: Sequence[Sequence[str]]) -> list[_Filled]:
    """Return the filled cells that begin in a row, by column, with their lines."""
    filled = [
        (cell, lines)
        for cell, chars in zip(grid.cells, texts, strict=True)
        if cell.row == row and (lines := _lines(chars))
    ]
    return sorted(filled, key=_column)


def _is_running_text(filled: Sequence[_Filled]) -> bool:
    """Return whether a row is better read as lines: a cell as long as a page, or paragraphs in one cell alone."""
    if len(filled) == 1:
        cell, lines = filled[0]
        chars = sum(map(len, lines))
        return len(lines) > 1 and (cell.column == 0 or chars > _LONG_LONE_CELL_CHARS)
    return any(sum(map(len, lines)) > _LONG_CELL_CHARS for _, lines in filled)


def _column(filled: _Filled) -> int:
    return filled[0].column
