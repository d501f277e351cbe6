"""One picture of a page -> its items, how sure the engine is of it, and how much of it could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sousveil.model import TextBox
from sousveil.parse.layout import Item, clean_line
from sousveil.parse.scan.borders import read_borders, skew_of_borders
from sousveil.parse.scan.engine import Engine, Line, Quad, Raster
from sousveil.parse.scan.lay import Piece, aligned_grids, lay_pieces
from sousveil.parse.scan.upright import (
    Matrix,
    level_matrix,
    line_height,
    mean_confidence,
    move,
    read_upright,
    skew_of,
    turn_back,
)

_LEAST_CONFIDENCE = 0.5
"""Lines below are speckles, signatures and stamps; the engine's own default, kept."""
_DOUBTFUL = 0.8
"""A page whose mean is below is marked; clean and noisy scans at 150 dpi and more have 0.95 and more."""
_A4_LONG_POINTS = 842.0
_LEVEL = 0.1
"""Degrees below which a page counts as straight."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on a picture.

    Attributes:
        items: lines and table rows in the order of reading.
        confidence: mean over its characters, 0 to 1.
        unread: lines seen that could not be read.
    """

    items: tuple[Item, ...]
    confidence: float
    unread: int

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at the picture before relying on the text."""
        return bool(self.items) and self.confidence < _DOUBTFUL


class Recogniser:
    """Reads pictures with one engine; says before each that it is alive, for pages take seconds.

    Args:
        engine: loaded before the process was locked down.
        sign_of_life: called before each picture.
    """

    def __init__(self, engine: Engine, sign_of_life: Callable[[], None]) -> None:
        self._engine = engine
        self._sign_of_life = sign_of_life

    def read(self, picture: Raster) -> Recognised:
        """Return the text on a picture; no items where it has none."""
        self._sign_of_life()
        lines, upright, quarters = read_upright(self._engine, picture)
        read = [line for line in lines if line.confidence >= _LEAST_CONFIDENCE and line.text.strip()]
        skew = skew_of([line.quad for line in read]) if read else 0.0
        if skew is None:
            skew = skew_of_borders(upright)
        skew = skew if abs(skew) > _LEVEL else 0.0
        height, width = upright.shape[:2]
        scale = _A4_LONG_POINTS / max(height, width)
        grids = read_borders(upright, skew, scale, line_height([line.quad for line in read])) if read else []
        to_page = _ToPage(level_matrix(skew, height, width), scale, height)
        pieces = [
            to_page.piece(text, line, _box(turn_back(line.quad, quarters, *picture.shape[:2]), line, picture.shape))
            for line in read
            if (text := clean_line(line.text))
        ]
        unread = sum(line.confidence < _LEAST_CONFIDENCE for line in lines)
        return Recognised(tuple(lay_pieces(pieces, grids or aligned_grids(pieces))), mean_confidence(read), unread)


@dataclass(frozen=True, slots=True)
class _ToPage:
    """From pixels of the upright picture to points of a level page, y upwards."""

    level: Matrix
    scale: float
    height: int

    def piece(self, text: str, line: Line, box: TextBox) -> Piece:
        corners = move(self.level, line.quad)
        left, top = (float(value) for value in corners.min(axis=0))
        right, bottom = (float(value) for value in corners.max(axis=0))
        return Piece(
            text,
            left * self.scale,
            (self.height - bottom) * self.scale,
            right * self.scale,
            (self.height - top) * self.scale,
            box,
        )


def _box(quad: Quad, line: Line, shape: tuple[int, ...]) -> TextBox:
    """Return where a line stands on the picture as it is, in shares of its sides; offsets come later."""
    share = np.clip(quad / np.array([shape[1], shape[0]]), 0.0, 1.0)
    left, top = (round(float(value), 4) for value in share.min(axis=0))
    right, bottom = (round(float(value), 4) for value in share.max(axis=0))
    return TextBox(0, 0, left, top, right, bottom, round(line.confidence, 3))
