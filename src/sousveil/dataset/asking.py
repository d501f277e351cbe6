"""What can be asked of a dataset; every method hands on to a question of ``sousveil.ask``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sousveil.ask.batch import Batch, BatchRow
from sousveil.ask.cite import CitedFinding
from sousveil.ask.dossier import (
    InstitutionView,
    PlaceView,
    Side,
    SystemView,
    every_end,
    show_institution,
    show_place,
    show_system,
)
from sousveil.ask.facsimile import Facsimile
from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.network import Network, network
from sousveil.ask.procurement import ProcurementView, show_procurement
from sousveil.ask.provenance import provenance
from sousveil.ask.raised import RaisedFlags, raised_flags
from sousveil.ask.search import Hit, SearchResult, Sort, find_ids, find_rows, iter_hits, rank_ids, search
from sousveil.ask.show import DocumentView, NoticeView, show_document, show_finding, show_notice
from sousveil.ask.sources import (
    SourceRow,
    SourceYear,
    count_sources,
    count_sources_by_month,
    list_sources,
    list_sources_by_month,
)
from sousveil.ask.spread import Arrival, spread
from sousveil.ask.stats import StatsTable, stats
from sousveil.ask.term_list import ListLine, read_list
from sousveil.ask.understand import understand
from sousveil.ask.watching import Watches, WatchState
from sousveil.ask.why import Why, why
from sousveil.dataset.handle import Handle
from sousveil.source.mapping import mapping_of
from sousveil.store.judgements import JudgementStore
from sousveil.store.reviews import ReviewStore
from sousveil.store.trouble import telling_of_storage
from sousveil.store.watches import WatchStore

if TYPE_CHECKING:
    from sousveil.ask.batch_file import BatchReport
    from sousveil.ask.doctor import Diagnosis
    from sousveil.ask.export import ExportReport
    from sousveil.ask.original import Original
    from sousveil.ask.reviews import ReviewList
    from sousveil.ask.row_set import RowSet
    from sousveil.evidence.unlocks import UnlockLine


class Asking(Handle):
    """A dataset that is read."""

    def counts(self) -> dict[str, int]:
        """Return how many files, documents, notices, findings and sightings there are."""
        return self.store.counts()

    def network(self, *, place: str = "", data: str = "") -> Network:
        """Return who is said to give data to whom; ``place`` and ``data`` narrow it."""
        return self.kept.get(("network", place, data), lambda: network(self.store, place=place, data=data))

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

    @property
    def judgements(self) -> JudgementStore:
        """What persons decided on names and on pairs of notices; kept apart from all that is derived."""
        return JudgementStore(self.paths.judgements)

    def reviews(self, state: str = "") -> ReviewList:
        """Return the findings on which a decision stands, or those in one state, with the counts of all.

        Raises:
            UsageError: there is no such state.
        """
        from sousveil.ask.reviews import list_reviews  # noqa: PLC0415

        return list_reviews(self.store, ReviewStore(self.paths.judgements), state)

    @property
    def watches(self) -> Watches:
        """The searches that are kept, each with how many notices match and how many are new; cheap to ask again."""
        return Watches(self.store, self.words, WatchStore(self.paths.judgements), self.own_terms, self._watch_counts)

    @cached_property
    def _watch_counts(self) -> dict[str, tuple[object, WatchState]]:
        return {}

    def sources(self) -> tuple[SourceRow, ...]:
        """Return every source: its files and notices, the time they cover, and how it is described.

        Raises:
            UsageError: a ``source.yml`` says something that cannot be understood.
        """
        held = self.kept.get("sources", lambda: count_sources(self.store))
        return list_sources(held, self.paths.sources)

    def sources_by_month(self) -> tuple[SourceYear, ...]:
        """Return how many notices each source has in each month of the years that it covers; raises as ``sources``."""
        held = self.kept.get("months of sources", lambda: count_sources_by_month(self.store))
        return list_sources_by_month(held, self.sources())

    def notice(self, notice: str, *, explain: bool = False) -> NoticeView:
        """Return a notice in full, with its findings (withheld ones too with ``explain``) and sightings."""
        return show_notice(self.store, notice, explain=explain, own=self.own_terms)

    def facsimile(self, document: str, page: int) -> Facsimile:
        """Return the picture of a page, from 1: what its masked text lets be seen of it.

        Raises:
            NotFoundError: there is no such document or page.
            WithheldError: there is no picture that may be shown; the message says why and what to do.
        """
        view = self.document(document)
        return self.facsimiles.draw(self.facsimiles.wanted(view.document, view.sightings, page))

    def procurement(self, procurement: str) -> ProcurementView:
        """Return a purchase with its notices, the sum that is counted and its flags; by its id or that of a notice."""
        return replace(show_procurement(self.store, procurement), sources=self._sources)

    def institution(self, institution: str, *, side: Side | None = None) -> InstitutionView:
        """Return an institution with what it bought, or sold; by its id or a name that only it has."""
        asked = ("institution", institution, side)
        found = self.kept.get(asked, lambda: show_institution(self.store, institution, side=side))
        return replace(found, sources=self._sources)

    def system(self, system: str) -> SystemView:
        """Return a named system with its dossier and the flows of data stated for it."""
        found = self.kept.get(("system", system), lambda: show_system(self.store, system))
        return replace(found, sources=self._sources)

    def _sources(self) -> tuple[str, ...]:
        return provenance(self.store, self.title)

    def place(self, place: str) -> PlaceView:
        """Return a division with the purchases of all bodies in it; by its code or name."""
        ends = self.kept.get("ends", lambda: every_end(self.store))
        found = self.kept.get(("place", place), lambda: show_place(self.store, place, ends))
        return replace(found, sources=self._sources)

    def spread(self, capability: str, level: str = "province") -> tuple[Arrival, ...]:
        """Return the first purchase of a capability in each place, in order of time."""
        return spread(self.store, capability, level)

    def flags(self, rule: str = "") -> RaisedFlags:
        """Return the raised flags of one indicator, or of all."""
        return raised_flags(self.store, rule)

    def document(self, document: str) -> DocumentView:
        """Return a document with its pages of masked text, by its id or the hash of its file."""
        return show_document(self.store, document)

    def original(self, asked: str, why: str) -> Original:
        """Return the untouched original of a notice, document or file, after logging who asked for it and why.

        Raises:
            UsageError: no reason is given.
            NotFoundError: there is nothing under that id.
        """
        from sousveil.ask.original import unlock_original  # noqa: PLC0415

        with telling_of_storage(self.paths.root):
            return unlock_original(self.store, self.vault, self.paths.unlocks, asked, why)

    def unlocks(self) -> Iterator[UnlockLine]:
        """Yield which originals were given out, to whom, when and why.

        Raises:
            EvidenceError: the log was changed.
        """
        from sousveil.evidence.unlocks import iter_unlocks  # noqa: PLC0415

        return iter_unlocks(self.paths.unlocks)

    def finding(self, finding: str) -> CitedFinding:
        """Return a finding, which can be cited.

        Raises:
            NotFoundError: there is none with this id.
        """
        return show_finding(self.store, finding)

    def why(self, asked: str, *, is_proving: bool = True) -> Why:
        """Return the way from a finding or field (``NOTICE:buyer``) back to its evidence, and whether that holds."""
        return why(
            self.store,
            self.vault,
            asked,
            limits=self.limits,
            is_proving=is_proving,
            mapping_of=partial(mapping_of, self.paths.sources),
            own=self.own_terms,
        )

    def stats(
        self,
        by: str | Sequence[str],
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        **named: str | Sequence[str] | None,
    ) -> StatsTable:
        """Return counts and known amounts by one or several fields, of the notices that a search would find."""
        names = by.split(",") if isinstance(by, str) else by
        asked = filters or make_filters(**named)
        ids = (
            find_ids(self.store, self.words, query, asked, raw=raw, own=self.own_terms)
            if query or asked.active
            else None
        )
        return stats(self.store, [name.strip() for name in names], ids)

    def export(
        self,
        target: str | Path,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        file_format: str = "csv",
        rows: str | None = None,
        is_skipping: bool = False,
        begin: Callable[[int], None] = lambda _: None,
        **named: str | Sequence[str] | None,
    ) -> ExportReport:
        """Write the notices that a search would find, or what belongs to them, to a file; return what was written.

        Raises:
            LeakError: a cell would tell of a natural person; nothing was written.
        """
        from sousveil.ask.export import export  # noqa: PLC0415

        return export(
            self.store,
            self.words,
            Path(target),
            query,
            filters or make_filters(**named),
            raw=raw,
            file_format=file_format,
            rows=rows,
            title=self.title,
            is_skipping=is_skipping,
            begin=begin,
            own=self.own_terms,
        )

    def batch(
        self, terms: str | Path | Iterable[str | Mapping[str, str] | ListLine], *, raw: bool = False
    ) -> Iterator[BatchRow]:
        """Yield what each search of a list finds: counts, days, sums, the best hit; or why it cannot be asked.

        Args:
            terms: a file with one search per line, or queries, or mappings of ``query`` and filters to values.
            raw: search words as they stand.

        Raises:
            UsageError: the file cannot be read.
        """
        yield from Batch(self.store, self.words, raw=raw, own=self.own_terms).rows(_lines(terms))

    def export_batch(
        self,
        terms: str | Path | Iterable[str | Mapping[str, str] | ListLine],
        target: str | Path,
        *,
        raw: bool = False,
        file_format: str = "csv",
        is_hits: bool = False,
        begin: Callable[[ListLine], None] = lambda _: None,
    ) -> BatchReport:
        """Write what ``batch`` finds to a file, a row per line, or per hit with ``is_hits``; return the balance.

        Raises:
            UsageError: the file cannot be read, or there is no such format.
            LeakError: a cell would tell of a natural person; nothing was written.
        """
        from sousveil.ask.batch_file import write_batch  # noqa: PLC0415

        asked = Batch(self.store, self.words, raw=raw, own=self.own_terms)
        lines = _lines(terms)
        return write_batch(asked, lines, Path(target), file_format=file_format, is_hits=is_hits, begin=begin)

    def examine(self, *, is_whole: bool = False) -> Iterator[Diagnosis]:
        """Yield what there is to say about the state of the dataset; ``is_whole`` hashes all evidence, not a sample."""
        from sousveil.ask.doctor import SAMPLE, examine_dataset  # noqa: PLC0415
        from sousveil.ingest.mappings import Mappings  # noqa: PLC0415
        from sousveil.pipeline import VERSIONS  # noqa: PLC0415

        sample = None if is_whole else SAMPLE
        yield from examine_dataset(
            self.paths,
            self.store,
            self.words,
            self.vault,
            versions=VERSIONS,
            mappings=Mappings(self.paths).known,
            terms=self.own_terms.digest,
            sample=sample,
        )


def _lines(terms: str | Path | Iterable[str | Mapping[str, str] | ListLine]) -> tuple[ListLine, ...]:
    return read_list(Path(terms) if isinstance(terms, str) else terms)
