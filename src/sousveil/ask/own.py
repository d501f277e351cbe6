"""The user's own terms: taken from a file, and written for one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sousveil.data.terms import Term
from sousveil.exceptions import StorageFullError, UsageError
from sousveil.find.own import KEYS, OwnRow, dump_own, read_own
from sousveil.mask import find_leaks


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file of terms.

    Attributes:
        added: rows that are new.
        replaced: rows that stand for one of the same term and capability.
        total: rows of the user's there are now.
        errors: for every row that was not taken: file, line, what is wrong, what to do.
    """

    added: int
    replaced: int
    total: int
    errors: tuple[str, ...]


def import_terms(file: Path, kept: Path) -> ImportReport:
    """Take the good rows of ``file`` into ``kept``, the dataset's ``terms.yml``, and return what was done.

    Raises:
        UsageError: one of the two files cannot be read, or ``kept`` has a bad row.
        StorageFullError: ``kept`` cannot be written.
    """
    before = own_rows(kept)
    found = read_own(file)
    good = {row.key: row for row in found.rows if not _is_personal(row)}
    errors = [*found.errors, *(_refused(file, row) for row in found.rows if _is_personal(row))]
    merged = {row.key: row for row in before} | good
    if good:
        _write(kept, dump_own(merged.values()))
    replaced = len(before) + len(good) - len(merged)
    return ImportReport(len(good) - replaced, replaced, len(merged), tuple(errors))


def own_rows(kept: Path) -> tuple[OwnRow, ...]:
    """Return the rows of a dataset's ``terms.yml`` as they were written; none where there is no such file.

    Raises:
        UsageError: a row cannot be used; the message names the line.
    """
    if not kept.is_file():
        return ()
    found = read_own(kept)
    if found.errors:
        raise UsageError(found.errors[0])
    return found.rows


def to_row(term: Term) -> OwnRow:
    """Return a shipped term as a row that a file of terms may hold."""
    names = ("term", "capability", "language", "gloss", "source", "needs", "unless")
    return OwnRow(**{name: getattr(term, name) for name in names})


def to_csv(rows: Iterable[OwnRow]) -> str:
    """Return rows as a CSV that ``import_terms`` takes, lists parted by semicolons."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(KEYS)
    for row in rows:
        values = (getattr(row, name) for name in KEYS)
        writer.writerow("; ".join(value) if isinstance(value, tuple) else value for value in values)
    return written.getvalue()


def _is_personal(row: OwnRow) -> bool:
    return bool(find_leaks(row.term))


def _refused(file: Path, row: OwnRow) -> str:
    length = len(row.term)
    return (
        f"{file.name}: a term of {length} characters looks like a name or number of a person and was not taken."
        " sousveil watches institutions, never people; such words are covered before terms are looked for."
    )


def _write(kept: Path, text: str) -> None:
    part = kept.with_name(f".{kept.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(kept)
    except OSError as error:
        raise StorageFullError(
            f"{kept} cannot be written: {error.strerror}. Choose a dataset you may write."
        ) from error
    finally:
        part.unlink(missing_ok=True)
