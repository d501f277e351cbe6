"""What can be searched in a dataset, and what a search finds as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.search import Hit, SearchResult, Sort, find_rows, iter_hits, rank_ids, search
from sousveil.ask.understand import understand
from sousveil.dataset.handle import Handle

if TYPE_CHECKING:
    from sousveil.ask.row_set import RowSet


class Searching(Handle):
    """A dataset that is searched."""

    def search(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        sort: Sort | None = None,
        offset: int = 0,
        after: int | None = None,
        limit: int = 20,
        passages: int = 2,
        facets: bool = True,
        joined: bool = True,
        **named: str | Sequence[str] | None,
    ) -> SearchResult:
        """Return the notices that hold all words of the query and meet all filters (``cap=``, ``place=``, …).

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        asked = filters or make_filters(**named)
        return search(
            self.store,
            self.words,
            query,
            asked,
            raw=raw,
            sort=sort,
            offset=offset,
            after=after,
            limit=limit,
            passages=passages,
            facets=facets,
            joined=joined,
            own=self.own_terms,
        )

    def notices(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> RowSet:
        """Return a row for each notice that a search would find.

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        return self._rows("notices", query, filters or make_filters(**named), raw=raw)

    def findings(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> RowSet:
        """Return a row for each finding of the notices that a search would find; raises as ``notices``."""
        return self._rows("findings", query, filters or make_filters(**named), raw=raw)

    def procurements(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> RowSet:
        """Return a row for each purchase of the notices that a search would find; raises as ``notices``."""
        return self._rows("procurements", query, filters or make_filters(**named), raw=raw)

    def institutions(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> RowSet:
        """Return a row for each institution that the notices found name; raises as ``notices``."""
        return self._rows("institutions", query, filters or make_filters(**named), raw=raw)

    def _rows(self, table: str, query: str, filters: Filters, *, raw: bool) -> RowSet:
        return find_rows(self.store, self.words, table, query, filters, raw=raw, own=self.own_terms)

    def rank(
        self, query: str, filters: Filters, *, raw: bool = False, sort: Sort | None = None, most: int
    ) -> tuple[str, ...]:
        """Return the ids of the first notices that a search would find, in its order."""
        return rank_ids(self.store, self.words, query, filters, raw=raw, sort=sort, most=most, own=self.own_terms)

    def hits(self, ids: Sequence[str], query: str, *, raw: bool = False) -> Iterator[Hit]:
        """Yield notices as a search for these words would show them."""
        sought = understand(self.store, self.words, query, Filters(), raw=raw, own=self.own_terms).sought
        return iter_hits(self.store, ids, sought, 2)
