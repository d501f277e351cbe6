"""Writers of exports: CSV, JSONL, XLSX. Strings stay strings: no cell can run as a formula."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import xlsxwriter

from sousveil.ask.rows import FINDING_COLUMNS, NOTICE_COLUMNS, NoticeRows, Row, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may take for a formula, full-width ones included (ASVS 5.0, 1.2.10)."""
_BLANKS = " \u00a0\u3000\u200b\ufeff\n"
XLSX_ROWS = 1_048_575
"""Rows of a sheet besides its head: the limit of the format."""
_XLSX_CHARS = 32_767
"""Characters of a cell: the limit of the format."""
_WIDTH = 18


class Writer(Protocol):
    """Takes the rows of one notice after the other."""

    def add(self, rows: NoticeRows) -> None:
        """Write the rows of a notice."""

    def close(self, method: Sequence[tuple[str, str]]) -> None:
        """Write what comes at the end, and the file; ``method`` says how the rows were made."""


def flat(value: Value) -> str | int | float:
    """Return a value as one cell: lists joined by ``; ``, details as ``name=value``."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}={one}" for name, one in value.items() if one is not None)
    return value


def formula_safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a quotation mark is put before a dangerous beginning.

    >>> formula_safe("=1+1"), formula_safe("　＝cmd"), formula_safe("门禁 -2套")
    ("'=1+1", "'　＝cmd", '门禁 -2套')
    """
    bare = text.lstrip(_BLANKS)
    return f"'{text}" if text.startswith(("\t", "\r")) or bare.startswith(_FORMULA) else text


class CsvWriter:
    """One row per finding or notice; UTF-8 with byte order mark, so that spreadsheets show Chinese."""

    def __init__(self, path: Path, rows: str) -> None:
        self._rows = rows
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._table = csv.writer(self._file)
        self._columns = FINDING_COLUMNS if rows == "findings" else NOTICE_COLUMNS
        self._table.writerow(self._columns)

    def add(self, rows: NoticeRows) -> None:
        """Write the rows of a notice."""
        for row in rows.findings if self._rows == "findings" else (rows.notice,):
            cells = [flat(row[name]) for name in self._columns]
            self._table.writerow([formula_safe(cell) if isinstance(cell, str) else cell for cell in cells])

    def close(self, method: Sequence[tuple[str, str]]) -> None:  # noqa: ARG002 (a CSV file holds one table)
        """Write the file."""
        self._file.close()


class JsonlWriter:
    """One JSON object per finding or notice."""

    def __init__(self, path: Path, rows: str) -> None:
        self._rows = rows
        self._file = path.open("wb")
        self._encoder = msgspec.json.Encoder()

    def add(self, rows: NoticeRows) -> None:
        """Write the rows of a notice."""
        for row in rows.findings if self._rows == "findings" else (rows.notice,):
            self._file.write(self._encoder.encode(row) + b"\n")

    def close(self, method: Sequence[tuple[str, str]]) -> None:  # noqa: ARG002 (every line is a row)
        """Write the file."""
        self._file.close()


class XlsxWriter:
    """A workbook with the sheets findings, notices, suppliers, sources and method; every text is stored as text."""

    def __init__(self, path: Path, rows: str) -> None:  # noqa: ARG002 (a workbook has both)
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._head = self._book.add_format({"bold": True})
        self._sheets = {
            "findings": self._sheet("findings", FINDING_COLUMNS),
            "notices": self._sheet("notices", NOTICE_COLUMNS),
        }
        self._next = {"findings": 1, "notices": 1}
        self._suppliers: Counter[str] = Counter()
        self._awards: Counter[tuple[str, str]] = Counter()
        self._sources: Counter[str] = Counter()

    def add(self, rows: NoticeRows) -> None:
        """Write the rows of a notice."""
        self._write("notices", NOTICE_COLUMNS, rows.notice)
        for row in rows.findings:
            self._write("findings", FINDING_COLUMNS, row)
        self._count(rows.notice)

    def close(self, method: Sequence[tuple[str, str]]) -> None:
        """Write the sheets of suppliers, sources and method, and the file."""
        suppliers = self._sheet("suppliers", ("supplier", "notices", "awarded, per currency as printed"))
        for number, (name, count) in enumerate(
            sorted(self._suppliers.items(), key=lambda item: (-item[1], item[0])), 1
        ):
            suppliers.write_string(number, 0, name)
            suppliers.write_number(number, 1, count)
            sums = [f"{currency} {amount:.2f}" for (who, currency), amount in self._awards.items() if who == name]
            suppliers.write_string(number, 2, "; ".join(sums))
        sources = self._sheet("sources", ("source", "notices"))
        for number, (name, count) in enumerate(sorted(self._sources.items()), 1):
            sources.write_string(number, 0, name)
            sources.write_number(number, 1, count)
        sheet = self._sheet("method", ("what", "value"))
        sheet.set_column(1, 1, 100)
        for number, (what, value) in enumerate(method, 1):
            sheet.write_string(number, 0, what)
            sheet.write_string(number, 1, value)
        self._book.close()

    def _sheet(self, name: str, columns: Sequence[str]) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._head)
        return sheet

    def _write(self, name: str, columns: Sequence[str], row: Row) -> None:
        sheet, number = self._sheets[name], self._next[name]
        for place, column in enumerate(columns):
            cell = flat(row[column])
            if isinstance(cell, str):
                sheet.write_string(number, place, cell[:_XLSX_CHARS])
            else:
                sheet.write_number(number, place, cell)
        self._next[name] = number + 1

    def _count(self, notice: Row) -> None:
        names = notice["suppliers"]
        assert isinstance(names, list)
        amount = notice["award_amount"]
        for name in names:
            self._suppliers[name] += 1
            if len(names) == 1 and isinstance(amount, float) and notice["type"] in ("award", "contract"):
                self._awards[name, str(notice["currency"] or "currency not stated")] += amount  # type: ignore[assignment]
        self._sources[str(notice["source"])] += 1


WRITERS: dict[str, type[CsvWriter | JsonlWriter | XlsxWriter]] = {
    "csv": CsvWriter,
    "jsonl": JsonlWriter,
    "xlsx": XlsxWriter,
}
