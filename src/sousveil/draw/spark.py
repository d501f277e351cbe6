"""Marks in a line of text: one small bar per year, to be read beside the figures of its row."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.draw.svg import drawing, element

_BAR, _HIGH = 7.0, 16.0


def spark(counts: Sequence[int], label: str, code: str) -> str:
    """Return bars as high as their counts; the label says them.

    >>> spark([1, 0, 2], "2019: 1, 2021: 2", "VID").count('class="part"')
    2
    """
    most = max(counts, default=0) or 1
    marks = [
        element(
            "rect",
            x=place * _BAR + 1,
            y=_HIGH - _HIGH * count / most,
            width=_BAR - 2,
            height=_HIGH * count / most,
            class_="part",
        )
        for place, count in enumerate(counts)
        if count
    ]
    marks.append(element("line", x1=0, x2=_BAR * len(counts), y1=_HIGH, y2=_HIGH, class_="axis"))
    return drawing(_BAR * len(counts), _HIGH, label, marks, f"spark c-{code}")
