"""One line of time: marks where something happened, their words above and below in turn so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sousveil.draw.measure import cells
from sousveil.draw.svg import drawing, element, link, text

_WIDTH, _EDGE = 900.0, 60.0
_STEP = 30.0
"""Height of the words of one mark: two lines."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A mark: its day, what happened, a figure, where it leads, whether it is filled (an award) or a ring."""

    day: date
    name: str
    words: str
    href: str
    tip: str
    is_filled: bool = False


def line_of_time(moments: Sequence[Moment], label: str) -> str:
    """Return moments on one line, as far apart as their days; empty text for none.

    >>> from datetime import date
    >>> line_of_time([Moment(date(2020, 5, 1), "Tender", "", "/n/a", "2020-05-01: Tender")], "notices").count("<circle")
    1
    """
    if not moments:
        return ""
    ordered = sorted(moments, key=lambda one: one.day)
    first, last = ordered[0].day, ordered[-1].day
    days = max(1, (last - first).days)
    places = [_EDGE + (one.day - first).days / days * (_WIDTH - 2 * _EDGE) for one in ordered]
    if first == last:
        places = [_WIDTH / 2] * len(ordered)
    rows = _rows(ordered, places)
    top = 16 + _STEP * (max(rows, default=0) + 1)
    height = top + 34
    marks = [element("line", x1=_EDGE / 2, x2=_WIDTH - _EDGE / 2, y1=top, y2=top, class_="axis")]
    for one, x, row in zip(ordered, places, rows, strict=True):
        y = top - 12 - _STEP * row
        marks.append(
            link(
                one.href,
                one.tip,
                element("line", x1=x, x2=x, y1=y + 2, y2=top, class_="grid"),
                element("circle", cx=x, cy=top, r=6.0, class_="spot" if one.is_filled else "spot ring"),
                text(one.name, x=x, y=y - 12, text_anchor="middle", class_="rowl halo"),
                text(one.words, x=x, y=y, text_anchor="middle", class_="nz halo"),
                class_="dot c-ACC",
            )
        )
    for words, x, anchor in ((first, places[0], "middle"), (last, places[-1], "middle")):
        marks.append(text(words.isoformat(), x=x, y=top + 24, text_anchor=anchor, class_="tick"))
        if first == last:
            break
    return drawing(_WIDTH, height, label, marks, "line")


def _rows(moments: Sequence[Moment], places: Sequence[float]) -> list[int]:
    """Return in which row above the line the words of each mark stand: the lowest that is free."""
    ends: list[float] = []
    rows = []
    for one, x in zip(moments, places, strict=True):
        half = 3.4 * max(cells(one.name), cells(one.words), 8) + 6
        row = next((number for number, end in enumerate(ends) if end <= x - half), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + half
        rows.append(row)
    return rows
