"""Page text written line by line, each value with the span where it stands; shared by all structured readers.

A structured file has no page a person would read. The readers of this room make one per notice: labelled lines in the
order a reader expects. What is rendered is an allow-list: a reader writes the elements it names and nothing else, so
contact points, e-mail addresses, telephones, signatories, panel members and beneficial owners never reach the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sousveil.model import (
    COVER,
    Amount,
    Cell,
    Document,
    Field,
    Identifier,
    Item,
    Lot,
    Mask,
    Page,
    Record,
    Role,
    Scalar,
    Span,
    Table,
    mend_item,
    mend_lot,
)
from sousveil.settings import Limits
from sousveil.source.covers import cover, find_covers, recover

Source = TypeVar("Source")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]{2,}")
_LONGEST_KEY = 200
_LONGEST_NUMBER = 40
MAX_PARTS = 500
"""Lots, and items, that are kept of one notice; the largest framework agreements in TED have about 250 lots."""


def clean_line(text: str) -> str:
    r"""Return ``text`` on one line: white space runs are one space, control characters and lone surrogates are gone.

    >>> clean_line(" Ten  cameras\n(fixed)\x00 ")
    'Ten cameras (fixed)'
    """
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    return " ".join(text.split())


def clean_block(text: str) -> str:
    r"""Return ``text`` with its lines kept, blank lines and outer white space dropped, control characters gone.

    >>> clean_block("one \r\n\r\n  two")
    'one\ntwo'
    """
    if text.isprintable():
        return text.strip()
    lines = (_BLANKS.sub(" ", _CONTROL.sub(" ", line)).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class PageBuilder:
    """One page being written: text, fields with spans, names to cover. ``done`` gives page and record.

    Attributes:
        file: SHA-256 of the file, hexadecimal.
        number: page number, from 1.
        max_chars: no more text than this; what is cut sets ``is_cut``.
        key: identifier of the record in its file; the reader sets it.
        tables: those on the page.
    """

    file: str
    number: int
    max_chars: int
    key: str = ""
    is_cut: bool = False
    tables: list[Table] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _fields: dict[str, list[Field]] = field(default_factory=dict)
    _amounts: dict[str, Amount] = field(default_factory=dict)
    _hidden: list[tuple[int, int, str]] = field(default_factory=list)
    _lots: dict[str, Lot] = field(default_factory=dict)
    _items: list[Item] = field(default_factory=list)
    _identifiers: list[Identifier] = field(default_factory=list)
    _numbers: list[tuple[Role, str, str, str, str]] = field(default_factory=list)

    def line(self, label: str, text: str) -> Span | None:
        """Write ``label: text`` on one line; return the span of the text, None where nothing was written."""
        return self._write(label, clean_line(text))

    def block(self, label: str, text: str) -> Span | None:
        """Write a text of one or more lines after its label; return its span, None where nothing was written."""
        return self._write(label, clean_block(text))

    def web_page(self, label: str, text: str, tables: Sequence[Table]) -> None:
        """Write the lines of a web page below its label, and keep its tables, whose cells are places in ``text``."""
        self.heading(label)
        start = self._length
        room = self.max_chars - start - 1
        self.is_cut |= room < len(text)
        if room <= 0:
            return
        kept = text[:room]
        self._parts.append(kept + "\n")
        self._length += len(kept) + 1
        for table in tables:
            cells = tuple(_moved(cell, start) for cell in table.cells if cell.end <= len(kept))
            if cells:
                self.tables.append(Table(self.number, cells))

    def heading(self, text: str) -> None:
        """Write a line without label that says what the next lines are about."""
        text = clean_line(text)
        if self._length + len(text) >= self.max_chars:
            self.is_cut = True
        elif text:
            self._parts.append(text + "\n")
            self._length += len(text) + 1

    def field(
        self, name: str, label: str, text: str, *, rule: str, value: Scalar = None, note: str = "", lead: int = 0
    ) -> Span | None:
        """Write a line and keep it as a value of the notice's field ``name``.

        ``value`` is the text unless given; with ``lead`` only the first so many characters are the quotation.
        """
        span = self.line(label, text)
        if span is None:
            return None
        if lead and lead < len(span.quote):
            span = Span(span.file, span.page, span.start, span.start + lead, span.quote[:lead])
        self.keep(name, Field(span.quote if value is None else value, span, rule, note))
        return span

    def amount(
        self, name: str, label: str, value: float, currency: str | None, *, rule: str, note: str = ""
    ) -> Span | None:
        """Write an amount as ``number currency`` and keep it as the notice's field ``name`` (no field where empty)."""
        span = self.line(label, f"{format_number(value)} {currency or ''}")
        if span is not None and name:
            self._amounts.setdefault(name, Amount(value, currency, span, rule, note))
        return span

    def total(
        self, name: str, label: str, values: Sequence[tuple[float, str | None] | None], *, rule: str
    ) -> Span | None:
        """Write the sum of the amounts that are given (None: not given) if all are in one currency.

        The file does not print such a sum: the note says so, and how many amounts it leaves out. Where there is one
        amount only, it is written here too, because its own line stands far down.
        """
        given = [value for value in values if value]
        if not given or len({currency for _, currency in given}) > 1:
            return None
        missing = len(values) - len(given)
        note = f"sum of {len(given)}, not printed in the file" if len(given) > 1 else ""
        if missing:
            note = f"{note or 'value of one'}; {missing} more without a value"
        number = round(sum(value for value, _ in given), 2)
        return self.amount(name, label, number, given[0][1], rule=rule, note=note)

    def person(self, name: str, label: str, text: str, *, rule: str, visible: int = 0) -> None:
        """Write a natural person's name covered; its first ``visible`` characters (a legal form) stay readable.

        The name is covered wherever else it stands on the page.
        """
        span = self.field(name, label, text, rule=rule, note="natural person, covered")
        if span is not None:
            self._hidden.append((span.start + visible, span.end, span.quote[visible:]))

    def keep(self, name: str, value: Field) -> None:
        """Keep a value of the field ``name`` whose words stand on the page already."""
        self._fields.setdefault(name, []).append(value)

    def keep_amount(
        self, name: str, value: float, currency: str | None, span: Span, *, rule: str, note: str = ""
    ) -> None:
        """Keep a sum whose words stand on the page already; the first of a name counts."""
        self._amounts.setdefault(name, Amount(value, currency, span, rule, note))

    def label_of(self, span: Span, label: str) -> Span:
        """Return the span of the label before a line's text."""
        start = span.start - len(label) - 2
        return Span(span.file, span.page, start, start + len(label), label)

    def lot(self, key: str) -> Lot | None:
        """Return what is kept of a lot, None where it was not told of yet."""
        return self._lots.get(key)

    def keep_lot(self, key: str, lot: Lot) -> None:
        """Keep a lot, in place of what was kept of it before."""
        if len(self._lots) < MAX_PARTS or key in self._lots:
            self._lots[key] = lot

    def keep_item(self, item: Item) -> None:
        """Keep a row of a bill of quantities."""
        if len(self._items) < MAX_PARTS:
            self._items.append(item)

    def identifier(self, role: Role, name: str, scheme: str, text: str, *, label: str) -> None:
        """Keep an official number of a body; it is written at the end of the page, below what people read."""
        number = clean_line(text)
        entry = (role, clean_line(name), scheme, number, label)
        if number and entry not in self._numbers and len(number) <= _LONGEST_NUMBER and len(self._numbers) < MAX_PARTS:
            self._numbers.append(entry)

    def _write_identifiers(self) -> None:
        for role, name, scheme, number, label in self._numbers:
            span = self.line(label, f"{number} ({scheme})")
            if span is not None:
                place = Span(span.file, span.page, span.start, span.start + len(number), number)
                self._identifiers.append(Identifier(role, name, scheme, number, place))

    def keep_identifier(self, identifier: Identifier) -> None:
        """Keep an official number whose digits stand on the page already."""
        self._identifiers.append(identifier)

    def kept(self, name: str) -> tuple[Field, ...]:
        """Return the values of a field so far."""
        return tuple(self._fields.get(name, ()))

    def named(self, name: str, value: str) -> Field | None:
        """Return the value of a field that says the same, whatever its case."""
        wanted = clean_line(value).casefold()
        return next((one for one in self._fields.get(name, ()) if str(one.value).casefold() == wanted), None)

    def find(self, label: str, text: str) -> Span | None:
        """Return the span of a line that was written as ``label: text``, None where it was not."""
        line = f"{label}: {text}\n"
        start = 0
        for part in self._parts:
            if part == line:
                return Span(self.file, self.number, start + len(label) + 2, start + len(line) - 1, text)
            start += len(part)
        return None

    def has(self, name: str) -> bool:
        """Return whether the field ``name`` has a value."""
        return name in self._fields or name in self._amounts

    @property
    def is_empty(self) -> bool:
        """True while nothing stands on the page."""
        return not self._parts

    def done(self) -> tuple[Page, Record]:
        """Return the finished page and its record; names of natural persons are covered in both."""
        self._write_identifiers()
        text = "".join(self._parts).rstrip("\n")
        covers = tuple(find_covers(text, self._hidden))
        fields = self._fields
        if covers:
            text = cover(text, covers)
            fields = {name: [recover(value, text, covers) for value in values] for name, values in fields.items()}
            self._recover_parts(text, covers)
        masks = tuple(Mask(start, end, "name") for start, end in covers)
        key = clean_line(self.key[:_LONGEST_KEY])
        page = Page(self.number, text, key, masks)
        kept = tuple((name, tuple(values)) for name, values in fields.items())
        return page, Record(
            key,
            self.number,
            self.number,
            kept,
            tuple(self._amounts.items()),
            lots=tuple(self._lots.values()),
            items=tuple(self._items),
            identifiers=tuple(self._identifiers),
        )

    def _recover_parts(self, text: str, covers: tuple[tuple[int, int], ...]) -> None:
        """Cover what the page no longer shows in lots, items and numbers; a person's number goes."""

        def of_field(value: Field) -> Field:
            return recover(value, text, covers)

        def of_amount(amount: Amount) -> Amount:
            return amount

        self._lots = {key: mend_lot(lot, of_field, of_amount, lot.span) for key, lot in self._lots.items()}
        self._items = [mend_item(item, of_field, of_amount) for item in self._items]
        self._identifiers = [one for one in self._identifiers if COVER not in text[one.span.start : one.span.end]]

    def _write(self, label: str, text: str) -> Span | None:
        if not text:
            return None
        start = self._length + len(label) + 2
        room = self.max_chars - start - 1
        if room < len(text):
            self.is_cut = True
            if room <= 0:
                return None
            self._add(label, text[:room])
            return None
        self._add(label, text)
        return Span(self.file, self.number, start, start + len(text), text)

    def _add(self, label: str, text: str) -> None:
        self._parts.append(f"{label}: {text}\n")
        self._length += len(label) + len(text) + 3


def _moved(cell: Cell, by: int) -> Cell:
    return replace(cell, start=cell.start + by, end=cell.end + by)


def format_number(value: float) -> str:
    """Return a number as it is printed in rendered text: no exponent, no ``.0``.

    >>> format_number(69384.0), format_number(0.5), format_number(7.406e9)
    ('69384', '0.5', '7406000000')
    """
    if value == int(value):
        return f"{value:.0f}"
    text = repr(value)
    return text if "e" not in text else f"{value:.12f}".rstrip("0")


def to_document(
    items: Iterable[Source],
    write: Callable[[PageBuilder, Source], None],
    *,
    file: str,
    media_type: str,
    name: str,
    limits: Limits,
    language: str = "und",
    marks: Iterable[str] = (),
) -> Document:
    """Return the document with one page and one record per item, ``write`` rendering each.

    Items beyond ``limits.max_pages`` or ``limits.max_text_chars`` are counted, not rendered: a mark says how many.
    An item that writes nothing has no page and is counted in a mark too.
    """
    pages: list[Page] = []
    records: list[Record] = []
    tables: list[Table] = []
    found = list(marks)
    chars = empty = cut = 0
    walk = iter(items)
    for item in walk:
        if len(pages) >= limits.max_pages or chars >= limits.max_text_chars:
            unread = 1 + _count(walk)
            found.append(
                f"{unread} further records were not read: limit of {limits.max_pages} records or of the text's length"
            )
            break
        builder = PageBuilder(file, len(pages) + 1, min(limits.max_page_chars, limits.max_text_chars - chars))
        write(builder, item)
        if builder.is_empty:
            empty += 1
            continue
        page, record = builder.done()
        cut += builder.is_cut
        chars += len(page.text)
        pages.append(page)
        records.append(record)
        tables += builder.tables
    if empty:
        found.append(f"{empty} records hold nothing that can be read")
    if cut:
        found.append(f"the text of {cut} records was cut at the limit of {limits.max_page_chars} characters")
    return Document(
        file,
        media_type,
        name,
        tuple(pages),
        tuple(tables),
        records=tuple(records),
        language=language,
        charset="utf-8",
        marks=tuple(found),
    )


def _count(walk: Iterator[object]) -> int:
    return sum(1 for _ in walk)
