"""XLSX, XLS, ODS -> one page per sheet, one line per row, with calamine.

Numbers and dates look as a person sees them in an unformatted cell: ``20230405``, not ``20230405.0``; a date without
a time has none. Number formats (currency, percent) are not read. Sheets without any filled cell make no page.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

import python_calamine as calamine

from sousveil.exceptions import DamagedError, EncryptedError, LimitError
from sousveil.parse.container import find_ole_type
from sousveil.parse.layout import Box, Layout, Row, clean_line
from sousveil.parse.package import open_package

_ZIP_MAGIC = b"PK"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_BIFF8_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F
"""BIFF record that says a workbook is encrypted; it stands among the first records behind the start."""
_MAX_GRID_CELLS = 20_000_000
"""Cells of the rectangle around all filled cells of a sheet. Readers keep the whole rectangle in memory, 32 bytes a
cell: one remark in XFD1048576 would cost 500 GB."""

_FEW_ROWS = _MAX_GRID_CELLS // 16_384
_CELL_PLACE = re.compile(rb"<(?:\w{1,20}:)?c [^<>]{0,200}?\br=\"([A-Z]{1,3})(\d{1,7})\"")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?c [^<>]{0,200}?\br=\"([A-Z]{1,3})")
_NUMBER = re.compile(r"[-+]?[\d.,%/: -]{1,40}")
_AGAIN = "Fetch the file again."

Value = str | int | float | bool | dt.date | dt.time | dt.timedelta


def lay_sheets(untrusted: bytes, layout: Layout) -> str:
    """Write every sheet of a workbook; return '' (a workbook has no character set of its own).

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: calamine cannot open it, or can read no sheet.
        LimitError: a sheet's rectangle is larger than memory allows.
    """
    if untrusted.startswith(_OLE_MAGIC):
        _check_password(untrusted)
    elif untrusted.startswith(_ZIP_MAGIC):
        _check_extent(untrusted, layout)
    book = _open(untrusted)
    broken: list[str] = []
    for number, name in enumerate(book.sheet_names):
        if layout.is_full:
            break
        try:
            sheet = book.get_sheet_by_index(number)
            rows = sheet.to_python(skip_empty_area=True)
            start = sheet.start or (0, 0)
        except calamine.CalamineError as error:
            if "chart" not in str(error).lower():
                broken.append(name)
            continue
        lay_rows(rows, layout, label=clean_line(name), table=number, first_row=start[0], first_column=start[1])
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
) -> None:
    """Write rows of values as one page, unless all are empty; the first filled row of words alone is the header."""
    has_page = False
    has_header = False
    for number, values in enumerate(rows):
        boxes = [Box(first_column + column, text) for column, value in enumerate(values) if (text := render(value))]
        if not boxes:
            continue
        if not has_page:
            layout.start_page(label)
            has_page = True
        if not has_header and len(boxes) > 1:
            has_header = True
            if not any(_NUMBER.fullmatch(box.text) for box in boxes):
                boxes = [Box(box.column, box.text, is_header=True) for box in boxes]
        layout.add_row(Row(table, first_row + number, tuple(boxes)))
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
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(untrusted))
    except calamine.PasswordError as error:
        raise _encrypted() from error
    except calamine.CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise _encrypted() from error
        raise DamagedError(f"the workbook cannot be opened: {str(error)[:160]}", _AGAIN) from error


def _encrypted() -> EncryptedError:
    return EncryptedError(
        "the workbook opens only with a password",
        "Remove the password with the program that set it, and read the file again.",
    )


def _check_password(untrusted: bytes) -> None:
    """Raise ``EncryptedError`` for an OLE file that is, or holds, an encrypted workbook.

    calamine says of these only that it does not know the format.
    """
    if find_ole_type(untrusted)[0] == "encrypted":
        raise _encrypted()
    at = untrusted.find(_BIFF8_START)
    for _ in range(12):
        if at < 0 or at + 4 > len(untrusted):
            return
        if int.from_bytes(untrusted[at : at + 2], "little") == _FILEPASS:
            raise _encrypted()
        at += 4 + int.from_bytes(untrusted[at + 2 : at + 4], "little")


def _check_extent(untrusted: bytes, layout: Layout) -> None:
    """Inflate the sheets under limits, and refuse rectangles that calamine could not hold."""
    package = open_package(untrusted, layout.limits)
    for name in package.names:
        if name in {"xl/sharedstrings.xml", "content.xml"}:
            package.read(name)
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        part = package.read(name)
        last = max((int(match[2]) for match in _CELL_PLACE.finditer(part, max(0, len(part) - 20_000))), default=0)
        if last <= _FEW_ROWS:
            continue
        width = max((_column_number(letters) for letters in set(_COLUMN.findall(part))), default=0)
        if width * last > _MAX_GRID_CELLS:
            raise LimitError(
                f"a sheet reaches over {last:,} rows and {width:,} columns, more than {_MAX_GRID_CELLS:,} cells",
                "Delete the empty rows and columns around the data, save the workbook, and read it again.",
            )


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA, 16,384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
