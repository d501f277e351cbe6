"""What an export is made of: units that are written, or left out, as a whole; and what was chosen to be exported.

The choice lives in temporary tables, not in lists: memory does not grow with the number of notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sousveil.store.database import Store

Row = dict[str, Any]
"""Values that JSON has, by column or member."""

BATCH = 400
"""Notices, purchases or institutions read at once."""
_IN_PURCHASES = """SELECT buyer FROM procurements JOIN temp.exported_purchases USING (id) UNION
    SELECT institution FROM procurement_suppliers JOIN temp.exported_purchases AS taken ON taken.id = procurement"""
_CHOICES = ("notices", "purchases", "institutions")


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows that stand or fall together.

    Attributes:
        subject: what they are about, as ``sousveil show`` takes it: ``notice 4tr7ggv5o3ji``.
        records: table (or kind of record) and values of each.
    """

    subject: str
    records: tuple[tuple[str, Row], ...]

    @property
    def key(self) -> str:
        """The id in ``subject``."""
        return self.subject.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Notices that are exported, the purchases they belong to and the institutions they name, in order.

    Attributes:
        left_out: ids of what the gate stopped: later units must not point at it.
    """

    store: Store
    left_out: set[str] = field(default_factory=set)

    def count(self, what: str) -> int:
        """Return how many there are of ``notices``, ``purchases`` or ``institutions``."""
        return int(self.store.rows(f"SELECT count(*) AS n FROM temp.exported_{what}")[0]["n"])

    def count_left_out(self, what: str) -> int:
        """Return how many of them the gate stopped."""
        return sum(
            bool(self.store.rows(f"SELECT 1 FROM temp.exported_{what} WHERE id = ?", (one,))) for one in self.left_out
        )

    def batches(self, what: str) -> Iterator[list[str]]:
        """Yield the ids of ``notices``, ``purchases`` or ``institutions`` in order, some at a time."""
        last = 0
        while rows := self.store.rows(
            f"SELECT number, id FROM temp.exported_{what} WHERE number > ? ORDER BY number LIMIT {BATCH}", (last,)
        ):
            yield [row["id"] for row in rows]
            last = rows[-1]["number"]

    def bodies(self, condition: str = "", values: Sequence[str] = ()) -> Iterator[list[str]]:
        """Yield the ids of institutions that the notices name, or their purchases know from other notices."""
        last = ""
        while rows := self.store.rows(
            f"""SELECT id FROM institutions WHERE id > ? AND (id IN (SELECT id FROM temp.exported_institutions)
                OR id IN ({_IN_PURCHASES})) {condition} ORDER BY id LIMIT {BATCH}""",
            (last, *values),
        ):
            yield [row["id"] for row in rows]
            last = rows[-1]["id"]


@contextmanager
def choose(store: Store, ids: Iterable[str] | None) -> Iterator[Chosen]:
    """Give what is exported for the notices with these ids, all where None: newest first, undated last, then by id."""
    chosen = Chosen(store)
    for what in _CHOICES:
        store.connection.execute(f"DROP TABLE IF EXISTS temp.exported_{what}")
        store.connection.execute(f"CREATE TEMP TABLE exported_{what} (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
    try:
        _choose_notices(store, ids)
        store.connection.execute(
            """INSERT INTO temp.exported_purchases (id) SELECT id FROM procurements WHERE id IN
               (SELECT procurement FROM summaries JOIN temp.exported_notices AS taken ON taken.id = summaries.notice)
               ORDER BY first_date = '', first_date DESC, id"""
        )
        store.connection.execute(
            """INSERT INTO temp.exported_institutions (id) SELECT id FROM institutions WHERE id IN
               (SELECT institution FROM named JOIN mentions ON mentions.spelling = named.spelling
                JOIN temp.exported_notices AS taken ON taken.id = mentions.notice) ORDER BY id"""
        )
        yield chosen
    finally:
        for what in _CHOICES:
            store.connection.execute(f"DROP TABLE IF EXISTS temp.exported_{what}")


def _choose_notices(store: Store, ids: Iterable[str] | None) -> None:
    """Fill the table of notices: in an order that is the same on every machine, whatever the index does."""
    wanted = ""
    if ids is not None:
        store.connection.execute("DROP TABLE IF EXISTS temp.asked")
        store.connection.execute("CREATE TEMP TABLE asked (id TEXT PRIMARY KEY) WITHOUT ROWID")
        store.connection.executemany("INSERT OR IGNORE INTO temp.asked VALUES (?)", ((one,) for one in ids))
        wanted = "WHERE id IN (SELECT id FROM temp.asked)"
    store.connection.execute(
        f"""INSERT INTO temp.exported_notices (id) SELECT id FROM notices {wanted}
            ORDER BY publication_date IS NULL, publication_date DESC, id"""
    )
    store.connection.execute("DROP TABLE IF EXISTS temp.asked")
