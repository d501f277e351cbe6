"""Answers of a batch, written to a file: row by row, each through the gate, in place only when whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sousveil.ask.batch import BATCH_COLUMNS, HIT_COLUMNS, Batch, bad_row
from sousveil.ask.export import flush_checked
from sousveil.ask.gate import known_in
from sousveil.ask.leaving import Known, leak_kinds
from sousveil.ask.leaving_parts import Part
from sousveil.ask.term_list import ListLine
from sousveil.ask.units import Row
from sousveil.ask.writers import CsvWriter, JsonlWriter, Writer
from sousveil.exceptions import StorageFullError, UsageError

FORMATS = ("csv", "jsonl")
_COMPUTED = frozenset(
    {
        "line", "other_terms", "notices", "first_date", "last_date", "purchases", "amount", "currency", "stated_in",
        "of", "other_amounts", "best_notice", "best_date", "page", "address", "notice", "document", "type", "date",
        "amount_of", "language", "capabilities",
    }
)  # fmt: skip
"""Columns that sousveil computes; the address is left out where query or filters are covered."""
_SHOWN = ("best_notice", "best_title", "best_buyer", "best_date", "quotation", "page")
"""Columns of the best hit: what the gate holds back of it goes as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """What was written; lines = found + empty + failed.

    Attributes:
        path: the file.
        lines: of the list.
        found: lines with hits.
        empty: lines that were asked and found nothing.
        failed: lines that could not be asked.
        rows: of the file.
        held_back: best hits, or rows of hits, in which the gate found a person.
    """

    path: Path
    lines: int
    found: int
    empty: int
    failed: int
    rows: int
    held_back: int

    def to_json(self) -> dict[str, object]:
        """Return the counts as plain values."""
        return {"v": 1, "path": str(self.path), **self.counts()}

    def counts(self) -> dict[str, int]:
        """Return the counts by name."""
        names = ("lines", "found", "empty", "failed", "rows", "held_back")
        return {name: int(getattr(self, name)) for name in names}


@dataclass(slots=True)
class _Counts:
    found: int = 0
    empty: int = 0
    failed: int = 0
    rows: int = 0
    held_back: int = 0


def write_batch(
    batch: Batch,
    lines: Iterable[ListLine],
    target: Path,
    *,
    file_format: str = "csv",
    is_hits: bool = False,
    begin: Callable[[ListLine], None] = lambda _: None,
) -> BatchReport:
    """Answer the lines of a list into a file, and return the balance.

    Args:
        batch: answers them.
        lines: of the list.
        target: the file to write; one that is there is replaced when the new one is whole.
        file_format: ``csv`` or ``jsonl``.
        is_hits: a row for every hit, instead of one for every line; a line that could not be asked is a row with its
            problem, a line without hits none.
        begin: called before each line is answered.

    Raises:
        UsageError: there is no such format.
        LeakError: a cell would tell of a natural person; no file was written.
        StorageFullError: the file cannot be written.
    """
    if file_format not in FORMATS:
        raise UsageError(f"A batch has no format {file_format!r}. Known are: {', '.join(FORMATS)}.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    counts = _Counts()
    try:
        columns = HIT_COLUMNS if is_hits else BATCH_COLUMNS
        writer: Writer = CsvWriter(part, "batch", columns) if file_format == "csv" else JsonlWriter(part, "batch")
        rows = _iter_hits if is_hits else _iter_lines
        try:
            for row in rows(batch, _each(lines, begin), counts):
                counts.rows += 1
                writer.add("batch", row)
        finally:
            writer.close(())
        flush_checked(part, f"{target.stem}.{file_format}", _COMPUTED, batch.store)
        part.replace(target)
    except OSError as error:
        raise StorageFullError(
            f"{target} cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return BatchReport(
        path=target,
        lines=counts.found + counts.empty + counts.failed,
        found=counts.found,
        empty=counts.empty,
        failed=counts.failed,
        rows=counts.rows,
        held_back=counts.held_back,
    )


def _each(lines: Iterable[ListLine], begin: Callable[[ListLine], None]) -> Iterator[ListLine]:
    for line in lines:
        begin(line)
        yield line


def _count(counts: _Counts, notices: int | None, problem: str) -> None:
    counts.failed += bool(problem)
    counts.found += bool(not problem and notices)
    counts.empty += not problem and not notices


def _iter_lines(batch: Batch, lines: Iterable[ListLine], counts: _Counts) -> Iterator[Row]:
    known = known_in(batch.store)
    for answered in batch.rows(lines):
        _count(counts, answered.notices, answered.problem)
        row = answered.to_row()
        if leak := _leak(row, known):
            counts.held_back += 1
            notes = [*answered.notes, f"the best hit was held back: {leak}; look at it with sousveil search"]
            row |= dict.fromkeys(_SHOWN) | {"notes": notes}
        yield row


def _iter_hits(batch: Batch, lines: Iterable[ListLine], counts: _Counts) -> Iterator[Row]:
    known = known_in(batch.store)
    for answered, hits in batch.hits(lines):
        _count(counts, answered.notices, answered.problem)
        if answered.problem:
            yield bad_row(answered)
        for row in hits:
            if _leak(row, known):
                counts.held_back += 1
            else:
                yield row


def _leak(row: Row, known: Known) -> str:
    """Return what the gate says of a row that would tell of a person, else an empty text; it repeats no words."""
    for column, value in row.items():
        if column in _COMPUTED or not isinstance(value, str | list):
            continue
        text = value if isinstance(value, str) else "; ".join(map(str, value))
        for kind in leak_kinds(Part("", "", column, text), known=known):
            return f"column {column} holds what looks like a person's {kind}"
    return ""
