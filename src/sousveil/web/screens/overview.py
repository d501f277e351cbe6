"""Overview ``/``: who buys what, where and when; every figure a link, every total with what it leaves out."""

from __future__ import annotations

from sousveil.ask.map import check_metric, check_sheet
from sousveil.chart import map_chart, matrix_chart, spread_chart, timeline_chart
from sousveil.chart.map import SHEET_TITLES
from sousveil.chart.words import FAMILIES
from sousveil.data.terms import capabilities
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
    arrivals = asked.dataset.spread(asked.text("cap")) if asked.text("cap") else ()
    name = check_sheet(asked.text("map")) if asked.text("map") else counts.default_sheet()
    metric = check_metric(asked.text("metric", "per_million"))
    return Answer(
        "overview.html",
        found.to_json,
        {
            "found": found,
            "most": max((one.purchases for one in found.largest), default=1),
            "watches": glance(asked),
            "is_waiting": bool(found.counts["notices"]) and not found.totals.purchases,
            "with_capability": whole.whole.notices,
            "any_cap": [("cap", family) for family in FAMILIES],
            "cap": asked.text("cap"),
            "choices": _choices(),
            "picked": [(one, asked.text(one)) for one in ("map", "metric", "matrix", "when") if asked.text(one)],
            "sheets": [(one, SHEET_TITLES[one], one == name) for one in SHEET_TITLES],
        },
        charts=(
            map_chart(counts, asked.language, name=name, metric=metric),
            timeline_chart(found, asked.language, is_split=is_split),
            matrix_chart(whole, asked.language, name=name, is_per_million=is_per_million),
            *([spread_chart(arrivals, asked.text("cap"), asked.language)] if arrivals else []),
        ),
    )


def _choices() -> list[tuple[str, list[str]]]:
    """Return the families of capabilities with their leaves, of which one can be put on the map."""
    return [(family, [leaf.id for leaf in capabilities() if leaf.family == family]) for family in FAMILIES]


def _is(asked: Asked, name: str, other: str) -> bool:
    """Return whether a chart is asked for in its other form."""
    form = asked.text(name)
    if form not in ("", other):
        raise UsageError(f"{name}={form[:20]} is no form of this chart. Leave it out, or write {name}={other}.")
    return form == other
