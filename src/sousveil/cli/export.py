"""``sousveil export``: what was found, for spreadsheets, scripts, maps and other tools."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from sousveil.ask.export import FORMATS, ROWS, ExportReport
from sousveil.ask.formats import ENDINGS
from sousveil.cli.options import counted, dataset_option, echo_json, json_option
from sousveil.cli.question import filter_options, raw_option, take_filters
from sousveil.dataset import Dataset, open_dataset


@click.command("export")
@click.option("--query", default="", help="Only notices with these words (see search); default: all.")
@click.option(
    "--ids",
    metavar="FILE",
    type=click.File(encoding="utf-8-sig", errors="replace"),
    help="Only the notices of this list, an id a line; - for standard input.",
)
@filter_options
@raw_option
@click.option(
    "--format", "file_format", type=click.Choice(tuple(FORMATS)), help="Default: by the ending of FILE, else csv."
)
@click.option(
    "--rows",
    type=click.Choice(ROWS),
    help="What one row is; default: findings, for ocds notices. A workbook has all.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="File to write, - for standard output; default: exports/ of the dataset."
)
@click.option("--skip-leaks", is_flag=True, help="Leave out what the gate stops, instead of refusing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error.")
@json_option
@dataset_option
def command(
    *,
    query: str,
    ids: TextIO | None,
    raw: bool,
    file_format: str | None,
    rows: str | None,
    output: str | None,
    skip_leaks: bool,
    quiet: bool,
    as_json: bool,
    dataset: Path | None,
    **filters: Any,  # noqa: ANN401 (checked by take_filters)
) -> None:
    """Write what was found to a file.

    csv, jsonl and parquet hold one table: findings, notices, procurements or institutions. xlsx holds all of them.
    ocds: a release per notice, or a record per purchase. ftm: FollowTheMoney entities. geojson: places with counts.
    graphml: institutions, systems and what passes between them.

    Every value is checked for names and numbers of persons; where one is found, nothing is written. The file is
    complete, or it is not there.
    """
    chosen = file_format or _format_of(output)
    listed = [line.strip() for line in ids if line.strip()] if ids else None
    options: dict[str, Any] = {
        "ids": listed,
        "raw": raw,
        "file_format": chosen,
        "rows": rows,
        "is_skipping": skip_leaks,
    }

    def begin(total: int) -> None:
        if not quiet:
            click.echo(f"{counted(total, 'notice')} to export", err=True)

    with open_dataset(dataset) as opened:
        asked = take_filters(filters)
        if output == "-":
            with tempfile.TemporaryDirectory() as folder:
                report = opened.export(Path(folder) / "export", query, asked, begin=begin, **options)
                with report.path.open("rb") as whole:
                    shutil.copyfileobj(whole, sys.stdout.buffer)
        else:
            target = Path(output) if output else _default_target(opened, chosen, rows)
            report = opened.export(target, query, asked, begin=begin, **options)
    if output != "-" and as_json:
        echo_json(
            {
                "v": 1,
                "path": str(report.path),
                "notices": report.notices,
                "rows": report.rows,
                "what": report.what,
                "left_out": report.left_out,
            }
        )
    elif not quiet:
        _say(report, is_file=output != "-")


def _format_of(output: str | None) -> str:
    name = Path(output or "").name.lower()
    by_ending = {ending: one for one in FORMATS if (ending := ENDINGS.get(one, one))}
    ending = max((one for one in by_ending if name.endswith(f".{one}")), key=len, default="csv")
    return by_ending[ending]


def _default_target(dataset: Dataset, file_format: str, rows: str | None) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    dataset.paths.exports.mkdir(exist_ok=True)
    name = rows or next(iter(FORMATS[file_format]))
    return dataset.paths.exports / f"{name}-{stamp}.{ENDINGS.get(file_format, file_format)}"


def _say(report: ExportReport, *, is_file: bool) -> None:
    where = f" in {report.path}" if is_file else ""
    click.echo(f"{report.rows:,} {report.what} of {counted(report.notices, 'notice')}{where}", err=not is_file)
    if report.left_out:
        click.echo(f"{report.left_out:,} were left out: the gate found a person in them", err=True)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
