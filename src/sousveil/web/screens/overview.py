"""Overview ``/``: who buys what, where and when; every figure a link, every total with what it leaves out."""

from __future__ import annotations

from sousveil.ask.map import check_metric, check_sheet
from sousveil.chart import map_chart, matrix_chart, timeline_chart
from sousveil.chart.map import SHEET_TITLES
from sousveil.exceptions import UsageError
from sousveil.web.asked import Answer, Asked
from sousveil.web.screens.watching import glance


def overview(asked: Asked) -> Answer:
    """Answer with the overview.

    ``?when=rows`` parts the families, ``?matrix=million`` counts for a million people; ``?map=``, ``?metric=`` and
    ``?cap=`` choose the map.

    Raises:
        UsageError: there is no such form of a chart, metric, map or capability.
    """
    found = asked.dataset.overview()
    is_split = _is(asked, "when", "rows")
    is_per_million = _is(asked, "matrix", "million")
    whole = asked.dataset.map_counts()
    counts = asked.dataset.map_counts(cap=asked.text("cap")) if asked.text("cap") else whole
    name = check_sheet(asked.text("map")) if asked.text("map") else counts.default_sheet()
    metric = check_metric(asked.text("metric", "per_million"))
    return Answer(
        "overview.html",
        found.to_json,
        {
            "found": found,
            "most": max((one.purchases for one in found.largest), default=1),
            "watches": glance(asked),
            "sheets": [(one, SHEET_TITLES[one], one == name) for one in SHEET_TITLES],
        },
        charts=(
            map_chart(counts, asked.language, name=name, metric=metric),
            timeline_chart(found, asked.language, is_split=is_split),
            matrix_chart(whole, asked.language, name=name, is_per_million=is_per_million),
        ),
    )


def _is(asked: Asked, name: str, other: str) -> bool:
    """Return whether a chart is asked for in its other form."""
    form = asked.text(name)
    if form not in ("", other):
        raise UsageError(f"{name}={form[:20]} is no form of this chart. Leave it out, or write {name}={other}.")
    return form == other
