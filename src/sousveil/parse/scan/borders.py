"""The ruled lines of a scanned page: long, thin and dark, level or upright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sousveil.parse.ruling import Grid, Line, find_grids
from sousveil.parse.scan.engine import Raster
from sousveil.parse.scan.upright import MAX_SKEW, level_matrix

if TYPE_CHECKING:
    import cv2

_SHORTEST_SHARE = 40
"""A border is at least a fortieth of the page long, and longer than any stroke of a letter."""
_STROKES = 1.3
_LONG_SHARE = 6
"""Lines that tell the skew are at least a sixth of the page long."""
_THICKEST = 12.0
"""Points: thicker dark bars are pictures or filled cells."""
_WINDOW = 31
_DARKER = 12
"""A pixel is ink when darker by this than the mean around it: works on grey copies and on photographs."""
_MAX_BORDERS = 2_000


def skew_of_borders(picture: Raster) -> float:
    """Return the slope of the long level lines in degrees, downwards positive; 0 where there are fewer than two.

    For pages whose lines of text are too short to tell: tables and forms.
    """
    import cv2  # noqa: PLC0415 (comes with the extra)

    ink = _ink(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    length = max(picture.shape[:2]) // _LONG_SHARE
    found = cv2.HoughLinesP(ink, 1, np.pi / 1800, threshold=length // 2, minLineLength=length, maxLineGap=5)
    lines = np.empty((0, 4)) if found is None else found.reshape(-1, 4)
    slopes = np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
    slopes = slopes[np.abs(slopes) <= MAX_SKEW]
    return float(np.median(slopes)) if len(slopes) >= 2 else 0.0


def _ink(grey: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """Return the pixels that are darker than those around them."""
    import cv2  # noqa: PLC0415

    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER)


def read_borders(picture: Raster, skew: float, points_per_pixel: float, line_height: float) -> list[Grid]:
    """Return the tables that lines enclose on a page, levelled first; places in points, y upwards from the lower edge.

    Args:
        picture: the page, upright.
        skew: slope of its lines in degrees.
        points_per_pixel: so that what counts as touching is the same as on a PDF.
        line_height: of its text in pixels; strokes of letters are shorter.
    """
    import cv2  # noqa: PLC0415 (comes with the extra)

    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if skew:
        grey = cv2.warpAffine(grey, level_matrix(skew, height, width), (width, height), borderValue=255)
    ink = _ink(grey)
    length = int(max(max(width, height) / _SHORTEST_SHARE, _STROKES * line_height))
    level = list(_runs(ink, (length, 1), height, points_per_pixel, is_level=True))
    upright = list(_runs(ink, (1, length), height, points_per_pixel, is_level=False))
    if len(level) + len(upright) > _MAX_BORDERS:
        return []
    return find_grids(level, upright)


def _runs(
    ink: cv2.typing.MatLike, kernel: tuple[int, int], height: int, scale: float, *, is_level: bool
) -> Iterator[Line]:
    """Yield the straight runs of ink that are at least as long as the kernel."""
    import cv2  # noqa: PLC0415

    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
    # two pixels of slack join what a speckle or a slight bend has parted
    opened = cv2.dilate(opened, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    for left, top, wide, high, _ in stats[1:count]:
        thickness = (high if is_level else wide) * scale
        if thickness > _THICKEST:
            continue
        if is_level:
            yield Line((height - top - high / 2) * scale, left * scale, (left + wide) * scale)
        else:
            yield Line((left + wide / 2) * scale, (height - top - high) * scale, (height - top) * scale)
