"""Rows of flags, and of what purchases are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sousveil.model import Flag
from sousveil.store.database import Store
from sousveil.store.packed import encode

_flag = msgspec.json.Decoder(Flag).decode


class Flags:
    """The tables of flags."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection

    def unchecked(self) -> list[str]:
        """Return the purchases whose flags are to be checked."""
        return [
            row[0] for row in self._connection.execute("SELECT id FROM procurements WHERE is_checked = 0 ORDER BY id")
        ]

    def mark_unchecked(self) -> None:
        """Note that the flags of every purchase are to be checked again."""
        self._connection.execute("UPDATE procurements SET is_checked = 0")

    def put_flags(self, procurements: Sequence[str], flags: Iterable[Flag], rows: Mapping[str, bytes]) -> None:
        """Write the flags of purchases in place of those before, and the rows they are compared by."""
        self._connection.executemany("DELETE FROM flags WHERE procurement = ?", [(one,) for one in procurements])
        self._insert_flags(flags)
        self._connection.executemany("INSERT OR REPLACE INTO market VALUES (?,?)", rows.items())
        self._connection.executemany(
            "UPDATE procurements SET is_checked = 1 WHERE id = ?", [(one,) for one in procurements]
        )

    def put_market_flags(self, rules: Sequence[str], flags: Iterable[Flag]) -> None:
        """Write the flags of indicators that compare purchases in place of those before."""
        self._connection.executemany("DELETE FROM flags WHERE rule = ?", [(rule,) for rule in rules])
        self._insert_flags(flags)

    def _insert_flags(self, flags: Iterable[Flag]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO flags VALUES (?,?,?,?)",
            ((flag.procurement, flag.rule, flag.state, encode(flag)) for flag in flags),
        )

    def market(self) -> Iterator[bytes]:
        """Yield the rows that purchases are compared by."""
        for row in self._connection.execute("SELECT body FROM market ORDER BY procurement"):
            yield row[0]

    def flags_of(self, procurement: str) -> tuple[Flag, ...]:
        """Return the flags of a purchase in all states."""
        rows = self._connection.execute("SELECT body FROM flags WHERE procurement = ? ORDER BY rule", (procurement,))
        return tuple(_flag(row["body"]) for row in rows)

    def iter_flags(self, rule: str = "", state: str = "raised") -> Iterator[Flag]:
        """Yield the flags in a state, of one indicator or of all."""
        rows = self._connection.execute(
            "SELECT body FROM flags WHERE state = ? AND ? IN ('', rule) ORDER BY rule, procurement", (state, rule)
        )
        return (_flag(row["body"]) for row in rows)
