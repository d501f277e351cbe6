"""Rows of flags, and of what purchases are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sousveil.model import Flag
from sousveil.store.database import Store
from sousveil.store.packed import encode, iter_chunks, marks

Check = tuple[str, str, tuple[str, ...]]
"""Indicator, ``clear`` or ``insufficient``, and what the notices do not state."""

_flag = msgspec.json.Decoder(Flag).decode
decode_checks = msgspec.json.Decoder(tuple[Check, ...]).decode
"""Returns what was checked in a purchase and not raised, from its body in ``checks``."""


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
        for table in ("flags", "checks"):
            self._connection.executemany(f"DELETE FROM {table} WHERE procurement = ?", [(one,) for one in procurements])
        self._insert(flags, is_compared=False)
        self._connection.executemany("INSERT OR REPLACE INTO market VALUES (?,?)", rows.items())
        self._connection.executemany(
            "UPDATE procurements SET is_checked = 1 WHERE id = ?", [(one,) for one in procurements]
        )

    def put_compared(self, rules: Sequence[str], flags: Iterable[Flag]) -> None:
        """Write the flags of indicators that compare purchases in place of those before."""
        self._connection.executemany("DELETE FROM flags WHERE rule = ?", [(rule,) for rule in rules])
        self._connection.execute("DELETE FROM checks WHERE is_compared")
        self._insert(flags, is_compared=True)

    def _insert(self, flags: Iterable[Flag], *, is_compared: bool) -> None:
        raised: list[Flag] = []
        others: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for flag in flags:
            if flag.state == "raised":
                raised.append(flag)
            else:
                others.setdefault(flag.procurement, []).append((flag.rule, flag.state, flag.missing))
        self._connection.executemany(
            "INSERT OR REPLACE INTO flags VALUES (?,?,?)",
            [(flag.procurement, flag.rule, encode(flag)) for flag in raised],
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO checks VALUES (?,?,?)",
            [(procurement, is_compared, encode(told)) for procurement, told in others.items()],
        )

    def market(self) -> Iterator[bytes]:
        """Yield the rows that purchases are compared by."""
        for row in self._connection.execute("SELECT body FROM market ORDER BY procurement"):
            yield row[0]

    def raised(self, procurements: Sequence[str]) -> dict[str, list[Flag]]:
        """Return the raised flags of purchases, by purchase."""
        found: dict[str, list[Flag]] = {}
        for some in iter_chunks(procurements):
            rows = self._connection.execute(
                f"SELECT body FROM flags WHERE procurement IN ({marks(some)}) ORDER BY procurement, rule", some
            )
            for row in rows:
                flag = _flag(row["body"])
                found.setdefault(flag.procurement, []).append(flag)
        return found

    def checks(self, procurements: Sequence[str]) -> dict[str, list[Check]]:
        """Return what was checked in purchases and not raised, by purchase."""
        found: dict[str, list[Check]] = {}
        for some in iter_chunks(procurements):
            rows = self._connection.execute(
                f"SELECT procurement, body FROM checks WHERE procurement IN ({marks(some)})", some
            )
            for row in rows:
                found.setdefault(row["procurement"], []).extend(decode_checks(row["body"]))
        return found

    def counts(self) -> dict[str, int]:
        """Return how often each indicator is raised."""
        return dict(self._connection.execute("SELECT rule, count(*) FROM flags GROUP BY rule").fetchall())

    def page(self, rule: str, after: tuple[str, str], limit: int) -> list[Flag]:
        """Return raised flags in the order of indicators and purchases.

        Args:
            rule: only of this indicator; empty for all.
            after: indicator and purchase of the last flag that is passed over.
            limit: most to return.
        """
        rows = self._connection.execute(
            "SELECT body FROM flags WHERE (rule, procurement) > (?, ?) AND ? IN ('', rule)"
            " ORDER BY rule, procurement LIMIT ?",
            (*after, rule, limit),
        )
        return [_flag(row["body"]) for row in rows]

    def iter_raised(self, rule: str = "") -> Iterator[Flag]:
        """Yield the raised flags of one indicator, or of all."""
        where, values = ("WHERE rule = ?", (rule,)) if rule else ("", ())
        rows = self._connection.execute(f"SELECT body FROM flags {where} ORDER BY rule, procurement", values)
        return (_flag(row["body"]) for row in rows)

    def raised_by(self, rule: str, offset: int, limit: int) -> list[Flag]:
        """Return some of the raised flags of one indicator, in the order of purchases."""
        rows = self._connection.execute(
            "SELECT body FROM flags WHERE rule = ? ORDER BY procurement LIMIT ? OFFSET ?", (rule, limit, offset)
        )
        return [_flag(row["body"]) for row in rows]
