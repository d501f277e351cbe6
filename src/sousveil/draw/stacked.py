"""Stacked columns over time: what makes up each stretch, with a scale at the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.svg import ceiling, drawing, element, link, text

_LEFT, _TOP, _FOOT = 34.0, 10.0, 20.0
_LINES = 4
_WIDEST = 160.0
_HATCH = 8.0
"""Room between hatched lines."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One stretch of time.

    Attributes:
        label: under it; empty for none.
        parts: class of the colour and count, from the ground up.
        href: where it leads.
        tip: what it says when pointed at.
    """

    label: str
    parts: tuple[tuple[str, int], ...]
    href: str
    tip: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Columns, from ``first`` to before ``last``, of which not everything is known; hatched."""

    first: int
    last: int
    label: str


def stacked(
    columns: Sequence[Stack],
    label: str,
    *,
    width: float = 1360,
    height: float = 170,
    class_: str = "",
    gaps: Sequence[Gap] = (),
) -> str:
    """Return columns of parts.

    Args:
        columns: in order of time.
        label: says what is drawn, for those who do not see it.
        width: of the drawing; it is scaled to its place.
        height: of the drawing.
        class_: of the drawing, beside its own.
        gaps: stretches that are hatched behind the columns.
    """
    most = ceiling(max((sum(count for _, count in column.parts) for column in columns), default=0))
    high = height - _TOP - _FOOT
    room = min(_WIDEST, (width - _LEFT) / max(1, len(columns)))
    marks = _scale(most, width, high)
    for gap in gaps:
        marks += hatched(_LEFT + gap.first * room, _TOP, (gap.last - gap.first) * room, high)
    for place, column in enumerate(columns):
        left, ground = _LEFT + place * room, _TOP + high
        drawn = [element("rect", x=left, y=_TOP, width=room, height=high, class_="room")]
        for colour, count in column.parts:
            tall = high * count / most
            ground -= tall
            drawn.append(
                element(
                    "rect",
                    x=left + 1,
                    y=ground,
                    width=max(1.0, room - 2),
                    height=max(0.5, tall - 0.5),
                    class_=f"part {colour}",
                )
            )
        marks.append(link(column.href, column.tip, *drawn, class_="col"))
        if column.label:
            marks.append(text(column.label, x=left + 1, y=height - 5, class_="tick"))
    marks.append(element("line", x1=_LEFT, x2=width, y1=_TOP + high, y2=_TOP + high, class_="axis"))
    marks += [text(gap.label, x=_LEFT + gap.first * room + 4, y=_TOP + 9, class_="gapl") for gap in gaps]
    return drawing(width, height, label, marks, f"stacked {class_}".rstrip())


def _scale(most: float, width: float, high: float) -> list[str]:
    marks = []
    for step in range(_LINES + 1):
        y = _TOP + high - high * step / _LINES
        marks.append(element("line", x1=_LEFT, x2=width, y1=y, y2=y, class_="grid"))
        marks.append(text(f"{most * step / _LINES:g}", x=_LEFT - 6, y=y + 3.5, text_anchor="end", class_="tick"))
    return marks


def hatched(x: float, y: float, width: float, height: float) -> list[str]:
    """Return slanting lines that fill a rectangle; drawn one by one, for a pattern needs an id that is its own."""
    lines = []
    for step in range(1, math.ceil((width + height) / _HATCH)):
        at = step * _HATCH
        left, right = max(0.0, at - height), min(width, at)
        lines.append(f"M{x + left:.1f} {y + at - left:.1f}L{x + right:.1f} {y + at - right:.1f}")
    return [element("path", d="".join(lines), class_="gap")] if lines else []
