"""Columns of tables: cells under a head such as 姓名 (name) or 评审专家 (expert) are names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sousveil.mask.chinese import Trust, iter_names
from sousveil.mask.labelled import Announced
from sousveil.mask.lexicon import lexicon
from sousveil.model import Cell

_TOKEN = re.compile(r"[^ \t|]+")
_CELL = re.compile(r"[^|]+")
_MARKS = re.compile(r"[\s:*]+")
MAX_HEAD = 30
"""Characters of a head of a column, with the blanks that forms print between them."""
MAX_HEAD_DEPTH = 2
"""Rows below the first row of a head that may belong to it."""
MAX_ROWS = 2_000
"""Rows read under one head; longer lists of persons do not occur in notices."""


def iter_line_columns(folded: str) -> Iterator[Announced]:
    """Yield names in columns of lines: cells parted by ``|``, or a plain-text table whose head holds 姓名 (name)."""
    heads = lexicon().columns
    if "|" not in folded and "姓名" not in folded:  # name
        return
    columns: list[int] = []
    pattern = _CELL
    place = rows = 0
    for line in folded.split("\n"):
        here, place = place, place + len(line) + 1
        if "|" not in line and "姓名" not in line and (not columns or pattern is _CELL):
            columns = []
            continue
        head_pattern = _CELL if "|" in line else _TOKEN
        cells = list(head_pattern.finditer(line))
        found = [number for number, cell in enumerate(cells) if _plain(cell.group()) in heads]
        is_row = pattern is head_pattern and _holds_names(folded, here, cells, columns)
        if found and not is_row and len(cells) > 1 and (head_pattern is _CELL or len(cells) > 2):
            columns, pattern, rows = found, head_pattern, 0
            continue
        rows += 1
        if not columns or rows > MAX_ROWS or head_pattern is not pattern:
            columns = []
            continue
        trust = Trust.FIRM if pattern is _CELL else Trust.LIKELY
        for number in columns:
            if number < len(cells):
                yield from _names_in_cell(folded, here + cells[number].start(), here + cells[number].end(), trust)


def _holds_names(folded: str, here: int, cells: Sequence[re.Match[str]], columns: Sequence[int]) -> bool:
    """Return whether a line goes on with names in the open columns, whatever else its cells say (项目经理: a post)."""
    return any(
        next(_names_in_cell(folded, here + cells[number].start(), here + cells[number].end(), Trust.LIKELY), None)
        for number in columns
        if number < len(cells)
    )


def iter_table_columns(folded: str, cells: Sequence[Cell], before: frozenset[int] = frozenset()) -> Iterator[Announced]:
    """Yield names in the columns of a parsed table, by its grid.

    Args:
        folded: the page.
        cells: of the table, or of the part of it on this page.
        before: columns of names at the end of the page before, in a table that goes on.
    """
    for cell, is_name in _by_columns(folded, cells, dict.fromkeys(before, 0)):
        if is_name:
            yield from _names_in_cell(folded, cell.start, cell.end, Trust.FIRM)


def columns_of_names(folded: str, cells: Sequence[Cell], before: frozenset[int]) -> frozenset[int]:
    """Return the columns of names at the end of a table, for the part of it on the next page."""
    columns = dict.fromkeys(before, 0)
    for _ in _by_columns(folded, cells, columns):
        pass
    return frozenset(columns)


def _by_columns(folded: str, cells: Sequence[Cell], columns: dict[int, int]) -> Iterator[tuple[Cell, bool]]:
    """Yield each cell, and whether it stands below a head of names; ``columns`` follows the heads, with their rows.

    A second row of the same head (评委 above 成员: panel, member) closes no column; another head further down does.
    """
    heads = lexicon().columns
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if _plain(folded[cell.start : cell.end]) in heads:
            columns[cell.column] = cell.row
        elif cell.is_header and cell.row > columns.get(cell.column, cell.row) + MAX_HEAD_DEPTH:
            del columns[cell.column]
        else:
            yield cell, cell.column in columns and not cell.is_header


def _plain(cell: str) -> str:
    """Return what a cell says without blanks and marks, or an empty text where it is too long for a head."""
    cell = cell.strip()
    if len(cell) > MAX_HEAD:
        return ""
    return "".join(_MARKS.split(cell)) if not cell.isascii() else cell.rstrip(":")


def _names_in_cell(folded: str, start: int, end: int, trust: Trust) -> Iterator[Announced]:
    while start < end and folded[start].isspace():
        start += 1
    for name in iter_names(folded, start, trust, is_panel=True):
        if name.end > end:
            return
        yield Announced(name.start, name.end, is_strong=True)
