"""Bills of quantities by their grid: what each row counts, whatever page its head stands on.

A table is a bill once a row heads a quantity and a name. Number and unit may stand in any order and in one cell or two;
the unit may stand in the head (数量(台)). A name may hang down from a merged cell above, and a row that a page end cut
is one row. Tables without borders come from ``flattened``. Rows of sums count nothing; prices and names of firms are
no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from sousveil.data.units import Unit, units
from sousveil.find.counts import Count, measures
from sousveil.find.flattened import flattened_tables, quantity_words
from sousveil.find.item_rows import MAX_HEAD, is_name, role_of
from sousveil.find.lexicon import even
from sousveil.model import Cell, Page, Table
from sousveil.text.numerals import parse_number

_SUM = re.compile(
    r"(?:(?:本页|设备|货物|报价)?[合总小共]\s*计|总\s*价|(?:sub|grand )?total|sum|итого|всего|gesamt|summe)(?:\W.*)?"
)
_QUANTITY = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,7})(?:\.0{1,4})?\s{0,2}(?P<unit>[^\W\d_]{0,8})"
)
_HEAD_UNIT = re.compile(r"\((?:单位[:：]?)?([^()]{1,6})\)")


@dataclass(frozen=True, slots=True)
class BillRow:
    """What stands on one page of a row of a bill of quantities.

    Attributes:
        start: first character of its cells.
        end: end of its last cell, exclusive.
        name: what is counted, as printed, or ''.
        even: the same, evened.
        is_sum: whether the row adds others up.
        count: its quantity with the unit, or None where the row has none on this page.
        apart: places of cells that hold no quantity, whatever they look like: prices, firms, running numbers.
    """

    start: int
    end: int
    name: str
    even: str
    is_sum: bool
    count: Count | None
    apart: tuple[tuple[int, int], ...]

    def is_apart(self, offset: int) -> bool:
        """Return whether an offset lies in a cell that holds no quantity."""
        return self.is_sum or any(start <= offset < end for start, end in self.apart)


@dataclass(slots=True)
class _Bill:
    """A table while its rows are read: roles and texts of heads by column, and cells that hang down."""

    roles: dict[int, str] = field(default_factory=dict)
    units: dict[int, tuple[int, tuple[int, int], Unit]] = field(default_factory=dict)
    """Column -> page, place and row of the unit that its head names."""
    names: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    """Column -> last row that a cell of a name covers, its words, and the same evened."""

    @property
    def is_headed(self) -> bool:
        """Whether a head with a quantity and a name was met."""
        return "quantity" in self.roles.values() and "name" in self.roles.values()


_Placed = tuple[int, Cell]


def read_bills(tables: Iterable[Table], evened: Mapping[int, tuple[Page, str]]) -> dict[int, tuple[BillRow, ...]]:
    """Return page number -> rows of bills on it, in order of position.

    Args:
        tables: those of the notice, in order.
        evened: the pages that are asked for, each with its text folded and without accents.
    """
    found: dict[int, list[BillRow]] = {}
    asked = {page: text for page, (_, text) in evened.items() if quantity_words().search(text)}
    drawn = [chain for chain in _chains(tables) if any(table.page in asked for table in chain)]
    taken = [(table.page, *_extent(table)) for chain in drawn for table in chain if table.cells]
    flat = [
        [table]
        for page, text in asked.items()
        for table in flattened_tables(page, text)
        if not _begins_in(table, taken)
    ]
    for chain in (*drawn, *flat):
        placed = sorted(
            ((table.page, cell) for table in chain for cell in table.cells if table.page in evened),
            key=lambda pair: (pair[1].row, pair[0], pair[1].start),
        )
        bill = _Bill()
        for _, group in groupby(placed, key=lambda pair: pair[1].row):
            for page, row in _read_row(bill, list(group), evened):
                found.setdefault(page, []).append(row)
    return {page: tuple(sorted(rows, key=lambda row: row.start)) for page, rows in found.items()}


def _extent(table: Table) -> tuple[int, int]:
    """Return where the cells of a table begin and end on its page."""
    return min(cell.start for cell in table.cells), max(cell.end for cell in table.cells)


def _begins_in(table: Table, taken: Iterable[tuple[int, int, int]]) -> bool:
    first, _ = _extent(table)
    return any(number == table.page and start <= first < end for number, start, end in taken)


def _chains(tables: Iterable[Table]) -> list[list[Table]]:
    chains: list[list[Table]] = []
    for table in tables:
        if table.continues and chains:
            chains[-1].append(table)
        else:
            chains.append([table])
    return chains


def _read_row(
    bill: _Bill, cells: list[_Placed], evened: Mapping[int, tuple[Page, str]]
) -> Iterator[tuple[int, BillRow]]:
    """Take a head, or yield what a row says on each page that it stands on."""
    words = {cell.column: evened[page][1][cell.start : cell.end] for page, cell in reversed(cells)}
    if _take_head(bill, cells, words) or not bill.is_headed:
        return
    name = _name(bill, cells, evened)
    is_sum = any(_SUM.fullmatch(text) for text in words.values() if len(text) <= MAX_HEAD)
    for page, group in groupby(cells, key=lambda pair: pair[0]):
        here = [cell for _, cell in group]
        text = evened[page][1]
        yield (
            page,
            BillRow(
                here[0].start,
                max(cell.end for cell in here),
                *name,
                is_sum,
                None if is_sum else _count(bill, page, here, text),
                tuple((cell.start, cell.end) for cell in here if bill.roles.get(cell.column) in _APART),
            ),
        )


def _unit_of(printed: str) -> Unit | None:
    """Return the unit that a cell of a column of units names, known or not; None for lengths, work and lump sums.

    A bill says itself what it counts in (樘, 尊, ch): short words of letters are taken at their word.
    """
    known = measures().get(printed)
    if known or printed in _apart() or not _SHORT_WORD.fullmatch(printed):
        return known
    return Unit(unit=printed, style="measure", kind="device", language="und", gloss="unit of the bill")


_BROKEN = re.compile("[\\n\u2588]")
"""A new line or a covered name: a quotation is of one line and shows no person."""
_SHORT_WORD = re.compile(r"[^\W\d_]{1,6}\.?")


@cache
def _apart() -> frozenset[str]:
    return frozenset(even(row.unit) for row in units() if row.style == "apart")


_APART = frozenset(("price", "party", "number"))


def _take_head(bill: _Bill, cells: Iterable[_Placed], words: Mapping[int, str]) -> bool:
    """Take the roles of a row that is a head, or goes on with one; return whether it is."""
    roles = {column: role_of(text) if len(text) <= MAX_HEAD else "" for column, text in words.items()}
    is_marked = all(cell.is_header for _, cell in cells)
    if not is_marked and (not {"quantity", "name"} <= set(roles.values()) or any(map(_is_number, words.values()))):
        return False
    if not is_marked:
        bill.roles, bill.units, bill.names = {}, {}, {}
    for page, cell in cells:
        role = roles[cell.column]
        for column in range(cell.column, cell.column + min(cell.column_span, MAX_HEAD)):
            bill.roles[column] = role or bill.roles.get(column, "")
        unit = _HEAD_UNIT.search(words[cell.column]) if role == "quantity" else None
        if unit and unit[1] in measures():
            place = (cell.start + unit.start(1), cell.start + unit.end(1))
            bill.units[cell.column] = (page, place, measures()[unit[1]])
    return True


def _is_number(text: str) -> bool:
    return text[:1].isdigit()


def _name(bill: _Bill, cells: Iterable[_Placed], evened: Mapping[int, tuple[Page, str]]) -> tuple[str, str]:
    """Return what the row counts, printed and evened; the cell may hang down from a row above."""
    row = -1
    for page, cell in cells:
        row = cell.row
        text = evened[page][1][cell.start : cell.end]
        if bill.roles.get(cell.column) == "name" and is_name(text):
            printed = evened[page][0].text[cell.start : cell.end]
            if cell.column not in bill.names or bill.names[cell.column][0] < row:
                bill.names[cell.column] = (row + cell.row_span - 1, printed, text)
    live = [(column, printed, even) for column, (last, printed, even) in bill.names.items() if last >= row]
    # of two columns of names the right one is the finer: 系统名称 (system), 设备名称 (device)
    return max(live)[1:] if live else ("", "")


def _count(bill: _Bill, page: int, cells: Iterable[Cell], text: str) -> Count | None:
    """Return the quantity of a row with its unit, from the same cell, the column of units, or a head on the page.

    Where the head names the unit, the statement begins with the name of the row: a number alone says nothing.
    """
    by_role = {bill.roles.get(cell.column, ""): cell for cell in reversed(list(cells))}
    cell = by_role.get("quantity")
    match = _QUANTITY.fullmatch(text, cell.start, cell.end) if cell else None
    value = parse_number(match["number"]) if match else None
    if cell is None or match is None or not value:
        return None
    if match["unit"]:
        unit = measures().get(match["unit"])
        return None if unit is None else Count(value, unit, match.span("unit"), cell.start, cell.end)
    beside = by_role.get("unit")
    if beside is not None and (unit := _unit_of(text[beside.start : beside.end])):
        start, end = min(cell.start, beside.start), max(cell.end, beside.end)
        if _BROKEN.search(text, start, end):
            start, end = cell.start, cell.end
        return Count(value, unit, (beside.start, beside.end), start, end, is_split=True)
    told, place, unit = bill.units.get(cell.column, (0, (0, 0), None))
    if unit is None or told != page:
        return None
    start = min(by_role["name"].start if "name" in by_role else cell.start, cell.start)
    return Count(
        value, unit, place, cell.start if _BROKEN.search(text, start, cell.end) else start, cell.end, is_split=True
    )
