"""XLSX, XLS, ODS -> one page per sheet, one line per row, with calamine.

Numbers and dates look as a person sees them in an unformatted cell: ``20230405``, not ``20230405.0``; a date without
a time has none. Number formats (currency, percent) are not read. Sheets without any filled cell make no page.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import overload

import python_calamine as calamine

from sousveil.exceptions import DamagedError
from sousveil.parse.extent import check_extent, check_password, encrypted_workbook
from sousveil.parse.heads import MAX_HEAD_ROWS
from sousveil.parse.layout import Box, Layout, Row, clean_line

_ZIP_MAGIC = b"PK"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_VALUE = re.compile(r"[-+]?[\d.,%/: -]{1,40}|[a-z]{3,5}://.*", re.IGNORECASE)
"""What no head of a column is: a number, a date, an address."""
_AGAIN = "Fetch the file again."

Place = tuple[int, int]
Value = str | int | float | bool | dt.date | dt.time | dt.timedelta


TakeSheet = Callable[[str, Sequence[Sequence[str]], int], frozenset[int] | None]
"""Offered the name of a sheet, its rows as texts, and the number of the first row; returns which rows are left to be
written here (by their index), or None for all of them."""


class _Texts(Sequence[Sequence[str]]):
    """Rows of values, each turned into texts when it is asked for: a second copy of a large sheet is never made."""

    def __init__(self, rows: Sequence[Sequence[Value]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...

    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """Return a row's texts, with their line breaks, or those of several rows."""
        if isinstance(at, slice):
            return [_texts(row) for row in self._rows[at]]
        return _texts(self._rows[at])


def _texts(row: Sequence[Value]) -> list[str]:
    return [value if isinstance(value, str) else render(value) for value in row]


def lay_sheets(untrusted: bytes, layout: Layout, take: TakeSheet | None = None) -> str:
    """Write every sheet of a workbook; return '' (a workbook has no character set of its own).

    Args:
        untrusted: the file's bytes.
        layout: where to write.
        take: is offered every sheet before it is written.

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: calamine cannot open it, or can read no sheet.
        LimitError: a sheet's rectangle is larger than memory allows.
    """
    if untrusted.startswith(_OLE_MAGIC):
        check_password(untrusted)
    elif untrusted.startswith(_ZIP_MAGIC):
        check_extent(untrusted, layout.limits)
    book = _open(untrusted)
    broken: list[str] = []
    for number, name in enumerate(book.sheet_names):
        if layout.is_full:
            break
        try:
            with _panics():
                sheet = book.get_sheet_by_index(number)
                rows = sheet.to_python(skip_empty_area=True)
                start = sheet.start or (0, 0)
                merged = sheet.merged_cell_ranges or ()
        except calamine.CalamineError as error:
            if "chart" not in str(error).lower():
                broken.append(name)
            continue
        left = take(clean_line(name), _Texts(rows), start[0]) if take and rows else None
        if left is not None:
            rows = [row if place in left else [] for place, row in enumerate(rows)]
        lay_rows(
            rows, layout, label=clean_line(name), table=number, first_row=start[0], first_column=start[1], merged=merged
        )
    if broken and not layout.has_text:
        raise DamagedError(f"no sheet of the workbook can be read ({len(broken)} tried)", _AGAIN)
    if broken:
        layout.mark(f"sheets not read, their data is damaged: {', '.join(broken[:5])}")
    return ""


def lay_rows(
    rows: Iterable[Sequence[Value]],
    layout: Layout,
    *,
    label: str,
    table: int = 0,
    first_row: int = 0,
    first_column: int = 0,
    merged: Sequence[tuple[Place, Place]] = (),
) -> None:
    """Write rows of values as one page, unless all are empty.

    The first row of words alone with two cells or more is the header, with as many rows as its merged cells have.
    ``merged`` are first and last place of merged cells, row before column.
    """
    has_page = False
    has_header = False
    header_end = 0
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in merged}
    for number, values in enumerate(rows, first_row):
        boxes = [
            Box(column, text, *spans.get((number, column), (1, 1)))
            for column, value in enumerate(values, first_column)
            if (text := render(value))
        ]
        if not boxes:
            continue
        if not has_page:
            layout.start_page(label)
            has_page = True
        if not has_header and len(boxes) > 1:
            has_header = True
            if not any(_VALUE.fullmatch(box.text) for box in boxes):
                is_wide = any(box.column_span > 1 for box in boxes)
                header_end = number + (min(max(box.row_span for box in boxes), MAX_HEAD_ROWS) if is_wide else 1)
        if number < header_end:
            boxes = [replace(box, is_header=True) for box in boxes]
        layout.add_row(Row(table, number, tuple(boxes)))
        if layout.is_full:
            return


def render(value: Value) -> str:
    """Return a cell's value as a person reads it.

    >>> render(20230405.0), render(0.1 + 0.2), render(dt.datetime(2023, 4, 5))
    ('20230405', '0.3', '2023-04-05')
    """
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # fifteen digits are what a double holds and what spreadsheets show
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else format(value, ".15g")
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    return str(value)


def _open(untrusted: bytes) -> calamine.CalamineWorkbook:
    try:
        with _panics():
            return calamine.CalamineWorkbook.from_filelike(io.BytesIO(untrusted))
    except calamine.PasswordError as error:
        raise encrypted_workbook() from error
    except calamine.CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise encrypted_workbook() from error
        raise DamagedError(f"the workbook cannot be opened: {str(error)[:160]}", _AGAIN) from error


@contextmanager
def _panics() -> Iterator[None]:
    """Turn a panic of calamine on broken bytes into the error it raises for others; panics are no ``Exception``."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise calamine.CalamineError(f"the reader gave up: {error}") from error
