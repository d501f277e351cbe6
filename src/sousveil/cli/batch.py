"""``sousveil batch LIST``: many searches at once, a row for each, or for each of their hits."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from sousveil.ask.batch_file import FORMATS, BatchReport
from sousveil.ask.term_list import ListLine, parse_list, read_list
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.question import raw_option
from sousveil.dataset import Dataset, open_dataset


@click.command("batch")
@click.argument("file", metavar="LIST")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="CSV or JSONL to write, - for standard output; default: exports/ of the dataset.",
)
@click.option("--format", "file_format", type=click.Choice(FORMATS), help="Default: by the ending of FILE, else csv.")
@click.option("--hits", is_flag=True, help="A row for every hit, instead of one for every line of LIST.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per row, on standard output without -o.")
@raw_option
@json_option
@dataset_option
def command(
    *,
    file: str,
    output: str | None,
    file_format: str | None,
    hits: bool,
    quiet: bool,
    as_jsonl: bool,
    raw: bool,
    as_json: bool,
    dataset: Path | None,
) -> int:
    """Ask a list of searches: words, queries or bodies, one to a line.

    LIST is a CSV with the column `query` and filters named as on search (cap, place, date, …), or a text with a query
    per line; - reads standard input. A line that cannot be asked is reported in the column `problem` and stops no
    other; the command then ends with exit code 5.
    """
    lines = parse_list(sys.stdin.buffer.read(), "standard input") if file == "-" else read_list(Path(file))
    chosen = file_format or ("jsonl" if as_jsonl or (output or "").lower().endswith(".jsonl") else "csv")
    is_streamed = output == "-" or (output is None and (as_json or as_jsonl))
    with open_dataset(dataset) as opened, _said(len(lines), is_quiet=quiet) as begin:
        if not is_streamed:
            target = Path(output) if output else _default_target(opened, chosen)
            report = opened.export_batch(lines, target, file_format=chosen, is_hits=hits, raw=raw, begin=begin)
        else:
            wanted = "jsonl" if as_json else chosen
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "batch"
                report = opened.export_batch(lines, path, file_format=wanted, is_hits=hits, raw=raw, begin=begin)
                _stream(path, report, as_json=as_json)
    if as_json and not is_streamed:
        echo_json(report.to_json())
    if not quiet:
        _say(report, is_file=not is_streamed)
    return 5 if report.failed else 0


def _stream(path: Path, report: BatchReport, *, as_json: bool) -> None:
    if as_json:
        rows = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
        echo_json({"v": 1, **report.counts(), "answers": rows})
    else:
        with path.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _default_target(dataset: Dataset, file_format: str) -> Path:
    dataset.paths.exports.mkdir(exist_ok=True)
    return dataset.paths.exports / f"batch-{datetime.now(UTC).strftime('%Y%m%d-%H%M%S')}.{file_format}"


@contextmanager
def _said(total: int, *, is_quiet: bool) -> Iterator[Callable[[ListLine], None]]:
    """Give what is called before each line: it shows how far the batch is, on a terminal."""
    is_hidden = is_quiet or not sys.stderr.isatty()
    with click.progressbar(length=total, label="lines", file=sys.stderr, hidden=is_hidden) as bar:
        yield lambda _: bar.update(1)


def _say(report: BatchReport, *, is_file: bool) -> None:
    where = f" in {report.path}" if is_file else ""
    click.echo(
        f"{report.lines:,} lines = {report.found:,} with hits + {report.empty:,} without + {report.failed:,} not asked;"
        f" {report.rows:,} rows{where}",
        err=True,
    )
    if report.held_back:
        click.echo(f"{report.held_back:,} hits were held back: the gate found a person in them", err=True)
    if report.failed:
        click.echo("why lines were not asked stands in the column problem", err=True)
