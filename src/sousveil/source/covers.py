"""Names of natural persons covered on a page that is rendered: where they stand, and what values show of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sousveil.model import COVER, Field, Span

_SHORTEST_NAME = 5
"""Characters a hidden name needs (two if Chinese) to be searched elsewhere on its page: shorter ones hit words."""
_MOST_NAMES = 100
"""Names searched elsewhere on one page; the places where further ones were written are covered all the same."""
_HAN_FROM, _HAN_TO = "\u3400", "\u9fff"


def find_covers(text: str, hidden: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges to cover, in order, without overlap."""
    ranges = [(start, end) for start, end, _ in hidden]
    for name in list({name for _, _, name in hidden if _is_searchable(name)})[:_MOST_NAMES]:
        ranges.extend(match.span() for match in re.finditer(re.escape(name), text, re.IGNORECASE))
    last = 0
    for start, end in sorted(ranges):
        if end > last:
            yield max(start, last), end
            last = end


def _is_searchable(name: str) -> bool:
    is_han = bool(name) and all(_HAN_FROM <= char <= _HAN_TO for char in name)
    return len(name) >= (2 if is_han else _SHORTEST_NAME)


def cover(text: str, covers: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` with every character of the ranges covered; its length stays."""
    parts: list[str] = []
    last = 0
    for start, end in covers:
        parts += (text[last:start], COVER * (end - start))
        last = end
    return "".join((*parts, text[last:]))


def recover(value: Field, text: str, covers: tuple[tuple[int, int], ...]) -> Field:
    """Return a value whose quotation, and text value, follow the covered page text."""
    old = value.span
    if not any(start < old.end and end > old.start for start, end in covers):
        return value
    span = Span(old.file, old.page, old.start, old.end, text[old.start : old.end])
    is_text = isinstance(value.value, str)
    return Field(span.quote if is_text else value.value, span, value.rule, value.note)
