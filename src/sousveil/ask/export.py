"""Export: tables for a spreadsheet or a script; streamed, checked cell by cell, in place only when whole.

The gate: every cell that holds words of a document is searched for persons before it is written, and the whole file
once more before it is put in its place (``leaving.py``). Where something is found, nothing is left behind;
``is_skipping`` leaves that notice out instead, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sousveil.ask.coverage import chosen_notices, index_note, measure_coverage
from sousveil.ask.filters import Filters
from sousveil.ask.leaving import check_leaving, leak_kinds
from sousveil.ask.leaving_parts import Part
from sousveil.ask.rows import COMPUTED, NoticeRows, Row, iter_rows
from sousveil.ask.search import find_ids
from sousveil.ask.stats import SUM_NOTE
from sousveil.ask.understand import understand
from sousveil.ask.writers import WRITERS, XLSX_ROWS, Writer, flat
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import LeakError, StorageFullError, UsageError
from sousveil.index.words import Words
from sousveil.store.database import Store

FORMATS = tuple(WRITERS)
ROWS = ("findings", "notices")

_LIMITS = (
    "Rules and word lists find what is written; they miss what is meant otherwise, and files not read are not in here. "
    "A number in this file is a reason to look at its quotation, not a proof. Persons are covered with '█' by rules "
    "whose misses are measured, not zero."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written.

    Attributes:
        path: the file.
        notices: notices in it.
        rows: rows of its main table: findings or notices.
        left_out: notices left out because the gate found a person's name or number in them.
        notes: what the user should know.
    """

    path: Path
    notices: int
    rows: int
    left_out: int
    notes: tuple[str, ...] = ()


def export(
    store: Store,
    words: Words,
    target: Path,
    query: str = "",
    filters: Filters | None = None,
    *,
    raw: bool = False,
    file_format: str = "csv",
    rows: str = "findings",
    title: str = "",
    is_skipping: bool = False,
    begin: Callable[[int], None] = lambda _: None,
    own: OwnTerms = SHIPPED,
) -> ExportReport:
    """Write the notices that a search would find, or their findings, to a file; return what was written.

    Args:
        store: the rows.
        words: the index.
        target: the file to write; one that is there is replaced when the new one is whole.
        query: words, see ``parse_query``.
        filters: what else must hold.
        raw: search the words as they stand.
        file_format: ``csv``, ``xlsx`` or ``jsonl``.
        rows: ``findings`` or ``notices``: what one row is; a workbook has both.
        title: of the inquiry, for the method sheet.
        is_skipping: leave out notices that the gate stops, instead of refusing the export.
        begin: called with the number of notices before the first is written.
        own: the user's terms.

    Raises:
        UsageError: query, filter, format or rows cannot be understood, or a sheet cannot hold so many rows.
        LeakError: a cell would tell of a natural person; no file was written.
        StorageFullError: the file cannot be written.
    """
    asked, part = filters or Filters(), target.with_name(f".{target.name}.{os.getpid()}.part")
    _check_shape(file_format, rows)
    ids = _in_order(store, find_ids(store, words, query, asked, raw=raw, own=own))
    _check_sheet(store, ids, file_format)
    begin(len(ids))
    try:
        writer = WRITERS[file_format](part, rows)
        try:
            notices, written, left_out = _write(writer, iter_rows(store, ids, own), is_skipping=is_skipping, rows=rows)
        except BaseException:
            writer.close(())
            raise
        method = _method(store, words, ids, query=query, filters=asked, raw=raw, title=title, own=own)
        writer.close([*method, ("notices left out by the gate", str(left_out))])
        _flush(part, f"{target.stem}.{file_format}")
        part.replace(target)
    except OSError as error:
        raise StorageFullError(
            f"{target} cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    notes = tuple(filter(None, [index_note(store, words)]))
    return ExportReport(path=target, notices=notices, rows=written, left_out=left_out, notes=notes)


def _in_order(store: Store, ids: Sequence[str]) -> list[str]:
    """Return ids newest notice first, undated last, then by id: the same on every machine, whatever the index does."""
    with chosen_notices(store, ids) as table:
        rows = store.rows(
            f"SELECT notices.id FROM notices JOIN (SELECT id AS wanted FROM {table}) ON wanted = notices.id"
            " ORDER BY publication_date IS NULL, publication_date DESC, notices.id"
        )
    return [row["id"] for row in rows]


def _check_shape(file_format: str, rows: str) -> None:
    if file_format not in FORMATS:
        raise UsageError(f"There is no format {file_format!r}. Known are: {', '.join(FORMATS)}.")
    if rows not in ROWS:
        raise UsageError(f"There are no rows {rows!r}. Known are: {', '.join(ROWS)}.")


def _check_sheet(store: Store, ids: Sequence[str], file_format: str) -> None:
    if file_format != "xlsx":
        return
    with chosen_notices(store, ids) as table:
        found = store.rows(f"SELECT count(*) AS number FROM findings WHERE notice IN (SELECT id FROM {table})")
    if max(len(ids), found[0]["number"]) > XLSX_ROWS:
        raise UsageError(
            f"A sheet holds {XLSX_ROWS:,} rows, this has {found[0]['number']:,}. Use --format csv, or narrow it."
        )


def _write(writer: Writer, found_rows: Iterable[NoticeRows], *, is_skipping: bool, rows: str) -> tuple[int, int, int]:
    """Write the rows; return how many notices and rows there are, and how many notices were left out."""
    notices = written = left_out = 0
    for found in found_rows:
        leak = next(_leaks(found), None)
        if leak and not is_skipping:
            raise LeakError(leak)
        if leak:
            left_out += 1
            continue
        writer.add(found)
        notices += 1
        written += 1 if rows == "notices" else len(found.findings)
    return notices, written, left_out


def _leaks(found: NoticeRows) -> Iterator[str]:
    """Yield what the gate stops, as messages that name row, column and kind, never the words themselves."""
    for row in (found.notice, *found.findings):
        for column, value in row.items():
            if column in COMPUTED:
                continue
            for kind in leak_kinds(Part("", "", column, str(flat(value)))):
                yield _leak_message(row, column, kind)


def _leak_message(row: Row, column: str, kind: str) -> str:
    what = f"finding {row['finding']}" if "finding" in row else f"notice {row['notice']}"
    return (
        f"The export was refused and nothing written: {what}, column {column}, holds what looks like a person's {kind}."
        f" Look at it with sousveil show notice {row['notice']}; --skip-leaks leaves such notices out and counts them."
    )


def _method(
    store: Store,
    words: Words,
    ids: Sequence[str],
    *,
    query: str,
    filters: Filters,
    raw: bool,
    title: str,
    own: OwnTerms,
) -> list[tuple[str, str]]:
    """Return how the rows were made: what was asked, by which versions, what is missing."""
    understood = understand(store, words, query, filters, raw=raw, own=own)
    with chosen_notices(store, ids) as table:
        coverage = measure_coverage(store, table)
    counts = store.counts()
    return [
        ("dataset", title),
        ("made at", datetime.now(UTC).isoformat(timespec="seconds")),
        ("query", query or "(none)"),
        ("filters", filters.to_text() or "(none)"),
        ("searched as", " · ".join(term.text for term in understood.searched_as) or "(no words)"),
        ("notices found", f"{len(ids)} of {counts['notices']}"),
        ("coverage", coverage.to_text()),
        ("sums", SUM_NOTE),
        ("limits", _LIMITS),
        ("files in the dataset", f"{counts['files']} files, {counts['failures']} of them not wholly read"),
        ("sousveil", _own_version()),
        ("steps", _steps(store)),
        ("notes", "; ".join(filter(None, (*understood.notes, index_note(store, words)))) or "(none)"),
    ]


def _steps(store: Store) -> str:
    """Return the versions of the steps that made the rows: several, where files were not read again since."""
    return " | ".join(row["versions"] for row in store.rows("SELECT DISTINCT versions FROM files ORDER BY versions"))


def _own_version() -> str:
    try:
        return version("sousveil")
    except PackageNotFoundError:
        return "not installed"


def _flush(path: Path, name: str) -> None:
    """Read the whole file once more as the gate does, and wait until it is on the disk."""
    check_leaving(path, name)
    with path.open("rb") as file:
        os.fsync(file.fileno())
