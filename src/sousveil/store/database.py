"""The store: one SQLite file, one writer, any number of readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal

from sousveil.exceptions import NotFoundError
from sousveil.model import Document, Failure, Finding, Notice, Page
from sousveil.store.columns import (
    finding_row,
    notice_row,
    pack,
    page_row,
    to_finding,
    to_page,
    unpack_document,
    unpack_notice,
)
from sousveil.store.schema import connect

Status = Literal["read", "partly", "failed"]

_MAX_VALUES = 500
"""Values of one query; SQLite before 3.32 took 999."""


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
    fingerprints: Mapping[str, bytes] = field(default_factory=dict)
    """Of the texts of the notices, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """What is known of a file that was dealt with."""

    status: Status
    versions: str
    """Its recipe (``recipe.py``) as text."""
    members: int
    kind: str


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
    """Rows of one dataset.

    Args:
        path: of the file.
        read_only: whether nothing may be written.
        judgements: file with what persons decided, which is not made again with the rows; None for none.
    """

    def __init__(self, path: Path, *, read_only: bool = False, judgements: Path | None = None) -> None:
        self.path = path
        self.judgements = judgements
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
        body = pack(replace(row.document, pages=()))
        self.connection.execute("INSERT INTO documents VALUES (?,?)", (row.file, body))
        self.connection.executemany(
            "INSERT INTO pages VALUES (?,?,?,?,?,?)",
            [page_row(row.file, page) for page in row.document.pages],
        )
        self.connection.executemany(
            "INSERT INTO notices VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [notice_row(notice, row.fingerprints.get(notice.id, b"")) for notice in row.notices],
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO unresolved VALUES (?)", [(notice.id,) for notice in row.notices]
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
            [finding_row(finding) for finding in row.findings],
        )

    def _forget(self, file: str) -> None:
        self.connection.execute("INSERT OR IGNORE INTO unresolved SELECT id FROM notices WHERE file = ?", (file,))
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

    def file_state(self, file: str) -> FileState | None:
        """Return what is known of a file that was dealt with, or None."""
        row = self.connection.execute(
            "SELECT status, versions, members, kind FROM files WHERE file = ?", (file,)
        ).fetchone()
        return FileState(**dict(row)) if row else None

    def files_with_failed_members(self) -> frozenset[str]:
        """Return the archives that hold a file which could not be read."""
        rows = self.connection.execute(
            "SELECT DISTINCT container FROM sightings JOIN files ON files.file = sightings.file"
            " WHERE container <> '' AND files.status = 'failed'"
            " UNION SELECT places.file FROM failures JOIN places"
            " ON places.address = substr(failures.address, 1, instr(failures.address, '!/') - 1)"
            " WHERE instr(failures.address, '!/') > 0 AND failures.file = ''"
        )
        return frozenset(row[0] for row in rows)

    def set_versions(self, file: str, versions: str) -> None:
        """Note by what recipe a file was tried again, where that gave nothing new."""
        self.connection.execute("UPDATE files SET versions = ? WHERE file = ?", (versions, file))

    def has_sighting(self, address: str, file: str, seen_at: str = "", source: str = "") -> bool:
        """Return whether the ledger has these bytes at this address, and at this time, in this source if given."""
        found = self.connection.execute(
            "SELECT 1 FROM sightings WHERE address = ? AND file = ?"
            " AND ? IN ('', seen_at) AND ? IN ('', source) LIMIT 1",
            (address, file, seen_at, source),
        )
        return found.fetchone() is not None

    def last_sighting(self) -> int:
        """Return the number of the newest ledger line that has a row here; 0 when there is none."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM sightings").fetchone()[0])

    def has_runs(self) -> bool:
        """Return whether a run was begun here; not so in a store that was made anew."""
        return self.connection.execute("SELECT 1 FROM runs LIMIT 1").fetchone() is not None

    def document(self, file: str) -> Document:
        """Return the document of a file, with its pages of masked text.

        Raises:
            NotFoundError: no document was made from this file.
        """
        row = self.connection.execute("SELECT body FROM documents WHERE file = ?", (file,)).fetchone()
        if row is None:
            raise NotFoundError(f"No document was made from file {file[:12]}…. See why: sousveil runs failures")
        pages = self.connection.execute("SELECT * FROM pages WHERE file = ? ORDER BY number", (file,))
        return replace(unpack_document(row["body"]), pages=tuple(to_page(page) for page in pages))

    def pages(self, file: str, first: int, last: int) -> tuple[Page, ...]:
        """Return pages ``first`` to ``last`` of a file, both included."""
        rows = self.connection.execute(
            "SELECT * FROM pages WHERE file = ? AND number BETWEEN ? AND ? ORDER BY number", (file, first, last)
        )
        return tuple(to_page(row) for row in rows)

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the notices with these ids and the masked texts of their pages, page by page."""
        for first in range(0, len(ids), _MAX_VALUES):
            some = ids[first : first + _MAX_VALUES]
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(
                "SELECT notices.id, pages.text FROM notices JOIN pages ON pages.file = notices.file"
                f" AND pages.number BETWEEN first_page AND last_page WHERE notices.id IN ({marks})"
                " ORDER BY notices.id, pages.number",
                some,
            )
            for notice, pages in groupby(rows, key=itemgetter(0)):
                yield notice, [page["text"] for page in pages]

    def notice(self, notice: str) -> Notice:
        """Return a notice.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self.connection.execute("SELECT body FROM notices WHERE id = ?", (notice,)).fetchone()
        if row is None:
            raise NotFoundError(f"No notice {notice}. Ids are shown by: sousveil search")
        return unpack_notice(row["body"])

    def notices(self, ids: Sequence[str]) -> dict[str, Notice]:
        """Return the notices with these ids, by id; ids that are not there are left out."""
        found: dict[str, Notice] = {}
        for first in range(0, len(ids), _MAX_VALUES):
            some = ids[first : first + _MAX_VALUES]
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"SELECT id, body FROM notices WHERE id IN ({marks})", some)
            found |= {row["id"]: unpack_notice(row["body"]) for row in rows}
        return found

    def finding(self, finding: str) -> Finding:
        """Return a finding.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self.connection.execute("SELECT * FROM findings WHERE id = ?", (finding,)).fetchone()
        if row is None:
            raise NotFoundError(f"No finding {finding}. Ids are shown by: sousveil show notice ID")
        return to_finding(row)

    def findings_of(self, notice: str) -> tuple[Finding, ...]:
        """Return the findings of a notice in the order of the text."""
        rows = self.connection.execute(
            'SELECT * FROM findings WHERE notice = ? ORDER BY page, start, "end", kind, value', (notice,)
        )
        return tuple(to_finding(row) for row in rows)

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
                found.setdefault(row["notice"], []).append(to_finding(row))
        return {notice: tuple(findings) for notice, findings in found.items()}

    def pending_files(self) -> list[str]:
        """Return the files whose notices the committed search index does not have yet."""
        return [row["file"] for row in self.connection.execute("SELECT file FROM pending ORDER BY file")]

    def notices_of(self, file: str) -> tuple[Notice, ...]:
        """Return the notices of a file in the order of their pages."""
        rows = self.connection.execute("SELECT body FROM notices WHERE file = ? ORDER BY first_page, id", (file,))
        return tuple(unpack_notice(row["body"]) for row in rows)

    def numbers_of(self, file: str) -> dict[str, int]:
        """Return the numbers of the notices of a file, by id."""
        rows = self.connection.execute("SELECT id, number FROM notices WHERE file = ?", (file,))
        return {row["id"]: row["number"] for row in rows}

    def stamp(self) -> tuple[int, ...]:
        """Return what changes whenever any process writes rows: for answers that are kept until then."""
        files = [self.path, self.path.with_name(f"{self.path.name}-wal")]
        states = [file.stat() for file in files if file.is_file()]
        return tuple(number for state in states for number in (state.st_mtime_ns, state.st_size))

    def counts(self) -> dict[str, int]:
        """Return how many files, documents, notices, findings and sightings there are."""
        tables = ("files", "documents", "notices", "findings", "sightings", "failures")
        return {table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}

    def rows(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Return the rows of a reading query; for the questions of ``sousveil.ask``."""
        return self.connection.execute(query, values).fetchall()
