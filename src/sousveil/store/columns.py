"""Nouns -> columns of rows, and back."""

from __future__ import annotations

import sqlite3

import msgspec
import zstandard

from sousveil.model import Document, Finding, Mask, Notice, Page, Scalar, Span, TextBox

_LEVEL = 3
"""zstd level of bodies: 0.03 ms for a notice."""

_compress = zstandard.ZstdCompressor(level=_LEVEL).compress
"""One compressor for all: making one takes as long as its work on a notice. There is one writer, with one thread."""
_encode = msgspec.json.Encoder().encode
_masks = msgspec.json.Decoder(tuple[Mask, ...])
_boxes = msgspec.json.Decoder(tuple[TextBox, ...])
_notice = msgspec.json.Decoder(Notice)
_reasons = msgspec.json.Decoder(tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, Scalar], ...]])
_document = msgspec.json.Decoder(Document)


def pack(value: Document | Notice) -> bytes:
    """Return a value as compressed JSON: its spans repeat the hash of the file, a notice shrinks to a fifth."""
    return _compress(_encode(value))


def unpack_document(body: bytes) -> Document:
    """Return a document without its pages, which stand in rows of their own."""
    return _document.decode(_unpack(body))


def unpack_notice(body: bytes) -> Notice:
    """Return a notice in full."""
    return _notice.decode(_unpack(body))


def _unpack(body: bytes) -> bytes:
    return zstandard.decompress(body)


def to_finding(row: sqlite3.Row) -> Finding:
    """Return a finding from its columns; only its reasons and details are kept as JSON."""
    reasons_for, reasons_against, details = _reasons.decode(row["body"])
    span = Span(row["file"], row["page"], row["start"], row["end"], row["quote"])
    return Finding(
        row["id"],
        row["kind"],
        row["value"],
        span,
        row["notice"],
        row["rule"],
        row["score"],
        section=row["section"],
        reasons_for=reasons_for,
        reasons_against=reasons_against,
        details=details,
    )


def page_row(file: str, page: Page) -> tuple[object, ...]:
    """Return the columns of a page."""
    boxes = zstandard.compress(_encode(page.boxes), _LEVEL) if page.boxes else None
    return file, page.number, page.label, page.text, _encode(page.masks), boxes


def to_page(row: sqlite3.Row) -> Page:
    """Return a page from its columns."""
    boxes = _boxes.decode(_unpack(row["boxes"])) if row["boxes"] else ()
    return Page(row["number"], row["text"], row["label"], _masks.decode(row["masks"]), boxes)


def _value(field: object) -> object:
    return None if field is None else getattr(field, "value", None)


def notice_row(notice: Notice, fingerprint: bytes) -> tuple[object, ...]:
    """Return the columns of a notice: what is searched and counted by, then the whole."""
    money = notice.award_amount or notice.budget
    return (
        notice.id,
        notice.file,
        notice.first_page,
        notice.last_page,
        notice.language,
        *(
            _value(getattr(notice, name))
            for name in ("notice_type", "project_number", "title", "buyer", "agency", "budget", "award_amount")
        ),
        money.currency if money else None,
        *(_value(getattr(notice, name)) for name in ("publication_date", "country", "province", "city")),
        fingerprint,
        pack(notice),
    )


def finding_row(finding: Finding) -> tuple[object, ...]:
    """Return the columns of a finding."""
    span = finding.span
    place = (span.page, span.start, span.end, span.quote)
    return (
        finding.id,
        finding.notice,
        span.file,
        finding.kind,
        finding.value,
        *place,
        finding.rule,
        finding.score,
        finding.section,
        _encode((finding.reasons_for, finding.reasons_against, finding.details)),
    )
