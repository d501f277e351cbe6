"""The letters of a PDF page and the offsets of the stored text, matched one by one, or not at all.

A page is read again as at the first time. Its text then differs from the stored one in two ways only: lines that the
margin broke were joined, and persons are covered, one block for each character. And it differs from the letters of the
page, in the order in which they were sorted into lines and cells, only by blanks, marks between cells, and characters
that are never written. Both are walked along character by character; the first one that does not fit ends it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sousveil.exceptions import WithheldError
from sousveil.model import COVER, Page
from sousveil.parse.drawn import order_in_cells, sort_into_cells
from sousveil.parse.layout import SEPARATOR, Layout, clean_line
from sousveil.parse.noise import is_garbage
from sousveil.parse.pdfgrid import TableReader, iter_characters, iter_indexed
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.ruling import Grid
from sousveil.parse.wrapped import split_lines
from sousveil.settings import Limits

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page, y upwards."""

_HYPHENS = "\x02\ufffe"
ADVICE = "Read its text; where that is not enough: sousveil original, which notes why."


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is printed on the page.

    Attributes:
        offset: in the stored text of the page; -1 for one that is not in it.
        tight: around its ink.
        loose: as high as its font, and as wide as it takes room.
    """

    offset: int
    tight: Box
    loose: Box


def find_letters(document: pdfium.PdfDocument, index: int, stored: Page, limits: Limits) -> list[Letter]:
    """Return the letters of page ``index`` (from 0), each with its offset in the stored, masked text.

    Raises:
        WithheldError: they do not agree with it, or a covered character has no place.
    """
    page = document[index]
    textpage = page.get_textpage()
    try:
        if is_garbage(textpage.get_text_range()):
            raise WithheldError(
                "the font of the page names its letters wrongly, so that nothing can be covered", ADVICE
            )
        again, grids, offsets = _read_as_stored(document, index, stored, limits)
        characters = list(iter_indexed(textpage))
        order = order_in_cells([place for _, _, place in characters], grids)
        matched = match_letters(again, [characters[number][1] for number in order])
        if matched is None:
            raise WithheldError("the words of the page cannot be told from their places on it", ADVICE)
        at = {characters[order[number]][0]: offsets[place] for number, place in matched.items()}
        letters = list(_iter_letters(textpage, at))
    finally:
        textpage.close()
    placed = {letter.offset for letter in letters}
    covered = {offset for mask in stored.masks for offset in range(mask.start, mask.end)}
    if any(
        offset in covered and offset not in placed and not again[place].isspace() for place, offset in offsets.items()
    ):
        raise WithheldError("a covered word of the page has no place on it", ADVICE)
    return letters


def _read_as_stored(
    document: pdfium.PdfDocument, index: int, stored: Page, limits: Limits
) -> tuple[str, Sequence[Grid], dict[int, int]]:
    """Return the text of a page read again, its tables, and the offset in the stored text of each of its offsets.

    Columns may go on from the page before, and to there from the one before it: where the page alone with the one
    before it does not agree, the document is read from its beginning.
    """
    for first in dict.fromkeys((max(0, index - 1), 0)):
        again, grids = _read_again(document, first, index, limits)
        offsets = match_stored(stored, again)
        if offsets is not None:
            return again, grids, offsets
    raise WithheldError("read again, the page has other words than are stored", "Bring it up to date: sousveil ingest.")


def match_stored(stored: Page, again: str) -> dict[int, int] | None:
    r"""Return the offset in the stored text of each offset in what was read again; None where they do not agree.

    >>> from sousveil.model import Mask
    >>> page = Page(1, "联系人：██，电", masks=(Mask(4, 6, "name"),))
    >>> match_stored(page, "联系\n人：张某，电")[7]
    6
    """
    covered = {offset for mask in stored.masks for offset in range(mask.start, mask.end)}
    offsets: dict[int, int] = {}
    place = 0
    for offset, char in enumerate(stored.text):
        while again[place : place + 1] == "\n" != char:
            place += 1
        if place >= len(again) or not (again[place] == char or (char == COVER and offset in covered)):
            return None
        offsets[place] = offset
        place += 1
    return None if again[place:].strip("\n") else offsets


def match_letters(text: str, letters: Sequence[str]) -> dict[int, int] | None:
    r"""Return the offset in ``text`` of each letter by its number; None where they do not agree.

    >>> match_letters("a-b | c", ["a", "\ufffe", "b", " ", "c"])
    {0: 0, 1: 1, 2: 2, 4: 6}
    """
    matched: dict[int, int] = {}
    number = 0
    for offset, char in enumerate(text):
        if char.isspace():
            continue
        while number < len(letters) and letters[number] != char and _is_dropped(letters[number], char):
            number += 1
        letter = letters[number] if number < len(letters) else ""
        if letter == char or (char == "-" and letter and letter in _HYPHENS):
            matched[number] = offset
            number += 1
        elif text[offset - 1 : offset + 2] != SEPARATOR:
            return None
    return matched if all(_is_dropped(letter, "") for letter in letters[number:]) else None


def _is_dropped(letter: str, wanted: str) -> bool:
    """Return whether a letter of the page is written nowhere: a blank, an invisible mark, a hyphen inside a word."""
    return wanted != "-" if letter in _HYPHENS else not clean_line(letter)


def _read_again(document: pdfium.PdfDocument, first: int, index: int, limits: Limits) -> tuple[str, Sequence[Grid]]:
    """Return the unmasked text of a page and its tables, read behind the pages from ``first`` on."""
    tables = TableReader()
    layout = Layout(limits)
    layout.start_page()
    grids: list[Grid] = []
    for number in range(first, index + 1):
        page = document[number]
        textpage = page.get_textpage()
        try:
            raw: str = textpage.get_text_range()
            grids = tables.grids_of(page, textpage, raw)
            if number == index:
                for item in sort_into_cells(iter_characters(textpage), grids) if grids else split_lines(raw):
                    layout.add(item)
        finally:
            textpage.close()
            if number < index:
                page.close()
    pages = layout.finish()[0]
    return (pages[0].text if pages else ""), grids


def _iter_letters(textpage: pdfium.PdfTextPage, at: Mapping[int, int]) -> Iterator[Letter]:
    """Yield the letters of a page that have a place; ``at`` has their offsets, by pdfium's number of the letter."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    loose = pdfium_c.FS_RECTF()
    handle = textpage.raw
    for index in range(textpage.count_chars()):
        if not pdfium_c.FPDFText_GetCharBox(handle, index, *refs):
            continue
        tight = (left.value, bottom.value, right.value, top.value)
        has_room = pdfium_c.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(loose))
        room = (loose.left, loose.bottom, loose.right, loose.top) if has_room else tight
        if max(tight[2] - tight[0], room[2] - room[0]) > 0 and max(tight[3] - tight[1], room[3] - room[1]) > 0:
            yield Letter(at.get(index, -1), tight, room)
