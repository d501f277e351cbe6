"""Watches: searches that people keep, with what each found when it was last checked.

They lie in ``judgements.db``, so they outlive everything derived. What was seen is kept as ids of notices, in order and
packed: 100,000 of them take 0.9 MB. Ids come from the bytes of files, so a dataset that is made again knows them still.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sousveil.store.judgements import open_judgements
from sousveil.store.packed import pack_value, unpack_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A search that is asked again.

    Attributes:
        name: how its owner calls it.
        query: words, as typed.
        filters: values by the names of filters.
        is_raw: whether words are searched as they stand.
        made_at: UTC, ISO 8601.
    """

    name: str
    query: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_raw: bool = False
    made_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a watch found when it was last checked.

    Attributes:
        checked_at: UTC, ISO 8601.
        total: notices that matched.
        line: last line of the ledger then: files of later lines had not arrived.
        terms: words it was searched as.
        seen: ids of the notices that are not new any more.
        new_at: when something was new for the last time; empty for never.
        new: ids of what was new then.
    """

    checked_at: str
    total: int
    line: int
    terms: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    new_at: str = ""
    new: tuple[str, ...] = ()


class WatchStore:
    """The watches of one dataset. Reading alone makes no file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches in the order in which they were made.

        Raises:
            DatasetError: the file was made by a newer version of sousveil, or is no file of judgements.
        """
        if not self._path.is_file():
            return ()
        with closing(open_judgements(self._path)) as connection:
            rows = connection.execute("SELECT body FROM watches ORDER BY made_at, rowid").fetchall()
        return tuple(msgspec.json.decode(body, type=Watch) for (body,) in rows)

    def look(self, name: str) -> Look:
        """Return what a watch found when it was last checked; nothing, where it was removed a moment ago."""
        with closing(open_judgements(self._path)) as connection:
            row = connection.execute(
                "SELECT checked_at, total, line, terms, seen, new_at, new FROM watch_looks WHERE watch = ?", (name,)
            ).fetchone()
        if row is None:
            return Look(checked_at="", total=0, line=0)
        checked_at, total, line, terms, seen, new_at, new = row
        return Look(
            checked_at=checked_at,
            total=total,
            line=line,
            terms=unpack_value(terms, tuple[str, ...]),
            seen=unpack_value(seen, tuple[str, ...]),
            new_at=new_at,
            new=unpack_value(new, tuple[str, ...]),
        )

    def checks(self) -> dict[str, str]:
        """Return when each watch was last checked, by name: cheap, for it unpacks nothing."""
        if not self._path.is_file():
            return {}
        with closing(open_judgements(self._path)) as connection:
            return dict(connection.execute("SELECT watch, checked_at FROM watch_looks").fetchall())

    def add(self, watch: Watch, look: Look) -> bool:
        """Keep a watch with its first look; False where there is one of that name, which stays as it is."""
        with closing(open_judgements(self._path)) as connection, connection:
            cursor = connection.execute(
                "INSERT OR IGNORE INTO watches (name, made_at, body) VALUES (?, ?, ?)",
                (watch.name, watch.made_at, msgspec.json.encode(watch).decode()),
            )
            if cursor.rowcount:
                _put_look(connection, watch.name, look)
        return bool(cursor.rowcount)

    def keep_look(self, name: str, look: Look) -> None:
        """Keep what a watch found now; a watch that was removed meanwhile stays removed."""
        with closing(open_judgements(self._path)) as connection, connection:
            if connection.execute("SELECT 1 FROM watches WHERE name = ?", (name,)).fetchone():
                _put_look(connection, name, look)

    def remove(self, name: str) -> bool:
        """Remove a watch with what it found; return whether there was one."""
        with closing(open_judgements(self._path)) as connection, connection:
            return bool(connection.execute("DELETE FROM watches WHERE name = ?", (name,)).rowcount)


def _put_look(connection: sqlite3.Connection, name: str, look: Look) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO watch_looks (watch, checked_at, total, line, terms, seen, new_at, new)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            look.checked_at,
            look.total,
            look.line,
            pack_value(look.terms),
            pack_value(sorted(look.seen)),
            look.new_at,
            pack_value(look.new),
        ),
    )
