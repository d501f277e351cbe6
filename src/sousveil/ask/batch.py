"""Batch: many searches at once, each answered with counts, days, sums and its best hit; none stops another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sousveil.ask.address import search_address
from sousveil.ask.chosen import Total, chosen_purchases, total_up
from sousveil.ask.coverage import chosen_notices
from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.search import Hit, Sort, iter_hits
from sousveil.ask.term_list import ListLine
from sousveil.ask.understand import Understood, understand
from sousveil.ask.units import Row
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import QueryError, UsageError
from sousveil.index.words import Words
from sousveil.mask import cover_persons
from sousveil.store.database import Store

BATCH_COLUMNS = (
    "line", "query", "filters", "searched_as", "other_terms", "notices", "first_date", "last_date", "purchases",
    "amount", "currency", "stated_in", "of", "other_amounts", "best_notice", "best_title", "best_buyer", "best_date",
    "quotation", "page", "address", "notes", "problem",
)  # fmt: skip
"""Columns of a row per line."""
HIT_COLUMNS = (
    "line", "query", "filters", "notice", "document", "title", "type", "buyer", "suppliers", "date", "place", "amount",
    "amount_of", "currency", "language", "capabilities", "quotation", "page", "problem",
)  # fmt: skip
"""Columns of a row per hit."""
_PERSON = "what looks like a person's name or number is not repeated here; persons are covered in all notices"
_HITS_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """What one line of a list was answered.

    Attributes:
        line: number of the line.
        query: as asked, with what tells of a person covered.
        filters: as asked, ``NAME=VALUE``.
        searched_as: words that were looked for: those of the query and the Chinese ones, after translation.
        other_terms: how many words of other languages were looked for beside them.
        notices: how many match; None where the line cannot be asked.
        first_date: of the notices that match; None where none has a date. So is ``last_date``.
        purchases: that the notices belong to.
        sums: what those purchases are known to have cost, by currency.
        best: the best match, with one passage.
        address: path and query string of the search.
        notes: what the user should know.
        problem: why the line was not answered; mostly empty.
    """

    line: int
    query: str
    filters: str
    searched_as: tuple[str, ...] = ()
    other_terms: int | None = None
    notices: int | None = None
    first_date: str | None = None
    last_date: str | None = None
    purchases: int | None = None
    sums: tuple[Total, ...] = ()
    best: Hit | None = None
    address: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""

    def to_row(self) -> Row:
        """Return the row as it is written."""
        first = self.sums[0] if self.sums else None
        row: Row = {name: getattr(self, name) for name in ("line", "query", "filters")}
        return row | {
            "searched_as": list(self.searched_as),
            "other_terms": self.other_terms,
            "notices": self.notices,
            "first_date": self.first_date,
            "last_date": self.last_date,
            "purchases": self.purchases,
            "amount": first.amount if first else None,
            "currency": first.currency if first else None,
            "stated_in": first.stated_in if first else None,
            "of": self.purchases,
            "other_amounts": [f"{one.currency} {one.amount:.10g} in {one.stated_in}".strip() for one in self.sums[1:]],
            "best_notice": self.best.notice if self.best else None,
            "best_title": self.best.title if self.best else None,
            "best_buyer": self.best.buyer if self.best else None,
            "best_date": self.best.date if self.best else None,
            "quotation": _quotation(self.best),
            "page": _page(self.best),
            "address": self.address,
            "notes": list(self.notes),
            "problem": self.problem,
        }


class Batch:
    """Answers the lines of a list, one after the other.

    Args:
        store: the rows.
        words: the index.
        raw: search words as they stand.
        own: the user's terms, which belong to the lexicon too.
    """

    def __init__(self, store: Store, words: Words, *, raw: bool = False, own: OwnTerms = SHIPPED) -> None:
        self.store, self._words, self._raw, self._own = store, words, raw, own

    def rows(self, lines: Iterable[ListLine]) -> Iterator[BatchRow]:
        """Yield a row for each line; a line that cannot be asked is a row with a problem."""
        for line in lines:
            row = self._asked(line)
            if not row.problem:
                try:
                    row = self._answered(line, row)
                except UsageError as error:
                    row = replace(row, problem=told(error))
            yield row

    def hits(self, lines: Iterable[ListLine]) -> Iterator[tuple[BatchRow, Iterator[Row]]]:
        """Yield for each line what was asked, and the rows of all its hits, the newest first; none is left out."""
        for line in lines:
            row = self._asked(line)
            found: Iterator[Row] = iter(())
            if not row.problem:
                try:
                    understood, _ = self._understood(line)
                    ids = self._words.search(replace(understood.question(), sort="date", limit=None)).ids
                except UsageError as error:
                    row = replace(row, problem=told(error))
                else:
                    row = replace(row, notices=len(ids))
                    found = self._hit_rows(row, ids, understood)
            yield row, found

    def _asked(self, line: ListLine) -> BatchRow:
        """Return the row of a line before it is answered: what tells of a person is not repeated."""
        filters = _to_text(line)
        query, shown = cover_persons(line.query), cover_persons(filters)
        notes = (_PERSON,) if (query, shown) != (line.query, filters) else ()
        return BatchRow(line=line.number, query=query, filters=shown, notes=notes, problem=cover_persons(line.problem))

    def _understood(self, line: ListLine) -> tuple[Understood, Filters]:
        filters = make_filters(**line.filters)
        return understand(self.store, self._words, line.query, filters, raw=self._raw, own=self._own), filters

    def _answered(self, line: ListLine, row: BatchRow) -> BatchRow:
        understood, filters = self._understood(line)
        sort: Sort = "relevance" if understood.groups else "date"
        ids = self._words.search(replace(understood.question(), sort=sort, limit=None)).ids
        with chosen_notices(self.store, ids) as table:
            first, last = self.store.rows(
                f"SELECT min(publication_date), max(publication_date) FROM notices JOIN {table} USING (id)"
            )[0]
            purchases = self.store.rows(
                "SELECT DISTINCT procurement AS id FROM summaries"
                f" WHERE notice IN (SELECT id FROM {table}) AND procurement IS NOT NULL"
            )
        with chosen_purchases(self.store, [one["id"] for one in purchases]) as table:
            totals = total_up(self.store, table)
        is_covered = _PERSON in row.notes
        terms = understood.searched_as
        shown = tuple(term.text for term in terms if term.language in ("", "zh") or term.text in line.query)
        return replace(
            row,
            searched_as=() if is_covered else shown,
            other_terms=len(terms) - len(shown),
            notices=len(ids),
            first_date=first,
            last_date=last,
            purchases=totals.purchases,
            sums=totals.sums,
            best=next(iter_hits(self.store, ids[:1], understood.sought, 1), None),
            address="" if is_covered else search_address(line.query, filters, raw=self._raw),
            notes=row.notes if is_covered else understood.notes,
        )

    def _hit_rows(self, row: BatchRow, ids: Sequence[str], understood: Understood) -> Iterator[Row]:
        for first in range(0, len(ids), _HITS_AT_ONCE):
            for hit in iter_hits(self.store, ids[first : first + _HITS_AT_ONCE], understood.sought, 1):
                yield _hit_row(row, hit)


def told(error: UsageError) -> str:
    """Return an error on one line; the place of a mistake in a query as a number.

    >>> told(QueryError("OR needs a word on both sides.", "声纹 OR", 3))
    'OR needs a word on both sides. (at character 4: OR)'
    """
    if isinstance(error, QueryError):
        why = " ".join(error.why.split())
        return cover_persons(f"{why} (at character {error.place + 1}: {error.query[error.place :][:20]})")
    return cover_persons(" ".join(str(error).split()))


def bad_row(row: BatchRow) -> Row:
    """Return the row of a line without hits: what was asked, and why it was not answered."""
    return {name: getattr(row, name, None) for name in HIT_COLUMNS if name in BatchRow.__slots__} | {
        name: None for name in HIT_COLUMNS if name not in BatchRow.__slots__
    }


def _hit_row(row: BatchRow, hit: Hit) -> Row:
    values = {name: getattr(hit, name, None) for name in HIT_COLUMNS}
    return values | {
        "line": row.line,
        "query": row.query,
        "filters": row.filters,
        "suppliers": list(hit.suppliers),
        "capabilities": list(hit.capabilities),
        "quotation": _quotation(hit),
        "page": _page(hit),
        "problem": "",
    }


def _to_text(line: ListLine) -> str:
    return "; ".join(f"{name}={value}" for name, values in line.filters.items() for value in values)


def _quotation(hit: Hit | None) -> str | None:
    return " ".join(hit.passages[0].text.split()) if hit and hit.passages else None


def _page(hit: Hit | None) -> int | None:
    return hit.passages[0].page if hit and hit.passages else None
