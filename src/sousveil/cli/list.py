"""``sousveil list procurements|institutions|systems``: the lists behind counts and sums."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sousveil.ask.dossier import Side
from sousveil.ask.listing import list_institutions, list_systems
from sousveil.ask.purchase_list import PURCHASE_FIELDS, SUMS, list_purchases, make_purchase_filters, row_of
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.draw.figures import money

_HELP = {
    "buyer": "Institution that buys: id or name.",
    "supplier": "Institution that won: id or name.",
    "institution": "One or the other.",
    "place": "Code or full name of a division, with all in it.",
    "cap": "Capability: id, title or family.",
    "flag": "An indicator that it raises.",
    "system": "A system that a notice of it names.",
    "organ": "Kind of the institution that buys.",
    "level": "Level of the institution that buys.",
    "year": "First notice: 2019, 2018..2020, 2019-06; none for undated.",
    "status": "How far it had come: planned, tendered, awarded, contracted, accepted, ended.",
    "sum": f"What is known of its cost: {', '.join(SUMS)}.",
    "currency": "Of the sum that counts; none where no notice says.",
}


@click.group("list")
def command() -> None:
    """Purchases, institutions and systems of the dataset, by filters."""


def _filters(function: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(PURCHASE_FIELDS):
        function = click.option(f"--{name}", metavar="VALUE", multiple=True, help=_HELP[name])(function)
    return function


@command.command("procurements")
@_filters
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Most purchases to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Purchases to pass over.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per purchase.")
@json_option
@dataset_option
def procurements(
    *,
    limit: int,
    offset: int,
    as_jsonl: bool,
    as_json: bool,
    dataset: Path | None,
    **filters: Any,  # noqa: ANN401
) -> None:
    """Purchases, the newest first, and what all that meet the filters are known to have cost."""
    with open_dataset(dataset) as opened:
        found = list_purchases(opened.store, make_purchase_filters(filters), offset=offset, limit=limit)
    if as_json:
        echo_json(found.to_json())
        return
    if as_jsonl:
        for row in found.rows:
            echo_json(row_of(row))
        return
    shown = Shown()
    for total in found.totals.sums:
        shown.line((money(total.amount, total.currency or None), "bold"), f" stated in {total.stated_in} of {total.of}")
    shown.line(found.totals.coverage)
    for row in found.rows:
        shown.line()
        shown.line((row.title or "(no title)", "bold"))
        facts = [row.first_date, row.status, row.buyer_name, money(row.amount, row.currency)]
        shown.line("  ·  ".join(fact for fact in facts if fact), indent=2)
        if row.flags:
            shown.line((", ".join(row.flags), "yellow"), indent=2)
        shown.line((f"procurement {row.id}", "dim"), indent=2)
    if offset + len(found.rows) < found.totals.purchases:
        shown.line(f"more: --offset {offset + limit}")


@command.command("institutions")
@click.argument("name", default="")
@click.option("--as", "side", type=click.Choice(["buyer", "supplier"]), help="Only those that bought, or sold.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Most institutions to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Institutions to pass over.")
@json_option
@dataset_option
def institutions(
    *,
    name: str,
    side: Side | None,
    limit: int,
    offset: int,
    as_json: bool,
    dataset: Path | None,
) -> None:
    """Institutions that bought or sold, those with the most purchases first; NAME is a part of the name."""
    with open_dataset(dataset) as opened:
        found = list_institutions(opened.store, name, side=side, offset=offset, limit=limit)
    if as_json:
        echo_json(found.to_json())
        return
    rows = [
        (f"{one.bought:,}", f"{one.sold:,}", one.kind, one.place or one.country, one.id, one.name) for one in found.rows
    ]
    shown = Shown()
    shown.table([("bought", "sold", "kind", "place", "institution", "name"), *rows], numbers=frozenset({0, 1}))
    shown.line(f"{found.total:,} institutions")


@command.command("systems")
@json_option
@dataset_option
def systems(*, as_json: bool, dataset: Path | None) -> None:
    """Named systems, those that most findings name first."""
    with open_dataset(dataset) as opened:
        found = list_systems(opened.store)
    if as_json:
        echo_json(found.to_json())
        return
    rows = [(f"{one.findings:,}", one.place, one.id, one.title) for one in found.rows]
    shown = Shown()
    shown.table([("findings", "place", "system", "title"), *rows], numbers=frozenset({0}))
