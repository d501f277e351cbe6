"""A histogram: one bar per year, each a link to what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.svg import drawing, element, link, text

_WIDTH, _HEIGHT, _FOOT = 720.0, 64.0, 16.0
_WIDEST = 90.0
"""Width of a bar where there are few."""
_LABEL_WIDTH = 34.0
"""Room that a year needs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: under the bar.
        count: its height.
        href: where it leads.
        tip: what it says when pointed at.
        is_chosen: False for what a filter leaves out.
    """

    label: str
    count: int
    href: str
    tip: str
    is_chosen: bool = True


def histogram(bars: Sequence[Bar], label: str) -> str:
    """Return bars beside one another, the highest filling the height.

    >>> histogram([Bar("2020", 3, "/search?date=2020", "2020: 3")], "per year").count("<rect")
    2
    """
    most = max((bar.count for bar in bars), default=0) or 1
    room = min(_WIDEST, _WIDTH / max(1, len(bars)))
    every = max(1, -(-int(_LABEL_WIDTH) // max(1, int(room))))
    ground = _HEIGHT - _FOOT
    marks = []
    for place, bar in enumerate(bars):
        left, high = place * room, ground * bar.count / most
        whole = element("rect", x=left, y=0, width=room, height=ground, class_="room")
        shown = element(
            "rect",
            x=left + 0.8,
            y=ground - high,
            width=room - 1.6,
            height=high,
            class_="b" if bar.is_chosen else "b off",
        )
        marks.append(link(bar.href, bar.tip, whole, shown, class_="bar"))
        if place % every == 0:
            marks.append(text(bar.label, x=left + 1, y=_HEIGHT - 3, class_="tick"))
    marks.append(element("line", x1=0, x2=_WIDTH, y1=ground, y2=ground, class_="axis"))
    return drawing(_WIDTH, _HEIGHT, label, marks, "hist")
