"""``sousveil demo [DIR]``: the demonstration dataset, and what to try next."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from sousveil.cli.progress import progress_bar
from sousveil.cli.serve import serve
from sousveil.dataset import Dataset, demo_dataset
from sousveil.paths import DatasetPaths

_TABLE = """
SELECT findings.value AS capability, count(DISTINCT notices.id) AS notices, count(DISTINCT notices.buyer) AS buyers,
       (SELECT quote FROM findings AS best WHERE best.kind = 'capability' AND best.value = findings.value
        ORDER BY best.score DESC, abs(length(best.quote) - 20), best.id LIMIT 1) AS quote
FROM findings JOIN notices ON notices.id = findings.notice WHERE findings.kind = 'capability'
GROUP BY findings.value ORDER BY notices DESC, capability
"""


@click.command("demo")
@click.argument("folder", default="demo-dataset", type=click.Path(path_type=Path, file_okay=False))
@click.option("--serve", "is_serving", is_flag=True, help="Show it in a browser afterwards; Ctrl-C ends that.")
def command(*, folder: Path, is_serving: bool) -> None:
    """Make the demonstration dataset in FOLDER from the notices shipped with sousveil.

    All names in them are invented.
    """
    bar = progress_bar(is_shown=sys.stderr.isatty(), paths=DatasetPaths(folder))
    with bar as progress, demo_dataset(folder, progress) as dataset:
        pass
    with Dataset(dataset.paths) as opened:
        _show(opened)
    program = _program()
    click.echo("\nTry next:")
    click.echo(f"  {program} search 人脸识别 --dataset {folder}")  # face recognition
    click.echo(f'  {program} search "phone forensics" --dataset {folder}')
    click.echo(f"  {program} export --format xlsx -o findings.xlsx --dataset {folder}")
    if is_serving:
        serve(folder, is_opening=sys.stdout.isatty())
    else:
        click.echo(f"  {program} demo --serve {folder}    in a browser")


def _program() -> str:
    """Return how the reader can call sousveil from here: by its name where that is on the path, else by its place."""
    if shutil.which("sousveil"):
        return "sousveil"
    here = Path(sys.executable).with_name("sousveil")
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)


def _show(dataset: Dataset) -> None:
    counts = dataset.counts()
    click.echo(
        f"{dataset.title}: {counts['files']} files, {counts['notices']} notices, {counts['findings']} findings,"
        f" {counts['failures']} not read or not wholly"
    )
    click.echo(f"\n{'capability':<28} {'notices':>7} {'buyers':>6}  for example")
    for row in dataset.store.rows(_TABLE):
        click.echo(f"{row['capability']:<28} {row['notices']:>7} {row['buyers']:>6}  {row['quote']}")
