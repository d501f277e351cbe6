"""Ruled lines on a page -> tables: which rectangles they enclose.

Pure geometry in PDF points, y upwards. Lines that touch belong to one table; the places where they stand make its
grid; two fields of the grid are one cell where no line parts them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOUCH = 3.0
"""Points by which two lines may miss each other and still touch: borders are drawn piece by piece."""

_SHORTEST = 8.0
"""Shorter lines are dashes, ticks and strokes of letters."""

_MAX_FIELDS = 6_000
"""Fields of one grid; more are graph paper or a drawing."""

_MAX_CROSSINGS = 400_000


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal or vertical line: its place across, and where it begins and ends along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its first row and column, and how many of each it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: places of its column borders (rising) and row borders (falling), and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    fields: tuple[tuple[int, ...], ...]
    """For each row and column the index of the cell that covers it."""

    def find(self, x: float, y: float) -> int | None:
        """Return the index of the cell around a point, or None outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        column = bisect_right(self.xs, x) - 1
        row = len(self.ys) - 1 - bisect_left(self.ys[::-1], y) if y < self.ys[0] else 0
        return self.fields[min(row, len(self.fields) - 1)][min(column, len(self.fields[0]) - 1)]


def find_grids(horizontal: Iterable[Line], vertical: Iterable[Line]) -> list[Grid]:
    """Return the tables that lines enclose, from the top of the page down; a frame around one field is no table."""
    rows = _merge(horizontal)
    columns = _merge(vertical)
    if len(rows) < 2 or not columns or len(rows) * len(columns) > _MAX_CROSSINGS:
        return []
    grids = [grid for group in _connected(rows, columns) if (grid := _make_grid(*group)) is not None]
    return sorted(grids, key=lambda grid: -grid.ys[0])


def _merge(lines: Iterable[Line]) -> list[Line]:
    """Return lines with the pieces of one line joined, without those too short to be a border."""
    merged: list[Line] = []
    for place in _clusters(lines):
        start, end = place[0].start, place[0].end
        at = sum(line.at for line in place) / len(place)
        for line in place[1:]:
            if line.start > end + _TOUCH:
                merged.append(Line(at, start, end))
                start, end = line.start, line.end
            else:
                end = max(end, line.end)
        merged.append(Line(at, start, end))
    return [line for line in merged if line.end - line.start >= _SHORTEST]


def _clusters(lines: Iterable[Line]) -> list[list[Line]]:
    """Return groups of lines at the same place, each sorted along the line."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if groups and line.at - groups[-1][0].at <= _TOUCH:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.start) for group in groups]


def _connected(rows: Sequence[Line], columns: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Return groups of horizontal and vertical lines that hang together by crossings."""
    parent = list(range(len(rows) + len(columns)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, row in enumerate(rows):
        for j, column in enumerate(columns, len(rows)):
            is_across = row.start - _TOUCH <= column.at <= row.end + _TOUCH
            if is_across and column.start - _TOUCH <= row.at <= column.end + _TOUCH:
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(columns, len(rows)):
        groups.setdefault(root(j), ([], []))[1].append(column)
    return list(groups.values())


def _make_grid(rows: list[Line], columns: list[Line]) -> Grid | None:
    """Return the grid of one group of lines, or None where it encloses fewer than two cells."""
    if len(rows) < 2 or not columns:
        return None
    left, right = min(row.start for row in rows), max(row.end for row in rows)
    # tables open at the sides have no outer vertical lines
    xs = _places([*(column.at for column in columns), left, right])
    ys = _places([*(row.at for row in rows), *_open_ends(rows, columns)])[::-1]
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_FIELDS:
        return None
    fields = _fields(xs, ys, rows, columns)
    cells = _cells(fields)
    numbers = {number: at for at, number in enumerate(dict.fromkeys(number for row in fields for number in row))}
    if len(cells) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), cells, tuple(tuple(numbers[number] for number in row) for row in fields))


def _open_ends(rows: Sequence[Line], columns: Sequence[Line]) -> list[float]:
    """Return where a row ends that has no line above or below it, because the end of a page cut it.

    At least half of the vertical lines must go on there, the outer ones with them.
    """
    bottom, top = min(row.at for row in rows), max(row.at for row in rows)
    below = [column for column in columns if column.start < bottom - _SHORTEST]
    above = [column for column in columns if column.end > top + _SHORTEST]
    ends = []
    for open_, end in (
        (below, min(column.start for column in columns)),
        (above, max(column.end for column in columns)),
    ):
        places = [column.at for column in open_]
        if (
            len(places) * 2 >= len(columns)
            and len(places) > 2
            and _reach(places) >= _reach([c.at for c in columns]) - _TOUCH
        ):
            ends.append(end)
    return ends


def _reach(places: Sequence[float]) -> float:
    return max(places) - min(places)


def _places(values: Iterable[float]) -> list[float]:
    """Return values, rising, those closer than a touch taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH:
            places.append(value)
    return places


def _fields(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Line], columns: Sequence[Line]) -> list[list[int]]:
    """Return for each field of the grid the number of its cell: fields without a line between them share one."""
    width = len(xs) - 1
    height = len(ys) - 1
    walls = [[_is_drawn(columns, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(width - 1)] for r in range(height)]
    floors = [[_is_drawn(rows, ys[r + 1], (xs[c] + xs[c + 1]) / 2) for c in range(width)] for r in range(height - 1)]
    fields = [[-1] * width for _ in range(height)]
    number = 0
    for r in range(height):
        for c in range(width):
            if fields[r][c] >= 0:
                continue
            right = c + 1
            while right < width and not walls[r][right - 1] and fields[r][right] < 0:
                right += 1
            bottom = r + 1
            while bottom < height and _joins(floors, walls, fields, bottom, c, right):
                bottom += 1
            for row in range(r, bottom):
                fields[row][c:right] = [number] * (right - c)
            number += 1
    return fields


def _joins(
    floors: Sequence[Sequence[bool]],
    walls: Sequence[Sequence[bool]],
    fields: Sequence[Sequence[int]],
    row: int,
    *span: int,
) -> bool:
    """Return whether the fields of a row between two columns hang open to the row above, without a wall in between."""
    left, right = span
    return not any(floors[row - 1][left:right]) and not any(walls[row][left : right - 1]) and fields[row][left] < 0


def _is_drawn(lines: Sequence[Line], at: float, along: float) -> bool:
    return any(abs(line.at - at) <= _TOUCH and line.start - _TOUCH <= along <= line.end + _TOUCH for line in lines)


def _cells(fields: Sequence[Sequence[int]]) -> tuple[GridCell, ...]:
    """Return the cells in the order of their first fields."""
    corners: dict[int, list[int]] = {}
    for r, row in enumerate(fields):
        for c, number in enumerate(row):
            corner = corners.setdefault(number, [r, c, r, c])
            corner[2] = max(corner[2], r)
            corner[3] = max(corner[3], c)
    return tuple(GridCell(r, c, last_r - r + 1, last_c - c + 1) for r, c, last_r, last_c in corners.values())
