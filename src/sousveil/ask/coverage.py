"""Coverage: what a number leaves out, as one sentence that is always printed beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sousveil.index.words import Words
from sousveil.store.database import Store

SPENT = ("contract", "award", "lots", "contract_and_lots")
"""Rules of ``KnownAmount`` whose sum was spent or bound; a budget, a ceiling or a candidate's price was not."""
SPENT_LIST = ", ".join(f"'{rule}'" for rule in SPENT)
"""The same, for queries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many notices and purchases state what a table is made of.

    Attributes:
        notices: all that were asked for.
        purchases: that they belong to, each once.
        spent: purchases of which the sum spent is known.
        planned: purchases of which only a budget, a ceiling or a candidate's price is known.
        undated: notices without a date of publication.
        unplaced: notices without province, city and country.
        unread: files of the dataset that could not be read, or not wholly.
    """

    notices: int
    purchases: int
    spent: int
    planned: int
    undated: int
    unplaced: int
    unread: int

    def to_text(self) -> str:
        """Return the coverage as a sentence.

        >>> Coverage(notices=9, purchases=4, spent=2, planned=1, undated=1, unplaced=0, unread=4).to_text()[:64]
        '9 notices of 4 purchases; 2 state what was spent, 1 only a budge'
        """
        return (
            f"{self.notices:,} notices of {self.purchases:,} purchases; {self.spent:,} state what was spent,"
            f" {self.planned:,} only a budget; {self.undated:,} undated, {self.unplaced:,} unplaced;"
            f" {self.unread:,} files not wholly read."
        )


@contextmanager
def chosen_notices(store: Store, ids: Sequence[str] | None) -> Iterator[str]:
    """Give the name of a table with the ids of notices, for queries; all notices where ``ids`` is None."""
    if ids is None:
        yield "notices"
        return
    store.connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id TEXT PRIMARY KEY) WITHOUT ROWID")
    store.connection.execute("DELETE FROM chosen")
    store.connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", [(one,) for one in ids])
    try:
        yield "chosen"
    finally:
        store.connection.execute("DELETE FROM chosen")


def measure_coverage(store: Store, table: str) -> Coverage:
    """Return the coverage of the notices in a table of ids, or of all (``notices``)."""
    wanted = f"(SELECT id AS wanted FROM {table})"
    those = "" if table == "notices" else f" JOIN {wanted} ON wanted = notices.id"
    theirs = "" if table == "notices" else f" JOIN {wanted} ON wanted = summaries.notice"
    row = store.rows(
        f"""SELECT count(*) AS notices, coalesce(sum(publication_date IS NULL), 0) AS undated,
                   coalesce(sum(province IS NULL AND city IS NULL AND country IS NULL), 0) AS unplaced
            FROM notices{those}"""
    )[0]
    purchases = store.rows(
        f"""SELECT count(*) AS purchases, coalesce(sum(amount_rule IN ({SPENT_LIST})), 0) AS spent,
                   coalesce(sum(amount_rule NOT IN ('', {SPENT_LIST})), 0) AS planned
            FROM procurements WHERE id IN (SELECT procurement FROM summaries{theirs})"""
    )[0]
    unread = store.rows("SELECT count(*) AS number FROM failures")[0]["number"]
    return Coverage(**dict(row), **dict(purchases), unread=unread)


def index_note(store: Store, words: Words) -> str:
    """Return what the user must know when the index has not all notices, else an empty text."""
    stored = int(store.rows("SELECT count(*) AS number FROM notices")[0]["number"])
    indexed = words.count()
    if stored == indexed and not store.pending_files():
        return ""
    return (
        f"the index holds {indexed:,} of {stored:,} notices; a run that goes on adds the rest, else: sousveil rebuild"
    )
