"""Judgements of persons on names and on pairs of notices: a SQLite file of their own, never made again from evidence.

Watches (``watches.py``) and decisions on findings (``reviews.py``) are kept in the same file.

``judgements.db`` lies beside the dataset's derived files, not among them. It is copied before its tables change, so no
decision is lost to a new version. Rows are only added: a later judgement on the same names counts instead of an earlier
one, and both can be read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from sousveil.exceptions import DatasetError
from sousveil.model import Judgement

MIGRATIONS = (
    """
    CREATE TABLE name_judgements (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        decision TEXT NOT NULL CHECK (decision IN ('merge', 'split', 'rename')),
        made_at TEXT NOT NULL,
        body TEXT NOT NULL                   -- the judgement as JSON
    );
    """,
    """
    CREATE TABLE notice_judgements (         -- two notices are of one purchase, or of two
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        decision TEXT NOT NULL CHECK (decision IN ('together', 'apart')),
        notice TEXT NOT NULL, other TEXT NOT NULL, note TEXT NOT NULL, made_at TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE watches (                   -- searches that are asked again and again
        name TEXT PRIMARY KEY, made_at TEXT NOT NULL,
        body TEXT NOT NULL                   -- the watch as JSON
    );
    CREATE TABLE watch_looks (               -- what a watch found when it was last checked
        watch TEXT PRIMARY KEY REFERENCES watches (name) ON DELETE CASCADE,
        checked_at TEXT NOT NULL, total INTEGER NOT NULL,
        line INTEGER NOT NULL,               -- last line of the ledger then
        terms BLOB NOT NULL,                 -- words it was searched as then, packed
        seen BLOB NOT NULL,                  -- ids of notices that are not new, in order, packed
        new_at TEXT NOT NULL,                -- when something was new for the last time; empty for never
        new BLOB NOT NULL                    -- ids of what was new then, packed
    );
    """,
    """
    CREATE TABLE finding_reviews (           -- a finding is right, wrong or cannot be told; the newest row counts
        number INTEGER PRIMARY KEY AUTOINCREMENT, finding TEXT NOT NULL, notice TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('confirmed', 'rejected', 'unsure', 'unreviewed')),
        undoes INTEGER NOT NULL,             -- number of the row that it takes back; 0 for a decision
        note TEXT NOT NULL, by TEXT NOT NULL, made_at TEXT NOT NULL
    );
    CREATE INDEX finding_reviews_finding ON finding_reviews (finding, number);
    """,
)
"""What makes each version of the tables from the one before; the version is SQLite's ``user_version``."""


class JudgementStore:
    """The judgements of one dataset. The file is made with the first judgement: reading alone leaves none behind."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> tuple[Judgement, ...]:
        """Return the judgements on names in the order in which they were made.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        if not self._path.is_file():
            return ()
        with closing(open_judgements(self._path)) as connection:
            rows = connection.execute("SELECT number, body FROM name_judgements ORDER BY number").fetchall()
        return tuple(replace(msgspec.json.decode(body, type=Judgement), number=number) for number, body in rows)

    def add(self, judgement: Judgement) -> Judgement:
        """Keep a judgement and return it with its number; what was kept survives a power cut.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        with closing(open_judgements(self._path)) as connection, connection:
            cursor = connection.execute(
                "INSERT INTO name_judgements (decision, made_at, body) VALUES (?, ?, ?)",
                (judgement.decision, judgement.made_at, msgspec.json.encode(judgement).decode()),
            )
            number = cursor.lastrowid or 0
        return replace(judgement, number=number)

    def pairs(self) -> dict[tuple[str, str], str]:
        """Return what was decided on pairs of notices: ``together`` or ``apart``; the last decision counts.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        if not self._path.is_file():
            return {}
        with closing(open_judgements(self._path)) as connection:
            rows = connection.execute(
                "SELECT notice, other, decision FROM notice_judgements ORDER BY number"
            ).fetchall()
        return {(notice, other): decision for notice, other, decision in rows}

    def add_pair(self, decision: Literal["together", "apart"], notices: tuple[str, str], note: str) -> None:
        """Keep a decision on two notices; what was kept survives a power cut.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        with closing(open_judgements(self._path)) as connection, connection:
            connection.execute(
                "INSERT INTO notice_judgements (decision, notice, other, note, made_at) VALUES (?,?,?,?,?)",
                (decision, *sorted(notices), note, made_at),
            )


def open_judgements(path: Path) -> sqlite3.Connection:
    """Return a connection to the file of decisions, its tables up to date; the file is made where there is none.

    Raises:
        DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < len(MIGRATIONS):
            _migrate(connection, path, version)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DatasetError(
            f"{path} cannot be read as judgements: {error}. Put back a copy: {path.name}.*.bak"
        ) from error
    if version > len(MIGRATIONS):
        connection.close()
        raise DatasetError(
            f"{path} was made by a newer version of sousveil (tables {version}, known are "
            f"{len(MIGRATIONS)}). Use that version, or put the file aside."
        )
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the tables up to date, after a copy of the file as it was."""
    if version:
        with closing(sqlite3.connect(path.with_name(f"{path.name}.{version}.bak"))) as copy:
            connection.backup(copy)
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")
