"""Export: streamed into a file, checked value by value, in place only when whole.

The gate: every value that holds words of a document is searched for persons before it is written, whatever the format,
and the whole file once more before it is put in its place (``leaving.py``). Where something is found, nothing is left
behind; ``is_skipping`` leaves that notice, purchase or institution out instead, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sousveil.ask.coverage import index_note, measure_coverage
from sousveil.ask.filters import Filters
from sousveil.ask.formats import FORMATS, READ_AS, ROWS, Shape
from sousveil.ask.gate import known_in, passes
from sousveil.ask.leaving import check_leaving
from sousveil.ask.rows import COMPUTED
from sousveil.ask.search import find_ids
from sousveil.ask.stats import SUM_NOTE
from sousveil.ask.understand import understand
from sousveil.ask.units import Chosen, Unit, choose
from sousveil.ask.writers import XLSX_ROWS, Method, Writer
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import StorageFullError, UsageError
from sousveil.index.words import Words
from sousveil.mask import cover_persons
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks

_READ_ONCE_MORE = 16 * 1024 * 1024
"""Bytes of a file up to which the gate reads it again as a whole: it holds it in memory."""

__all__ = ["FORMATS", "ROWS", "ExportReport", "export"]


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
        notices: notices that were asked for, less those that were left out.
        rows: rows of its main table, or records.
        what: what they are: ``findings``, ``procurements``, ``releases``, ``entities``, …
        left_out: notices, purchases or institutions left out because the gate found a person's name or number in them.
        notes: what the user should know.
    """

    path: Path
    notices: int
    rows: int
    what: str
    left_out: int
    notes: tuple[str, ...] = ()


def export(
    store: Store,
    words: Words,
    target: Path,
    query: str = "",
    filters: Filters | None = None,
    *,
    ids: Iterable[str] | None = None,
    raw: bool = False,
    file_format: str = "csv",
    rows: str | None = None,
    title: str = "",
    is_skipping: bool = False,
    begin: Callable[[int], None] = lambda _: None,
    own: OwnTerms = SHIPPED,
) -> ExportReport:
    """Write the notices that a search would find, or what belongs to them, to a file; return what was written.

    Args:
        store: the rows.
        words: the index.
        target: the file to write; one that is there is replaced when the new one is whole.
        query: words, see ``parse_query``.
        filters: what else must hold.
        ids: of notices: only these, where given.
        raw: search the words as they stand.
        file_format: one of ``FORMATS``.
        rows: what one row or record is; default: the first that the format has (``ROWS``).
        title: of the inquiry, for the method sheet.
        is_skipping: leave out what the gate stops, instead of refusing the export.
        begin: called with the number of notices before the first is written.
        own: the user's terms.

    Raises:
        UsageError: query, filter, format or rows cannot be understood, there is no notice with one of the ids, or a
            sheet cannot hold so many rows.
        LeakError: a value would tell of a natural person; no file was written.
        StorageFullError: the file cannot be written.
    """
    asked = filters or Filters()
    shape = _shape_of(file_format, rows)
    found = find_ids(store, words, query, asked, raw=raw, own=own) if query or asked.active else None
    listed = None if ids is None else _listed(store, ids)
    with choose(store, found if listed is None else _in_both(listed, found)) as chosen:
        _check_sheets(chosen, file_format)
        begin(chosen.count("notices"))
        method = _method(chosen, words, query=query, filters=asked, listed=listed, raw=raw, title=title, own=own)
        written, notes = _put(shape, target, chosen, own, method, file_format=file_format, is_skipping=is_skipping)
        return ExportReport(
            path=target,
            notices=chosen.count("notices") - chosen.count_left_out("notices"),
            rows=written,
            what=shape.main,
            left_out=len(chosen.left_out),
            notes=tuple(filter(None, [index_note(store, words), *notes])),
        )


def _listed(store: Store, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of a list, each once; raise where one is of no notice: a list that is cut short is no answer."""
    listed = tuple(dict.fromkeys(ids))
    known: set[str] = set()
    for some in iter_chunks(listed):
        known |= {row["id"] for row in store.rows(f"SELECT id FROM notices WHERE id IN ({marks(some)})", some)}
    unknown = [one for one in listed if one not in known]
    if unknown:
        raise UsageError(
            f"{len(unknown):,} of {len(listed):,} ids are of no notice of this dataset, the first: {unknown[0][:80]!r}."
            " Ids are what `sousveil search --ids` prints."
        )
    return listed


def _in_both(listed: Sequence[str], found: Iterable[str] | None) -> Sequence[str]:
    if found is None:
        return listed
    held = set(found)
    return [one for one in listed if one in held]


def _put(
    shape: Shape,
    target: Path,
    chosen: Chosen,
    own: OwnTerms,
    method: Method,
    *,
    file_format: str,
    is_skipping: bool,
) -> tuple[int, Sequence[str]]:
    """Write the file beside its place, and put it there when it is whole; return what ``_write`` does."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        found = _write(shape, part, chosen, own, method, is_skipping=is_skipping)
        flush_checked(part, f"{target.stem}.{READ_AS.get(file_format, file_format)}", shape.computed, chosen.store)
        part.replace(target)
    except OSError as error:
        raise StorageFullError(
            f"{target} cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return found


def _shape_of(file_format: str, rows: str | None) -> Shape:
    if file_format not in FORMATS:
        raise UsageError(f"There is no format {file_format!r}. Known are: {', '.join(FORMATS)}.")
    shapes = FORMATS[file_format]
    if rows is None:
        return next(iter(shapes.values()))
    if rows not in ROWS:
        raise UsageError(f"There are no rows {rows!r}. Known are: {', '.join(ROWS)}.")
    if rows not in shapes:
        raise UsageError(f"The format {file_format} has no rows {rows!r}, only: {', '.join(shapes)}.")
    return shapes[rows]


def _check_sheets(chosen: Chosen, file_format: str) -> None:
    """Raise where a table does not fit into a sheet: the only limit there is, and it is the format's own."""
    if file_format != "xlsx":
        return
    stated = "SELECT count(*) AS n FROM findings WHERE notice IN (SELECT id FROM temp.exported_notices)"
    counts = {what: chosen.count(what) for what in ("notices", "purchases", "institutions")}
    counts["findings"] = chosen.store.rows(stated)[0]["n"]
    for what, count in counts.items():
        if count > XLSX_ROWS:
            raise UsageError(
                f"A sheet of a workbook holds {XLSX_ROWS:,} rows, this has {count:,} {what}."
                " Use --format csv or parquet, or narrow it."
            )


def _write(
    shape: Shape, part: Path, chosen: Chosen, own: OwnTerms, method: Method, *, is_skipping: bool
) -> tuple[int, Sequence[str]]:
    """Write all units that pass the gate; return how many rows of the main table there are, and notes."""
    writer, units = shape.open(part, chosen, own)
    written = 0
    try:
        for unit in units:
            if passes(unit, shape.computed, chosen, is_skipping=is_skipping):
                written += _add(writer, unit, shape.main)
    except BaseException:
        writer.close(())
        raise
    return written, writer.close([*method, ("left out by the gate", str(len(chosen.left_out)))])


def _add(writer: Writer, unit: Unit, main: str) -> int:
    for table, row in unit.records:
        writer.add(table, row)
    return sum(1 for table, _ in unit.records if main in {table, "entities", "nodes and edges"})


def _method(
    chosen: Chosen,
    words: Words,
    *,
    query: str,
    filters: Filters,
    listed: Sequence[str] | None,
    raw: bool,
    title: str,
    own: OwnTerms,
) -> list[tuple[str, str]]:
    """Return how the rows were made: what was asked, by which versions, what is missing."""
    store = chosen.store
    understood = understand(store, words, query, filters, raw=raw, own=own)
    coverage = measure_coverage(store, "temp.exported_notices")
    counts = store.counts()
    asked = _shown(query, store)
    notes = filter(None, (*understood.notes, index_note(store, words)))
    # Not parted by '·': between Chinese words it reads as the dot of a transcribed name, here and at the gate.
    searched_as = "; ".join(term.text for term in understood.searched_as) or "(no words)"
    return [
        ("dataset", title),
        ("made at", datetime.now(UTC).isoformat(timespec="seconds")),
        ("query", asked or "(none)"),
        ("filters", _shown(filters.to_text(), store) or "(none)"),
        ("list of ids", f"{len(listed)} notices" if listed is not None else "(none)"),
        ("searched as", searched_as if asked == query else "(not repeated: the query names a person)"),
        ("notices found", f"{chosen.count('notices')} of {counts['notices']}"),
        ("coverage", coverage.to_text()),
        ("sums", SUM_NOTE),
        ("limits", _LIMITS),
        ("files in the dataset", f"{counts['files']} files, {counts['failures']} of them not wholly read"),
        ("sousveil", _own_version()),
        ("steps", _steps(store)),
        ("notes", "; ".join(map(partial(_shown, store=store), notes)) or "(none)"),
    ]


def _shown(asked: str, store: Store) -> str:
    """Return what was asked with persons covered and institutions as they are: the file may go to others."""
    return cover_persons(asked, known_in(store)(asked))


def _steps(store: Store) -> str:
    """Return the versions of the steps that made the rows: several, where files were not read again since."""
    return " | ".join(row["versions"] for row in store.rows("SELECT DISTINCT versions FROM files ORDER BY versions"))


def _own_version() -> str:
    try:
        return version("sousveil")
    except PackageNotFoundError:
        return "not installed"


def flush_checked(path: Path, name: str, computed: frozenset[str], store: Store) -> None:
    """Read the whole file once more as the gate does, and wait until it is on the disk.

    A file larger than ``_READ_ONCE_MORE`` is not read again as a whole: each of its values has passed the gate.
    """
    if path.stat().st_size <= _READ_ONCE_MORE:
        check_leaving(path, name, known=known_in(store), computed=computed | COMPUTED)
    with path.open("rb") as file:
        os.fsync(file.fileno())
