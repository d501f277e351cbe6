"""TopoJSON: arcs that neighbours share, simplified once, so that no gap opens between them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


class Topology:
    """A TopoJSON file, projected.

    Args:
        raw: the parsed file.
        to_sheet: from longitude and latitude to the sheet.
        tolerance: how far, in units of the sheet, a point may lie from the simplified line.
    """

    def __init__(self, raw: dict[str, Any], to_sheet: Callable[[float, float], Point], tolerance: float) -> None:
        self._raw = raw
        self._degrees = [list(_decoded(arc, raw["transform"])) for arc in raw["arcs"]]
        self._arcs = [simplified([to_sheet(*point) for point in arc], tolerance) for arc in self._degrees]

    def countries(self) -> Iterator[tuple[str, list[Ring], list[Ring]]]:
        """Yield three-letter code, rings on the sheet, and the same rings in degrees."""
        for one in self._raw["objects"]["countries"]["geometries"]:
            polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
            rings = [ring for polygon in polygons for ring in polygon]
            yield (
                one["properties"]["a3"],
                [_joined(ring, self._arcs) for ring in rings],
                [_joined(ring, self._degrees) for ring in rings],
            )


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (across, down), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * across + left, y * down + low


def _joined(ring: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def simplified(line: Ring, tolerance: float) -> Ring:
    """Return a line without the points that lie within the tolerance of what is left (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    kept = {0, len(line) - 1}
    if line[0] == line[-1]:  # a ring: its farthest point stays, else nothing would
        kept.add(max(range(len(line)), key=lambda place: math.dist(line[0], line[place])))
    marks = sorted(kept)
    spans = list(itertools.pairwise(marks))
    while spans:
        first, last = spans.pop()
        far, place = 0.0, 0
        for number in range(first + 1, last):
            away = _distance(line[number], line[first], line[last])
            if away > far:
                far, place = away, number
        if far > tolerance:
            kept.add(place)
            spans += [(first, place), (place, last)]
    return [line[number] for number in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    if not (dx or dy):
        return math.dist(point, start)
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    along = max(0.0, min(1.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Return the part of a ring inside a box of left, top, right, bottom (Sutherland and Hodgman)."""
    left, top, right, bottom = box
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        cut: Ring = []
        for number, point in enumerate(ring):
            before = ring[number - 1]
            is_in, was_in = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if is_in != was_in:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                cut.append((bound, other) if axis == 0 else (other, bound))
            if is_in:
                cut.append(point)
        ring = cut
    return ring


def area(ring: Ring) -> float:
    """Return the area of a ring, never negative."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
