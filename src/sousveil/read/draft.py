"""A notice being read: its pages as sheets, its entries by field, and how values become fields with spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple, TypeVar

from sousveil.model import COVER, Amount, Document, Field, Page, Scalar, Span, Table, part_of
from sousveil.read.entries import Entry, read_entries
from sousveil.read.sheet import Head, Sheet, head_of

MAX_READ_CHARS = 60_000
"""Characters of a document in which labels are read, about 40 pages: the notice and the data sheet of a tender
document stand in front; forms to be filled in, whose labels announce nothing, follow."""

_AMERICAN = re.compile(
    r"\((?:texas|tennessee|california|new york|florida|illinois|ohio|[a-z]+ county)\)|board of mayor|city council"
    r"|, (?:tx|ca|ny|fl|wa|oh|pa|il|ga|nc|va|az|ma|mi|nj|md|co|mn|mo|wi|or|ok|ky|la|al|sc|ct|ut|nv) \d{5}"
)
"""Signs of a body of the United States, where 05/03/2014 is the third of May."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_GAP = re.compile(r"\s+")
_HAN_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\s*\n\s*(?=\S)|(?<=\S)\s*\n\s*(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)


Value = TypeVar("Value", Field, Amount)


class Found(NamedTuple):
    """An entry and the sheet it stands in."""

    sheet: Sheet
    entry: Entry

    @property
    def value(self) -> str:
        """The value as folded."""
        return self.sheet.folded[self.entry.start : self.entry.end]


class Draft:
    """What is known of one notice before its fields are decided.

    Attributes:
        file: hash of the document's file.
        sheets: the pages up to ``MAX_READ_CHARS`` characters.
        language: BCP 47 tag.
        is_whole: all its text is read.
        is_american: dates are written month first.
        is_han: the notice is written in Chinese.
        home_currency: what a bare sign or word means, once the country is known.
    """

    def __init__(self, document: Document, pages: Sequence[Page]) -> None:
        self.file = document.file
        self.name = document.name
        on_pages = part_of(document, pages[0].number, pages[-1].number)[1] if pages else ()
        self.is_whole = sum(len(page.text) for page in pages) <= MAX_READ_CHARS
        left = MAX_READ_CHARS
        sheets = []
        tables = {number: tuple(group) for number, group in groupby(on_pages, key=lambda table: table.page)}
        for page in pages:
            if left <= 0:
                break
            sheets.append(Sheet(page, left, tables.get(page.number, ())))
            left -= len(page.text)
        self.sheets = tuple(sheets)
        self._carry_heads(on_pages)
        sample = self.sheets[0].folded[:3000] if self.sheets else ""
        self.is_han = sum(map(len, _HAN.findall(sample))) * 8 > len(sample)
        self.language = document.language
        self.home_currency: str | None = None
        self.is_american = not self.is_han and _AMERICAN.search(sample) is not None

    def _carry_heads(self, tables: Iterable[Table]) -> None:
        """Give each sheet the heads of the tables that go on on it; a head is marked, or is the first row."""
        sheets = {sheet.page.number: sheet for sheet in self.sheets}
        heads: list[Head] = []
        for table in tables:
            sheet = sheets.get(table.page)
            if sheet is None:
                heads = []
            elif table.continues:
                sheet.heads_before[table.cells[0].start] = heads
            else:
                marked = [cell for cell in table.cells if cell.is_header]
                cells = marked or [cell for cell in table.cells if cell.row == table.cells[0].row]
                heads = head_of(cells, (sheet.folded[cell.start : cell.end] for cell in cells))

    @cached_property
    def by_field(self) -> dict[str, list[Found]]:
        """Entries by field, in order of position."""
        table: dict[str, list[Found]] = {}
        for sheet in self.sheets:
            for entry in read_entries(sheet):
                table.setdefault(entry.field, []).append(Found(sheet, entry))
        return table

    def of(self, *fields: str, rank: int = 9) -> list[Found]:
        """Return the entries of some fields that hold a value, up to a rank, best rank first, else by position."""
        table = self.by_field
        found = [
            item
            for field in fields
            if field in table
            for item in table[field]
            if item.entry.rank <= rank and item.entry.start < item.entry.end
        ]
        return sorted(found, key=_rank) if len(found) > 1 else found

    def sheet_of(self, field: Field) -> Sheet | None:
        """Return the sheet a field's span points into."""
        return next((sheet for sheet in self.sheets if sheet.page.number == field.span.page), None)

    def span(self, sheet: Sheet, start: int, end: int) -> Span:
        """Return the span of a part of a page."""
        return Span(self.file, sheet.page.number, start, end, sheet.page.text[start:end])

    def text_field(self, sheet: Sheet, start: int, end: int, rule: str) -> Field:
        """Return a field whose value is the words themselves, with line breaks and runs of spaces mended."""
        span = self.span(sheet, start, end)
        return Field(tidy(span.quote), span, rule)

    def field(self, value: Scalar, sheet: Sheet, start: int, end: int, rule: str, *, note: str = "") -> Field:
        """Return a field with a normalised value."""
        return Field(value, self.span(sheet, start, end), rule, note)


def unmasked(value: Value | None) -> Value | None:
    """Return a value read from text, or None where masked characters stand in it: it runs over more than its words.

    A row of names and numbers that lost its cells is the usual case; what a structured source states stays, masked.
    """
    return None if value is None or COVER in value.span.quote else value


def _rank(item: Found) -> int:
    return item.entry.rank


def tidy(quote: str) -> str:
    r"""Return words without line breaks inside; between Chinese characters nothing is left in their place.

    >>> tidy("雪亮工程支网\n一期 运维"), tidy("Supply and\n  repair")
    ('雪亮工程支网一期 运维', 'Supply and repair')
    """
    if "\n" in quote:
        quote = _HAN_GAP.sub("", quote)
    return _GAP.sub(" ", quote).strip()
