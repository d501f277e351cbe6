"""The objects of an OFD page -> characters with their places, and the straight lines drawn.

OFD measures in millimetres from the upper left corner; here as elsewhere places are points, y upwards. A piece of text
says where it begins and how far each character is from the one before (``DeltaX``: ``"5 g 3 4.2"`` is 5, then three
times 4.2).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from sousveil.parse.drawn import THIN, Point, as_line, sort_into_cells
from sousveil.parse.layout import Item
from sousveil.parse.ruling import Line, find_grids

_POINTS = 72 / 25.4
_MAX_GLYPHS = 200_000
"""Characters of one page; a page of this print has 3,000."""
_MAX_LINES = 20_000
_MAX_REPEATED = 10_000
_SAME_LINE = 0.5
"""Share of the character's height by which two characters of a line may stand higher or lower."""
_GAP, _GAP_INSIDE = 0.4, 1.5
"""Shares of the character's height that part two words: between two pieces of text, and inside one, which has its own
blanks, and whose letters may be set wide apart."""
_NARROW_WIDTH = 0.5
"""Width of Latin letters and digits by their height, where nothing is said: half that of a Chinese character."""
_TWICE = 0.12
"""Share of the height by which the second print of a bold letter may be off."""
_TURNED = 0.01

_OBJECTS = ("TextObject", "PathObject", "ImageObject", "CompositeObject")
_NUMBER = re.compile(r"[-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][-+]?\d{1,3})?")
_STROKE = re.compile(r"([SMLQBAC])([^SMLQBAC]{0,400})")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]")

Glyph = tuple[str, float, float, float, int]
"""Character, left edge, base line, height, in points; number of the piece of text it belongs to."""
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawing:
    """What is on a page."""

    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    """Pieces of text that run up, down or aslant: watermarks, stamps, vertical lines."""
    horizontal: list[Line] = field(default_factory=list)
    vertical: list[Line] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """Ids of the pictures shown, from the top of the page down as far as the file lists them so; '' for drawings."""
    piece_count: int = 0

    def add(self, other: Drawing) -> None:
        """Draw another page on top of this one."""
        self.glyphs += other.glyphs
        self.turned += other.turned
        self.horizontal += other.horizontal
        self.vertical += other.vertical
        self.pictures += other.pictures
        self.piece_count = max(self.piece_count, other.piece_count)

    def items(self) -> list[Item]:
        """Return the lines and table rows of the page, text that does not run level behind them."""
        grids = find_grids(self.horizontal, self.vertical)
        return [*sort_into_cells(_in_order(self.glyphs), grids), *dict.fromkeys(self.turned)]


def read_drawing(root: etree._Element) -> Drawing:
    """Return what the layers of a page, or of a template, hold."""
    drawing = Drawing()
    for element in root.iter(*(f"{{*}}{name}" for name in _OBJECTS)):
        name = str(element.tag).rsplit("}", 1)[-1]
        if element.get("Visible") == "false":
            continue
        if name == "TextObject":
            _read_text(element, drawing)
        elif name == "PathObject" and len(drawing.horizontal) + len(drawing.vertical) < _MAX_LINES:
            _read_path(element, drawing)
        elif name in {"ImageObject", "CompositeObject"}:
            drawing.pictures.append(element.get("ResourceID", "") if name == "ImageObject" else "")
    return drawing


def _read_text(element: etree._Element, drawing: Drawing) -> None:
    place, matrix = _place(element), _matrix(element)
    scale = _scale(matrix) or 1.0
    own_size = next(iter(_numbers(element.get("Size", ""))), 3.5)
    height = max(own_size * scale, 0.1) * _POINTS
    x = y = 0.0
    piece = drawing.piece_count
    for code in element.iterfind("{*}TextCode"):
        text = "".join(char for char in code.text or "" if char not in "\r\n")
        x = next(iter(_numbers(code.get("X", ""))), x)
        y = next(iter(_numbers(code.get("Y", ""))), y)
        across, down = _deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", ""))
        piece += 1
        is_turned = abs(matrix[1]) + abs(matrix[2]) > _TURNED * (abs(matrix[0]) + abs(matrix[3]))
        if is_turned or (any(down) and not any(across)) or _is_turned_by_number(element):
            if text.strip():
                drawing.turned.append(" ".join(text.split()))
            continue
        if len(drawing.glyphs) + len(text) > _MAX_GLYPHS:
            break
        at, below = x, y
        for number, char in enumerate(text):
            left, base = _on_page(matrix, place, at, below)
            drawing.glyphs.append((char, left * _POINTS, -base * _POINTS, height, piece))
            default = own_size * (1.0 if _WIDE.match(char) else _NARROW_WIDTH)
            at += across[number] if number < len(across) else (across[-1] if across and number else default)
            below += down[number] if number < len(down) else 0.0
    drawing.piece_count = piece


def _is_turned_by_number(element: etree._Element) -> bool:
    """Return whether the piece says in degrees that it runs down, or its letters lie on their side."""
    return element.get("ReadDirection", "0") in {"90", "270"}


def _read_path(element: etree._Element, drawing: Drawing) -> None:
    place, matrix = _place(element), _matrix(element)
    data = element.findtext("{*}AbbreviatedData") or ""
    is_stroked = element.get("Stroke", "true") != "false"
    for shape in _shapes(data[:100_000]):
        points = [_on_page(matrix, place, x, y) for x, y in shape]
        if len(points) < 2:
            continue
        xs, ys = [x * _POINTS for x, _ in points], [-y * _POINTS for _, y in points]
        boxes = [(min(xs), min(ys), max(xs), max(ys))]
        if boxes[0][2] - boxes[0][0] > THIN and boxes[0][3] - boxes[0][1] > THIN:
            corners = list(zip(xs, ys, strict=True))
            sides = pairwise(corners) if is_stroked else ()
            boxes = [(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for (x1, y1), (x2, y2) in sides]
        for box in boxes:
            for is_level, line in as_line(*box):
                (drawing.horizontal if is_level else drawing.vertical).append(line)


def _shapes(data: str) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path; of curves only their ends."""
    shape: list[Point] = []
    for match in _STROKE.finditer(data):
        numbers = _numbers(match[2])
        if match[1] in "SM" and shape:
            yield shape
            shape = []
        if match[1] == "C":
            shape += shape[:1]
        elif len(numbers) >= 2:
            shape.append((numbers[-2], numbers[-1]))
    if shape:
        yield shape


def _numbers(raw: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(raw[:200_000])]


def _deltas(raw: str) -> list[float]:
    """Return the distances of ``DeltaX``; ``g n d`` stands for n times d.

    >>> _deltas("5 g 3 4.2")
    [5.0, 4.2, 4.2, 4.2]
    """
    if "g" not in raw:
        return _numbers(raw)
    found: list[float] = []
    parts = raw[:200_000].split()
    at = 0
    while at < len(parts):
        if parts[at] == "g" and at + 2 < len(parts):
            count, distance = _numbers(parts[at + 1]), _numbers(parts[at + 2])
            if count and distance:
                found += distance[:1] * max(0, min(int(count[0]), _MAX_REPEATED))
            at += 3
        else:
            found += _numbers(parts[at])[:1]
            at += 1
        if len(found) > _MAX_GLYPHS:
            break
    return found


def _place(element: etree._Element) -> Point:
    box = _numbers(element.get("Boundary", ""))
    return (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)


def _matrix(element: etree._Element) -> Matrix:
    values = _numbers(element.get("CTM", ""))
    if len(values) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _scale(matrix: Matrix) -> float:
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _on_page(matrix: Matrix, place: Point, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return place[0] + a * x + c * y + e, place[1] + b * x + d * y + f


def _in_order(glyphs: Sequence[Glyph]) -> Iterator[tuple[str, Point | None]]:
    """Yield characters line by line with the middle of each, blanks and line ends between them."""
    for line in _lines(glyphs):
        before: Glyph | None = None
        for glyph in sorted(line, key=lambda glyph: glyph[1]):
            char, left, base, height, piece = glyph
            width = height if _WIDE.match(char) else height * _NARROW_WIDTH
            if before is not None:
                if before[0] == char and left - before[1] < _TWICE * height:
                    continue  # printed twice, a little off: that is how some programs write bold
                end = before[1] + (before[3] if _WIDE.match(before[0]) else before[3] * _NARROW_WIDTH)
                if left - end > (_GAP_INSIDE if piece == before[4] else _GAP) * height:
                    yield " ", None
            yield char, (left + width / 2, base + height / 3)
            before = glyph
        yield "\n", None


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the characters of each line, from the top of the page down."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph[2]):
        if line and line[0][2] - glyph[2] > _SAME_LINE * min(line[0][3], glyph[3]):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line
