"""Shares: one bar per body, as long as its part of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.alone import cells
from sousveil.draw.svg import drawing, element, link, text

_ROW = 24.0
_WIDTH = 760.0
_BAR = 300.0


@dataclass(frozen=True, slots=True)
class Share:
    """One body: its name, its part from 0 to 1, what stands behind the bar, where it leads."""

    name: str
    share: float
    words: str
    href: str


def shares(rows: Sequence[Share], label: str) -> str:
    """Return bars one under the other; empty text for none.

    >>> shares([Share("a", 0.5, "1 of 2", "/i/a")], "Suppliers").count('class="b"')
    1
    """
    if not rows:
        return ""
    left = min(_WIDTH - _BAR - 120, 7.2 * max(cells(row.name) for row in rows) + 12)
    marks = []
    for number, row in enumerate(rows):
        y = number * _ROW
        long = _BAR * row.share
        drawn = [
            text(_cut(row.name, left), x=0, y=y + 16, class_="rowl"),
            element("rect", x=left, y=y + 4, width=_BAR, height=_ROW - 8, class_="off"),
            element("rect", x=left, y=y + 4, width=max(1.0, long), height=_ROW - 8, class_="b"),
            text(row.words, x=left + _BAR + 10, y=y + 16, class_="cell"),
        ]
        marks.append(link(row.href, f"{row.name}: {row.words}", *drawn, class_="bar"))
    return drawing(_WIDTH, _ROW * len(rows) + 4, label, marks, "shares")


def _cut(words: str, room: float) -> str:
    """Return words that fit into a room; what is cut away is in the tip."""
    most = int(room / 6.6)
    kept = words
    while cells(kept) > most:
        kept = kept[:-1]
    return kept if kept == words else f"{kept[:-1]}…"
