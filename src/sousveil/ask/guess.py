"""Which field every column of a file would go to, and why: what ``sousveil sources guess`` shows.

The file is opened in a watched worker process, as for a run. Of its values only masked samples come back, and none of
columns of persons; names of suppliers only where their legal form says that they are companies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import msgspec

from sousveil.data.organs import organ_words
from sousveil.exceptions import EmptyFileError, FileFailure, UsageError
from sousveil.mask import mask_text
from sousveil.parse import parse
from sousveil.parse.sniff import Kind, sniff
from sousveil.pipeline import warm_up
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job, Json
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source.heads import Head, find_head, head_at
from sousveil.source.mapping import UNKNOWN, Source, from_json
from sousveil.source.roles import PERSON, SKIP, TEXT
from sousveil.source.rows import Row, to_row
from sousveil.source.table import load_rows
from sousveil.source.telling import Told, tell

__all__ = ["COVERED", "READER", "Guess", "guess", "warm_up", "work"]

READER = "sousveil.ask.guess:work"
"""What the worker runs; it calls this module's ``warm_up`` before, which is that of the pipeline."""
COVERED = "███"
"""Stands for the values of columns of persons."""
_KINDS = frozenset({"csv", "table-json", "xlsx", "xls", "ods"})
_LONGEST = 24
"""Characters of a sample."""
_MOST_MASKED = 200
"""Characters of a value that are looked at before it is cut: a name must not lose the label that gives it away."""
_ROWS = 200
_SUPPLIERS = frozenset({"suppliers", "candidates"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessedTable:
    """One table of a file.

    Attributes:
        sheet: name of the sheet; empty in files without sheets.
        head_row: row of the heads, from 1; 0 where columns have no heads, None in JSON.
        unit: of sums, as a line above the heads says.
        are_notices: whether its rows are read as notices.
        columns: every column and what it is for; samples are masked.
    """

    sheet: str
    head_row: int | None
    unit: str
    are_notices: bool
    columns: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The tables of a file, or why it could not be opened."""

    tables: tuple[GuessedTable, ...] = ()
    failure: str = ""


_decode = msgspec.json.Decoder(Guess).decode


def guess(payload: bytes, *, name: str, source: Source = UNKNOWN, limits: Limits = DEFAULT_LIMITS) -> Guess:
    """Return the tables of a file with what their columns are for.

    Raises:
        UsageError: the file has no tables, or cannot be read; the message says why.
    """
    changed = {key: value for key, value in asdict(limits).items() if value != getattr(DEFAULT_LIMITS, key)}
    job = Job(key=1, header={"name": name, "mapping": source.to_json(), **changed}, payload=payload)
    with Pool.within(READER, limits, jobs=1) as pool:
        pool.submit(job)
        answer = pool.take()[0]
    if answer.crashes or not answer.parts:
        reason = answer.crashes[0].reason if answer.crashes else "the reader gave no answer"
        raise UsageError(f"{name} cannot be read: {reason}.")
    found = _decode(answer.parts[0])
    if found.failure:
        raise UsageError(f"{name} cannot be read: {found.failure}")
    return found


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str]) -> Iterator[Guess]:  # noqa: ARG001 (no members)
    """Yield the guess for one file; the function that the worker runs."""
    changes = {key: value for key, value in header.items() if key in Limits.__dataclass_fields__}
    limits = replace(DEFAULT_LIMITS, **changes)  # type: ignore[arg-type]
    name, source = str(header["name"]), from_json(str(header["mapping"]))
    kind = sniff(payload, name)
    if kind.name not in _KINDS:
        yield Guess(failure=f"it is {kind.media_type or kind.name}; name a CSV, JSON, JSON lines or spreadsheet file.")
        return
    try:
        yield Guess(tables=tuple(_tables(payload, name, kind, source, limits)))
    except FileFailure as failure:
        yield Guess(failure=str(failure))


def _tables(payload: bytes, name: str, kind: Kind, source: Source, limits: Limits) -> Iterator[GuessedTable]:
    if kind.name in {"csv", "table-json"}:
        loaded = load_rows(payload, limits, source, with_hidden=True)
        yield _table(loaded.rows[:_ROWS], source, sheet="", head_row=loaded.head_row, unit=loaded.unit)
        return
    found: list[GuessedTable] = []

    def take(sheet: str, rows: Sequence[Sequence[str]], first_row: int) -> frozenset[int]:
        if not source.sheet or sheet == source.sheet:
            found.extend(_of_sheet(sheet, rows[:_ROWS], first_row, source))
        return frozenset()

    try:
        parse(payload, file="0" * 64, name=name, kind=kind, limits=limits, take_sheet=take)
    except EmptyFileError:
        if not found:
            raise
    yield from found


def _of_sheet(sheet: str, rows: Sequence[Sequence[str]], first_row: int, source: Source) -> Iterator[GuessedTable]:
    head = _head(rows, first_row, source)
    if head is not None:
        lines = [to_row(head, row, source.roles, with_hidden=True) for row in rows[head.first :]]
        yield _table(lines, source, sheet=sheet, head_row=head.first + first_row if head.first else 0, unit=head.unit)


def _head(rows: Sequence[Sequence[str]], first_row: int, source: Source) -> Head | None:
    """Return the heads of notices, else those that somebody would take for heads: the first row of several words."""
    if source.head_row is not None:
        return head_at(rows, source.head_row - 1 - first_row if source.head_row else -1)
    wide = (place for place, row in enumerate(rows) if sum(bool(text.strip()) for text in row) > 1)
    place = next(wide, None)
    return find_head(rows, source.roles, least=2) or (head_at(rows, place) if place is not None else None)


def _table(rows: Sequence[Row], source: Source, *, sheet: str, head_row: int | None, unit: str) -> GuessedTable:
    told = tell(rows, source.roles)
    are_notices = replace(source, mapping={one.column: one.target for one in told}).roles.are_of_notices(
        dict.fromkeys((cell.parent, cell.head) for row in rows for cell in row)
    )
    columns = tuple(replace(one, samples=tuple(_shown(one, text) for text in one.samples)) for one in told)
    return GuessedTable(sheet=sheet, head_row=head_row, unit=unit, are_notices=are_notices, columns=columns)


def _shown(told: Told, text: str) -> str:
    """Return a sample on one line, short, and with persons covered."""
    if told.target in {PERSON, SKIP}:
        return COVERED
    line = " ".join(text.split())[:_MOST_MASKED]
    if told.target in _SUPPLIERS and not _is_company(line):
        return COVERED
    label = f"{told.column.rpartition('.')[2]}: "
    masked = mask_text(label + line)[0][len(label) :]
    return masked if len(masked) <= _LONGEST else masked[: _LONGEST - 1] + "…"


def _is_company(name: str) -> bool:
    folded = name.casefold()
    words = set(re.findall(r"[^\s,()]+", folded))
    western = organ_words("company", "en")
    return folded.endswith(organ_words("company", "zh")) or any(
        word in words or (" " in word and folded.endswith(word)) for word in western
    )


def to_source(found: Guess, known: Source = UNKNOWN) -> tuple[Source, dict[str, str]]:
    """Return a source whose mapping is what was guessed, and remarks behind its columns.

    The tables of notices give the columns, or all tables where none is of notices.
    """
    tables = [table for table in found.tables if table.are_notices] or list(found.tables)
    mapping: dict[str, str] = {}
    notes: dict[str, str] = {}
    for table in tables:
        for told in table.columns:
            mapping.setdefault(told.column, told.target)
            if told.target == TEXT and told.samples:
                notes.setdefault(told.column, told.samples[0])
    units = {table.unit for table in tables if table.unit}
    unit = known.unit or (units.pop() if len(units) == 1 else "")
    return replace(known, unit=unit, mapping=mapping), notes
