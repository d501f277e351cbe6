"""Where the text of a DOC file lies, and what holds for its stretches ([MS-DOC]).

The text is a list of pieces in the order of reading, each somewhere in the stream ``WordDocument``, in UTF-16 or in a
code page; saving fast only adds pieces. Properties of paragraphs and characters stand in pages of 512 bytes, by their
place in the stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from sousveil.exceptions import DamagedError

_AGAIN = "Fetch the file again."
_PAGE = 512
_COMPRESSED = 0x4000_0000
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes behind a property's code, by its upper three bits; 6 says its length itself."""

_TABLE_DEFINITION = 0xD608
"""The only property whose length takes two bytes (and counts one too many)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: first character (counted over the document), characters, place in the stream, width."""

    start: int
    count: int
    offset: int
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the stream that shares properties."""

    start: int
    end: int
    properties: bytes


def read_pieces(plan: bytes) -> list[Piece]:
    """Return the pieces by the piece table (``Clx``).

    Raises:
        DamagedError: there is none, or it is cut off.
    """
    at = 0
    while at + 3 <= len(plan) and plan[at] == 1:  # changes of a fast save; they hold formats
        at += 3 + int.from_bytes(plan[at + 1 : at + 3], "little")
    if at + 5 > len(plan) or plan[at] != 2:
        raise DamagedError("the plan of the document's pieces of text is broken", _AGAIN)
    size = int.from_bytes(plan[at + 1 : at + 5], "little")
    table = plan[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    if count < 1:
        raise DamagedError("the plan of the document's pieces of text is cut off", _AGAIN)
    starts = struct.unpack_from(f"<{count + 1}I", table)
    pieces: list[Piece] = []
    for number in range(count):
        place = int.from_bytes(table[4 * (count + 1) + 8 * number + 2 :][:4], "little")
        is_narrow = bool(place & _COMPRESSED)
        offset = (place & ~_COMPRESSED & 0xFFFF_FFFF) // 2 if is_narrow else place
        pieces.append(Piece(starts[number], max(0, starts[number + 1] - starts[number]), offset, not is_narrow))
    return pieces


def read_runs(stream: bytes, plan: bytes, *, is_paragraph: bool, is_old: bool) -> list[Run]:
    """Return stretches with their properties, in the order of the stream.

    Args:
        stream: the stream ``WordDocument``.
        plan: the list of pages that hold the properties.
        is_paragraph: whether they are those of paragraphs, which are stored in another way.
        is_old: whether the file is of Word 6 or 95, whose lists have numbers of two bytes.
    """
    width = 2 if is_old else 4
    count = (len(plan) - 4) // (4 + width)
    runs: list[Run] = []
    for number in range(max(0, count)):
        at = 4 * (count + 1) + width * number
        page = int.from_bytes(plan[at : at + width], "little") & 0x3F_FFFF
        runs += _read_page(stream[page * _PAGE : (page + 1) * _PAGE], is_paragraph=is_paragraph, is_old=is_old)
    runs.sort(key=lambda run: run.start)
    return runs


def _read_page(page: bytes, *, is_paragraph: bool, is_old: bool) -> Iterator[Run]:
    if len(page) < _PAGE:
        return
    count = page[_PAGE - 1]
    entry = (7 if is_old else 13) if is_paragraph else 1
    if 4 * (count + 1) + entry * count > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = page[4 * (count + 1) + entry * number] * 2
        yield Run(places[number], places[number + 1], _properties(page, at, is_paragraph=is_paragraph, is_old=is_old))


def _properties(page: bytes, at: int, *, is_paragraph: bool, is_old: bool) -> bytes:
    """Return a list of properties; that of a paragraph begins with the number of its style, which is left out."""
    if not at:
        return b""
    if not is_paragraph:
        return page[at + 1 : at + 1 + page[at]]
    size = page[at]
    if is_old:
        return page[at + 2 : at + 1 + 2 * size]
    if size:
        return page[at + 3 : at + 2 * size]
    return page[at + 4 : at + 2 + 2 * page[at + 1]] if at + 1 < len(page) else b""


def iter_properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of each property of Word 97 and later; stop where one has no known length."""
    at = 0
    while at + 2 <= len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = _OPERAND_BYTES[code >> 13]
        if code == _TABLE_DEFINITION:
            size = int.from_bytes(data[at : at + 2], "little") - 1
            at += 2
        elif not size:
            size = data[at] if at < len(data) else 0
            at += 1
        yield code, data[at : at + max(0, size)]
        at += max(0, size)
