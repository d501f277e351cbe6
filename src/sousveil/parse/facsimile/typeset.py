"""Pages of a PDF with a text layer: letters that are in the masked text and not covered, and the lines of tables.

Only letters are drawn at all: pictures, drawings, shadings, and everything inside other drawings that is no letter are
switched off, and comments, form fields and signatures are never asked for. Of what is drawn only the places of letters
that are known and not covered come onto the paper.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from sousveil.exceptions import WithheldError
from sousveil.model import Page
from sousveil.parse.facsimile.drawn import Drawn, Place
from sousveil.parse.facsimile.letters import ADVICE, Box, Letter, find_letters
from sousveil.parse.facsimile.paper import Area, Paper, widen
from sousveil.parse.facsimile.pixels import Grey, pack
from sousveil.parse.pdfgrid import read_rules
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.ruling import Line
from sousveil.settings import Limits

_SCALE = 2.0
"""Pixels a point: 144 dpi, A4 in 1,190 x 1,684; sharp on screens with twice the pixels at the width of a column."""
_LONGEST = 2_400
_DEEPEST = 6
"""Drawings inside drawings that are looked into; what lies deeper is not drawn."""
_MAX_OBJECTS = 50_000
_INK = 128
"""A darker pixel is ink."""
_STRAY = 0.04
"""Share of the ink of the letters that may lie outside their boxes: italics, accents. More, and boxes tell nothing."""
_HAVE_INK = 0.5
"""Share of the letters shown that must have ink; fewer, and the words are someone's reading of a scan, laid over it."""
_LEAST_RULE = 20.0
"""Points. Shorter lines may be strokes of a letter that is drawn as an outline."""


def draw_typeset(document: pdfium.PdfDocument, index: int, stored: Page, limits: Limits) -> Drawn:
    """Return the picture of page ``index`` (from 0), whose stored, masked text says what may be seen.

    Raises:
        WithheldError: it cannot be told what would be seen.
    """
    letters = find_letters(document, index, stored, limits)
    page = document[index]
    rules = read_rules(page)
    has_fonts = _switch_off_all_but_letters(page)
    drawn = _draw(page)
    to_area = _to_pixels(page, drawn.shape[1], drawn.shape[0])
    covered = {offset for mask in stored.masks for offset in range(mask.start, mask.end)}
    shown = [letter for letter in letters if letter.offset >= 0 and letter.offset not in covered]
    _check_places(drawn, (to_area(_around(letter)) for letter in letters))
    _check_ink(drawn, [to_area(letter.tight) for letter in shown], has_fonts=has_fonts)
    paper = Paper(drawn)
    paper.let_through(widen(to_area(letter.tight), 1, 1) for letter in shown)
    paper.rule(to_area(box) for box in _rule_boxes(rules))
    hidden = sorted((letter.offset, to_area(_around(letter))) for letter in letters if letter.offset in covered)
    paper.cover(_join(_cover(area) for _, area in hidden))
    places = sorted(_place(letter, to_area(letter.loose)) for letter in letters if letter.offset >= 0)
    height, width = paper.sheet.shape
    return Drawn(width=width, height=height, pixels=pack(paper.sheet), places=tuple(places))


def _draw(page: pdfium.PdfPage) -> Grey:
    longest = max(float(side) for side in (*page.get_size(), 1.0))
    scale = min(_SCALE, _LONGEST / longest)
    drawn: Grey = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False).to_numpy()
    return drawn.reshape(drawn.shape[:2])


def _switch_off_all_but_letters(page: pdfium.PdfPage) -> bool:
    """Let nothing be drawn but letters that are their own, in black; return whether the file holds their fonts.

    Not drawn are letters that say that they stand for other words (ActualText), for what is masked are those words, and
    letters that are little drawings (Type 3), for they may hold anything. Black, for a colour may be a pattern, which
    may hold anything too; and white letters stood on a ground that is not drawn.
    """
    has_fonts = True
    for count, item in enumerate(page.get_objects(max_depth=_DEEPEST)):
        if count > _MAX_OBJECTS:
            raise WithheldError(f"the page is drawn of more than {_MAX_OBJECTS:,} parts", ADVICE)
        if item.type == pdfium_c.FPDF_PAGEOBJ_FORM and item.level < _DEEPEST - 1:
            continue
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT and _has_outlines(item) and not _stands_for_other_words(item):
            is_done = all(paint(item.raw, 0, 0, 0, 255) for paint in _PAINTS)
            has_fonts &= _has_font(item)
        else:
            is_done = bool(pdfium_c.FPDFPageObj_SetIsActive(item.raw, False))  # noqa: FBT003 (C)
        if not is_done:
            raise WithheldError("a part of the page cannot be left out", ADVICE)
    return has_fonts


_PAINTS = (pdfium_c.FPDFPageObj_SetFillColor, pdfium_c.FPDFPageObj_SetStrokeColor)


def _has_font(item: pdfium.PdfObject) -> bool:
    """Return whether the file holds the font of letters, or they are not to be seen anyway."""
    is_seen = pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    return not is_seen or pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(item.raw)) == 1


def _has_outlines(item: pdfium.PdfObject) -> bool:
    """Return whether letters come from a font proper; one of little drawings (Type 3) has no data of its own."""
    size = ctypes.c_size_t()
    font = pdfium_c.FPDFTextObj_GetFont(item.raw)
    return bool(pdfium_c.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size))) and size.value > 0


def _stands_for_other_words(item: pdfium.PdfObject) -> bool:
    key = ctypes.create_string_buffer(b"ActualText")
    for number in range(pdfium_c.FPDFPageObj_CountMarks(item.raw)):
        mark = pdfium_c.FPDFPageObj_GetMark(item.raw, number)
        if pdfium_c.FPDFPageObjMark_GetParamValueType(mark, key) != pdfium_c.FPDF_OBJECT_UNKNOWN:
            return True
    return False


def _to_pixels(page: pdfium.PdfPage, width: int, height: int) -> Callable[[Box], Area]:
    """Return what turns a box on the page into one on its picture, whichever way the page is turned and cropped."""
    fine = 1_000
    corner_x, corner_y = ctypes.c_int(), ctypes.c_int()

    def at(x: float, y: float) -> tuple[float, float]:
        pdfium_c.FPDF_PageToDevice(
            page.raw, 0, 0, width * fine, height * fine, 0, x, y, ctypes.byref(corner_x), ctypes.byref(corner_y)
        )
        return corner_x.value / fine, corner_y.value / fine

    zero, right, up = at(0, 0), at(100, 0), at(0, 100)
    a, b = (right[0] - zero[0]) / 100, (right[1] - zero[1]) / 100
    c, d = (up[0] - zero[0]) / 100, (up[1] - zero[1]) / 100

    def to_area(box: Box) -> Area:
        corners = [(a * x + c * y + zero[0], b * x + d * y + zero[1]) for x in box[::2] for y in box[1::2]]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1

    return to_area


def _around(letter: Letter) -> Box:
    one, other = letter.tight, letter.loose
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _cover(area: Area) -> Area:
    """Return the area that hides a letter: a fifth of its size more on each side, two pixels at least."""
    return widen(area, max(2, (area[2] - area[0]) / 5), max(2, (area[3] - area[1]) / 5))


def _join(areas: Iterable[Area]) -> list[Area]:
    """Return areas with those put together that touch on one line: no cover tells where a first name ends."""
    joined: list[Area] = []
    for area in areas:
        before = joined[-1] if joined else area
        both = (min(before[0], area[0]), min(before[1], area[1]), max(before[2], area[2]), max(before[3], area[3]))
        tall, wide = max(_sides(before)[1], _sides(area)[1]), max(_sides(before)[0], _sides(area)[0])
        is_level = _sides(both)[1] < 1.5 * tall and _sides(both)[0] < _sides(before)[0] + 3 * _sides(area)[0]
        is_upright = _sides(both)[0] < 1.5 * wide and _sides(both)[1] < _sides(before)[1] + 3 * _sides(area)[1]
        if joined and (is_level or is_upright):
            joined[-1] = both
        else:
            joined.append(area)
    return joined


def _sides(area: Area) -> tuple[int, int]:
    return area[2] - area[0], area[3] - area[1]


def _place(letter: Letter, area: Area) -> Place:
    return (letter.offset, letter.offset + 1, *area)


def _rule_boxes(rules: tuple[list[Line], list[Line]]) -> Iterable[Box]:
    horizontal, vertical = rules
    for line in horizontal:
        if line.end - line.start >= _LEAST_RULE:
            yield line.start, line.at - 0.2, line.end, line.at + 0.2
    for line in vertical:
        if line.end - line.start >= _LEAST_RULE:
            yield line.at - 0.2, line.start, line.at + 0.2, line.end


def _check_places(drawn: Grey, boxes: Iterable[Area]) -> None:
    """Check that letters are where their boxes are.

    Raises:
        WithheldError: too much ink stands elsewhere.
    """
    ink = drawn < _INK
    inside = np.zeros_like(ink)
    for left, top, right, bottom in boxes:
        inside[max(top - 2, 0) : max(bottom + 2, 0), max(left - 2, 0) : max(right + 2, 0)] = True
    if int(np.count_nonzero(ink & ~inside)) > _STRAY * int(np.count_nonzero(ink)):
        raise WithheldError("the letters of the page do not stand where the file says", ADVICE)


def _check_ink(drawn: Grey, shown: Sequence[Area], *, has_fonts: bool) -> None:
    """Check that the words that may be seen are drawn as letters at all.

    Raises:
        WithheldError: most are not.
    """
    with_ink = sum(
        bool((drawn[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] < _INK).any())
        for left, top, right, bottom in shown
    )
    if with_ink >= _HAVE_INK * len(shown):
        return
    if not has_fonts:
        raise WithheldError("the file does not hold the font of its letters, so they cannot be drawn here", ADVICE)
    raise WithheldError(
        "its words are not drawn as letters: they lie over a scan, invisible, or are little drawings themselves",
        "Have it recognised here: sousveil ingest --ocr all.",
    )
