"""A file parsed: pages of text, tables, masks, and records of structured sources with fields that point into them."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from sousveil.model.parts import Identifier, Item, Lot
from sousveil.model.statement import Amount, Field, Span

COVER = "\u2588"
"""What stands for each character of a person (a full block), in every text behind the masks.

No quotation of a finding holds it, and a name that holds it is nobody's: no institution, no party of an export.
"""


@dataclass(frozen=True, slots=True)
class Mask:
    """Characters that were covered because they tell who a natural person is."""

    start: int
    end: int
    kind: Literal["name", "phone", "mail", "id", "bank", "plate", "address", "other"]


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where words recognised on a picture stand on it, and how sure the engine is."""

    start: int
    end: int
    left: float
    """Shares of the picture's width and height, from its upper left corner: 0 to 1 at any resolution."""
    top: float
    right: float
    bottom: float
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, by its place in the grid and in the page text."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of it that stands on one page.

    In the page text its rows are lines, its cells are parted by ``' | '``. Rows and columns of all parts are counted
    together: the head on the first page serves the rows of all, and a row that a page end cut has the same number in
    both parts. A head that is printed again on a later page is marked as header there, too.
    """

    page: int
    cells: tuple[Cell, ...]
    continues: bool = False
    """Whether this is the rest of the table before it in ``Document.tables``."""


@dataclass(frozen=True, slots=True)
class Page:
    """Text of a page, sheet, slide or record. Offsets everywhere refer to ``text``."""

    number: int
    text: str
    label: str = ""
    """Sheet name, record id or member name; empty where pages have only numbers."""
    masks: tuple[Mask, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    """Filled where the text was recognised on a picture; empty where it was read."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a structured source (OCDS, eForms, TED, a table row) says about one notice, with spans in rendered text.

    ``fields`` maps a field name of ``Notice`` to its values in order of appearance, ``amounts`` does so for
    ``budget``, ``ceiling`` and ``award_amount``.
    """

    key: str
    """Identifier of the record in its file: release id, notice id, row number."""
    first_page: int
    last_page: int
    fields: tuple[tuple[str, tuple[Field, ...]], ...] = ()
    amounts: tuple[tuple[str, Amount], ...] = ()
    is_text: bool = False
    """Nothing is stated but the text of the pages: other sheets of a workbook of notices."""
    lots: tuple[Lot, ...] = ()
    items: tuple[Item, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file parsed into pages of text with offsets, and tables with cells."""

    file: str
    media_type: str
    name: str
    """The file's name as found, without folders."""
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    records: tuple[Record, ...] = ()
    """Filled only by structured sources; empty for running text."""
    language: str = "und"
    """BCP 47 tag: zh, zh-Hant, en, es, …; ``und`` where it cannot be told."""
    charset: str = ""
    marks: tuple[str, ...] = ()
    """What is missing or doubtful, in plain words: pages not read, text cut at a limit. Empty means complete."""
    waiting: int = 0
    """Pictures, and pages that are pictures, that wait to be recognised."""

    @property
    def id(self) -> str:
        """First 12 base32 characters of the file's hash, lower case."""
        return document_id(self.file)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file, or a part of it, was not read."""

    stage: Literal["open", "sniff", "parse", "source", "mask", "read", "find", "store", "worker"]
    reason: str
    advice: str


def document_id(file: str) -> str:
    """Return the 12-character id of the document made from the file with this SHA-256 (hexadecimal).

    >>> document_id("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    't6dnbamijr6w'
    """
    return base64.b32encode(bytes.fromhex(file)).decode("ascii")[:12].lower()


def make_span(file: str, page: Page, start: int, end: int) -> Span:
    """Return the span of ``page.text[start:end]`` with its quotation."""
    return Span(file, page.number, start, end, page.text[start:end])


def part_of(document: Document, first: int, last: int) -> tuple[tuple[Page, ...], tuple[Table, ...]]:
    """Return the pages numbered ``first`` to ``last``, and the tables on them.

    Both stand in order of page, so they are cut out and not searched for: a dump has thousands of notices, and a look
    at every page for each of them would grow with the square of its length.
    """
    pages = document.pages[
        bisect_left(document.pages, first, key=_number) : bisect_right(document.pages, last, key=_number)
    ]
    tables = document.tables[
        bisect_left(document.tables, first, key=_page) : bisect_right(document.tables, last, key=_page)
    ]
    return pages, tables


def _number(page: Page) -> int:
    return page.number


def _page(table: Table) -> int:
    return table.page
