"""The purchases that a question is about, as a table for queries, and what is true of all of them: sums, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sousveil.ask.coverage import SPENT_LIST as _SPENT
from sousveil.store.database import Store


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of purchases, of one currency: each purchase once, by the one sum that is known of it.

    Attributes:
        amount: in whole units.
        currency: ISO 4217; empty where the notices do not say.
        stated_in: purchases it is made of.
        of: purchases in all.
    """

    amount: float
    currency: str
    stated_in: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many purchases there are, what they are known to have cost, and what that leaves out.

    Attributes:
        purchases: each once, however many notices it has.
        notices: of all of them, copies included.
        sums: by currency, the one stated most often first; nothing is converted.
        only_planned: purchases of which a budget, ceiling or candidate's price is known and nothing else.
        ended: purchases that ended without a winner.
        undated: purchases none of whose notices has a date.
    """

    purchases: int
    notices: int
    sums: tuple[Total, ...]
    only_planned: int
    ended: int
    undated: int

    @property
    def coverage(self) -> str:
        """What must be read with the sums, as a sentence.

        >>> sums = (Total(5e6, "CNY", 4, 9),)
        >>> Totals(purchases=9, notices=21, sums=sums, only_planned=3, ended=1, undated=0).coverage
        '9 purchases in 21 notices; 4 state what was spent, 3 only a budget, 1 ended without a winner; 0 undated.'
        """
        stated = sum(total.stated_in for total in self.sums)
        return (
            f"{self.purchases:,} purchase{'s' * (self.purchases != 1)} in {self.notices:,}"
            f" notice{'s' * (self.notices != 1)}; {stated:,} state what was spent, {self.only_planned:,} only a budget,"
            f" {self.ended:,} ended without a winner; {self.undated:,} undated."
        )

    def to_json(self) -> dict[str, object]:
        """Return the totals as plain values."""
        return {
            "purchases": self.purchases,
            "notices": self.notices,
            "sums": [
                {"amount": one.amount, "currency": one.currency or None, "stated_in": one.stated_in, "of": one.of}
                for one in self.sums
            ],
            "only_planned": self.only_planned,
            "ended": self.ended,
            "undated": self.undated,
            "coverage": self.coverage,
        }


@contextmanager
def chosen_purchases(store: Store, ids: Iterable[str]) -> Iterator[str]:
    """Give the name of a table ``(id)`` with the ids of purchases, for queries; see ``purchases_of``."""
    with _emptied(store) as table:
        store.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", [(one,) for one in sorted(ids)])
        yield table


@contextmanager
def purchases_of(store: Store, query: str, values: Sequence[object] = ()) -> Iterator[str]:
    """Give the name of a table ``(id)`` with the ids that a query finds, for queries.

    Nothing is known of how full it is, so queries name it first and join the rest with ``CROSS JOIN``, which keeps that
    order: a body with three purchases must not cost a look at all of them. A plus before a column keeps its index out.
    Ids go in in their order: in another, 100,000 take ten times as long.
    """
    with _emptied(store) as table:
        store.connection.execute(f"INSERT OR IGNORE INTO {table} SELECT id FROM ({query}) ORDER BY id", values)
        yield table


@contextmanager
def _emptied(store: Store) -> Iterator[str]:
    store.connection.execute("CREATE TEMP TABLE IF NOT EXISTS purchase (id TEXT PRIMARY KEY) WITHOUT ROWID")
    store.connection.execute("DELETE FROM temp.purchase")
    try:
        yield "temp.purchase"
    finally:
        store.connection.execute("DELETE FROM temp.purchase")


def total_up(store: Store, table: str) -> Totals:
    """Return the totals of the purchases in a table of ids."""
    counts = store.rows(
        f"""SELECT count(*) AS purchases, coalesce(sum(notices), 0) AS notices,
                   coalesce(sum(amount_rule NOT IN ('', {_SPENT})), 0) AS only_planned,
                   coalesce(sum(status = 'ended'), 0) AS ended, coalesce(sum(first_date = ''), 0) AS undated
            FROM {table} CROSS JOIN procurements USING (id)"""
    )[0]
    sums = store.rows(
        f"""SELECT coalesce(currency, '') AS currency, sum(amount) AS amount, count(*) AS stated
            FROM {table} CROSS JOIN procurements USING (id) WHERE amount_rule IN ({_SPENT})
            GROUP BY 1 ORDER BY stated DESC, 1"""
    )
    totals = tuple(Total(row["amount"], row["currency"], row["stated"], counts["purchases"]) for row in sums)
    return Totals(sums=totals, **dict(counts))
