"""Workbooks of notices: a sheet whose heads are those of notices is read one notice per row, other sheets as tables.

The sheets come from the parser one by one. A row without a title, and the lines above the heads, stay text: they stand
on a page of their own that belongs to no notice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sousveil.model import Document, Page, Record
from sousveil.settings import Limits
from sousveil.source.cells import is_null
from sousveil.source.heads import Head, find_head, head_at
from sousveil.source.mapping import Source
from sousveil.source.process_cells import DAYS
from sousveil.source.render import to_document as render
from sousveil.source.roles import Roles
from sousveil.source.rows import Row, to_row
from sousveil.source.table import Markup, Reading, row_writer
from sousveil.source.telling import told_by_values
from sousveil.text.fold import fold

_LEAST_ROWS = 2
"""Rows that a sheet needs: a form filled in once has one."""
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIALS = range(32_874, 55_153)
"""Days since ``_FIRST_DAY`` that stand for 1990 to 2050: what a date is in a cell that somebody formatted as number."""
_SUMS = frozenset({"合计", "总计", "小计", "total", "totals", "subtotal", "sum"})
"""Titles of rows that add up others: sum, grand total, subtotal."""
_PROBE_ROWS = 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows of one sheet that are notices, each with the name of its place; and how they are read."""

    rows: tuple[tuple[str, Row], ...]
    reading: Reading


class DumpSheets:
    """The sheets of one workbook that hold a notice per row."""

    def __init__(self, file: str, limits: Limits, source: Source, markup: Markup) -> None:
        self._file, self._limits, self._source, self._markup = file, limits, source, markup
        self._sheets: list[_Sheet] = []
        self._names: set[str] = set()
        self._marks: list[str] = []
        self._count = 0

    @property
    def is_filled(self) -> bool:
        """Whether any sheet was taken."""
        return bool(self._sheets)

    def take(self, name: str, rows: Sequence[Sequence[str]], first_row: int) -> frozenset[int] | None:
        """Keep the notices of a sheet; return the rows that are left, None where the sheet holds no notices.

        Args:
            name: of the sheet.
            rows: their cells as texts.
            first_row: number of the first row in the sheet, from 0.
        """
        head = self._head(name, rows[:_PROBE_ROWS], first_row)
        if head is None:
            return None
        probe = [to_row(head, row, self._source.roles) for row in rows[head.first : head.first + _PROBE_ROWS]]
        roles = told_by_values(probe, self._source.roles)
        if not roles.are_of_notices([(column.parent, column.head) for column in head.columns]):
            return None
        head = replace(head, columns=tuple(one for one in head.columns if not roles.is_hidden(one.parent, one.head)))
        titles = [one.place for one in head.columns if roles.of(one.parent, one.head)[0] == "title"]
        kept: list[tuple[str, Row]] = []
        left = set(range(head.first - head.lines))
        untitled = unread = 0
        for place in range(head.first, len(rows)):
            texts = rows[place]
            if not _has_title(texts, titles):
                if any(text.strip() for text in texts):
                    left.add(place)
                    untitled += 1
            elif self._count < self._limits.max_pages:
                kept.append((f"{name}, row {first_row + place + 1}", _with_days(to_row(head, texts, roles), roles)))
                self._count += 1
            else:
                unread += 1
        self._note(name, untitled, unread)
        self._names.add(name)
        unit = self._source.unit or head.unit
        self._sheets.append(_Sheet(tuple(kept), Reading(self._source, roles, self._markup, unit, with_keys=False)))
        return frozenset(left)

    def _head(self, name: str, rows: Sequence[Sequence[str]], first_row: int) -> Head | None:
        source = self._source
        if source.sheet and name != " ".join(source.sheet.split()):
            return None
        if source.head_row is None:
            return find_head(rows, source.roles, least=_LEAST_ROWS)
        index = source.head_row - 1 - first_row if source.head_row else -1
        return head_at(rows, index) if -1 <= index < len(rows) else None

    def _note(self, name: str, untitled: int, unread: int) -> None:
        if untitled:
            self._marks.append(f"{untitled} rows of sheet {name} have no title: text, no notices")
        if unread:
            limit = self._limits.max_pages
            self._marks.append(
                f"{unread} further rows of sheet {name} were not read: limit of {limit} records (max_pages)"
            )

    def join(self, rest: Document) -> Document:
        """Return one document of the notices, and of what the parser made of everything else.

        A run of pages of other sheets is one more record, without fields: its text is read as that of a notice.
        """
        if not self._sheets:
            return rest
        writers = [(named, row_writer(sheet.reading)) for sheet in self._sheets for named in sheet.rows]
        document = render(
            writers,
            lambda page, item: item[1](page, item[0]),
            file=self._file,
            media_type=rest.media_type,
            name=rest.name,
            limits=self._limits,
            marks=(*self._marks, *rest.marks),
        )
        shift = len(document.pages)
        pages = [replace(page, number=page.number + shift) for page in rest.pages]
        tables = [replace(table, page=table.page + shift) for table in rest.tables]
        return replace(
            document,
            pages=(*document.pages, *pages),
            tables=(*document.tables, *tables),
            records=(*document.records, *self._records(pages)),
        )

    def _records(self, pages: Sequence[Page]) -> list[Record]:
        found: list[Record] = []
        for page in pages:
            if page.label in self._names:
                continue
            if found and found[-1].last_page == page.number - 1:
                found[-1] = replace(found[-1], last_page=page.number)
            else:
                found.append(Record(page.label, page.number, page.number, is_text=True))
        return found


def _has_title(texts: Sequence[str], titles: Sequence[int]) -> bool:
    """Return whether a row has a title in one of its columns, and does not add up other rows."""
    told = next((texts[place] for place in titles if place < len(texts) and not is_null(texts[place])), "")
    return bool(told) and fold(told).strip(" :") not in _SUMS


def _with_days(row: Row, roles: Roles) -> Row:
    """Return a row whose days are days also where a cell holds only their number."""
    return tuple(
        replace(cell, text=_to_day(cell.text))
        if roles.of(cell.parent, cell.head)[0] in {"publication_date", *DAYS}
        else cell
        for cell in row
    )


def _to_day(text: str) -> str:
    """Return the day of a serial number, any other text as it is.

    >>> _to_day("45292"), _to_day("2024"), _to_day("2024-01-01")
    ('2024-01-01', '2024', '2024-01-01')
    """
    days = text.strip().partition(".")[0]
    if not (len(days) == 5 and days.isdecimal() and int(days) in _SERIALS and text.replace(".", "", 1).isdecimal()):
        return text
    return (_FIRST_DAY + dt.timedelta(int(days))).isoformat()
