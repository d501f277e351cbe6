"""``sousveil rebuild``: make the search index again from the rows."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.dataset import open_dataset


@click.command("rebuild")
@json_option
@dataset_option
def command(*, as_json: bool, dataset: Path | None) -> None:
    """Make the search index again; evidence is never touched."""
    with open_dataset(dataset) as opened:
        notices = opened.reindex()
    if as_json:
        echo_json({"v": 1, "notices": notices})
    else:
        click.echo(f"The index holds {notices:,} notices.")
