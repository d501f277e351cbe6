"""``sousveil sources``: where files come from, and what the columns of dumps are for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sousveil.ask.guess import COVERED, Guess, GuessedTable, guess, to_source
from sousveil.ask.sources import SourceRow
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import Dataset, open_dataset
from sousveil.exceptions import NoDatasetError, NotFoundError, StorageFullError, UsageError
from sousveil.model import Failure
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source.folder import iter_candidates, load_candidate
from sousveil.source.mapping import UNKNOWN, dump_source, load_source
from sousveil.source.roles import PERSON


@click.group("sources")
def command() -> None:
    """Where files come from, and what the columns of dumps are for."""


@command.command("guess")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", default="", metavar="NAME", help="The source that the file belongs to.")
@click.option("--write", "is_writing", is_flag=True, help="Write the mapping to sources/NAME/source.yml.")
@dataset_option
@json_option
def guess_columns(*, file: Path, source: str, is_writing: bool, dataset: Path | None, as_json: bool) -> None:
    """Show what each column of a CSV, JSON or spreadsheet file would be read as, and why.

    A wrong guess is mended in the file that --write makes: column: field, or text, skip or person.
    """
    if is_writing and not source:
        raise UsageError("--write needs --source NAME: the mapping is kept under the source's name.")
    opened = _dataset(dataset, is_needed=bool(source))
    path = opened.paths.source(source) if opened and source else None
    known = load_source(path) if path else UNKNOWN
    found = guess(_load(file), name=file.name, source=known, limits=opened.limits if opened else DEFAULT_LIMITS)
    if as_json:
        echo_json({"v": 1, "file": file.name, "tables": [asdict(table) for table in found.tables]})
    else:
        for table in found.tables:
            _show_table(Shown(), table)
    if is_writing and path is not None:
        _write(path, found, source, is_silent=as_json)


def _dataset(folder: Path | None, *, is_needed: bool) -> Dataset | None:
    try:
        return open_dataset(folder)
    except NoDatasetError:
        if is_needed or folder is not None:
            raise
        return None


def _load(file: Path) -> bytes:
    candidate = next(iter_candidates([file]))
    data = load_candidate(candidate, DEFAULT_LIMITS.max_file_bytes)
    if isinstance(data, Failure):
        raise UsageError(f"{file}: {data.reason}. {data.advice}")
    return data


def _show_table(shown: Shown, table: GuessedTable) -> None:
    words = [f"sheet {table.sheet}"] if table.sheet else []
    if table.head_row is not None:
        words.append(f"heads in row {table.head_row}" if table.head_row else "no heads")
    if table.unit:
        words.append(f"sums in {table.unit}")
    verdict = "read one notice per row" if table.are_notices else "no notices: a title and one more field are needed"
    shown.line((", ".join([*words, verdict]), "bold"))
    rows = [["column", "goes to", "samples", "why"]]
    for told in table.columns:
        samples = COVERED if told.target == PERSON else " / ".join(told.samples)
        rows.append([told.column, told.target, samples, told.why])
    shown.table(rows)


def _write(path: Path, found: Guess, name: str, *, is_silent: bool) -> None:
    if path.exists():
        raise UsageError(f"{path} is there already and was not touched. Edit it, or move it away and guess again.")
    described, notes = to_source(found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_source(described, notes), encoding="utf-8")
    except OSError as error:
        raise StorageFullError(
            f"{path} cannot be written: {error.strerror}. Choose a dataset you may write."
        ) from error
    if not is_silent:
        click.echo(f"Written: {path}")
        click.echo(f"Look at it, mend it, then: sousveil ingest FILE --source {name}")


@command.command("list")
@dataset_option
@json_option
def list_sources(*, dataset: Path | None, as_json: bool) -> None:
    """All sources: files, notices, and the time they cover."""
    with open_dataset(dataset) as opened:
        found = opened.sources()
    if as_json:
        echo_json({"v": 1, "sources": [_shape(row) for row in found]})
        return
    rows = [["source", "files", "notices", "from", "to", "title"]]
    rows += [
        [row.name, f"{row.files:,}", f"{row.notices:,}", row.first or "", row.last or "", row.described.title]
        for row in found
    ]
    Shown().table(rows, frozenset({1, 2}))


@command.command("show")
@click.argument("name")
@dataset_option
@json_option
def show(*, name: str, dataset: Path | None, as_json: bool) -> None:
    """One source: what its source.yml says, and what was read from it."""
    with open_dataset(dataset) as opened:
        row = next((row for row in opened.sources() if row.name == name), None)
    if row is None:
        raise NotFoundError(f"No source {name[:60]!r}. All sources: sousveil sources list")
    if as_json:
        echo_json({"v": 1, **_shape(row)})
        return
    shown = Shown()
    covers = f", {row.first} to {row.last}" if row.first else ""
    shown.line((row.name, "bold"), f"  {row.files:,} files, {row.notices:,} notices{covers}")
    said = asdict(row.described)
    mapping = said.pop("mapping")
    for key, value in said.items():
        if value not in ("", None):
            shown.line(f"{key}: {value}", indent=2)
    if not row.described.is_given:
        shown.line("no mapping: columns are guessed. See them: sousveil sources guess FILE", indent=2)
    elif mapping:
        shown.table([["  column", "goes to"], *([f"  {column}", target] for column, target in mapping.items())])


def _shape(row: SourceRow) -> dict[str, object]:
    said = asdict(row)
    return {**said, "described": said["described"] if row.described != UNKNOWN else None}
