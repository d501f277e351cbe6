"""``sousveil rebuild``: make everything derived again from the evidence."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from sousveil.cli.options import balance, dataset_option, echo_json, json_option
from sousveil.cli.progress import progress_bar
from sousveil.dataset import open_dataset


@click.command("rebuild")
@click.option("--index-only", is_flag=True, help="Only the search index, from the rows.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no balance.")
@json_option
@dataset_option
def command(*, index_only: bool, quiet: bool, as_json: bool, dataset: Path | None) -> None:
    """Make everything derived again from the evidence: rows that are missing or stale, then the search index.

    The folder derived/ may be deleted before; evidence is never touched.
    """
    with open_dataset(dataset) as opened:
        if index_only:
            notices = opened.reindex()
            report = None
        else:
            with progress_bar(is_shown=sys.stderr.isatty() and not quiet, paths=opened.paths) as progress:
                report = opened.rebuild(progress)
            notices = opened.words.count()
    counts = asdict(report.counts) | {"run": report.run, "seconds": round(report.seconds, 3)} if report else {}
    if as_json:
        echo_json({"v": 1, "indexed": notices, **counts})
    elif not quiet:
        if report:
            click.echo(f"{balance(report.counts)}.")
        click.echo(f"The index holds {notices:,} notices.")
