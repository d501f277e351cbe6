"""Rows of purchases: which notices make one, what it cost, what it bought.

Who puts them together is ``ingest/purchases.py``; what names mean is in ``institutions.py``, flags in ``flags.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sousveil.exceptions import NotFoundError
from sousveil.model import Procurement
from sousveil.store.database import Store
from sousveil.store.packed import encode, iter_chunks, marks

_procurement = msgspec.json.Decoder(Procurement).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice to be taken in, as it is stored."""

    id: str
    file: str
    body: bytes
    fingerprint: bytes
    source: str


class Purchases:
    """The tables of purchases, and of what stitching needs of notices."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection

    # ------------------------------------------------------------------ what is to be done

    def unresolved(self) -> list[str]:
        """Return the ids of notices that are new, changed or gone, sorted."""
        return [row[0] for row in self._connection.execute("SELECT notice FROM unresolved ORDER BY notice")]

    def made_by(self) -> str:
        """Return by which rules the purchases were put together; empty where they never were."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'purchases'").fetchone()
        return str(row[0]) if row else ""

    def set_made_by(self, rules: str) -> None:
        """Note by which rules the purchases are put together."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('purchases', ?)", (rules,))

    def mark_all(self) -> None:
        """Note that every notice must be taken in again."""
        self._connection.execute("INSERT OR IGNORE INTO unresolved SELECT id FROM notices")
        self._connection.execute("INSERT OR IGNORE INTO unresolved SELECT notice FROM summaries")

    def mark_none(self) -> None:
        """Note that every notice was taken in."""
        self._connection.execute("DELETE FROM unresolved")

    def stamp(self) -> str:
        """Return what changes whenever institutions, purchases, systems or flags do."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'gathered'").fetchone()
        return str(row[0]) if row else ""

    def mark_changed(self) -> None:
        """Note that they changed: what readers hold of them is out of date."""
        self._connection.execute(
            "INSERT INTO meta VALUES ('gathered', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1"
        )

    # ------------------------------------------------------------------ notices

    def iter_notices(self, ids: Sequence[str]) -> Iterator[NoticeRow]:
        """Yield the notices with these ids that are there."""
        for some in iter_chunks(ids):
            rows = self._connection.execute(
                "SELECT id, file, body, fingerprint, coalesce((SELECT source FROM sightings"
                " WHERE sightings.file = notices.file ORDER BY number LIMIT 1), '') AS source"
                f" FROM notices WHERE id IN ({marks(some)})",
                some,
            ).fetchall()
            yield from (NoticeRow(**dict(row)) for row in rows)

    def put_summary(self, notice: str, place: str, body: bytes) -> None:
        """Write what stitching needs of a notice."""
        self._connection.execute(
            "INSERT OR REPLACE INTO summaries SELECT id, number, NULL, ?, ? FROM notices WHERE id = ?",
            (place, body, notice),
        )

    def forget_notices(self, ids: Sequence[str]) -> set[str]:
        """Remove what was made of notices; return the purchases they were in."""
        touched: set[str] = set()
        for some in iter_chunks(ids):
            held = marks(some)
            rows = self._connection.execute(
                f"SELECT DISTINCT procurement FROM summaries WHERE notice IN ({held}) AND procurement IS NOT NULL",
                some,
            )
            touched |= {row[0] for row in rows}
            for table in ("mentions", "summaries", "stitch_keys", "stated"):
                self._connection.execute(f"DELETE FROM {table} WHERE notice IN ({held})", some)
        return touched

    # ------------------------------------------------------------------ purchases

    def summaries(self, notices: Sequence[str]) -> Iterator[tuple[str, str | None, bytes]]:
        """Yield notice, its purchase so far, and its summary."""
        for some in iter_chunks(notices):
            rows = self._connection.execute(
                f"SELECT notice, procurement, body FROM summaries WHERE notice IN ({marks(some)}) ORDER BY notice",
                some,
            )
            yield from rows.fetchall()

    def put_keys(self, keys: Mapping[str, Sequence[int]]) -> None:
        """Write the keys of notices in place of those before."""
        self._connection.executemany("DELETE FROM stitch_keys WHERE notice = ?", [(notice,) for notice in keys])
        self._connection.executemany(
            "INSERT OR IGNORE INTO stitch_keys VALUES (?,?)",
            [(key, notice) for notice, found in keys.items() for key in found],
        )

    def connected(self, notices: Iterable[str]) -> set[str]:
        """Return the notices that share a key with some of these, directly or through others; themselves included."""
        reached = set(notices)
        edge = sorted(reached)
        while edge:
            found: set[str] = set()
            for some in iter_chunks(edge):
                rows = self._connection.execute(
                    "SELECT DISTINCT b.notice FROM stitch_keys AS a JOIN stitch_keys AS b ON b.key = a.key"
                    f" WHERE a.notice IN ({marks(some)})",
                    some,
                )
                found |= {row[0] for row in rows}
            edge = sorted(found - reached)
            reached |= found
        return reached

    def procurements_in(self, notices: Sequence[str]) -> set[str]:
        """Return the purchases that notices are in so far."""
        return {old for _, old, _ in self.summaries(notices) if old}

    def bodies_of(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored bodies of purchases, by id."""
        found: dict[str, bytes] = {}
        for some in iter_chunks(sorted(ids)):
            rows = self._connection.execute(f"SELECT id, body FROM procurements WHERE id IN ({marks(some)})", some)
            found |= {row["id"]: row["body"] for row in rows}
        return found

    def forget_procurements(self, ids: Iterable[str]) -> None:
        """Remove purchases and what hangs on them."""
        gone = [(one,) for one in ids]
        self._connection.executemany("DELETE FROM procurements WHERE id = ?", gone)
        for table in ("procurement_suppliers", "procurement_capabilities", "flags", "checks", "market"):
            self._connection.executemany(f"DELETE FROM {table} WHERE procurement = ?", gone)

    def put_procurements(self, found: Sequence[Procurement]) -> None:
        """Write purchases that were not there; their flags are to be checked."""
        self._connection.executemany(
            "INSERT INTO procurements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0,?)", [_procurement_row(one) for one in found]
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO procurement_suppliers VALUES (?,?)",
            [(one.id, supplier) for one in found for supplier in one.suppliers],
        )
        self._connection.executemany(
            "UPDATE summaries SET procurement = ? WHERE notice = ?",
            [(one.id, notice) for one in found for notice in one.notices],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO procurement_capabilities SELECT ?, value FROM findings"
            " WHERE notice = ? AND kind = 'capability'",
            [(one.id, notice) for one in found for notice in one.notices],
        )

    def procurement(self, asked: str) -> Procurement:
        """Return a purchase by its id, or the one a notice is in.

        Raises:
            NotFoundError: there is none.
        """
        row = self._connection.execute(
            "SELECT body FROM procurements WHERE id = ? OR id = (SELECT procurement FROM summaries WHERE notice = ?)",
            (asked, asked),
        ).fetchone()
        if row is None:
            raise NotFoundError(f"No procurement {asked}. Ids are shown by: sousveil show notice ID")
        return _procurement(row["body"])

    def procurements_of(self, ids: Sequence[str]) -> dict[str, Procurement]:
        """Return purchases by id; ids that are not there are left out."""
        return {one: _procurement(body) for one, body in self.bodies_of(ids).items()}


def _procurement_row(one: Procurement) -> tuple[object, ...]:
    amount = one.amount
    return (
        one.id,
        one.title,
        one.buyer,
        one.status,
        one.first_date,
        one.last_date,
        one.country,
        one.place,
        len(one.notices),
        amount.value if amount else None,
        amount.currency if amount else None,
        amount.rule if amount else "",
        encode(one),
    )
