"""Whole documents: every page, table and record masked, names carried from page to page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, zip_longest

import ahocorasick_rs as ac

from sousveil.mask.columns import columns_of_names
from sousveil.mask.cover import Range, cover, to_masks
from sousveil.mask.file_names import mask_name
from sousveil.mask.spread import iter_repeats, make_finder, names_to_spread
from sousveil.mask.text import TableOnPage, find_over_break, find_ranges, fold_text
from sousveil.model import (
    COVER,
    Amount,
    Document,
    Field,
    Identifier,
    Mask,
    Page,
    Record,
    Scalar,
    Span,
    mend_item,
    mend_lot,
)
from sousveil.text.fold import is_han


def mask(document: Document) -> Document:
    """Return the document with the characters that tell who a natural person is covered by '█', one for each.

    Lengths, line ends and cell marks stay, so all offsets stay. ``Page.masks`` says where and why; records follow
    their spans; the file's name is masked, too. A document that is masked already comes back unchanged in its text.
    """
    folded = [fold_text(page.text) for page in document.pages]
    tables = _tables_by_page(document, folded)
    found = [
        find_ranges(page.text, words, tables.get(page.number, ()))
        for page, words in zip(document.pages, folded, strict=True)
    ]
    for (tail, head), (ranges, announced) in zip(pairwise(folded), found[1:], strict=True):
        over = find_over_break(tail, head)
        ranges.extend(over)
        announced.update(head[start:end] for start, end, _ in over)
    names = {name for _, announced in found for name in announced} - _institutions(document)
    finder = make_finder(names_to_spread(names))
    pages = []
    for page, words, (ranges, _) in zip(document.pages, folded, found, strict=True):
        text, masks = _cover_all(page.text, words, ranges, finder, page.masks)
        pages.append(replace(page, text=text, masks=masks, label=mask_name(page.label) if page.label else ""))
    by_number = {page.number: page for page in pages}
    records = tuple(_mask_record(record, by_number) for record in document.records)
    return replace(document, pages=tuple(pages), records=records, name=mask_name(document.name))


def _tables_by_page(document: Document, folded: Sequence[str]) -> dict[int, list[TableOnPage]]:
    """Return the tables of each page with their columns of names: a head on one page serves the next ones."""
    words = dict(zip((page.number for page in document.pages), folded, strict=True))
    found: dict[int, list[TableOnPage]] = {}
    before: frozenset[int] = frozenset()
    for table, following in zip_longest(document.tables, document.tables[1:]):
        found.setdefault(table.page, []).append((table, before))
        goes_on = following is not None and following.continues
        before = columns_of_names(words[table.page], table.cells, before) if goes_on else frozenset()
    return found


def _institutions(document: Document) -> set[str]:
    """Return what records name as buyer or agency, folded: institutions, whatever label stands before them."""
    return {
        fold_text(value.value)
        for record in document.records
        for name, values in record.fields
        if name in {"buyer", "agency"}
        for value in values
        if isinstance(value.value, str)
    }


def mask_text(text: str) -> tuple[str, tuple[Mask, ...]]:
    """Return a text with persons covered, and the masks.

    >>> mask_text("联系人：张某某 电话：0991-2935817")[0]
    '联系人：███ 电话：████████████'
    """
    return _masked_again(text) if len(text) <= _MAX_REMEMBERED else _masked(text)


_MAX_REMEMBERED = 200
"""Characters of a text that is remembered: keys, notes and values of records, which repeat from row to row."""


@lru_cache(maxsize=4096)
def _masked_again(text: str) -> tuple[str, tuple[Mask, ...]]:
    return _masked(text)


def _masked(text: str) -> tuple[str, tuple[Mask, ...]]:
    folded = fold_text(text)
    ranges, names = find_ranges(text, folded)
    return _cover_all(text, folded, ranges, make_finder(names_to_spread(names)), ())


def _cover_all(
    text: str, folded: str, ranges: list[Range], finder: ac.AhoCorasick | None, masks: tuple[Mask, ...]
) -> tuple[str, tuple[Mask, ...]]:
    """Return the text covered, and its masks; what stands glued to a mask is looked at again without it.

    A number or name may stand free only when its neighbour is covered (a code, then a name, without a blank).
    """
    if finder:
        ranges.extend(iter_repeats(folded, finder))
    masks = to_masks(text, ranges, masks)
    covered = cover(text, masks)
    for _ in range(3):
        again = [found for start, end in _glued_parts(covered, masks) for found in _ranges_in(covered, start, end)]
        more = to_masks(covered, again, masks) if again else masks
        if more == masks:
            break
        masks, covered = more, cover(covered, more)
    return covered, masks


def _is_glued(text: str, mask_: Mask) -> bool:
    """Return whether a letter or digit of another script than Chinese touches a mask."""
    before, after = text[max(0, mask_.start - 1) : mask_.start], text[mask_.end : mask_.end + 1]
    return (before.isalnum() and not is_han(before)) or (after.isalnum() and not is_han(after))


_AROUND = 400
"""Characters looked at again on both sides of a mask; longer than any label with its values."""


def _glued_parts(text: str, masks: Iterable[Mask]) -> list[tuple[int, int]]:
    """Return the parts of a text around masks that touch a letter: their line and the one before, which labels it."""
    parts: list[tuple[int, int]] = []
    for mask_ in masks:
        if not _is_glued(text, mask_):
            continue
        low, high = max(0, mask_.start - _AROUND), min(len(text), mask_.end + _AROUND)
        line = text.rfind("\n", low, mask_.start)
        before = text.rfind("\n", low, max(line, low))
        stop = text.find("\n", mask_.end, high)
        start, end = (before + 1 if before >= 0 else low), (stop if stop >= 0 else high)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return parts


def _ranges_in(text: str, start: int, end: int) -> list[Range]:
    part = text[start:end]
    return [Range(low + start, high + start, kind) for low, high, kind in find_ranges(part, fold_text(part))[0]]


def _mask_record(record: Record, pages: dict[int, Page]) -> Record:
    """Return a record with quotes and values that show no more than the masked pages."""

    def of_field(value: Field) -> Field:
        return _mask_field(value, pages)

    def of_amount(amount: Amount) -> Amount:
        span, note = _mask_span(amount.span, pages), mask_text(amount.note)[0] if amount.note else ""
        return amount if (span, note) == (amount.span, amount.note) else replace(amount, span=span, note=note)

    return replace(
        record,
        key=mask_text(record.key)[0],
        fields=tuple((name, tuple(map(of_field, values))) for name, values in record.fields),
        amounts=tuple((name, of_amount(amount)) for name, amount in record.amounts),
        lots=tuple(mend_lot(lot, of_field, of_amount, _mask_span(lot.span, pages)) for lot in record.lots),
        items=tuple(mend_item(item, of_field, of_amount) for item in record.items),
        identifiers=tuple(
            replace(one, span=_mask_span(one.span, pages))
            for one in record.identifiers
            if _is_shown(one, record, pages)
        ),
    )


def _is_shown(identifier: Identifier, record: Record, pages: dict[int, Page]) -> bool:
    """Return whether neither a number nor the name of its owner was covered: else it is the number of a person."""
    owners = [
        value for _, values in record.fields for value in values if value.value == identifier.name and identifier.name
    ]
    spans = [identifier.span, *(owner.span for owner in owners)]
    return not any(COVER in _mask_span(span, pages).quote for span in spans) and COVER not in identifier.name


def _mask_span(span: Span, pages: dict[int, Page]) -> Span:
    """Return the span with the quotation that stands at its offsets now; of an unknown page nothing is shown."""
    page = pages.get(span.page)
    quote = page.text[span.start : span.end] if page else COVER * len(span.quote)
    return span if quote == span.quote else replace(span, quote=quote)


def _mask_field(value: Field, pages: dict[int, Page]) -> Field:
    """Return a record's value with what the page no longer shows covered in quote, value and note."""
    span = _mask_span(value.span, pages)
    note = mask_text(value.note)[0] if value.note else ""
    if span.quote == value.span.quote:
        return value if note == value.note else replace(value, note=note)
    return replace(value, span=span, note=note, value=_mask_scalar(value.value, value.span.quote, span.quote))


def _mask_scalar(value: Scalar, quote: str, covered: str) -> Scalar:
    """Return a field's value without the characters that its quote lost; all blocks where they cannot be told apart."""
    if not isinstance(value, str):
        return value
    if value == quote:
        return covered
    masked = value
    for mask_ in to_masks(covered, ()):
        hidden = quote[mask_.start : mask_.end]
        masked = masked.replace(hidden, COVER * len(hidden))
    masked = mask_text(masked)[0]
    return masked if masked != value else COVER * len(value)
