"""What can be drawn of a dataset."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.overview import Overview, overview
from sousveil.ask.search import find_ids
from sousveil.chart import Drawing, matrix_chart, timeline_chart
from sousveil.dataset.asking import Asking


class Drawn(Asking):
    """A dataset that is read and drawn; a drawing shows itself in a notebook, ``save("x.svg")`` writes it."""

    def overview(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> Overview:
        """Return the dataset, or what a search would find, at a glance: totals, provinces, months, largest buyers.

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        asked = filters or make_filters(**named)
        is_all = not query and not asked.active
        found = None if is_all else find_ids(self.store, self.words, query, asked, raw=raw, own=self.own_terms)
        return overview(self.store, self.words, found)

    def timeline(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        is_split: bool = False,
        language: str = "en",
        **named: str | Sequence[str] | None,
    ) -> Drawing:
        """Return the notices that a search would find over time, by family of capabilities.

        Args:
            query: words, see ``search``; empty for all.
            filters: what else must hold.
            raw: search the words as they stand.
            is_split: a row of bars for each family, in place of one stack.
            language: of the words of the drawing, ``en`` or ``zh``; to filter by language use ``filters``.
            named: filters by name (``cap=``, ``place=``, …).

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        found = self.overview(query, filters or make_filters(**named), raw=raw)
        return Drawing(timeline_chart(found, language, is_split=is_split), self._sources())

    def matrix(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        is_per_million: bool = False,
        language: str = "en",
        **named: str | Sequence[str] | None,
    ) -> Drawing:
        """Return the notices that a search would find by province and family of capabilities.

        Args:
            query: words, see ``search``; empty for all.
            filters: what else must hold.
            raw: search the words as they stand.
            is_per_million: for a million people, where it is known how many there are.
            language: of the words of the drawing, ``en`` or ``zh``; to filter by language use ``filters``.
            named: filters by name (``cap=``, ``date=``, …).

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        found = self.overview(query, filters or make_filters(**named), raw=raw)
        return Drawing(matrix_chart(found, language, is_per_million=is_per_million), self._sources())
