"""Charts as files: CSV and SVG, each read once more by the gate before it leaves."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from sousveil.ask.leaving import check_leaving
from sousveil.ask.writers import flat, formula_safe
from sousveil.draw.chart import Chart

_COMPUTED = frozenset(
    {
        "share_percent",
        "amount",
        "currency",
        "planned",
        "month",
        "stretch",
        "year",
        "province",
        "findings",
        "place",
        "place_en",
        "code",
        "notices",
        "notices_per_million",
        "purchases",
    }
)
"""Columns that sousveil computes: they hold no words of a document."""


def chart_csv(chart: Chart, *, allowed: Collection[str] = ()) -> bytes:
    """Return the numbers of a chart as a table: UTF-8 with byte order mark, no cell runs as a formula.

    Args:
        chart: what is drawn.
        allowed: names of institutions, which are no persons.

    Raises:
        LeakError: a cell may tell of a person; nothing is given out.
    """
    held = io.StringIO(newline="")
    lines = csv.writer(held)
    lines.writerow([column.name for column in chart.columns])
    for values in chart.iter_values():
        cells = [flat(value) for value in values]
        lines.writerow([formula_safe(cell) if isinstance(cell, str) else cell for cell in cells])
    made = held.getvalue().encode("utf-8-sig")
    check_leaving(made, f"{chart.name}.csv", allowed=allowed, computed=_COMPUTED)
    return made


def chart_svg(chart: Chart, *notes: str, allowed: Collection[str] = ()) -> str:
    """Return a chart as an SVG file of its own.

    Args:
        chart: what is drawn.
        notes: lines below the drawing: source, day of the data.
        allowed: names of institutions, which are no persons.

    Raises:
        LeakError: the drawing or its table may tell of a person; nothing is given out.
    """
    chart_csv(chart, allowed=allowed)
    made = chart.to_svg(*notes)
    check_leaving(made, f"{chart.name}.xml", allowed=allowed, computed=_COMPUTED)
    return made
