"""``sousveil stats by FIELD[,FIELD]``: counts and known amounts, with what they leave out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sousveil.ask.spread import LEVELS
from sousveil.ask.stats import FIELDS, StatsRow, StatsTable
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.question import filter_options, raw_option, take_filters
from sousveil.cli.shown import Shown, capability_title
from sousveil.dataset import open_dataset
from sousveil.draw.figures import money


@click.group("stats")
def command() -> None:
    """Counts and known amounts by field, with coverage."""


@command.command("by")
@click.argument("fields", metavar="FIELD[,FIELD]")
@click.option("--query", default="", help="Count only notices with these words (see search).")
@filter_options
@raw_option
@click.option("--limit", type=click.IntRange(1), help="Most rows to show; default: all.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per row; the coverage goes to standard error.")
@json_option
@dataset_option
def count_by(
    *,
    fields: str,
    query: str,
    raw: bool,
    limit: int | None,
    as_jsonl: bool,
    as_json: bool,
    dataset: Path | None,
    **filters: Any,  # noqa: ANN401 (checked by take_filters)
) -> None:
    """Count notices and purchases by one or several fields, and sum up what the purchases cost, each once."""
    with open_dataset(dataset) as opened:
        table = opened.stats(fields, query, take_filters(filters), raw=raw)
    shape = table.to_json()
    if as_json:
        echo_json(shape)
    elif as_jsonl:
        for row in shape["rows"]:  # type: ignore[attr-defined]
            echo_json(row)
        click.echo(table.coverage.to_text(), err=True)
    else:
        _show(Shown(), table, limit)


count_by.help = f"{count_by.help}\n\n    FIELD: {', '.join(FIELDS)}."


@command.command("spread")
@click.argument("capability")
@click.option("--level", type=click.Choice(LEVELS), default="province", show_default=True, help="Of which divisions.")
@json_option
@dataset_option
def show_spread(*, capability: str, level: str, as_json: bool, dataset: Path | None) -> None:
    """Where a technology was bought first: the first purchase of a capability in each place, in order of time."""
    with open_dataset(dataset) as opened:
        arrivals = opened.spread(capability, level)
    if as_json:
        echo_json({"v": 1, "level": level, "arrivals": [asdict(one) for one in arrivals]})
        return
    shown = Shown()
    head = ("first seen", "place", "", "capability", "purchases", "first purchase")
    rows = [
        (one.date, one.name, one.name_en, capability_title(one.capability), f"{one.purchases:,}", one.procurement)
        for one in arrivals
    ]
    shown.table([head, *rows], numbers=frozenset({4}))
    shown.line(("First seen is the first notice at hand, not the first purchase ever made.", "dim"))


def _show(shown: Shown, table: StatsTable, limit: int | None) -> None:
    head = (*table.fields, "notices", "purchases", "spent", "stated in")
    rows = [head, *(_cells(row) for row in table.rows[:limit])]
    first = len(table.fields)
    shown.table(rows, numbers=frozenset({first, first + 1}))
    if limit is not None and limit < len(table.rows):
        shown.line(f"… {len(table.rows) - limit:,} more rows")
    shown.line()
    shown.line(table.coverage.to_text())
    for note in table.notes:
        shown.line((note, "dim"))


def _cells(row: StatsRow) -> tuple[str, ...]:
    values = tuple("(not stated)" if value is None else value for value in row.values)
    sums = " + ".join(money(one.amount, one.currency or "(currency not stated)") for one in row.sums)
    stated = f"{sum(one.purchases for one in row.sums):,} of {row.purchases:,}" if row.purchases else ""
    return (*values, f"{row.notices:,}", f"{row.purchases:,}", sums, stated)
