"""Decisions on findings: confirmed, rejected, unsure; kept in ``judgements.db``, so they outlive everything derived.

Rows are only added. Each says what stands after it, so the newest row on a finding is its state, read without the rest;
what was taken back stays in the history. A finding is known by its id, which comes from the bytes of the file and the
place of the words: a dataset that is made again knows it still, and where a better reading has it no more, the decision
stays and is counted.

Questions about notices see the states as a temporary table of their connection (``mirror_reviews``).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec

from sousveil.exceptions import DatasetError, NotFoundError
from sousveil.model import Review, ReviewState, Verdict
from sousveil.store.database import Store
from sousveil.store.judgements import open_judgements

_COLUMNS = "number, finding, notice, state, undoes, note, by, made_at"
_NEWEST = "number IN (SELECT max(number) FROM finding_reviews GROUP BY finding)"

Stamp = tuple[int, str, str, str]
"""Number, finding, state and time of the newest row; rows are only added, so it changes with every decision."""
_NONE: Stamp = (0, "", "", "")

_mirrored: WeakKeyDictionary[Store, Stamp] = WeakKeyDictionary()


class ReviewStore:
    """The decisions on findings of one dataset. Reading alone makes no file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def standing(self) -> tuple[Review, ...]:
        """Return the decision that counts of each finding on which one stands, oldest first.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        stacks: dict[str, list[Review]] = defaultdict(list)
        for row in self._rows("1 ORDER BY number"):
            _follow(stacks[row.finding], row)
        return tuple(sorted((stack[-1] for stack in stacks.values() if stack), key=lambda one: one.number))

    def history(self, finding: str) -> tuple[Review, ...]:
        """Return everything that was decided on a finding, oldest first; raises as ``standing``."""
        return self._rows("finding = ? ORDER BY number", (finding,))

    def add(self, verdict: Verdict, finding: str, notice: str, *, note: str = "", by: str = "") -> Review:
        """Keep a decision and return it with its number; what was kept survives a power cut.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        with closing(open_judgements(self._path)) as connection, connection:
            return _put(connection, Review(0, finding, notice, verdict, 0, note, by, _now()))

    def undo(self, finding: str, *, by: str = "") -> Review:
        """Take back the newest decision on a finding that stands; return what stands then.

        Raises:
            NotFoundError: nothing stands that could be taken back.
        """
        if not self._path.is_file():
            raise _nothing(finding)
        with closing(open_judgements(self._path)) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            stack: list[Review] = []
            for row in _read(connection, "finding = ? ORDER BY number", (finding,)):
                _follow(stack, row)
            if not stack:
                raise _nothing(finding)
            last = stack.pop()
            before: ReviewState = stack[-1].state if stack else "unreviewed"
            return _put(connection, Review(0, finding, last.notice, before, last.number, "", by, _now()))

    def _rows(self, condition: str, values: Sequence[object] = ()) -> tuple[Review, ...]:
        if not self._path.is_file():
            return ()
        with closing(open_judgements(self._path)) as connection:
            return tuple(_read(connection, condition, values))


def mirror_reviews(store: Store) -> Stamp:
    """Bring the table ``temp.reviews (finding, state)`` of a connection up to date; return the stamp of its rows.

    Only findings on which something stands are in it; it is empty for a dataset without decisions. The file of
    decisions is read as it is: a question changes nothing there.

    Raises:
        DatasetError: the file of decisions cannot be read.
    """
    with closing(_opened(store.judgements)) as connection:
        stamp = _stamp(connection)
        if _mirrored.get(store) == stamp:
            return stamp
        rows = _states(connection) if stamp[0] else []
    store.connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS reviews (finding TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID"
    )
    store.connection.execute("DELETE FROM temp.reviews")
    store.connection.executemany("INSERT INTO temp.reviews VALUES (?, ?)", rows)
    _mirrored[store] = stamp
    return stamp


def states_of(store: Store, findings: Sequence[str]) -> dict[str, ReviewState]:
    """Return what stands on findings, by id; those that nobody judged are left out.

    Raises:
        DatasetError: the file of decisions cannot be read.
    """
    mirror_reviews(store)
    asked = msgspec.json.encode(findings).decode()
    rows = store.rows(
        "SELECT finding, state FROM temp.reviews WHERE finding IN (SELECT value FROM json_each(?))", (asked,)
    )
    return {row["finding"]: row["state"] for row in rows}


def _opened(path: Path | None) -> sqlite3.Connection:
    """Return a connection that only reads; to nothing where nobody has decided anything."""
    if path is None or not path.is_file():
        return sqlite3.connect(":memory:")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)


def _stamp(connection: sqlite3.Connection) -> Stamp:
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'finding_reviews'").fetchone():
            return _NONE  # made before findings could be judged
        row = connection.execute(
            "SELECT number, finding, state, made_at FROM finding_reviews ORDER BY number DESC LIMIT 1"
        ).fetchone()
    except sqlite3.DatabaseError as error:
        raise DatasetError(f"judgements.db cannot be read: {error}. Put back a copy: judgements.db.*.bak") from error
    return row or _NONE


def _states(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        f"SELECT finding, state FROM finding_reviews WHERE {_NEWEST} AND state <> 'unreviewed'"
    ).fetchall()


def _read(connection: sqlite3.Connection, condition: str, values: Sequence[object]) -> list[Review]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM finding_reviews WHERE {condition}", values)
    return [Review(*row) for row in rows]


def _put(connection: sqlite3.Connection, row: Review) -> Review:
    values = (row.finding, row.notice, row.state, row.undoes, row.note, row.by, row.made_at)
    cursor = connection.execute(
        "INSERT INTO finding_reviews (finding, notice, state, undoes, note, by, made_at) VALUES (?,?,?,?,?,?,?)", values
    )
    return Review(cursor.lastrowid or 0, *values)


def _follow(stack: list[Review], row: Review) -> None:
    """Bring the decisions on a finding that are not taken back, the newest last, to after a row."""
    if row.undoes:
        stack.pop()
    else:
        stack.append(row)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _nothing(finding: str) -> NotFoundError:
    return NotFoundError(f"Nothing stands on finding {finding} that could be undone. See: sousveil review list")
