"""Places of nodes: springs (Fruchterman and Reingold) in each part that hangs together, then boxes pushed apart.

The same graph gets the same places every time: the start is a spiral in the order of the nodes, nothing is drawn by
lot, and places are rounded. Parts stand in rows, the highest first, so that no room is lost between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 300
_PUSHES = 400
_STRETCH = 10
"""Pushes after which a part that is still too dense becomes higher."""
_PULL = 0.06
"""Of the middle: keeps far branches from wandering off."""
_EDGE = (190.0, 120.0)
"""Length that an edge should have at least, across and down: room for its arrow and its code."""
_MANY = 40
"""Nodes from which on a part takes the whole width."""
_GAP = 24.0
"""Room between parts."""

Floats = NDArray[np.float64]
Boxes = tuple[tuple[float, float], ...]
Edges = tuple[tuple[int, int], ...]


@lru_cache(maxsize=32)
def layout(boxes: Boxes, edges: Edges, width: float) -> tuple[tuple[tuple[float, float], ...], float]:
    """Return the middle of each box, and the height that is needed; kept for the graphs drawn last.

    Args:
        boxes: width and height of each node with its label.
        edges: numbers of two nodes.
        width: of the room.

    >>> layout(((50, 40), (60, 40)), ((0, 1),), 500)
    (((127.5, 20.0), (367.5, 20.0)), 40.0)
    """
    placed: list[tuple[float, float]] = [(0.0, 0.0)] * len(boxes)
    parts = []
    for members in _parts(len(boxes), edges):
        sizes = np.array([boxes[one] for one in members], dtype=np.float64)
        inner = [(members.index(one), members.index(other)) for one, other in edges if one in members]
        parts.append((members, *_bounded(_placed(sizes, inner, width), sizes)))
    parts.sort(key=lambda part: (-part[2][1], part[0]))
    top = 0.0
    for row in _rows(parts, width):
        free = (width - sum(float(size[0]) for _, _, size in row)) / (len(row) + 1)
        left = free
        for members, places, size in row:
            for one, (x, y) in zip(members, places, strict=True):
                placed[one] = (round(float(x + left), 1), round(float(y + top), 1))
            left += float(size[0]) + free
        top += max(float(size[1]) for _, _, size in row) + _GAP
    return tuple(placed), round(max(0.0, top - _GAP), 1)


Part = tuple[list[int], Floats, Floats]
"""Nodes of a part, their places from its corner, its width and height."""


def _rows(parts: Sequence[Part], width: float) -> Iterator[list[Part]]:
    row: list[Part] = []
    filled = 0.0
    for part in parts:
        if row and filled + part[2][0] + _GAP > width:
            yield row
            row, filled = [], 0.0
        row.append(part)
        filled += float(part[2][0]) + _GAP
    if row:
        yield row


def _parts(count: int, edges: Edges) -> list[list[int]]:
    """Return the nodes that hang together, in their order."""
    root = list(range(count))

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one, other in edges:
        root[max(top(one), top(other))] = min(top(one), top(other))
    held: dict[int, list[int]] = {}
    for node in range(count):
        held.setdefault(top(node), []).append(node)
    return list(held.values())


def _placed(sizes: Floats, edges: Sequence[tuple[int, int]], width: float) -> Floats:
    """Return places of the nodes of one part, not wider than the room."""
    if len(sizes) == 1:
        return np.zeros((1, 2))
    if len(sizes) == 2:
        return np.array([[0.0, 0.0], [_EDGE[0] + 50.0, 0.0]])
    places = _springs(len(sizes), edges)
    lengths = [float(np.linalg.norm(places[one] - places[other])) for one, other in edges if one != other]
    places = places / max(float(np.median(lengths)) if lengths else 1.0, 1e-6) * np.array(_EDGE)
    if len(sizes) >= _MANY:
        places = _loosened(places)
    across = float(np.ptp(places[:, 0])) + float(sizes[:, 0].max())
    if across > width or len(sizes) >= _MANY:
        places = places * np.array([(width - sizes[:, 0].max()) / np.ptp(places[:, 0]), 1.0])
    return _apart(places - places.min(axis=0) + sizes.max(axis=0) / 2, sizes, width)


def _loosened(places: Floats) -> Floats:
    """Return places half way to even steps: the middle of a large part is crowded, and its rim is empty."""
    ranks = places.argsort(axis=0, kind="stable").argsort(axis=0) / (len(places) - 1)
    even: Floats = places.min(axis=0) + ranks * np.ptp(places, axis=0)
    loosened: Floats = (places + even) / 2
    return loosened


def _bounded(places: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return places from the corner of the part, and its width and height."""
    corner = (places - sizes / 2).min(axis=0)
    return places - corner, (places + sizes / 2).max(axis=0) - corner


def _springs(count: int, edges: Sequence[tuple[int, int]]) -> Floats:
    """Return places at which the springs of the edges and the pushing of all nodes balance; in no unit."""
    turn = np.arange(count) * 2.399963  # the golden angle: no two nodes of a spiral stand on one another
    places: Floats = np.sqrt((np.arange(count) + 0.5) / count)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    ideal = 1.0 / np.sqrt(count)
    joined = np.zeros((count, count))
    for one, other in edges:
        joined[one, other] = joined[other, one] = 1.0
    np.fill_diagonal(joined, 0.0)
    for step in range(_ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        force = ideal**2 / distance**2 - joined * distance / ideal
        moved = (apart * force[:, :, None]).sum(axis=1) - _PULL * places
        length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        heat = 0.1 * (1 - step / _ROUNDS)
        places = places + moved / length * np.minimum(length, heat)
    return places


def _apart(places: Floats, sizes: Floats, width: float) -> Floats:
    """Return places at which boxes overlap no more, each pushed the shorter way; none lies beside the room."""
    needed = (sizes[:, None, :] + sizes[None, :, :]) / 2
    same = np.eye(len(sizes), dtype=bool)
    side = np.sign(np.subtract.outer(np.arange(len(sizes)), np.arange(len(sizes))))
    for step in range(1, _PUSHES + 1):
        apart = places[:, None, :] - places[None, :, :]
        over = needed - np.abs(apart)
        overlaps = (over > 0.05).all(axis=2) & ~same
        if not overlaps.any():
            break
        shorter = over.argmin(axis=2)
        moved = np.zeros_like(places)
        for axis in (0, 1):
            way = np.sign(apart[:, :, axis])
            way = np.where(way == 0, side, way)
            moved[:, axis] = np.where(overlaps & (shorter == axis), over[:, :, axis] * way, 0.0).sum(axis=1) * 0.3
        places = places + moved
        if step % _STRETCH == 0:
            places[:, 1] *= 1.05
        places[:, 0] = np.clip(places[:, 0], sizes[:, 0] / 2, width - sizes[:, 0] / 2)
    return places
