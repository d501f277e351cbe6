"""DOC (Word 6 to 2003, and WPS of Kingsoft Writer) -> text and tables.

Out: paragraphs and tables in the order of the document, whatever the order in the file; foot- and endnotes, text boxes
behind the body, then each different line of headers and footers once. Left out: hidden and deleted text, field codes,
comments. Numbers that Word counts by itself stand nowhere in the text and are not made up.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError, UnsupportedTypeError
from sousveil.parse.charset import decode, decode_as_named, name_of_code_page
from sousveil.parse.layout import Item, Layout, clean_line, is_page_number
from sousveil.parse.ole import open_compound
from sousveil.parse.pieces import Piece, Run, iter_properties, read_pieces, read_runs
from sousveil.parse.rowwise import RowPlan, Rowwise
from sousveil.parse.rtfwords import SIGN_CHARACTERS

_AGAIN = "Fetch the file again."
_WORD_97 = 0xC1
"""Version number (``nFib``) from which text may be UTF-16 and lists lie in a stream of their own."""
_WORD_6 = 0x65

_ENCRYPTED, _SECOND_TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_LIST_COUNT_AT, _LISTS_AT = 0x98, 0x9A
_CHARACTERS_LIST, _PARAGRAPHS_LIST, _PIECES_LIST = 12, 13, 33
"""Numbers of lists in the header: pages of character and paragraph properties, pieces of text."""

_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW_END, _ROW_EDGES, _HEADER_ROW = 0x244B, 0x244C, 0xD608, 0x3404
_DELETED, _HIDDEN = 0x0800, 0x083C
_OLD_IN_TABLE, _OLD_ROW_END = 24, 25
_CELL_BYTES, _MERGED_DOWN, _REST_BELOW = 20, 0x60, 0x20
"""What a row's definition says of each cell, and its bits for merged cells: both are set where one begins."""

_LANGUAGES = {
    0x0804: 936,
    0x1004: 936,
    0x0404: 950,
    0x0C04: 950,
    0x0411: 932,
    0x0412: 949,
    0x0419: 1251,
    0x0422: 1251,
    0x0402: 1251,
    0x0408: 1253,
    0x041F: 1254,
    0x040D: 1255,
    0x0401: 1256,
    0x0415: 1250,
    0x0405: 1250,
    0x040E: 1250,
}
"""Code page of Word 6 and 95 text by the language the program ran in; western Europe where it is not here."""

_SIGNS = {0x1E: "-", 0x1F: None, **SIGN_CHARACTERS}
"""A hyphen that must not break, one that shows only at the end of a line, and ticks and bullets."""

_ENDS = re.compile("[\r\x07\x0b\x0c\x0e]")
_PARTS = ("body", "notes", "margins", "", "comments", "endnotes", "boxes", "")
"""What the stretches of a document's characters are, in their order; '' for those without text of its own."""


_NO_PLAN = RowPlan()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What a paragraph's properties say about tables."""

    depth: int = 0
    is_row_end: bool = False
    is_inner_cell: bool = False
    is_inner_row_end: bool = False
    row: RowPlan = _NO_PLAN


_PLAIN = _Paragraph()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the header of a file says."""

    stream: bytes
    pieces: list[Piece]
    counts: tuple[int, ...]
    characters: list[Run]
    paragraphs: list[Run]
    charset: str
    is_old: bool


def lay_doc(untrusted: bytes, layout: Layout) -> str:
    """Write a DOC file into ``layout``; return the code page of its text where it has one, else ''.

    Raises:
        EncryptedError: it opens only with a password, or under a licence server.
        DamagedError: it is no Word file inside, or its lists are broken.
        EmptyFileError: it has no text.
    """
    plan = _read_plan(untrusted)
    layout.start_page()
    margins: list[Item] = []
    start = 0
    for part, count in zip(_PARTS, plan.counts, strict=False):
        if part and part != "comments" and count:
            items = _read_part(plan, start, start + count)
            if part == "margins":
                margins = items
            else:
                for item in items:
                    layout.add(item)
        start += count
    if not layout.has_text:
        raise EmptyFileError(
            "the document has no text: pictures only, or nothing",
            "Save it as PDF, add a text layer with an OCR program, and read that.",
        )
    for item in dict.fromkeys(margins):
        if not is_page_number(item):
            layout.add(item)
    return plan.charset


def _read_plan(untrusted: bytes) -> _Plan:
    if not untrusted.startswith(b"\xd0\xcf"):
        raise _too_old()
    compound = open_compound(untrusted)
    stream = compound.read("WordDocument")
    if len(stream) < 0x20:
        raise DamagedError("the file has no Word document inside", _AGAIN)
    version, flags = struct.unpack_from("<H", stream, 2)[0], struct.unpack_from("<H", stream, 0x0A)[0]
    if flags & (_ENCRYPTED | _OBFUSCATED) or compound.has("\x09DRMContent") or compound.has("EncryptedPackage"):
        raise EncryptedError(
            "the document opens only with a password",
            "Remove the password with the program that set it, and read the file again.",
        )
    if version < _WORD_6:
        raise _too_old()
    if version < _WORD_97:
        return _read_old_plan(stream)
    table = compound.read("1Table" if flags & _SECOND_TABLE else "0Table") or compound.read("0Table")
    if len(stream) < _LISTS_AT + 8 * (_PIECES_LIST + 1):
        raise DamagedError("the header of the document is cut off", _AGAIN)
    pieces = read_pieces(_list(stream, table, _PIECES_LIST))
    return _Plan(
        stream,
        pieces,
        struct.unpack_from("<8I", stream, 0x4C),
        read_runs(stream, _list(stream, table, _CHARACTERS_LIST), is_paragraph=False, is_old=False),
        read_runs(stream, _list(stream, table, _PARAGRAPHS_LIST), is_paragraph=True, is_old=False),
        "",
        is_old=False,
    )


def _too_old() -> UnsupportedTypeError:
    return UnsupportedTypeError(
        "a document of a Word older than version 6", "Open it with LibreOffice, and save it as DOCX."
    )


def _read_old_plan(stream: bytes) -> _Plan:
    """Return the plan of a file of Word 6 or 95: one stream, text in a code page, lists inside the stream."""
    if len(stream) < 0x168:
        raise DamagedError("the header of the document is cut off", _AGAIN)
    language = struct.unpack_from("<H", stream, 6)[0]
    start, end = struct.unpack_from("<II", stream, 0x18)
    offset, size = struct.unpack_from("<II", stream, 0x160)
    is_complex = struct.unpack_from("<H", stream, 0x0A)[0] & 0x4
    pieces = [Piece(0, max(0, end - start), start, is_wide=False)]
    if is_complex and size:
        pieces = [
            Piece(piece.start, piece.count, piece.offset, is_wide=False)
            for piece in _narrow(read_pieces(stream[offset : offset + size]))
        ]
    runs = []
    for at, is_paragraph in ((0xB8, False), (0xC0, True)):
        offset, size = struct.unpack_from("<II", stream, at)
        runs.append(read_runs(stream, stream[offset : offset + size], is_paragraph=is_paragraph, is_old=True))
    charset = name_of_code_page(_LANGUAGES.get(language, 1252))
    return _Plan(stream, pieces, struct.unpack_from("<8I", stream, 0x34), runs[0], runs[1], charset, is_old=True)


def _narrow(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces of an old file, whose places are bytes whatever a flag says."""
    for piece in pieces:
        yield piece if piece.is_wide else Piece(piece.start, piece.count, piece.offset * 2, is_wide=False)


def _list(stream: bytes, table: bytes, number: int) -> bytes:
    offset, size = struct.unpack_from("<II", stream, _LISTS_AT + 8 * number)
    return table[offset : offset + size]


# ---------------------------------------------------------------------- text


def _read_part(plan: _Plan, start: int, end: int) -> list[Item]:
    """Return the lines and rows of the characters from ``start`` to ``end``."""
    rows = Rowwise()
    fields = _Fields()
    line: list[str] = []
    starts = [run.start for run in plan.paragraphs]
    for offset, text, width in _iter_text(plan, start, end):
        at = 0
        for match in _ENDS.finditer(text):
            line.append(fields.strip(text[at : match.start()]))
            at = match.end()
            if match[0] in "\x0b\x0e":
                line.append("\n")
                continue
            paragraph = _paragraph_at(plan, starts, offset + match.start() * width)
            _end_paragraph(rows, "".join(line), match[0], paragraph)
            line = []
        line.append(fields.strip(text[at:]))
    _end_paragraph(rows, "".join(line), "\r", _PLAIN)
    return rows.finish()


def _end_paragraph(rows: Rowwise, text: str, mark: str, paragraph: _Paragraph) -> None:
    """Write the lines of a paragraph, and end the cell or the row that ends with it."""
    depth = max(paragraph.depth, 1) if mark == "\x07" else paragraph.depth
    if (mark == "\x07" and paragraph.is_row_end) or paragraph.is_inner_row_end:
        rows.end_row(depth, paragraph.row)
        return
    for part in text.translate(_SIGNS).split("\n"):
        rows.add_line(depth, clean_line(part))
    if mark == "\x07" or paragraph.is_inner_cell:
        rows.end_cell(depth)


class _Fields:
    """Takes out the codes of fields (between 13 and 14, or 13 and 15), which may reach over paragraphs."""

    def __init__(self) -> None:
        self.are_codes: list[bool] = []
        self.count = 0
        """Fields open at this place whose code has not ended."""

    def strip(self, text: str) -> str:
        """Return what is shown of the next stretch of text."""
        if not self.are_codes and "\x13" not in text:
            return text
        shown: list[str] = []
        for piece in re.split("([\x13\x14\x15])", text):
            if piece == "\x13":
                self.are_codes.append(True)
                self.count += 1
            elif piece in "\x14\x15" and piece and self.are_codes:
                self.count -= self.are_codes.pop()
                if piece == "\x14":
                    self.are_codes.append(False)
            elif not self.count and piece not in "\x14\x15":
                shown.append(piece)
        return "".join(shown)


def _iter_text(plan: _Plan, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """Yield place in the stream, text and bytes a character, of visible stretches between two characters."""
    starts = [run.start for run in plan.characters]
    for piece in plan.pieces:
        first, last = max(start, piece.start), min(end, piece.start + piece.count)
        if first >= last:
            continue
        width = 2 if piece.is_wide else 1
        offset = piece.offset + (first - piece.start) * width
        stop = min(offset + (last - first) * width, len(plan.stream))
        for begin, finish in _visible(plan, starts, offset, stop):
            data = plan.stream[begin:finish]
            if piece.is_wide:
                yield begin, data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass"), 2
            elif plan.is_old:
                yield from _iter_old_text(data, begin, plan.charset)
            else:
                yield begin, data.decode("cp1252", "replace"), 1


def _iter_old_text(data: bytes, begin: int, charset: str) -> Iterator[tuple[int, str, int]]:
    """Yield the text of a code page with double bytes up to each end of a paragraph, so that places stay right."""
    known = decode(data).charset if charset == "cp1252" else charset
    name = known if known in {"gb18030", "cp950", "big5hkscs"} else charset
    at = 0
    for match in re.finditer(rb"[\r\x07\x0b\x0c\x0e]", data):
        yield begin + at, decode_as_named(data[at : match.start()], name).text, 1
        yield begin + match.start(), match[0].decode("ascii"), 1
        at = match.end()
    yield begin + at, decode_as_named(data[at:], name).text, 1


def _visible(plan: _Plan, starts: Sequence[int], offset: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between two places of the stream that are neither hidden nor deleted."""
    number = max(0, bisect_right(starts, offset) - 1)
    at = offset
    for index in range(number, len(plan.characters)):
        run = plan.characters[index]
        if run.start >= stop:
            break
        if run.end <= at or not _is_out_of_sight(run.properties, is_old=plan.is_old):
            continue
        if run.start > at:
            yield at, run.start
        at = max(at, min(run.end, stop))
    if at < stop:
        yield at, stop


def _is_out_of_sight(properties: bytes, *, is_old: bool) -> bool:
    if not properties or is_old:
        return False
    if b"\x00\x08\x01" not in properties and b"\x3c\x08\x01" not in properties:
        return False
    return any(code in {_DELETED, _HIDDEN} and value == b"\x01" for code, value in iter_properties(properties))


def _paragraph_at(plan: _Plan, starts: Sequence[int], place: int) -> _Paragraph:
    """Return what holds for the paragraph at a place of the stream."""
    number = bisect_right(starts, place) - 1
    if number < 0 or place >= plan.paragraphs[number].end:
        return _PLAIN
    data = plan.paragraphs[number].properties
    if plan.is_old:
        return _read_old_paragraph(data)
    return _read_paragraph(data) if b"\x16\x24" in data else _PLAIN


def _read_paragraph(data: bytes) -> _Paragraph:
    found = dict(iter_properties(data))
    if found.get(_IN_TABLE) != b"\x01":
        return _PLAIN
    depth = int.from_bytes(found.get(_DEPTH, b"\x01"), "little")
    return _Paragraph(
        depth=depth if 0 < depth < 100 else 1,
        is_row_end=found.get(_ROW_END) == b"\x01" and depth <= 1,
        is_inner_cell=found.get(_INNER_CELL) == b"\x01",
        is_inner_row_end=found.get(_INNER_ROW_END) == b"\x01",
        row=_plan(found.get(_ROW_EDGES, b""), is_header=found.get(_HEADER_ROW) == b"\x01"),
    )


def _plan(definition: bytes, *, is_header: bool) -> RowPlan:
    """Return the plan of a row: a count of cells, edges in twips of two bytes, then 20 bytes a cell, flags first."""
    count = definition[0] if definition else 0
    if not 0 < count <= 63 or len(definition) < 1 + 2 * (count + 1):
        return RowPlan(is_header=is_header)
    flags = definition[3 + 2 * count :: _CELL_BYTES][:count]
    below = tuple(flag & _MERGED_DOWN == _REST_BELOW for flag in flags)
    return RowPlan(struct.unpack_from(f"<{count + 1}h", definition, 1), is_header, below)


def _read_old_paragraph(data: bytes) -> _Paragraph:
    """Return what the first properties of a paragraph of Word 6 or 95 say; their codes have one byte.

    Both properties have operands of one byte and stand first where Word writes them; a table without them is lines.
    """
    is_in_table = bytes((_OLD_IN_TABLE, 1)) in data
    return _Paragraph(depth=1 if is_in_table else 0, is_row_end=is_in_table and bytes((_OLD_ROW_END, 1)) in data)
