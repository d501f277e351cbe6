"""``sousveil ingest PATH…``: read files into the dataset and print the balance."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from sousveil.ask.runs import failed_paths
from sousveil.cli.options import (
    balance,
    counted,
    dataset_option,
    echo_json,
    jobs_option,
    json_option,
    ocr_option,
    sandbox_option,
)
from sousveil.cli.progress import progress_bar
from sousveil.dataset import Dataset, open_dataset
from sousveil.ingest.kinds import to_kinds
from sousveil.ingest.options import Options, RunReport
from sousveil.settings import OcrMode


@click.command("ingest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--source", default="folder", show_default=True, help="Name for where these files come from.")
@click.option(
    "--retry-failed", is_flag=True, help="Try files again that failed before; without PATHS, wherever they are."
)
@click.option("--limit", type=click.IntRange(1), help="Stop after this many files that had to be read.")
@click.option("--only", multiple=True, metavar="TYPE", help="Only files of this type (pdf, docx, html, picture, …).")
@ocr_option
@jobs_option
@sandbox_option
@dataset_option
@json_option
@click.option("-q", "--quiet", is_flag=True, help="No progress, no balance.")
def command(
    *,
    paths: tuple[Path, ...],
    source: str,
    retry_failed: bool,
    limit: int | None,
    only: tuple[str, ...],
    ocr: OcrMode,
    jobs: int | None,
    require_sandbox: str | None,
    dataset: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read files, folders and archives into the dataset.

    Running the same command again reads only what is new or changed. It may be stopped at any moment (Ctrl-C, power
    cut): the same command goes on.
    """
    if not paths and not retry_failed:
        raise click.UsageError("Name files or folders to read: sousveil ingest PATH…")
    with open_dataset(dataset) as opened:
        limits = opened.limits
        if require_sandbox:
            limits = replace(limits, require_sandbox=require_sandbox)
        options = Options(
            source=source,
            retry_failed=retry_failed,
            limit=limit,
            only=to_kinds(only),
            ocr=ocr,
            limits=limits,
        )
        if jobs:
            options = replace(options, jobs=jobs)
        reports = []
        for one, found in _inputs(opened, paths, options):
            with progress_bar(is_shown=sys.stderr.isatty() and not quiet, paths=opened.paths) as progress:
                reports.append(report := opened.ingest(found, one, progress))
            if as_json:
                echo_json({"v": 1, "run": report.run, **asdict(report.counts), "seconds": round(report.seconds, 3)})
            elif not quiet:
                _show(opened, report)
    if not reports and not quiet:
        click.echo("No file that failed is still where it was: nothing to try again.", err=True)
    return 5 if any(report.counts.failed or report.counts.partly for report in reports) else 0


def _inputs(dataset: Dataset, paths: tuple[Path, ...], options: Options) -> list[tuple[Options, Sequence[Path]]]:
    """Return what each run reads: the paths named, else the files that failed, a run for each source."""
    if paths:
        return [(options, paths)]
    failed = failed_paths(dataset.store)
    return [(replace(options, source=source or options.source), found) for source, found in failed.items()]


def _show(dataset: Dataset, report: RunReport) -> None:
    counts = report.counts
    click.echo(f"Run {report.run}: {balance(counts)}.")
    found = f"{counted(counts.notices, 'notice')}, {counted(counts.findings, 'finding')}"
    recognised = f" {counts.recognised} pages were recognised on pictures." if counts.recognised else ""
    click.echo(f"{found} in {report.seconds:.1f} s.{recognised}")
    if counts.failed or counts.partly:
        click.echo("What could not be read, and what to do: sousveil runs failures")
    elif not dataset.counts()["notices"]:
        click.echo("Nothing was found to read. Name files or folders: sousveil ingest PATH…")
