"""Rows of a chart as rows of a table: pages have hundreds of them, and a template takes five times as long for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from sousveil.draw.chart import Cell
from sousveil.web.words import script

_RIGHT = ' class="r"'


def table_rows(rows: Iterable[Sequence[Cell]], unstated: str) -> Markup:
    """Return rows as markup: the first cell names the row, numbers stand at the right, what leads somewhere is a link.

    Args:
        rows: of cells.
        unstated: stands for a link without words.

    >>> print(table_rows([(Cell("<a>", "/i/1"), Cell(1200, "/p?cap=a&b"), Cell(None))], "not stated").rstrip())
    <tr><th scope="row" lang=""><a href="/i/1">&lt;a&gt;</a></th><td class="r"><a class="num" href="/p?cap=a&amp;b">\
<data value="1200">1,200</data></a></td><td></td></tr>
    """
    made = "".join(f"<tr>{_row(row, unstated)}</tr>\n" for row in rows)
    return Markup(made)  # noqa: S704 (every word in it was escaped)


def _row(row: Sequence[Cell], unstated: str) -> str:
    first, *others = row
    told = [f'<th scope="row" lang="{script(first.shown)}">{_shown(first, unstated)}</th>']
    told += [f"<td{_RIGHT if cell.is_number else ''}>{_shown(cell, unstated)}</td>" for cell in others]
    return "".join(told)


def _shown(cell: Cell, unstated: str) -> str:
    value = cell.value
    if not cell.href:
        return str(escape(cell.shown))
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<a class="num" href="{escape(cell.href)}"><data value="{value}">{value:,}</data></a>'
    return f'<a href="{escape(cell.href)}">{escape(cell.shown or unstated)}</a>'
