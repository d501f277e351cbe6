"""The steps in order, for one file: parse, mask, read, find."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sousveil.data.load import tables_digest
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import EmptyFileError, FileFailure, PicturesOnlyError, UnsupportedTypeError
from sousveil.find import find
from sousveil.mask import mask
from sousveil.model import Document, Failure, Finding, Notice, Table
from sousveil.parse import parse
from sousveil.parse.layout import Layout
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.sniff import Kind
from sousveil.parse.text import is_markup
from sousveil.parse.webpage import lay_markup
from sousveil.pipeline.part import PLAIN, Order, Part, empty_part
from sousveil.read import read
from sousveil.run.worker import sign_of_life
from sousveil.settings import Limits
from sousveil.source import eforms, ocds, table, ted, workbook
from sousveil.text.fingerprint import fingerprint
from sousveil.text.language import language_of

VERSIONS = f"parse=2 source=3 mask=5 read=3 find=3 data={tables_digest()}"
"""Version of every step, and of the tables they read. A file whose row says otherwise is stale: the next ingest does it
again."""

_NOTICES_A_SIGN = 500
"""Notices of a dump between two signs of life: a second or two."""
_LANGUAGE_SAMPLE = 4_000
"""Characters looked at to tell the language; more did not change a verdict on the sample corpus (2026-11)."""


def process_file(untrusted: bytes, *, name: str, kind: Kind, order: Order = PLAIN, member: str = "") -> Part:
    """Return what becomes of one file that is no archive."""
    watch = _Watch()
    empty = empty_part(untrusted, kind, member)
    try:
        document = to_document(untrusted, file=empty.file, name=name, kind=kind, order=order)
    except FileFailure as failure:
        is_unknown = isinstance(failure, UnsupportedTypeError)
        return replace(
            empty,
            failure=Failure("sniff" if is_unknown else "parse", failure.reason, failure.advice),
            waiting=failure.pictures if isinstance(failure, PicturesOnlyError) else 0,
        )
    watch.note("parse")
    document = mask(document)
    watch.note("mask")
    notices = read(document)
    watch.note("read")
    findings = tuple(_iter_findings(document, notices, order))
    watch.note("find")
    fingerprints = {notice.id: fingerprint(_text_of(document, notice)) for notice in notices}
    watch.note("fingerprint")
    failure_row = None
    if document.marks:
        failure_row = Failure(
            "parse",
            "; ".join(document.marks),
            "What could be read is in the dataset; look at the original for the rest.",
        )
    return replace(
        empty,
        status="partly" if failure_row else "read",
        failure=failure_row,
        document=replace(document, records=()),
        notices=notices,
        findings=findings,
        seconds=watch.seconds,
        waiting=document.waiting,
        fingerprints=fingerprints,
    )


def _text_of(document: Document, notice: Notice) -> str:
    """Return the masked text of a notice's pages."""
    return "\n".join(page.text for page in document.pages[notice.first_page - 1 : notice.last_page])


def _iter_findings(document: Document, notices: Sequence[Notice], order: Order) -> Iterator[Finding]:
    for number, notice in enumerate(notices, 1):
        yield from find(document, notice, explain=order.explain, own=order.own)
        if number % _NOTICES_A_SIGN == 0:
            sign_of_life()


def to_document(untrusted: bytes, *, file: str, name: str, kind: Kind, order: Order = PLAIN) -> Document:
    """Return the document that the bytes hold, its language set; not masked yet.

    Raises:
        FileFailure: the file cannot be read; the message says why and what to do.
    """
    if not untrusted:
        raise EmptyFileError("the file is empty (0 bytes)", "Fetch it again from its source.")
    if not kind.is_supported:
        raise UnsupportedTypeError(
            f"not supported yet: {kind.media_type or kind.name}",
            "Save it as PDF, DOCX, XLSX, HTML or text and ingest that, or wait for a version that reads it.",
        )
    structured = _STRUCTURED.get(kind.name)
    if kind.name == "table-json":
        document = _table(untrusted, file=file, name=name, order=order)
    elif structured is not None:
        document = structured(untrusted, file=file, name=name, limits=order.limits)
    else:
        document = _parse_or_table(untrusted, file=file, name=name, kind=kind, order=order)
    if document.language == "und":
        sample = " ".join(page.text[:_LANGUAGE_SAMPLE] for page in document.pages[:2])[:_LANGUAGE_SAMPLE]
        document = replace(document, language=language_of(sample))
    return document


def _parse_or_table(untrusted: bytes, *, file: str, name: str, kind: Kind, order: Order) -> Document:
    """A table or sheet whose columns are those of notices is read row by row, any other as one table."""
    if kind.name == "csv":
        try:
            return _table(untrusted, file=file, name=name, order=order)
        except (UnsupportedTypeError, EmptyFileError):
            pass
    dumps = workbook.DumpSheets(file, order.limits, order.source, _page_reader(order.limits))
    pictures = Pictures(order.limits, order.ocr, order.recogniser, order.page)
    try:
        rest = parse(
            untrusted, file=file, name=name, kind=kind, limits=order.limits, pictures=pictures, take_sheet=dumps.take
        )
    except EmptyFileError:
        if not dumps.is_filled:
            raise
        rest = Document(file, kind.media_type, name, ())
    return dumps.join(rest) if kind.name in _WORKBOOKS else rest


def _table(untrusted: bytes, *, file: str, name: str, order: Order) -> Document:
    markup = _page_reader(order.limits)
    return table.to_document(untrusted, file=file, name=name, limits=order.limits, source=order.source, markup=markup)


def _page_reader(limits: Limits) -> table.Markup:
    """Return what reads the HTML of a record as a web page."""

    def read_page(text: str) -> tuple[str, tuple[Table, ...]] | None:
        layout = Layout(limits)
        if not is_markup(text) or not lay_markup(text, layout):
            return None
        pages, tables, _ = layout.finish()
        return pages[0].text, tuple(table for table in tables if table.page == 1)

    return read_page


_WORKBOOKS = frozenset({"xlsx", "xls", "ods"})

_STRUCTURED: dict[str, Callable[..., Document]] = {
    "ocds-json": ocds.to_document,
    "ocds-jsonl": ocds.to_document,
    "eforms": eforms.to_document,
    "ted": ted.to_document,
}


def explain_findings(document: Document, notice: Notice, own: OwnTerms = SHIPPED) -> tuple[Finding, ...]:
    """Return the findings of a notice again, those that were withheld too, each with what spoke for and against it."""
    return find(document, notice, explain=True, own=own)


class _Watch:
    """Processor time of each step of one file; a long step that has ended is a sign of life."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def note(self, step: str) -> None:
        sign_of_life()
        now = time.process_time()
        self.seconds[step] = round(now - self._last, 6)
        self._last = now
