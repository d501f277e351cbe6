"""Chart: answers of ``ask`` become charts, each declared once for pages, files and notebooks.

In: what ``ask`` answers, and the language of the words. Out: ``draw.Chart`` with numbers, drawing, and what is
left out. Kept nowhere. Refused: no chart has a person in it, for no answer has one.
"""

from __future__ import annotations

from sousveil.chart.dossier import lanes_chart, partners_chart
from sousveil.chart.flows import flows_chart
from sousveil.chart.leaving import chart_csv, chart_svg
from sousveil.chart.matrix import matrix_chart
from sousveil.chart.network import graph_chart, kinds_chart
from sousveil.chart.purchase import purchase_chart
from sousveil.chart.timeline import timeline_chart
from sousveil.chart.years import years_chart

__all__ = [
    "chart_csv",
    "chart_svg",
    "flows_chart",
    "graph_chart",
    "kinds_chart",
    "lanes_chart",
    "matrix_chart",
    "partners_chart",
    "purchase_chart",
    "timeline_chart",
    "years_chart",
]
