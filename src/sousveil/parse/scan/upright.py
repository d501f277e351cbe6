"""Which way up a page lies, and how far it is askew, told from its lines of text.

A page turned by a quarter has lines taller than wide. One upside down has lines that the engine reads badly, and well
when turned. The skew is the slope of the long lines; their boxes are turned back, not the pixels, for each line is cut
out along its own slope anyway.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sousveil.parse.scan.engine import Engine, Line, Quad, Raster

_SURE = 0.8
"""Mean confidence above which a page lies right: real scans read upright have 0.9 and more, upside down below 0.65
(sample corpus, 2026-11)."""
_SAMPLE = 8
"""Lines read to compare two ways up."""
_SMALL, _WELL_READ, _POSTER = 15.0, 36.0, 90.0
"""Heights of lines in pixels: below the first some are passed over, beyond the last they are broken."""
_LONGEST_SIDE = 3_000
_TALL = 1.5
_LONG = 8.0
"""Width over height of lines whose slope counts."""
MAX_SKEW = 15.0
"""Degrees; beyond, lines that slope are no sign of a page laid askew."""

Turn = int
"""Quarters by which the picture was turned, counterclockwise: 0 to 3."""
Matrix = NDArray[np.float64]
"""Two rows and three columns: multiplies and shifts (x, y)."""


def read_upright(engine: Engine, picture: Raster) -> tuple[list[Line], Raster, Turn]:
    """Return the lines of a picture, the picture turned so that they stand upright, and by how many quarters."""
    quads = _find_quads(engine, picture)
    if _is_turned_quarter(quads):
        turned = turn_picture(picture, 1)
        quads = engine.find_quads(turned)
        if _reads_better_upside_down(engine, turned, quads):
            turned, quads = turn_picture(picture, 3), [_half_turn(quad, turned.shape) for quad in quads]
            return engine.read_quads(turned, quads), turned, 3
        return engine.read_quads(turned, quads), turned, 1
    lines = engine.read_quads(picture, quads)
    if mean_confidence(lines) >= _SURE or not _reads_better_upside_down(engine, picture, quads):
        return lines, picture, 0
    turned = turn_picture(picture, 2)
    return engine.read_quads(turned, [_half_turn(quad, picture.shape) for quad in quads]), turned, 2


def _find_quads(engine: Engine, picture: Raster) -> list[Quad]:
    """Return the lines of text; where their letters are too small or too large for the engine, looked for once more.

    It breaks lines of posters into letters, and passes over some of the lines of a page at screen resolution.
    """
    import cv2  # noqa: PLC0415 (comes with the extra)

    quads = engine.find_quads(picture)
    middle = line_height(quads) if quads else _WELL_READ
    if _SMALL <= middle <= _POSTER:
        return quads
    scale = min(_WELL_READ / max(middle, 1.0), _LONGEST_SIDE / max(picture.shape[:2]))
    scaled = cv2.resize(
        picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    return [quad / np.float32(scale) for quad in engine.find_quads(scaled.astype(np.uint8))]


def line_height(quads: Sequence[Quad]) -> float:
    """Return the median height of lines in pixels, whichever way they run; 0 where there are none."""
    heights = sorted(min(_width(quad), _height(quad)) for quad in quads)
    return heights[len(heights) // 2] if heights else 0.0


def mean_confidence(lines: Sequence[Line]) -> float:
    """Return the mean confidence of lines, each weighing as much as it has characters; 0 where there are none."""
    weight = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / weight if weight else 0.0


def turn_picture(picture: Raster, quarters: Turn) -> Raster:
    """Return a picture turned counterclockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture, quarters))


def turn_back(points: Quad, quarters: Turn, height: int, width: int) -> Quad:
    """Return points of a picture that was turned, on the picture as it was, which has that height and width.

    >>> turn_back(np.array([[0, 0]], dtype=np.float32), 1, 50, 80).tolist()  # its upper left was the upper right
    [[80.0, 0.0]]
    """
    x, y = points[:, 0], points[:, 1]
    back = {0: (x, y), 1: (width - y, x), 2: (width - x, height - y), 3: (y, height - x)}[quarters]
    return np.stack(back, axis=1).astype(np.float32)


def skew_of(quads: Sequence[Quad]) -> float | None:
    """Return the slope of the long lines in degrees, downwards positive; None where there are too few to tell."""
    slopes = sorted(
        math.degrees(math.atan2(float(quad[1][1] - quad[0][1]), float(quad[1][0] - quad[0][0])))
        for quad in quads
        if _width(quad) > _LONG * max(_height(quad), 1.0)
    )
    if len(slopes) < 3:
        return None
    middle = slopes[len(slopes) // 2]
    return middle if abs(middle) <= MAX_SKEW else 0.0


def level_matrix(skew: float, height: int, width: int) -> Matrix:
    """Return the matrix that turns points about the middle of a picture so that lines of that slope lie level."""
    angle = math.radians(skew)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = width / 2, height / 2
    return np.array([[cos, sin, x - cos * x - sin * y], [-sin, cos, y + sin * x - cos * y]])


def move(matrix: Matrix, points: Quad) -> Quad:
    """Return points multiplied and shifted."""
    return (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def _is_turned_quarter(quads: Sequence[Quad]) -> bool:
    """Return whether most of the length of all lines runs up or down."""
    upright = sum(_width(quad) for quad in quads if _height(quad) <= _TALL * _width(quad))
    tall = sum(_height(quad) for quad in quads if _height(quad) > _TALL * _width(quad))
    return tall > 2 * upright


def _reads_better_upside_down(engine: Engine, picture: Raster, quads: Sequence[Quad]) -> bool:
    """Return whether the longest lines are read with more confidence when the picture is turned by half."""
    sample = sorted(quads, key=_width, reverse=True)[:_SAMPLE]
    as_it_is = mean_confidence(engine.read_quads(picture, sample))
    if as_it_is >= _SURE:
        return False
    turned = turn_picture(picture, 2)
    return mean_confidence(engine.read_quads(turned, [_half_turn(quad, picture.shape) for quad in sample])) > as_it_is


def _half_turn(quad: Quad, shape: tuple[int, ...]) -> Quad:
    """Return the box on the picture turned by half, its corners again from the upper left clockwise."""
    return turn_back(quad, 2, shape[0], shape[1])[[2, 3, 0, 1]]


def _width(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]))


def _height(quad: Quad) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]))
