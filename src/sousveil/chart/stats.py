"""Stats drawn: columns over time, bars by size, or one field against another."""

from __future__ import annotations

from sousveil.ask.stats import StatsRow, StatsTable
from sousveil.chart import links
from sousveil.chart.words import family_of, tell, title_of
from sousveil.draw.bars import Bar, histogram
from sousveil.draw.chart import Cell, Chart, Column
from sousveil.draw.figures import figure
from sousveil.draw.grid import TINTS, GridCell, GridRow, grid
from sousveil.draw.shares import Share, shares
from sousveil.exceptions import UsageError

_TIMES = frozenset({"year", "month"})
_MOST_BARS, _MOST_ROWS, _MOST_COLUMNS = 20, 30, 9
"""What is drawn at most; the table has all."""


def stats_chart(table: StatsTable, language: str = "en") -> Chart:
    """Return counts of purchases by one field or two.

    Args:
        table: what was counted.
        language: of the words.

    Raises:
        UsageError: it counts by three fields or more, which no drawing shows.
    """
    if len(table.fields) > 2:
        raise UsageError(f"A drawing shows one field or two, not {len(table.fields)}: {', '.join(table.fields)}.")
    drawing, left = (
        _grid(table, language) if len(table.fields) == 2 else _columns(table, language)
        if table.fields[0] in _TIMES else _bars(table, language)
    )  # fmt: skip
    leaves_out = table.coverage.to_text()
    if left:
        leaves_out += " " + tell(language, "{} more stand in the table only.", left)
    return Chart(
        name="stats",
        title=tell(language, "Purchases") + " · " + ", ".join(table.fields),
        summary=table.notes[-1] if len(table.notes) > 1 else "",
        columns=(
            *(Column(name, name) for name in table.fields),
            Column("notices", tell(language, "notices")),
            Column("purchases", tell(language, "Purchases")),
        ),
        rows=tuple(
            (*(Cell(value) for value in row.values), Cell(row.notices), Cell(row.purchases)) for row in table.rows
        ),
        drawing=drawing,
        leaves_out=leaves_out,
    )


def _name(field: str, value: str | None, language: str) -> str:
    if value is None:
        return tell(language, "not stated")
    return title_of(value, language) if field == "capability" else value


def _columns(table: StatsTable, language: str) -> tuple[str, int]:
    """Return columns over time; those between that have none are there too where they are years."""
    dated = {str(row.values[0]): row for row in table.rows if row.values[0] is not None}
    if not dated:
        return "", len(table.rows)
    names = sorted(dated)
    if table.fields[0] == "year":
        names = [str(year) for year in range(int(names[0]), int(names[-1]) + 1)]
    bars = [
        Bar(name, count, links.search(date=name), f"{name}: {count:,}")
        for name in names
        for count in (dated[name].purchases if name in dated else 0,)
    ]
    return histogram(bars, tell(language, "Purchases")), len(table.rows) - len(dated)


def _bars(table: StatsTable, language: str) -> tuple[str, int]:
    """Return the values with the most purchases as bars, each as a part of the largest."""
    most = max((row.purchases for row in table.rows), default=0) or 1
    drawn = [
        Share(_name(table.fields[0], row.values[0], language), row.purchases / most, figure(row.purchases), "")
        for row in sorted(table.rows, key=lambda row: (row.values[0] is None, -row.purchases))[:_MOST_BARS]
    ]
    return shares(drawn, tell(language, "Purchases")), len(table.rows) - len(drawn)


def _grid(table: StatsTable, language: str) -> tuple[str, int]:
    """Return the first field in rows against the second in columns, the largest of both."""
    down, across = _largest(table, 0)[:_MOST_ROWS], _largest(table, 1)[:_MOST_COLUMNS]
    held: dict[tuple[str | None, ...], StatsRow] = {row.values: row for row in table.rows}
    counts = {(one, other): held[one, other].purchases for one in down for other in across if (one, other) in held}
    most = max(counts.values(), default=0) or 1
    rows = []
    for one in down:
        cells = [
            GridCell(figure(count) if count else "", -int(-count * TINTS // most))
            for count in (counts.get((one, other), 0) for other in across)
        ]
        rows.append(GridRow(_name(table.fields[0], one, language), tuple(cells)))
    named = [
        (
            family_of(str(other)) if table.fields[1] == "capability" and other else "",
            _name(table.fields[1], other, language),
        )
        for other in across
    ]
    return grid(rows, named, tell(language, "Purchases")) if rows else "", len(table.rows) - len(counts)


def _largest(table: StatsTable, place: int) -> list[str | None]:
    """Return the values of a field: in order of time, else those with the most purchases first; unstated last."""
    sums: dict[str | None, int] = {}
    for row in table.rows:
        sums[row.values[place]] = sums.get(row.values[place], 0) + row.purchases
    if table.fields[place] in _TIMES:
        return sorted(sums, key=lambda value: (value is None, value or ""))
    return sorted(sums, key=lambda value: (value is None, -sums[value], value or ""))
