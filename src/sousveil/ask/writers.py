"""Writers of tables: CSV, JSONL, XLSX. Strings stay strings: no cell can run as a formula.

A writer takes one row after the other and keeps none of them: memory does not grow with the number of rows.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import xlsxwriter

from sousveil.ask import frames
from sousveil.ask.tables import COLUMNS
from sousveil.ask.units import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may take for a formula, full-width ones included (ASVS 5.0, 1.2.10)."""
_BLANKS = " \u00a0\u3000\u200b\ufeff\n"
XLSX_ROWS = 1_048_575
"""Rows of a sheet besides its head: the limit of the format."""
_XLSX_CHARS = 32_767
"""Characters of a cell: the limit of the format."""
_WIDTH = 18

Method = Sequence[tuple[str, str]]
"""How the rows were made: what, value."""


class Writer(Protocol):
    """Takes rows of tables, or records of another kind."""

    def add(self, table: str, row: Row) -> None:
        """Write a row."""

    def close(self, method: Method) -> Sequence[str]:
        """Write what comes at the end, and the file; return what the user should know of it."""


def flat(value: object) -> str | int | float:
    """Return a value as one cell: numbers as they are, else a text (``frames.flat``), empty for None."""
    if value is None:
        return ""
    return value if isinstance(value, int | float) else frames.flat(value)


def formula_safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a quotation mark is put before a dangerous beginning.

    >>> formula_safe("=1+1"), formula_safe("　＝cmd"), formula_safe("门禁 -2套")
    ("'=1+1", "'　＝cmd", '门禁 -2套')
    """
    bare = text.lstrip(_BLANKS)
    return f"'{text}" if text.startswith(("\t", "\r")) or bare.startswith(_FORMULA) else text


class CsvWriter:
    """One table; UTF-8 with byte order mark, so that spreadsheets show Chinese."""

    def __init__(self, path: Path, rows: str, columns: Sequence[str] | None = None) -> None:
        self._table = rows
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._lines = csv.writer(self._file)
        self._columns = columns or COLUMNS[rows]
        self._lines.writerow(self._columns)

    def add(self, table: str, row: Row) -> None:
        """Write a row of the table; rows of others are passed by."""
        if table == self._table:
            cells = [flat(row[name]) for name in self._columns]
            self._lines.writerow([formula_safe(cell) if isinstance(cell, str) else cell for cell in cells])

    def close(self, method: Method) -> Sequence[str]:  # noqa: ARG002 (a CSV file holds one table)
        """Write the file."""
        self._file.close()
        return ()


class JsonlWriter:
    """One JSON object per row."""

    def __init__(self, path: Path, rows: str) -> None:
        self._table = rows
        self._file = path.open("wb")
        self._encoder = msgspec.json.Encoder()

    def add(self, table: str, row: Row) -> None:
        """Write a row of the table; rows of others are passed by."""
        if table == self._table:
            self._file.write(self._encoder.encode(row) + b"\n")

    def close(self, method: Method) -> Sequence[str]:  # noqa: ARG002 (every line is a row)
        """Write the file."""
        self._file.close()
        return ()


class XlsxWriter:
    """A workbook with a sheet for each table, and the sheet ``method``; every text is stored as text."""

    def __init__(self, path: Path, rows: str) -> None:  # noqa: ARG002 (a workbook has all tables)
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._head = self._book.add_format({"bold": True})
        self._sheets = {name: self._sheet(name, columns) for name, columns in COLUMNS.items()}
        self._next = dict.fromkeys(COLUMNS, 1)
        self._cut = 0

    def add(self, table: str, row: Row) -> None:
        """Write a row into the sheet of its table."""
        sheet, number = self._sheets[table], self._next[table]
        for place, column in enumerate(COLUMNS[table]):
            cell = flat(row[column])
            if isinstance(cell, str):
                self._cut += len(cell) > _XLSX_CHARS
                sheet.write_string(number, place, cell[:_XLSX_CHARS])
            else:
                sheet.write_number(number, place, cell)
        self._next[table] = number + 1

    def close(self, method: Method) -> Sequence[str]:
        """Write the sheet ``method`` and the file; say how many cells hold more than the format takes."""
        note = (
            f"{self._cut:,} cells were cut at {_XLSX_CHARS:,} characters, the limit of a workbook: csv has them whole"
        )
        notes = (note,) if self._cut else ()
        sheet = self._sheet("method", ("what", "value"))
        sheet.set_column(1, 1, 100)
        for number, (what, value) in enumerate([*method, *(("cells cut", one) for one in notes)], 1):
            sheet.write_string(number, 0, what)
            sheet.write_string(number, 1, value)
        self._book.close()
        return notes

    def _sheet(self, name: str, columns: Sequence[str]) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._head)
        return sheet
