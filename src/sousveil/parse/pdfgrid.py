"""The tables of a PDF page: its characters sorted into the cells that lines enclose, or that gaps tell."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

from sousveil.parse.aligned import MIN_HEADS, Columns, Glyph, find_aligned, text_lines
from sousveil.parse.drawn import THIN, Point, as_line, sort_into_cells
from sousveil.parse.heads import has_heads
from sousveil.parse.layout import Item
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.ruling import Grid, Line, find_grids
from sousveil.parse.wrapped import split_lines

_MAX_OBJECTS = 6_000
_MAX_SEGMENTS = 4_000
"""Beyond these a page is a drawing; its text is read without tables."""

_MAY_BE_GENERATED = frozenset(" \r\n\x02\ufffe")
"""What pdfium adds to the text of a page: blanks, line ends, and the mark of a hyphen at a line's end."""

_MAX_GLYPHS = 20_000
"""Characters of a page that are looked at for columns; a page of small print has 6,000."""

Matrix = tuple[float, float, float, float, float, float]


class TableReader:
    """Reads the pages of one document in order; remembers the columns of a table that may go on on the next page."""

    def __init__(self) -> None:
        self._columns: Columns | None = None

    def read(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, raw: str) -> list[Item]:
        """Return the lines and table rows of a page; ``raw`` is its text as pdfium orders it."""
        grids = self.grids_of(page, textpage, raw)
        return sort_into_cells(iter_characters(textpage), grids) if grids else [*split_lines(raw)]

    def grids_of(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, raw: str) -> list[Grid]:
        """Return the tables of a page, whose borders are drawn or told by gaps.

        Only where words of it look like heads each character's place is asked for; line ends tell nothing, for pdfium
        puts the rows of a list in one line at times.
        """
        horizontal, vertical = read_rules(page)
        grids = find_grids(horizontal, vertical)
        columns, self._columns = self._columns, None
        if not grids and not page.get_rotation() and (columns is not None or has_heads(raw.split(), MIN_HEADS)):
            found = find_aligned(text_lines(_glyphs(textpage)), horizontal, columns)
            self._columns = found.open_columns
            grids = find_grids(found.horizontal, found.vertical)
        return grids


def read_rules(page: pdfium.PdfPage) -> tuple[list[Line], list[Line]]:
    """Return the straight lines of a page, level and upright; none where the page is turned or a drawing."""
    horizontal: list[Line] = []
    vertical: list[Line] = []
    if page.get_rotation():
        return [], []
    for count, item in enumerate(page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=2)):
        if count > _MAX_OBJECTS:
            return [], []
        for is_level, line in _object_lines(item):
            (horizontal if is_level else vertical).append(line)
    return horizontal, vertical


def _object_lines(item: pdfium.PdfObject) -> Iterator[tuple[bool, Line]]:
    """Yield ``(is it horizontal, line)`` for the straight borders in a drawn path."""
    left, bottom, right, top = item.get_bounds()
    if right - left <= THIN or top - bottom <= THIN:
        yield from as_line(left, bottom, right, top)
        return
    count = pdfium_c.FPDFPath_CountSegments(item.raw)
    if not 0 < count <= _MAX_SEGMENTS:
        return
    is_stroked = _is_stroked(item)
    for shape in _shapes(item, count):
        xs = [x for x, _ in shape]
        ys = [y for _, y in shape]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            yield from as_line(*box)
        elif is_stroked:
            for (x1, y1), (x2, y2) in pairwise(shape):
                yield from as_line(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _is_stroked(item: pdfium.PdfObject) -> bool:
    fill = ctypes.c_int()
    stroke = ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _shapes(item: pdfium.PdfObject, count: int) -> Iterator[list[Point]]:
    """Yield the corner points of each part of a path, on the page; a closed part ends where it began."""
    matrix: Matrix = item.get_matrix().get()
    shape: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item.raw, number)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _transform(matrix, x.value, y.value)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and shape:
            yield shape
            shape = []
        shape.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])
    if shape:
        yield shape


def _transform(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _glyphs(textpage: pdfium.PdfTextPage) -> Iterator[Glyph]:
    """Yield the characters that are printed, with boxes as high as their font and as wide as they take room."""
    box = pdfium_c.FS_RECTF()
    reference = ctypes.byref(box)
    handle = textpage.raw
    for index in range(min(textpage.count_chars(), _MAX_GLYPHS)):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        if code <= 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if pdfium_c.FPDFText_GetLooseCharBox(handle, index, reference) and box.top > box.bottom:
            yield chr(code), box.left, box.bottom, box.right, box.top


def iter_characters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, Point | None]]:
    """Yield each character with the middle of its box; None for blanks and line ends that pdfium put in itself."""
    return ((char, place) for _, char, place in iter_indexed(textpage))


def iter_indexed(textpage: pdfium.PdfTextPage) -> Iterator[tuple[int, str, Point | None]]:
    """Yield what ``iter_characters`` does, with pdfium's number of each character before it."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    handle = textpage.raw
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        if not code or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        char = chr(code)
        if (
            char in _MAY_BE_GENERATED and pdfium_c.FPDFText_IsGenerated(handle, index) == 1
        ) or not pdfium_c.FPDFText_GetCharBox(handle, index, *refs):
            yield index, char, None
        else:
            yield index, char, ((left.value + right.value) / 2, (bottom.value + top.value) / 2)
