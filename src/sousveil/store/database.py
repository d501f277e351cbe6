"""The store: one SQLite file, one writer, any number of readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec
import zstandard

from sousveil.exceptions import NotFoundError
from sousveil.model import Document, Failure, Finding, Mask, Notice, Page, Scalar, Span
from sousveil.store.schema import connect

_LEVEL = 3
"""zstd level of bodies: 0.03 ms for a notice."""

Status = Literal["read", "partly", "failed"]

_MAX_VALUES = 500
"""Values of one query; SQLite before 3.32 took 999."""

_encode = msgspec.json.Encoder().encode
_masks = msgspec.json.Decoder(tuple[Mask, ...])
_notice = msgspec.json.Decoder(Notice)
_reasons = msgspec.json.Decoder(tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, Scalar], ...]])
_document = msgspec.json.Decoder(Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """What became of one file (one hash), by which versions of the steps."""

    file: str
    size: int
    kind: str
    media_type: str
    status: Status
    versions: str
    run: int
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    findings: tuple[Finding, ...] = ()
    members: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """Why the file at an address was not read, or not wholly."""

    address: str
    file: str
    kind: str
    failure: Failure
    tries: int
    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a path held when it was last looked at."""

    address: str
    file: str
    size: int
    modified_ns: int


class Store:
    """Rows of one dataset."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self.connection = connect(path, read_only=read_only)

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group writes: all of them are kept, or none."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # on a full disk SQLite has rolled back by itself
                self.connection.execute("ROLLBACK")
            raise

    # ------------------------------------------------------------------ writing

    def put_file(self, row: FileRow) -> None:
        """Write what was derived from a file, in place of what was derived before."""
        if self.file_state(row.file) is not None:
            self._forget(row.file)
        self.mark_pending(row.file)
        document_id = row.document.id if row.document else ""
        language = row.document.language if row.document else ""
        self.connection.execute(
            "INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                row.file,
                document_id,
                row.size,
                row.kind,
                row.media_type,
                row.status,
                language,
                row.versions,
                row.members,
                row.run,
            ),
        )
        if row.document is None:
            return
        body = _pack(replace(row.document, pages=()))
        self.connection.execute("INSERT INTO documents VALUES (?,?)", (row.file, body))
        self.connection.executemany(
            "INSERT INTO pages VALUES (?,?,?,?,?)",
            [(row.file, page.number, page.label, page.text, _encode(page.masks)) for page in row.document.pages],
        )
        self.connection.executemany(
            "INSERT INTO notices VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [_notice_row(notice) for notice in row.notices],
        )
        self.connection.executemany(
            "INSERT INTO suppliers VALUES (?,?,?)",
            [
                (notice.id, place, str(name.value))
                for notice in row.notices
                for place, name in enumerate(notice.suppliers)
            ],
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO findings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [_finding_row(finding) for finding in row.findings],
        )

    def _forget(self, file: str) -> None:
        self.connection.execute(
            "DELETE FROM suppliers WHERE notice IN (SELECT id FROM notices WHERE file = ?)", (file,)
        )
        for table in ("files", "documents", "pages", "notices", "findings"):
            self.connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))

    def put_sightings(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Write lines of the ledger: number, source, address, file, size, seen_at, container, member, status."""
        self.connection.executemany("INSERT OR IGNORE INTO sightings VALUES (?,?,?,?,?,?,?,?,?)", rows)

    def put_place(self, place: Place) -> None:
        """Remember what a path holds now."""
        self.connection.execute(
            "INSERT OR REPLACE INTO places VALUES (?,?,?,?)", (place.address, place.file, place.size, place.modified_ns)
        )

    def put_failure(self, row: FailureRow) -> None:
        """Write why the file at an address was not read; the tries add up over runs."""
        self.connection.execute(
            "INSERT INTO failures VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (address) DO UPDATE SET file = excluded.file,"
            " stage = excluded.stage, reason = excluded.reason, advice = excluded.advice, kind = excluded.kind,"
            " tries = failures.tries + 1, run = excluded.run",
            (
                row.address,
                row.file,
                row.failure.stage,
                row.failure.reason,
                row.failure.advice,
                row.kind,
                row.tries,
                row.run,
            ),
        )

    def forget_failure(self, address: str) -> None:
        """Strike the failure of an address: it was read now."""
        self.connection.execute("DELETE FROM failures WHERE address = ?", (address,))

    def mark_pending(self, file: str | None = None) -> None:
        """Note that the index must take in the notices of a file again; of every file where none is named."""
        if file is None:
            self.connection.execute("INSERT OR IGNORE INTO pending SELECT file FROM documents")
        else:
            self.connection.execute("INSERT OR IGNORE INTO pending VALUES (?)", (file,))

    def mark_indexed(self) -> None:
        """Note that the committed index has everything that is here."""
        self.connection.execute("DELETE FROM pending")

    # ------------------------------------------------------------------ reading

    def place(self, address: str) -> Place | None:
        """Return what a path held when last looked at, or None."""
        row = self.connection.execute("SELECT * FROM places WHERE address = ?", (address,)).fetchone()
        return Place(**dict(row)) if row else None

    def file_state(self, file: str) -> tuple[Status, str, int] | None:
        """Return status, versions and number of members of a file that was dealt with, or None."""
        row = self.connection.execute("SELECT status, versions, members FROM files WHERE file = ?", (file,)).fetchone()
        return (row["status"], row["versions"], row["members"]) if row else None

    def has_sighting(self, address: str, file: str, seen_at: str = "") -> bool:
        """Return whether the ledger has these bytes at this address, and at this time if one is given."""
        found = self.connection.execute(
            "SELECT 1 FROM sightings WHERE address = ? AND file = ? AND ? IN ('', seen_at) LIMIT 1",
            (address, file, seen_at),
        )
        return found.fetchone() is not None

    def last_sighting(self) -> int:
        """Return the number of the newest ledger line that has a row here; 0 when there is none."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM sightings").fetchone()[0])

    def has_runs(self) -> bool:
        """Return whether a run was begun here; not so in a store that was made anew."""
        return self.connection.execute("SELECT 1 FROM runs LIMIT 1").fetchone() is not None

    def failure_of_file(self, file: str) -> Failure | None:
        """Return why the bytes with this hash could not be read (or not wholly), or None."""
        row = self.connection.execute(
            "SELECT stage, reason, advice FROM failures WHERE file = ? LIMIT 1", (file,)
        ).fetchone()
        return Failure(row["stage"], row["reason"], row["advice"]) if row else None

    def document(self, file: str) -> Document:
        """Return the document of a file, with its pages of masked text.

        Raises:
            NotFoundError: no document was made from this file.
        """
        row = self.connection.execute("SELECT body FROM documents WHERE file = ?", (file,)).fetchone()
        if row is None:
            raise NotFoundError(f"No document was made from file {file[:12]}…. See why: sousveil runs failures")
        pages = self.connection.execute("SELECT * FROM pages WHERE file = ? ORDER BY number", (file,))
        return replace(_document.decode(_unpack(row["body"])), pages=tuple(_page(page) for page in pages))

    def pages(self, file: str, first: int, last: int) -> tuple[Page, ...]:
        """Return pages ``first`` to ``last`` of a file, both included."""
        rows = self.connection.execute(
            "SELECT * FROM pages WHERE file = ? AND number BETWEEN ? AND ? ORDER BY number", (file, first, last)
        )
        return tuple(_page(row) for row in rows)

    def notice(self, notice: str) -> Notice:
        """Return a notice.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self.connection.execute("SELECT body FROM notices WHERE id = ?", (notice,)).fetchone()
        if row is None:
            raise NotFoundError(f"No notice {notice}. Ids are shown by: sousveil search")
        return _notice.decode(_unpack(row["body"]))

    def notices(self, ids: Sequence[str]) -> dict[str, Notice]:
        """Return the notices with these ids, by id; ids that are not there are left out."""
        found: dict[str, Notice] = {}
        for first in range(0, len(ids), _MAX_VALUES):
            some = ids[first : first + _MAX_VALUES]
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"SELECT id, body FROM notices WHERE id IN ({marks})", some)
            found |= {row["id"]: _notice.decode(_unpack(row["body"])) for row in rows}
        return found

    def finding(self, finding: str) -> Finding:
        """Return a finding.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self.connection.execute("SELECT * FROM findings WHERE id = ?", (finding,)).fetchone()
        if row is None:
            raise NotFoundError(f"No finding {finding}. Ids are shown by: sousveil show notice ID")
        return _finding(row)

    def findings_of(self, notice: str) -> tuple[Finding, ...]:
        """Return the findings of a notice in the order of the text."""
        rows = self.connection.execute(
            'SELECT * FROM findings WHERE notice = ? ORDER BY page, start, "end", kind, value', (notice,)
        )
        return tuple(_finding(row) for row in rows)

    def findings_in(self, notices: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
        """Return the findings of several notices, by notice, each in the order of the text."""
        found: dict[str, list[Finding]] = {}
        for first in range(0, len(notices), _MAX_VALUES):
            some = notices[first : first + _MAX_VALUES]
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(
                f'SELECT * FROM findings WHERE notice IN ({marks}) ORDER BY page, start, "end", kind, value',
                some,
            )
            for row in rows:
                found.setdefault(row["notice"], []).append(_finding(row))
        return {notice: tuple(findings) for notice, findings in found.items()}

    def pending_files(self) -> list[str]:
        """Return the files whose notices the committed search index does not have yet."""
        return [row["file"] for row in self.connection.execute("SELECT file FROM pending ORDER BY file")]

    def notices_of(self, file: str) -> tuple[Notice, ...]:
        """Return the notices of a file in the order of their pages."""
        rows = self.connection.execute("SELECT body FROM notices WHERE file = ? ORDER BY first_page, id", (file,))
        return tuple(_notice.decode(_unpack(row["body"])) for row in rows)

    def counts(self) -> dict[str, int]:
        """Return how many files, documents, notices, findings and sightings there are."""
        tables = ("files", "documents", "notices", "findings", "sightings", "failures")
        return {table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return the rows of a reading query; for the questions of ``sousveil.ask``."""
        return self.connection.execute(query, values).fetchall()


def _pack(value: Document | Notice) -> bytes:
    """Return a value as compressed JSON: its spans repeat the hash of the file, a notice shrinks to a fifth."""
    return zstandard.compress(_encode(value), _LEVEL)


def _unpack(body: bytes) -> bytes:
    return zstandard.decompress(body)


def _finding(row: sqlite3.Row) -> Finding:
    """Return a finding from its columns; only its reasons and details are kept as JSON."""
    reasons_for, reasons_against, details = _reasons.decode(row["body"])
    span = Span(row["file"], row["page"], row["start"], row["end"], row["quote"])
    return Finding(
        row["id"],
        row["kind"],
        row["value"],
        span,
        row["notice"],
        row["rule"],
        row["score"],
        section=row["section"],
        reasons_for=reasons_for,
        reasons_against=reasons_against,
        details=details,
    )


def _page(row: sqlite3.Row) -> Page:
    return Page(row["number"], row["text"], row["label"], _masks.decode(row["masks"]))


def _value(field: object) -> object:
    return None if field is None else getattr(field, "value", None)


def _notice_row(notice: Notice) -> tuple[object, ...]:
    money = notice.award_amount or notice.budget
    return (
        notice.id,
        notice.file,
        notice.first_page,
        notice.last_page,
        notice.language,
        *(
            _value(getattr(notice, name))
            for name in ("notice_type", "project_number", "title", "buyer", "agency", "budget", "award_amount")
        ),
        money.currency if money else None,
        *(_value(getattr(notice, name)) for name in ("publication_date", "country", "province", "city")),
        _pack(notice),
    )


def _finding_row(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    place = (span.page, span.start, span.end, span.quote)
    return (
        finding.id,
        finding.notice,
        span.file,
        finding.kind,
        finding.value,
        *place,
        finding.rule,
        finding.score,
        finding.section,
        _encode((finding.reasons_for, finding.reasons_against, finding.details)),
    )
