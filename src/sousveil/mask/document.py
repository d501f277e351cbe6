"""Whole documents: every page, table and record masked, names carried from page to page."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from sousveil.mask.cover import BLOCK, Range, cover, to_masks
from sousveil.mask.file_names import mask_name
from sousveil.mask.labelled import iter_labels
from sousveil.mask.spread import iter_repeats, make_pattern, names_to_spread
from sousveil.mask.text import find_numbers, find_ranges, fold_text
from sousveil.model import Amount, Document, Field, Mask, Page, Record, Scalar, Span


def mask(document: Document) -> Document:
    """Return the document with the characters that tell who a natural person is covered by '█', one for each.

    Lengths, line ends and cell marks stay, so all offsets stay. ``Page.masks`` says where and why; records follow
    their spans; the file's name is masked, too. A document that is masked already comes back unchanged in its text.
    """
    tables = {number: list(group) for number, group in groupby(document.tables, key=lambda table: table.page)}
    folded = [fold_text(page.text) for page in document.pages]
    found: list[list[Range]] = []
    names: set[str] = set()
    for page, words in zip(document.pages, folded, strict=True):
        ranges, announced = find_ranges(page.text, words, tables.get(page.number, ()))
        found.append(ranges)
        names |= announced
    pattern = make_pattern(names_to_spread(names))
    pages = []
    for page, words, ranges in zip(document.pages, folded, found, strict=True):
        if pattern:
            ranges.extend(iter_repeats(words, pattern))
        masks = to_masks(page.text, ranges, page.masks)
        label = mask_name(page.label) if page.label else ""
        pages.append(replace(page, text=cover(page.text, masks), masks=masks, label=label))
    by_number = {page.number: page for page in pages}
    records = tuple(_mask_record(record, by_number) for record in document.records)
    return replace(document, pages=tuple(pages), records=records, name=mask_name(document.name))


def mask_text(text: str) -> tuple[str, tuple[Mask, ...]]:
    """Return a text with persons covered, and the masks.

    >>> mask_text("联系人：张某某 电话：0991-2935817")[0]
    '联系人：███ 电话：████████████'
    """
    folded = fold_text(text)
    ranges, names = find_ranges(text, folded)
    pattern = make_pattern(names_to_spread(names))
    if pattern:
        ranges.extend(iter_repeats(folded, pattern))
    masks = to_masks(text, ranges)
    return cover(text, masks), masks


def find_leaks(text: str) -> tuple[Mask, ...]:
    """Return the numbers of persons in a text, by form and label alone: the gate of every export.

    >>> [leak.kind for leak in find_leaks("请拨打 13800138000，身份证号 11010519491231002X")]
    ['phone', 'id']
    """
    folded = fold_text(text)
    masks = to_masks(text, find_numbers(folded, list(iter_labels(folded))))
    return tuple(leak for leak in masks if BLOCK not in text[leak.start : leak.end])


def _mask_record(record: Record, pages: dict[int, Page]) -> Record:
    fields: tuple[tuple[str, tuple[Field | Amount, ...]], ...] = tuple(
        (name, tuple(_mask_value(value, pages) for value in values)) for name, values in record.fields
    )
    return replace(record, fields=fields)


def _mask_value(value: Field | Amount, pages: dict[int, Page]) -> Field | Amount:
    """Return a record's value with what the page no longer shows covered in quote and value."""
    span = value.span
    page = pages.get(span.page)
    if page is None:
        return value
    quote = page.text[span.start : span.end]
    if quote == span.quote:
        return value
    covered = Span(span.file, span.page, span.start, span.end, quote)
    if isinstance(value, Amount):
        return replace(value, span=covered)
    return replace(value, span=covered, value=_mask_scalar(value.value, span.quote, quote))


def _mask_scalar(value: Scalar, quote: str, covered: str) -> Scalar:
    """Return a field's value without the characters that its quote lost; all blocks where they cannot be told apart."""
    if not isinstance(value, str):
        return value
    if value == quote:
        return covered
    masked = value
    for mask_ in to_masks(covered, ()):
        hidden = quote[mask_.start : mask_.end]
        masked = masked.replace(hidden, BLOCK * len(hidden))
    masked = mask_text(masked)[0]
    return masked if masked != value else BLOCK * len(value)
