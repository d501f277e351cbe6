"""``sousveil demo [DIR]``: the demonstration dataset, and what to try next."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sousveil.cli.progress import progress_bar
from sousveil.dataset import Dataset, demo_dataset

_TABLE = """
SELECT findings.value AS capability, count(DISTINCT notices.id) AS notices, count(DISTINCT notices.buyer) AS buyers,
       min(findings.quote) AS quote
FROM findings JOIN notices ON notices.id = findings.notice WHERE findings.kind = 'capability'
GROUP BY findings.value ORDER BY notices DESC, capability
"""


@click.command("demo")
@click.argument("folder", default="demo-dataset", type=click.Path(path_type=Path, file_okay=False))
def command(*, folder: Path) -> None:
    """Make the demonstration dataset in FOLDER from the notices shipped with sousveil.

    All names in them are invented.
    """
    with progress_bar(is_shown=sys.stderr.isatty()) as progress, demo_dataset(folder, progress) as dataset:
        pass
    with Dataset(dataset.paths) as opened:
        _show(opened)
    click.echo("\nTry next:")
    click.echo(f"  sousveil search 人脸识别 --dataset {folder}")
    click.echo(f'  sousveil search "iris" --dataset {folder}')
    click.echo(f"  sousveil export --format xlsx -o findings.xlsx --dataset {folder}")


def _show(dataset: Dataset) -> None:
    counts = dataset.counts()
    click.echo(
        f"{dataset.title}: {counts['files']} files, {counts['notices']} notices, {counts['findings']} findings,"
        f" {counts['failures']} not read or not wholly"
    )
    click.echo(f"\n{'capability':<28} {'notices':>7} {'buyers':>6}  for example")
    for row in dataset.store.rows(_TABLE):
        click.echo(f"{row['capability']:<28} {row['notices']:>7} {row['buyers']:>6}  {row['quote']}")
