"""Paths of SVG: read with absolute points, written with whole numbers and steps, which pack well."""

from __future__ import annotations

import itertools
import re

from maps.topology import Point, Ring

_PART = re.compile(r"([MLZ])([^MLZ]*)")


def parsed(path: str) -> list[tuple[Ring, bool]]:
    """Return the lines of a path of absolute ``M``, ``L`` and ``Z``, each with whether it is closed."""
    lines: list[tuple[Ring, bool]] = []
    for kind, rest in _PART.findall(path):
        if kind == "Z":
            lines[-1] = (lines[-1][0], True)
            continue
        x, y = rest.split(",")
        if kind == "M":
            lines.append(([], False))
        lines[-1][0].append((float(x), float(y)))
    return lines


def whole(line: Ring, scale: float = 1) -> list[tuple[int, int]]:
    """Return a line on the grid of whole numbers, without points that fall together."""
    points: list[tuple[int, int]] = []
    for x, y in line:
        point = (round(x * scale), round(y * scale))
        if not points or points[-1] != point:
            points.append(point)
    return points


def written(lines: list[list[tuple[int, int]]], *, is_closed: bool = True) -> str:
    """Return the path of lines: ``m`` from the end of the last one, then steps."""
    parts: list[str] = []
    at = (0, 0)
    for line in lines:
        points = line[:-1] if is_closed and len(line) > 1 and line[0] == line[-1] else line
        if len(points) < (3 if is_closed else 2):
            continue
        parts.append("m" + _step(at, points[0]).lstrip())
        steps = "".join(_step(a, b) for a, b in itertools.pairwise(points))
        parts.append("l" + steps.lstrip() + ("z" if is_closed else ""))
        at = points[0] if is_closed else points[-1]
    return "".join(parts)


def _step(start: tuple[int, int], end: tuple[int, int]) -> str:
    dx, dy = end[0] - start[0], end[1] - start[1]
    return f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}"


def middle(points: list[Point]) -> Point:
    """Return the middle of the box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
