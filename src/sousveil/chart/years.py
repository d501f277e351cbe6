"""Years of a search: how many of the notices found were published in each year."""

from __future__ import annotations

from collections.abc import Callable

from sousveil.ask.search import SearchResult
from sousveil.chart import links
from sousveil.chart.words import tell
from sousveil.draw.bars import Bar, histogram
from sousveil.draw.chart import Cell, Chart, Column


def years_chart(
    result: SearchResult, language: str = "en", *, chosen: str = "", to_year: Callable[[str], str] | None = None
) -> Chart:
    """Return the notices that a search found, by year; every year between the first and the last of it.

    Args:
        result: of the search, with its facets.
        language: of the words.
        chosen: the dates that the search asks for.
        to_year: gives the address of the same search in one year; default: all notices of that year.
    """
    counts = {int(year): count for year, count in result.facets.get("year", ()) if year.isdigit()}
    years = range(min(counts), max(counts) + 1) if counts else range(0)
    first, last = chosen[:4], chosen[-4:]
    is_open = not (first.isdigit() and last.isdigit())
    to_year = to_year or (lambda year: links.search(date=year))
    hrefs = {year: to_year(str(year)) for year in years}
    bars = [
        Bar(
            str(year),
            counts.get(year, 0),
            hrefs[year],
            f"{year}: {counts.get(year, 0):,}",
            is_open or int(first) <= year <= int(last),
        )
        for year in years
    ]
    dated = sum(counts.values())
    return Chart(
        name="years",
        title=tell(language, "Notices by year"),
        summary=tell(language, "{} notices with a date; each bar leads to its year.", dated),
        columns=(Column("year", tell(language, "Year")), Column("notices", tell(language, "notices"))),
        rows=tuple((Cell(str(year), hrefs[year]), Cell(counts.get(year, 0))) for year in years),
        drawing=histogram(bars, tell(language, "Notices by year")) if bars else "",
        leaves_out=tell(
            language, "The filter of dates is left out of the counts; notices without a date are not drawn."
        ),
    )
