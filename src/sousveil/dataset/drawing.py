"""What can be drawn of a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.map import PlaceCounts, check_metric, check_sheet, map_counts
from sousveil.ask.overview import Overview, overview
from sousveil.ask.search import find_ids
from sousveil.dataset.asking import Asking

if TYPE_CHECKING:
    from sousveil.chart import Drawing


class Drawn(Asking):
    """A dataset that is read and drawn; a drawing shows itself in a notebook, ``save("x.svg")`` writes it."""

    def overview(
        self, query: str = "", filters: Filters | None = None, *, raw: bool = False, **named: str | Sequence[str] | None
    ) -> Overview:
        """Return the dataset, or what a search would find, at a glance: totals, provinces, months, largest buyers.

        Raises:
            UsageError: the query or a filter cannot be understood.
        """
        found = self._found(query, filters or make_filters(**named), raw=raw)
        if found is None:
            return self.kept.get("overview", lambda: overview(self.store, self.words))
        return overview(self.store, self.words, found)

    def map_counts(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        cap: str = "",
        raw: bool = False,
        **named: str | Sequence[str] | None,
    ) -> PlaceCounts:
        """Return how many notices and purchases with a capability each place has, of those a search would find.

        Args:
            query: words, see ``search``; empty for all.
            filters: what else must hold.
            cap: the capability or family that is counted; empty for any.
            raw: search the words as they stand.
            named: filters by name (``date=``, ``buyer=``, …).

        Raises:
            UsageError: the query, a filter or the capability cannot be understood.
        """
        found = self._found(query, filters or make_filters(**named), raw=raw)
        if found is None:
            return self.kept.get(("map", cap), lambda: map_counts(self.store, cap))
        return map_counts(self.store, cap, found)

    def map(
        self,
        metric: str = "per_million",
        query: str = "",
        filters: Filters | None = None,
        *,
        cap: str = "",
        sheet: str = "",
        raw: bool = False,
        language: str = "en",
        **named: str | Sequence[str] | None,
    ) -> Drawing:
        """Return where notices with a capability are, of those that a search would find.

        Args:
            metric: ``per_million`` (notices for a million people), ``notices`` or ``purchases``.
            query: words, see ``search``; empty for all.
            filters: what else must hold.
            cap: the capability or family that is counted; empty for any.
            sheet: ``china``, ``europe`` or ``world``; default: where most of what has a place is.
            raw: search the words as they stand.
            language: of the words of the drawing, ``en`` or ``zh``; to filter by language use ``filters``.
            named: filters by name (``date=``, ``buyer=``, …).

        Raises:
            UsageError: there is no such metric, sheet or capability, or a filter cannot be understood.
        """
        from sousveil.chart import Drawing, map_chart

        counts = self.map_counts(query, filters or make_filters(**named), cap=cap, raw=raw)
        chosen = check_sheet(sheet) if sheet else None
        return Drawing(map_chart(counts, language, name=chosen, metric=check_metric(metric)), self._sources())

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
        from sousveil.chart import Drawing, timeline_chart

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
        """Return the notices that a search would find by place and family of capabilities.

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
        from sousveil.chart import Drawing, matrix_chart

        found = self.map_counts(query, filters or make_filters(**named), raw=raw)
        return Drawing(matrix_chart(found, language, is_per_million=is_per_million), self._sources())

    def _found(self, query: str, asked: Filters, *, raw: bool) -> list[str] | None:
        """Return the ids of the notices that a search would find; None for all."""
        if not query and not asked.active:
            return None
        return list(find_ids(self.store, self.words, query, asked, raw=raw, own=self.own_terms))
