"""The sheet of a picture: blank, then what may be seen, then what covers; the last word is that of the covers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sousveil.parse.facsimile.pixels import Grey

BLANK = 255
_DARK, _LIGHT, _RULE = 118, 214, 150
_STRIPE = 7
"""Pixels from one stripe of a cover to the next."""

Area = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are behind the last."""


class Paper:
    """A sheet on which nothing can be seen that was not let through.

    Args:
        drawn: the page as it looks; it is only copied from, area by area.
    """

    def __init__(self, drawn: Grey) -> None:
        self._drawn = drawn
        self.sheet: Grey = np.full_like(drawn, BLANK)

    def let_through(self, areas: Iterable[Area]) -> None:
        """Copy the pixels of areas from the page."""
        for left, top, right, bottom in map(self._clip, areas):
            self.sheet[top:bottom, left:right] = self._drawn[top:bottom, left:right]

    def rule(self, areas: Iterable[Area]) -> None:
        """Draw lines of tables, ours and not the page's, where the paper is blank."""
        for left, top, right, bottom in map(self._clip, areas):
            np.minimum(self.sheet[top:bottom, left:right], _RULE, out=self.sheet[top:bottom, left:right])

    def cover(self, areas: Iterable[Area]) -> None:
        """Lay stripes over areas, whatever stood there."""
        for left, top, right, bottom in map(self._clip, areas):
            across = np.arange(left, right)[None, :] + np.arange(top, bottom)[:, None]
            self.sheet[top:bottom, left:right] = np.where(across % _STRIPE < 2, _DARK, _LIGHT)

    def _clip(self, area: Area) -> Area:
        height, width = self.sheet.shape
        left, top, right, bottom = area
        left, top = min(max(left, 0), width), min(max(top, 0), height)
        return left, top, min(max(right, left), width), min(max(bottom, top), height)


def widen(area: Area, across: float, down: float) -> Area:
    """Return an area with a margin on its sides, and one above and below, rounded outwards.

    >>> widen((10, 10, 20, 20), 1.5, 0)
    (8, 10, 22, 20)
    """
    left, top, right, bottom = area
    return int(left - across), int(top - down), -int(-(right + across) // 1), -int(-(bottom + down) // 1)
