"""Rows of systems, and of the flows of data between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sousveil.exceptions import NotFoundError
from sousveil.model import Body, Finding, Flow, System
from sousveil.store.columns import to_finding
from sousveil.store.database import Store
from sousveil.store.packed import encode, iter_chunks, marks

_system = msgspec.json.Decoder(System).decode
_body = msgspec.json.Decoder(Body).decode
_flow = msgspec.json.Decoder(Flow).decode


class Systems:
    """The tables of systems, bodies and flows."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection

    def links_of(self, notices: Sequence[str]) -> Iterator[Finding]:
        """Yield the findings of notices that name systems or state links."""
        for some in iter_chunks(notices):
            rows = self._connection.execute(
                f"SELECT * FROM findings WHERE notice IN ({marks(some)}) AND kind IN ('system', 'link') ORDER BY id",
                some,
            )
            yield from map(to_finding, rows)

    def put_stated(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Write what notices say: finding, notice, body."""
        self._connection.executemany("INSERT OR REPLACE INTO stated VALUES (?,?,?)", rows)

    def stated(self) -> Iterator[tuple[str, bytes]]:
        """Yield what notices say, with the notice."""
        for row in self._connection.execute("SELECT notice, body FROM stated ORDER BY finding"):
            yield row["notice"], row["body"]

    def put_all(self, systems: Sequence[System], bodies: Sequence[Body], flows: Sequence[Flow]) -> None:
        """Write all systems, bodies and flows in place of those before."""
        for table in ("systems", "system_findings", "bodies", "flows"):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.executemany(
            "INSERT INTO systems VALUES (?,?,?,?,?,?)",
            [(one.id, one.title, one.programme, one.place, one.owner, encode(one)) for one in systems],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO system_findings VALUES (?,?)",
            [(one.id, finding) for one in systems for finding in one.findings],
        )
        self._connection.executemany("INSERT INTO bodies VALUES (?,?)", [(one.id, encode(one)) for one in bodies])
        self._connection.executemany(
            "INSERT INTO flows (source, target, body) VALUES (?,?,?)",
            [(one.source, one.target, encode(one)) for one in flows],
        )

    def system(self, asked: str) -> System:
        """Return a system.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self._connection.execute("SELECT body FROM systems WHERE id = ?", (asked,)).fetchone()
        if row is None:
            raise NotFoundError(f"No system {asked}. Those of the dataset are listed by: sousveil stats by system")
        return _system(row["body"])

    def systems_of(self, ids: Sequence[str]) -> dict[str, System]:
        """Return systems by id; ids that are not there are left out."""
        found: dict[str, System] = {}
        for some in iter_chunks(ids):
            rows = self._connection.execute(f"SELECT id, body FROM systems WHERE id IN ({marks(some)})", some)
            found |= {row["id"]: _system(row["body"]) for row in rows}
        return found

    def all_systems(self) -> tuple[System, ...]:
        """Return every system in the order of ids."""
        return tuple(_system(row["body"]) for row in self._connection.execute("SELECT body FROM systems ORDER BY id"))

    def instances_of(self, programme: str) -> tuple[System, ...]:
        """Return the systems that are instances of a programme in places, in the order of ids; itself left out."""
        rows = self._connection.execute(
            "SELECT body FROM systems WHERE programme = ? AND id <> ? ORDER BY id", (programme, programme)
        )
        return tuple(_system(row["body"]) for row in rows)

    def bodies_of(self, ids: Sequence[str]) -> dict[str, Body]:
        """Return bodies by id; ids that are not there are left out."""
        found: dict[str, Body] = {}
        for some in iter_chunks(ids):
            rows = self._connection.execute(f"SELECT id, body FROM bodies WHERE id IN ({marks(some)})", some)
            found |= {row["id"]: _body(row["body"]) for row in rows}
        return found

    def flows(self, ends: Sequence[str] | None = None) -> tuple[Flow, ...]:
        """Return the flows that begin or end at one of the ids, or all of them."""
        if ends is None:
            return tuple(
                _flow(row["body"]) for row in self._connection.execute("SELECT body FROM flows ORDER BY number")
            )
        held = marks(ends)
        rows = self._connection.execute(
            f"SELECT body FROM flows WHERE source IN ({held}) OR target IN ({held}) ORDER BY number", [*ends, *ends]
        )
        return tuple(_flow(row["body"]) for row in rows)
