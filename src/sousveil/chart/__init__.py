"""Chart: answers of ``ask`` become charts, each declared once for pages, files and notebooks.

In: what ``ask`` answers, and the language of the words. Out: ``draw.Chart`` with numbers, drawing, and what is
left out. Kept nowhere. Refused: no chart has a person in it, for no answer has one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sousveil.chart.capabilities import capabilities_chart
from sousveil.chart.dossier import lanes_chart, partners_chart
from sousveil.chart.drawing import Drawing
from sousveil.chart.flows import flows_chart
from sousveil.chart.leaving import chart_csv, chart_svg
from sousveil.chart.map import map_chart
from sousveil.chart.matrix import matrix_chart
from sousveil.chart.network import graph_chart, kinds_chart
from sousveil.chart.place_map import place_chart
from sousveil.chart.purchase import purchase_chart
from sousveil.chart.spread import spread_chart
from sousveil.chart.stats import stats_chart
from sousveil.chart.timeline import timeline_chart
from sousveil.chart.years import years_chart
from sousveil.draw.chart import Chart

__all__ = [
    "Drawing",
    "capabilities_chart",
    "chart_csv",
    "chart_svg",
    "drawn",
    "flows_chart",
    "graph_chart",
    "kinds_chart",
    "lanes_chart",
    "map_chart",
    "matrix_chart",
    "partners_chart",
    "place_chart",
    "purchase_chart",
    "spread_chart",
    "stats_chart",
    "timeline_chart",
    "years_chart",
]

_CHARTS: dict[str, Callable[..., Chart]] = {"lanes": lanes_chart, "purchase": purchase_chart, "stats": stats_chart}


def drawn(name: str, answer: Any, *notes: str, **options: Any) -> Drawing:  # noqa: ANN401 (of the chart of that name)
    """Return an answer drawn as a chart, by the name of it: what answers are does not know charts."""
    return Drawing(_CHARTS[name](answer, **options), notes)
