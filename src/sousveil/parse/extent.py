"""What is looked at before a workbook is opened: a password, and the size it would unfold to in memory."""

from __future__ import annotations

import re

from sousveil.exceptions import EncryptedError, LimitError
from sousveil.parse.container import find_ole_type
from sousveil.parse.package import open_package
from sousveil.settings import Limits

_BIFF8_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F
"""BIFF record that says a workbook is encrypted; it stands among the first records behind the start."""

_MAX_GRID_CELLS = 20_000_000
"""Cells of the rectangle around all filled cells of a sheet. Readers keep the whole rectangle in memory, 32 bytes a
cell: one remark in XFD1048576 would cost 500 GB."""

_FEW_ROWS = _MAX_GRID_CELLS // 16_384
_CELL_PLACE = re.compile(rb"<(?:\w{1,20}:)?c [^<>]{0,200}?\br=\"([A-Z]{1,3})(\d{1,7})\"")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?c [^<>]{0,200}?\br=\"([A-Z]{1,3})")
_ROWS_REPEATED = re.compile(rb"[^<>]{0,500}?number-rows-repeated=\"(\d{1,9})\"")
_COLUMNS_REPEATED = re.compile(
    rb"number-columns-repeated=\"(\d{1,9})\"[^<>]{0,500}[^<>/]>|number-columns-repeated=\"(\d{1,9})\">"
)


def check_password(untrusted: bytes) -> None:
    """Raise ``EncryptedError`` for an OLE file that is, or holds, an encrypted workbook.

    calamine says of these only that it does not know the format.
    """
    if find_ole_type(untrusted)[0] == "encrypted":
        raise encrypted_workbook()
    at = untrusted.find(_BIFF8_START)
    for _ in range(12):
        if at < 0 or at + 4 > len(untrusted):
            return
        if int.from_bytes(untrusted[at : at + 2], "little") == _FILEPASS:
            raise encrypted_workbook()
        at += 4 + int.from_bytes(untrusted[at + 2 : at + 4], "little")


def encrypted_workbook() -> EncryptedError:
    """Return the error for a workbook that opens only with a password."""
    return EncryptedError(
        "the workbook opens only with a password",
        "Remove the password with the program that set it, and read the file again.",
    )


def check_extent(untrusted: bytes, limits: Limits) -> None:
    """Inflate the sheets of an XLSX or ODS file under limits, and refuse what calamine could not hold.

    Raises:
        DamagedError: the package is broken.
        EncryptedError: it opens only with a password.
        LimitError: a sheet inflates or unfolds beyond a limit.
    """
    package = open_package(untrusted, limits)
    for name in package.names:
        if name == "xl/sharedstrings.xml":
            package.read(name)
        elif name == "content.xml":
            _check_ods(package.read(name))
        elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_xlsx(package.read(name))


def _check_xlsx(part: bytes) -> None:
    """Raise ``LimitError`` when the last row times the widest column is too much; rows stand in order."""
    last = max((int(match[2]) for match in _CELL_PLACE.finditer(part, max(0, len(part) - 20_000))), default=0)
    if last <= _FEW_ROWS:
        return
    width = max((_column_number(letters) for letters in set(_COLUMN.findall(part))), default=0)
    if width * last > _MAX_GRID_CELLS:
        raise _too_large(f"a sheet reaches over {last:,} rows and {width:,} columns")


def _check_ods(part: bytes) -> None:
    """Raise ``LimitError`` when the filled cells are too many; rows and cells say how often they repeat."""
    count = 0
    for row in part.split(b"<table:table-row")[1:]:
        if b"<text:p" not in row:
            continue
        times = _ROWS_REPEATED.match(row)
        width = row.count(b"<text:p") + sum(int(first or second) for first, second in _COLUMNS_REPEATED.findall(row))
        count += width * (int(times[1]) if times else 1)
    if count > _MAX_GRID_CELLS:
        raise _too_large(f"the sheets have {count:,} filled cells")


def _too_large(what: str) -> LimitError:
    return LimitError(
        f"{what}, more than {_MAX_GRID_CELLS:,} cells",
        "Delete the empty rows and columns around the data, save the workbook, and read it again.",
    )


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA, 16,384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
