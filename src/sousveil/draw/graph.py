"""A graph: nodes with their names, arrows between them; a code stands on every arrow beside its colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.layout import layout
from sousveil.draw.measure import cells, cut
from sousveil.draw.svg import drawing, element, link, text

_WIDTH = 1360.0
_MOST_CELLS = 30
"""Halves of a Chinese character that a name is cut to; the whole name is in the tip and in the table."""
_HEAD = 7.0
_ABOVE = 20.0
"""Room above the highest names for the arrows between them, which bend upwards."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its name, a word on what it is, its weight, where it leads."""

    name: str
    kind: str
    weight: int
    href: str
    tip: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between nodes, by their numbers.

    Attributes:
        code: stands on it.
        class_: of its colour.
        weight: how wide it is.
        is_mutual: has a head at both ends.
    """

    source: int
    target: int
    code: str
    class_: str
    weight: int
    href: str
    tip: str
    is_mutual: bool = False


def graph(nodes: Sequence[Node], arrows: Sequence[Arrow], label: str) -> str:
    """Return nodes and arrows; empty text for none.

    >>> node = Node("a", "police", 1, "/i/a", "a")
    >>> graph([node, node], [Arrow(0, 1, "VID", "c-VID", 1, "/e", "a to a")], "flows").count("<a ")
    3
    """
    if not nodes:
        return ""
    names = [cut(node.name, _MOST_CELLS) for node in nodes]
    boxes = tuple(
        (max(cells(name), cells(node.kind)) * 6.0 + 14, 48.0) for name, node in zip(names, nodes, strict=True)
    )
    joined = tuple(sorted({(min(one.source, one.target), max(one.source, one.target)) for one in arrows}))
    middles, height = layout(boxes, joined, _WIDTH)
    at = [(x, y - 14 + _ABOVE) for x, y in middles]
    most = max((one.weight for one in nodes), default=1) or 1
    radii = [4 + 6 * math.sqrt(one.weight / most) for one in nodes]
    pairs = {(one.source, one.target) for one in arrows}
    marks, codes = [], []
    for one in arrows:
        if one.source != one.target:
            is_alone = (one.target, one.source) not in pairs
            line, (x, y) = _arrow(one, at, radii, is_alone=is_alone)
            marks.append(line)
            codes.append(text(one.code, x=x, y=y, text_anchor="middle", class_=f"lcode halo t-{one.class_[2:]}"))
    marks += codes
    for place, node in enumerate(nodes):
        x, y = at[place]
        marks.append(
            link(
                node.href,
                node.tip,
                element("circle", cx=x, cy=y, r=radii[place], class_="hub"),
                text(names[place], x=x, y=y + radii[place] + 12, text_anchor="middle", class_="nl halo"),
                text(node.kind, x=x, y=y + radii[place] + 24, text_anchor="middle", class_="nz halo"),
                class_="node",
            )
        )
    return drawing(_WIDTH, height + _ABOVE, label, marks, "net")


def _arrow(
    one: Arrow, at: Sequence[tuple[float, float]], radii: Sequence[float], *, is_alone: bool
) -> tuple[str, tuple[float, float]]:
    """Return an arrow, and where its code stands.

    Alone it bends upwards, away from the names; of two against one another each bends to its right, so they stay apart.
    """
    (x1, y1), (x2, y2) = at[one.source], at[one.target]
    dx, dy = x2 - x1, y2 - y1
    long = math.hypot(dx, dy) or 1.0
    bend = min(40.0, long * 0.12)
    if is_alone and dx < 0:
        bend = -bend
    cx, cy = (x1 + x2) / 2 + dy / long * bend, (y1 + y2) / 2 - dx / long * bend
    sx, sy = _towards((x1, y1), (cx, cy), radii[one.source] + (_HEAD if one.is_mutual else 1))
    ex, ey = _towards((x2, y2), (cx, cy), radii[one.target] + _HEAD)
    wide = min(5.0, 1.2 + math.sqrt(one.weight) * 0.6)
    line = element(
        "path",
        d=f"M{sx:.1f} {sy:.1f}Q{cx:.1f} {cy:.1f} {ex:.1f} {ey:.1f}",
        class_="flow",
        stroke_width=f"{wide:.1f}",
    )
    drawn = [line, _head((ex, ey), (cx, cy))]
    if one.is_mutual:
        drawn.append(_head((sx, sy), (cx, cy)))
    mx, my = (sx + 2 * cx + ex) / 4, (sy + 2 * cy + ey) / 4
    return link(one.href, one.tip, *drawn, class_=f"edge {one.class_}"), (mx, my + 3.5)


def _towards(start: tuple[float, float], end: tuple[float, float], by: float) -> tuple[float, float]:
    long = math.dist(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / long, start[1] + (end[1] - start[1]) * by / long


def _head(base: tuple[float, float], away: tuple[float, float]) -> str:
    """Return the head of an arrow that comes from a point; its base is where the line ends."""
    x, y = base
    long = math.dist(base, away) or 1.0
    ux, uy = (x - away[0]) / long, (y - away[1]) / long
    tip = (x + ux * (_HEAD - 1), y + uy * (_HEAD - 1))
    left, right = (x - uy * 3.5, y + ux * 3.5), (x + uy * 3.5, y - ux * 3.5)
    told = "L".join(f"{a:.1f} {b:.1f}" for a, b in (left, tip, right))
    return element("path", d=f"M{told}Z", class_="head")
