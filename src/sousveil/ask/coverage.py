"""Coverage: what a number leaves out, as one sentence that is always printed beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sousveil.index.words import Words
from sousveil.store.database import Store

AWARDED = ("award", "contract")
"""Types of notices whose amounts are sums awarded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many notices state what a table is made of.

    Attributes:
        notices: all that were asked for.
        awards: those of type award or contract.
        awards_with_amount: awards that state the amount.
        undated: notices without a date of publication.
        unplaced: notices without province, city and country.
        unread: files of the dataset that could not be read, or not wholly.
    """

    notices: int
    awards: int
    awards_with_amount: int
    undated: int
    unplaced: int
    unread: int

    def to_text(self) -> str:
        """Return the coverage as a sentence.

        >>> Coverage(notices=9, awards=3, awards_with_amount=2, undated=1, unplaced=0, unread=4).to_text()
        '9 notices; 2 of 3 award and contract notices state an amount; 1 undated, 0 unplaced; 4 files not wholly read.'
        """
        return (
            f"{self.notices:,} notices; {self.awards_with_amount:,} of {self.awards:,} award and contract notices state"
            f" an amount; {self.undated:,} undated, {self.unplaced:,} unplaced; {self.unread:,} files not wholly read."
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
    """Return the coverage of the notices in a table of ids."""
    row = store.rows(
        f"""SELECT count(*) AS notices,
                   coalesce(sum(notice_type IN ('award', 'contract')), 0) AS awards,
                   coalesce(sum(notice_type IN ('award', 'contract') AND award_amount IS NOT NULL), 0)
                       AS awards_with_amount,
                   coalesce(sum(publication_date IS NULL), 0) AS undated,
                   coalesce(sum(province IS NULL AND city IS NULL AND country IS NULL), 0) AS unplaced
            FROM notices JOIN (SELECT id AS wanted FROM {table}) ON wanted = notices.id"""
    )[0]
    unread = store.rows("SELECT count(*) AS number FROM failures")[0]["number"]
    return Coverage(**dict(row), unread=unread)


def index_note(store: Store, words: Words) -> str:
    """Return what the user must know when the index has not all notices, else an empty text."""
    stored = int(store.rows("SELECT count(*) AS number FROM notices")[0]["number"])
    indexed = words.count()
    if stored == indexed and not store.pending_files():
        return ""
    return f"the index holds {indexed:,} of {stored:,} notices: bring it up to date with sousveil rebuild"
