"""A grid: rows by columns, a stronger tint where a cell has more of its column; the number stands in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.draw.measure import cells, wrap
from sousveil.draw.svg import drawing, element, link, text

TINTS = 10
"""Steps of the tint; ``web/static/page.css`` has the same for tables."""
_ROW, _FOOT, _GAP = 24.0, 4.0, 12.0
_COLUMN = 64.0
_HEAD_CELLS = 13
"""Halves of a Chinese character in a line of a head."""
_STRONGEST = 0.42
"""Opacity of the strongest tint: a dark number on it can still be read (contrast above 4.5)."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its number, as it is written, its tint from 0 to ``TINTS``, where it leads, what it says."""

    words: str
    tint: int = 0
    href: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its name and its cells, one for each column."""

    name: str
    cells: tuple[GridCell, ...]


def grid(rows: Sequence[GridRow], columns: Sequence[tuple[str, str]], label: str, *, class_: str = "") -> str:
    """Return rows under columns.

    Args:
        rows: from above.
        columns: code, which is its colour too and may be empty, and name.
        label: says what is drawn, for those who do not see it.
        class_: of the drawing, beside its own.
    """
    left = 7.0 * max((cells(row.name) for row in rows), default=4) + _GAP
    heads = [wrap(name, _HEAD_CELLS) for _, name in columns]
    room = max([_COLUMN, *(6.2 * cells(line) + 8 for lines in heads for line in lines)])
    top = 22.0 + 12 * max((len(lines) for lines in heads), default=1)
    marks = []
    for place, (code, _) in enumerate(columns):
        middle = left + room * (place + 0.5)
        marks.append(text(code, x=middle, y=12, text_anchor="middle", class_=f"lcode t-{code or 'MON'}"))
        marks += [
            text(line, x=middle, y=26 + 12 * number, text_anchor="middle", class_="tick")
            for number, line in enumerate(heads[place])
        ]
    for number, row in enumerate(rows):
        y = top + number * _ROW
        marks.append(text(row.name, x=0, y=y + 16, class_="rowl"))
        for place, cell in enumerate(row.cells):
            x, code = left + room * place, columns[place][0]
            drawn = [
                element(
                    "rect",
                    x=x + 0.5,
                    y=y + 0.5,
                    width=room - 1,
                    height=_ROW - 1,
                    class_="tint",
                    fill_opacity=f"{_STRONGEST * cell.tint / TINTS:.3f}",
                ),
                text(cell.words, x=x + room / 2, y=y + 16, text_anchor="middle", class_="cell"),
            ]
            colour = f"c-{code or 'ACC'}"
            marks.append(
                link(cell.href, cell.tip, *drawn, class_=f"gc {colour}")
                if cell.href
                else element("g", *drawn, class_=colour)
            )
    return drawing(left + room * len(columns), top + _ROW * len(rows) + _FOOT, label, marks, f"grid2 {class_}".rstrip())
