"""One text: all detectors together, from folded characters to ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sousveil.mask.beside import iter_contact_names, iter_names_at_mails, iter_names_beside
from sousveil.mask.columns import (
    iter_line_columns,
    iter_line_numbers,
    iter_row_names,
    iter_table_columns,
    iter_table_numbers,
)
from sousveil.mask.cover import Range
from sousveil.mask.eastern import iter_eastern_names
from sousveil.mask.frames import iter_framed
from sousveil.mask.labelled import (
    Announced,
    Hit,
    certificate_after,
    certificate_in_form,
    iter_chinese_names,
    iter_labels,
    trader_before,
)
from sousveil.mask.lists import iter_dotted_names, iter_free_names
from sousveil.mask.numbers import iter_numbers
from sousveil.mask.plain import plain_view
from sousveil.mask.roles import iter_credentials, iter_declared, iter_roles
from sousveil.mask.signers import iter_names_before_papers, iter_signers
from sousveil.mask.squeezed import iter_spread_lines, squeeze
from sousveil.mask.stacked import iter_stacked_names
from sousveil.mask.traders import address_after, iter_keepers, iter_traders, tax_number_after
from sousveil.mask.values import CALLS, iter_values
from sousveil.mask.western import iter_cyrillic_names, iter_western_names, latin_after
from sousveil.model import Table
from sousveil.text.fold import fold


def fold_text(text: str) -> str:
    """Return the text folded; plain ASCII only needs lower case."""
    return text.lower() if text.isascii() else fold(text)


_BEYOND = re.compile("[\u0400-\U0010ffff]")
"""What stands beyond Latin and Greek, covered characters too."""

TableOnPage = tuple[Table, frozenset[int]]
"""A table of a page, and its columns of names at the end of the page before, where it goes on from there."""


def find_ranges(text: str, folded: str, tables: Sequence[TableOnPage] = ()) -> tuple[list[Range], set[str]]:
    """Return what must be covered in one text, and the names (folded) to look for in the whole document."""
    numbers, folded = folded, plain_view(folded)
    hits = list(iter_labels(folded))
    ranges = find_numbers(numbers, folded, hits)
    names: set[str] = set()
    if not hits and not tables and "|" not in folded and _BEYOND.search(folded) is None:
        return ranges, names  # without labels and cells, only names in Han and Cyrillic letters are found
    for start, end in iter_spread_lines(folded):
        inner, outer = squeeze(text, start, end)
        if inner == text:  # nothing was between its characters: it was looked through already
            continue
        closer, more = find_ranges(inner, fold_text(inner))
        ranges += [Range(outer[one.start], outer[one.end - 1] + 1, one.kind) for one in closer]
        names |= more
    ranges += iter_traders(folded)
    ranges += iter_keepers(folded)
    ranges += iter_line_numbers(numbers)
    for table, before in tables:
        ranges += iter_table_numbers(folded, table.cells, before)
    for found in _iter_names(Views(text, numbers, folded), hits, ranges, tables):
        ranges.append(Range(found.start, found.end, "name"))
        if latin := latin_after(text, found.end):
            ranges.append(latin)
        if number := certificate_after(folded, found.end) or certificate_in_form(folded, found):
            ranges.append(number)
        if found.is_strong:
            names.add(folded[found.start : found.end].replace("\n", ""))
    for hit in hits:
        if hit.label.strength == "trader" and (number := tax_number_after(folded, hit.end)):
            ranges.append(number)
    for hit in hits:
        is_trader = hit.label.strength == "sole-trader" or hit.label.text == "自然人"  # natural person
        if is_trader and (trader := trader_before(folded, hit.start)):
            ranges += filter(None, (trader, address_after(folded, hit.end)))
    return ranges, names


def find_numbers(folded: str, plain: str, hits: Sequence[Hit]) -> list[Range]:
    """Return the numbers in a text, by form and by label (in its plain view): even where no name is known."""
    ranges = list(iter_numbers(folded))
    for hit in hits:
        if hit.label.kind not in {"name", "none"} or hit.label.text in CALLS:
            ranges += iter_values(plain, hit)
    return ranges


_LAST, _NEXT = 40, 80
"""Characters looked at on both sides of a page's end: a label, and the names behind it."""


def find_over_break(folded: str, following: str) -> list[Range]:
    """Return the names that begin a page whose label ends the page before: 联系人： | 张三."""
    tail = folded[-_LAST:].rstrip()
    head = following[:_NEXT]
    start = len(head) - len(head.lstrip())
    joined = f"{tail}\n{head[start:]}"
    shift = start - len(tail) - 1
    hits = [hit for hit in iter_labels(joined) if hit.label.language == "zh" and hit.label.kind == "name"]
    names = [
        Range(found.start + shift, found.end + shift, "name")
        for hit in hits
        if hit.label.strength == "strong" and not joined[hit.end : len(tail)].strip(" :()签字章名盖")  # signature, seal
        for found in iter_chinese_names(joined, hit)
    ]
    return [name for name in names if start <= name.start and name.end < len(head)]


_LATIN_VALUE = re.compile(r"[ ]?(?:\([^()\n]{0,20}\))?[ ]?[:：|][ ]{0,3}(?=[A-Z])")


def _latin_names(text: str, hit: Hit) -> Iterator[Announced]:
    """Yield names in Latin letters behind a strong Chinese label: 联系人：Shen Xiaoming."""
    if hit.label.strength == "strong" and _LATIN_VALUE.match(text, hit.end):
        yield from iter_western_names(text, hit)


class Views(NamedTuple):
    """One text as printed, folded, and without its markup; a character has the same place in all three."""

    text: str
    folded: str
    plain: str


def _iter_names(
    views: Views, hits: Sequence[Hit], ranges: Sequence[Range], tables: Sequence[TableOnPage]
) -> Iterator[Announced]:
    text, folded = views.text, views.plain
    for hit in hits:
        if hit.label.kind == "phone" and hit.label.language == "zh":
            yield from iter_contact_names(folded, hit)
        if hit.label.kind != "name" or hit.label.strength == "sole-trader":
            continue
        if hit.label.language == "zh":
            found = list(iter_chinese_names(folded, hit))
            yield from found or _latin_names(text, hit)
        elif hit.label.language in {"ja", "ko"}:
            yield from iter_eastern_names(text, hit)
        else:
            yield from iter_western_names(text, hit)
    yield from iter_names_before_papers(text, hits)
    if "nom" in folded or "name" in folded or "имя" in folded or "фио" in folded:  # name, in four families of languages
        yield from iter_signers(text)
    yield from iter_stacked_names(folded, hits)
    yield from iter_free_names(folded)
    yield from iter_dotted_names(folded)
    yield from iter_line_columns(text, views.folded, hits)
    yield from iter_row_names(folded)
    yield from iter_roles(folded)
    yield from iter_credentials(folded)
    yield from iter_declared(folded)
    yield from iter_framed(folded, hits)
    for table, before in tables:
        yield from iter_table_columns(text, folded, table.cells, before)
    yield from iter_names_beside(folded, [found for found in ranges if found.kind == "phone"])
    yield from iter_names_at_mails(folded, [found for found in ranges if found.kind == "mail"])
    if "а" in folded or "о" in folded or "и" in folded:  # Cyrillic a, o, i: no text in Cyrillic lacks all three
        yield from iter_cyrillic_names(text)
