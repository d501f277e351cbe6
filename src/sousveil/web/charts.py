"""Files of charts: every chart of every page as SVG and CSV, taken from the answer that makes the page."""

from __future__ import annotations

from sousveil.ask.provenance import provenance
from sousveil.chart import chart_csv, chart_svg
from sousveil.draw import Chart
from sousveil.exceptions import NotFoundError
from sousveil.store.packed import iter_chunks, marks
from sousveil.web.asked import Answer, Asked, Download, Screen


def chart_path(path: str) -> str:
    """Return the route of the files of the charts of a page, without its ending.

    >>> chart_path("/"), chart_path("/i/{id}")
    ('/{chart}', '/i/{id}/{chart}')
    """
    return f"{path.rstrip('/')}/{{chart}}"


def svg_file(screen: Screen) -> Screen:
    """Return what answers with a chart of a screen as an SVG file of its own."""

    def answer(asked: Asked) -> Download:
        chart = _chart_of(screen, asked)
        body = chart_svg(
            chart, *provenance(asked.dataset.store, asked.dataset.title), allowed=_institutions(asked, chart)
        )
        return Download(f"{chart.name}.svg", "image/svg+xml", body.encode())

    return answer


def csv_file(screen: Screen) -> Screen:
    """Return what answers with the numbers of a chart of a screen."""

    def answer(asked: Asked) -> Download:
        chart = _chart_of(screen, asked)
        return Download(
            f"{chart.name}.csv", "text/csv; charset=utf-8", chart_csv(chart, allowed=_institutions(asked, chart))
        )

    return answer


def _chart_of(screen: Screen, asked: Asked) -> Chart:
    answer = screen(asked)
    charts = answer.charts if isinstance(answer, Answer) else ()
    wanted = asked.path["chart"]
    found = next((one for one in charts if one.name == wanted), None)
    if found is None:
        named = ", ".join(one.name for one in charts) or "none"
        raise NotFoundError(f"This page has no chart {wanted[:40]!r}. It has: {named}.")
    return found


def _institutions(asked: Asked, chart: Chart) -> frozenset[str]:
    """Return the words in a chart that are names of institutions."""
    words = sorted({value for values in chart.iter_values() for value in values if isinstance(value, str)})
    found: set[str] = set()
    for some in iter_chunks(words):
        rows = asked.dataset.store.rows(f"SELECT name FROM institutions WHERE name IN ({marks(some)})", some)
        found.update(row["name"] for row in rows)
    return frozenset(found)
