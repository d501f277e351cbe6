"""What holds for every document of the room: spans stand word for word, numbers are finite, offsets are in order."""

import hashlib
import math

from sousveil.model import Document
from sousveil.settings import DEFAULT_LIMITS, Limits


def read(reader, untrusted: bytes | str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Return the checked document a reader makes of the bytes."""
    raw = untrusted.encode() if isinstance(untrusted, str) else untrusted
    document = reader.to_document(raw, file=hashlib.sha256(raw).hexdigest(), name="file", limits=limits)
    check(document)
    return document


def check(document: Document) -> None:
    """Assert that every value's quotation is what stands on its page."""
    pages = {page.number: page for page in document.pages}
    assert list(pages) == list(range(1, len(pages) + 1))
    assert len(document.records) == len(document.pages)
    for record in document.records:
        values = [value for _, found in record.fields for value in found] + [value for _, value in record.amounts]
        for value in values:
            span = value.span
            assert span.file == document.file
            assert pages[span.page].text[span.start : span.end] == span.quote
            assert span.quote
        for _, amount in record.amounts:
            assert math.isfinite(amount.value)
            assert amount.value > 0
    for page in document.pages:
        for mask in page.masks:
            assert set(page.text[mask.start : mask.end]) == {"█"}


def values(document: Document, name: str, number: int = 0) -> list[object]:
    """Return the values of one field of one record."""
    return [value.value for found, kept in document.records[number].fields if found == name for value in kept]


def amount(document: Document, name: str, number: int = 0):
    """Return (value, currency) of an amount, None where the record has none."""
    return next(
        ((found.value, found.currency) for kept, found in document.records[number].amounts if kept == name), None
    )
