"""Small multiples: one row of bars per series over the same stretches of time, each row to its own height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.stacked import Gap, hatched
from sousveil.draw.svg import drawing, element, link, text

_ROW, _TOP, _FOOT, _LEFT = 44.0, 6.0, 20.0, 190.0
_CODES = 74.0
_WIDEST = 160.0


@dataclass(frozen=True, slots=True)
class Series:
    """One row: its code (also its colour), its name, and a count, an address and a tip for each stretch."""

    code: str
    name: str
    bars: tuple[tuple[int, str, str], ...]


def multiples(
    series: Sequence[Series],
    labels: Sequence[str],
    label: str,
    *,
    width: float = 1360,
    class_: str = "",
    gaps: Sequence[Gap] = (),
) -> str:
    """Return rows of bars; the highest bar of a row has its count beside the name.

    Args:
        series: from above.
        labels: of the stretches; empty where none is written.
        label: says what is drawn, for those who do not see it.
        width: of the drawing; under 600, rows have codes and no names.
        class_: of the drawing, beside its own.
        gaps: stretches that are hatched behind the bars.
    """
    begin = _LEFT if width >= 600 else _CODES
    room = min(_WIDEST, (width - begin) / max(1, len(labels)))
    height = _TOP + _ROW * len(series) + _FOOT
    marks = []
    for gap in gaps:
        marks += hatched(begin + gap.first * room, _TOP, (gap.last - gap.first) * room, height - _TOP - _FOOT)
    for row, one in enumerate(series):
        ground, high = _TOP + _ROW * (row + 1) - 4, _ROW - 10
        most = max((count for count, _, _ in one.bars), default=0)
        marks.append(text(one.code, x=0, y=ground - high + 10, class_=f"lcode t-{one.code}"))
        if begin == _LEFT:
            marks.append(text(one.name, x=36, y=ground - high + 10, class_="rowl"))
        marks.append(text(f"≤ {most:,}", x=begin - 6, y=ground - 2, text_anchor="end", class_="tick"))
        for place, (count, href, tip) in enumerate(one.bars):
            if count:
                tall = high * count / most
                left = begin + place * room
                bar = element("rect", x=left + 1, y=ground - tall, width=max(1.0, room - 2), height=tall, class_="part")
                whole = element("rect", x=left, y=ground - high, width=room, height=high, class_="room")
                marks.append(link(href, tip, whole, bar, class_=f"col c-{one.code}"))
        marks.append(element("line", x1=begin, x2=width, y1=ground, y2=ground, class_="axis"))
    marks += [
        text(words, x=begin + place * room + 1, y=height - 5, class_="tick")
        for place, words in enumerate(labels)
        if words
    ]
    marks += [text(gap.label, x=begin + gap.first * room + 4, y=_TOP + 9, class_="gapl") for gap in gaps]
    return drawing(width, height, label, marks, f"stacked {class_}".rstrip())
