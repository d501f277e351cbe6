"""Two sides: who gives data at the left, who receives at the right, the subject between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.measure import cut
from sousveil.draw.svg import drawing, element, link, text

_WIDTH, _ROW, _TOP = 900.0, 40.0, 30.0
_HUB = 150.0
_INNER = 300.0
"""Where the names of a side end and lines begin."""
_MOST_CELLS = 36


@dataclass(frozen=True, slots=True)
class End:
    """One end: its name, a line below it, the code and class of its data, how often it is stated."""

    name: str
    words: str
    code: str
    class_: str
    weight: int
    href: str
    tip: str


def two_sides(
    givers: Sequence[End],
    takers: Sequence[End],
    subject: str,
    heads: tuple[str, str],
    label: str,
    *,
    is_narrow: bool = False,
) -> str:
    """Return lines from givers to the subject and from it to takers; empty text for none.

    Args:
        givers: from above.
        takers: from above.
        subject: stands in the middle.
        heads: words above the two sides.
        label: says what is drawn, for those who do not see it.
        is_narrow: for phones: all ends one under the other, with the code in place of the line.
    """
    if not givers and not takers:
        return ""
    if is_narrow:
        return _listed(givers, takers, heads, label)
    most = max(len(givers), len(takers))
    height = _TOP + _ROW * most + 10
    middle = (_WIDTH / 2, _TOP + _ROW * most / 2)
    marks = [
        text(heads[0], x=0, y=12, class_="tick"),
        text(heads[1], x=_WIDTH, y=12, text_anchor="end", class_="tick"),
    ]
    for ends, is_left in ((givers, True), (takers, False)):
        for place, one in enumerate(ends):
            y = _TOP + _ROW * most * (place + 0.5) / len(ends)
            marks.append(_end(one, y, middle, is_left=is_left))
    x = middle[0] - _HUB / 2
    marks.append(element("rect", x=x, y=middle[1] - 18, width=_HUB, height=36.0, rx=4.0, class_="hub"))
    marks.append(text(cut(subject, 22), x=middle[0], y=middle[1] + 4, text_anchor="middle", class_="nl"))
    return drawing(_WIDTH, height, label, marks, "sides wide")


def _end(one: End, y: float, middle: tuple[float, float], *, is_left: bool) -> str:
    start = _INNER if is_left else _WIDTH - _INNER
    end = middle[0] - _HUB / 2 if is_left else middle[0] + _HUB / 2
    half = (start + end) / 2
    name_x, anchor = (start - 10, "end") if is_left else (start + 10, "start")
    wide = min(8.0, 1.2 + math.sqrt(one.weight) * 0.9)
    return link(
        one.href,
        one.tip,
        element(
            "path",
            d=f"M{start:.1f} {y:.1f}C{half:.1f} {y:.1f} {half:.1f} {middle[1]:.1f} {end:.1f} {middle[1]:.1f}",
            class_="flow",
            stroke_width=f"{wide:.1f}",
        ),
        element("circle", cx=start, cy=y, r=4.0, class_="tint"),
        text(
            one.code,
            x=start + (12 if is_left else -12),
            y=y + 4,
            text_anchor="start" if is_left else "end",
            class_="lcode halo",
        ),
        text(cut(one.name, _MOST_CELLS), x=name_x, y=y - 1, text_anchor=anchor, class_="nl"),
        text(cut(one.words, _MOST_CELLS + 8), x=name_x, y=y + 12, text_anchor=anchor, class_="nz"),
        class_=f"edge {one.class_}",
    )


def _listed(givers: Sequence[End], takers: Sequence[End], heads: tuple[str, str], label: str) -> str:
    marks, y = [], 12.0
    for head, ends in zip(heads, (givers, takers), strict=True):
        if ends:
            marks.append(text(head, x=0, y=y, class_="tick"))
            y += 20
        for one in ends:
            drawn = [
                element("circle", cx=6.0, cy=y - 4, r=5.0, class_="tint"),
                text(one.code, x=18, y=y, class_="lcode"),
                text(cut(one.name, _MOST_CELLS + 8), x=52, y=y, class_="nl"),
                text(cut(one.words, _MOST_CELLS + 8), x=52, y=y + 13, class_="nz"),
            ]
            marks.append(link(one.href, one.tip, *drawn, class_=f"edge {one.class_}"))
            y += 34
    return drawing(360, y, label, marks, "sides narrow")
