"""Lanes: one row per capability over the years; the area of a mark is the sum, a ring was tendered and not awarded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.svg import drawing, element, link, text

_ROW, _TOP, _LEFT, _RIGHT = 30.0, 26.0, 210.0, 20.0
_CODES = 44.0
"""Room for codes alone."""
_YEAR_ROOM = 36.0
"""Room that the number of a year needs."""
_SMALLEST, _LARGEST = 3.6, 12.0
"""Radii of a mark without a sum, and of the largest sum."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Purchases of one month.

    Attributes:
        year: with its part: 2020.5 is July 2020.
        amount: what they are known to have cost, or were to cost; None draws the smallest mark.
        is_award: whether any of them has a winner; else it is a ring.
        href: where it leads.
        tip: what it says when pointed at.
    """

    year: float
    amount: float | None
    href: str
    tip: str
    is_award: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: its code (also its colour), its name, its marks."""

    code: str
    name: str
    marks: tuple[Mark, ...]


def swimlanes(lanes: Sequence[Lane], label: str, *, width: float = 900, is_narrow: bool = False) -> str:
    """Return lanes one under the other, all over the same years; empty text where no mark has a date.

    Args:
        lanes: from above.
        label: says what is drawn, for those who do not see it.
        width: of the drawing; it is scaled to its place.
        is_narrow: for phones: codes without names.
    """
    begin = _CODES if is_narrow else _LEFT
    years = [mark.year for lane in lanes for mark in lane.marks]
    if not years:
        return ""
    first, last = math.floor(min(years)), math.floor(max(years)) + 1
    most = max((mark.amount or 0 for lane in lanes for mark in lane.marks), default=0) or 1
    height = _TOP + _ROW * len(lanes) + 6

    def across(year: float) -> float:
        return begin + (year - first) / (last - first) * (width - begin - _RIGHT)

    every = max(1, math.ceil((last - first) * _YEAR_ROOM / (width - begin)))
    drawn = []
    for year in range(first, last + 1):
        drawn.append(element("line", x1=across(year), x2=across(year), y1=_TOP - 4, y2=height - 6, class_="grid"))
        if year < last and (year - first) % every == 0:
            drawn.append(text(str(year), x=across(year) + 3, y=_TOP - 10, class_="tick"))
    for row, lane in enumerate(lanes):
        middle = _TOP + _ROW * row + _ROW / 2
        drawn.append(text(lane.code, x=0, y=middle + 4, class_=f"lcode t-{lane.code}"))
        if not is_narrow:
            drawn.append(text(lane.name, x=36, y=middle + 4, class_="rowl"))
        places = [across(mark.year) for mark in lane.marks]
        if len(set(places)) > 1:
            drawn.append(
                element("line", x1=min(places), x2=max(places), y1=middle, y2=middle, class_=f"span c-{lane.code}")
            )
        for mark in lane.marks:
            radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt((mark.amount or 0) / most)
            kind = "spot" if mark.is_award else "spot ring"
            circle = element("circle", cx=across(mark.year), cy=middle, r=radius, class_=kind)
            drawn.append(link(mark.href, mark.tip, circle, class_=f"dot c-{lane.code}"))
    return drawing(width, height, label, drawn, "swim narrow" if is_narrow else "swim wide")
