"""Shares: one bar per body, as long as its part of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.measure import cells, cut
from sousveil.draw.svg import drawing, element, link, text

_ROW = 24.0
_WIDTH = 760.0
_BAR = 250.0
_PHONE = 340.0
_CELL = 6.6
"""Width of half a Chinese character. What is cut away of a name is in the tip."""


@dataclass(frozen=True, slots=True)
class Share:
    """One body: its name, its part from 0 to 1, what stands behind the bar, where it leads."""

    name: str
    share: float
    words: str
    href: str


def shares(rows: Sequence[Share], label: str, *, is_narrow: bool = False) -> str:
    """Return bars one under the other; empty text for none.

    Args:
        rows: from above.
        label: says what is drawn, for those who do not see it.
        is_narrow: for phones: the name above its bar.

    >>> shares([Share("a", 0.5, "1 of 2", "/i/a")], "Suppliers").count('class="b"')
    1
    """
    if not rows:
        return ""
    width, bar = (_PHONE, _PHONE - 160) if is_narrow else (_WIDTH, _BAR)
    left = 0.0 if is_narrow else min(_WIDTH - _BAR - 170, 7.2 * max(cells(row.name) for row in rows) + 12)
    high = 2 * _ROW - 8 if is_narrow else _ROW
    marks = []
    for number, row in enumerate(rows):
        y = number * high
        low = y + _ROW - 6 if is_narrow else y
        drawn = [
            text(cut(row.name, int((width if is_narrow else left) / _CELL)), x=0, y=y + 14, class_="rowl"),
            element("rect", x=left, y=low + 4, width=bar, height=_ROW - 10, class_="off"),
            element("rect", x=left, y=low + 4, width=max(1.0, bar * row.share), height=_ROW - 10, class_="b"),
            text(row.words, x=left + bar + 8, y=low + 15, class_="cell"),
        ]
        marks.append(link(row.href, f"{row.name}: {row.words}", *drawn, class_="bar"))
    form = "narrow" if is_narrow else "wide"
    return drawing(width, high * len(rows) + 4, label, marks, f"shares {form}")
