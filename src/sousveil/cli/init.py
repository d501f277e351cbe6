"""``sousveil init DIR``: make an empty dataset."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.dataset import init_dataset


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="", help="Title of the inquiry; default: the folder's name.")
def command(*, folder: Path, title: str) -> None:
    """Make an empty dataset in FOLDER (default: here); what is there already is left alone."""
    with init_dataset(folder, title) as dataset:
        click.echo(f"Dataset {dataset.title!r} in {folder}. Next: sousveil ingest PATH… --dataset {folder}")
