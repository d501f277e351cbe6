"""What can be asked of a dataset; every method hands on to a question of ``sousveil.ask``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.search import find_ids
from sousveil.dataset.searching import Searching
from sousveil.store.trouble import telling_of_storage

if TYPE_CHECKING:
    from sousveil.ask.batch import BatchRow
    from sousveil.ask.batch_file import BatchReport
    from sousveil.ask.cite import CitedFinding
    from sousveil.ask.doctor import Diagnosis
    from sousveil.ask.dossier import InstitutionView, PlaceView, Side, SystemView
    from sousveil.ask.export import ExportReport
    from sousveil.ask.facsimile import Facsimile
    from sousveil.ask.names import Flowing
    from sousveil.ask.network import Network
    from sousveil.ask.original import Original
    from sousveil.ask.procurement import ProcurementView
    from sousveil.ask.raised import RaisedFlags
    from sousveil.ask.reviews import ReviewList
    from sousveil.ask.show import DocumentView, NoticeView
    from sousveil.ask.sources import SourceRow, SourceYear
    from sousveil.ask.spread import Arrival
    from sousveil.ask.stats import StatsTable
    from sousveil.ask.term_list import ListLine
    from sousveil.ask.watching import Watches, WatchState
    from sousveil.ask.why import Why
    from sousveil.evidence.unlocks import UnlockLine
    from sousveil.store.judgements import JudgementStore

# A question is imported where it is asked: a search starts without the others in half the time.


class Asking(Searching):
    """A dataset that is read."""

    def counts(self) -> dict[str, int]:
        """Return how many files, documents, notices, findings and sightings there are."""
        return self.store.counts()

    def network(self, *, place: str = "", data: str = "") -> Network:
        """Return who is said to give data to whom; ``place`` and ``data`` narrow it."""
        from sousveil.ask.network import network

        return self.kept.get(
            ("network", place, data), lambda: network(self.store, place=place, data=data, flowing=self._flowing())
        )

    def _flowing(self) -> Flowing:
        """Return all flows of data: the network and the dossiers of places hold the same ones."""
        from sousveil.ask.names import every_flow

        return self.kept.get("flows", lambda: every_flow(self.store), is_patient=False)

    @property
    def judgements(self) -> JudgementStore:
        """What persons decided on names and on pairs of notices; kept apart from all that is derived."""
        from sousveil.store.judgements import JudgementStore

        return JudgementStore(self.paths.judgements)

    def reviews(self, state: str = "") -> ReviewList:
        """Return the findings on which a decision stands, or those in one state, with the counts of all.

        Raises:
            UsageError: there is no such state.
        """
        from sousveil.ask.reviews import list_reviews
        from sousveil.store.reviews import ReviewStore

        return list_reviews(self.store, ReviewStore(self.paths.judgements), state)

    @property
    def watches(self) -> Watches:
        """The searches that are kept, each with how many notices match and how many are new; cheap to ask again."""
        from sousveil.ask.watching import Watches
        from sousveil.store.watches import WatchStore

        return Watches(self.store, self.words, WatchStore(self.paths.judgements), self.own_terms, self._watch_counts)

    @cached_property
    def _watch_counts(self) -> dict[str, tuple[object, WatchState]]:
        return {}

    def sources(self) -> tuple[SourceRow, ...]:
        """Return every source: its files and notices, the time they cover, and how it is described.

        Raises:
            UsageError: a ``source.yml`` says something that cannot be understood.
        """
        from sousveil.ask.sources import count_sources, list_sources

        held = self.kept.get("sources", lambda: count_sources(self.store))
        return list_sources(held, self.paths.sources)

    def sources_by_month(self) -> tuple[SourceYear, ...]:
        """Return how many notices each source has in each month of the years that it covers; raises as ``sources``."""
        from sousveil.ask.sources import count_sources_by_month, list_sources_by_month

        held = self.kept.get("months of sources", lambda: count_sources_by_month(self.store))
        return list_sources_by_month(held, self.sources())

    def notice(self, notice: str, *, explain: bool = False) -> NoticeView:
        """Return a notice in full, with its findings (withheld ones too with ``explain``) and sightings."""
        from sousveil.ask.show import show_notice

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
        from sousveil.ask.procurement import show_procurement

        return replace(show_procurement(self.store, procurement), sources=self._sources)

    def institution(self, institution: str, *, side: Side | None = None) -> InstitutionView:
        """Return an institution with what it bought, or sold; by its id or a name that only it has."""
        from sousveil.ask.dossier import show_institution

        asked = ("institution", institution, side)
        found = self.kept.get(asked, lambda: show_institution(self.store, institution, side=side))
        return replace(found, sources=self._sources)

    def system(self, system: str) -> SystemView:
        """Return a named system with its dossier and the flows of data stated for it."""
        from sousveil.ask.dossier import show_system

        found = self.kept.get(("system", system), lambda: show_system(self.store, system))
        return replace(found, sources=self._sources)

    def _sources(self) -> tuple[str, ...]:
        from sousveil.ask.provenance import provenance

        return provenance(self.store, self.title)

    def place(self, place: str) -> PlaceView:
        """Return a division with the purchases of all bodies in it; by its code or name."""
        from sousveil.ask.dossier import show_place

        found = self.kept.get(("place", place), lambda: show_place(self.store, place, self._flowing()))
        return replace(found, sources=self._sources)

    def spread(self, capability: str, level: str = "province") -> tuple[Arrival, ...]:
        """Return the first purchase of a capability in each place, in order of time."""
        from sousveil.ask.spread import spread

        return spread(self.store, capability, level)

    def flags(self, rule: str = "") -> RaisedFlags:
        """Return the raised flags of one indicator, or of all."""
        from sousveil.ask.raised import raised_flags

        return raised_flags(self.store, rule)

    def document(self, document: str) -> DocumentView:
        """Return a document with its pages of masked text, by its id or the hash of its file."""
        from sousveil.ask.show import show_document

        return show_document(self.store, document)

    def original(self, asked: str, why: str) -> Original:
        """Return the untouched original of a notice, document or file, after logging who asked for it and why.

        Raises:
            UsageError: no reason is given.
            NotFoundError: there is nothing under that id.
        """
        from sousveil.ask.original import unlock_original

        with telling_of_storage(self.paths.root):
            return unlock_original(self.store, self.vault, self.paths.unlocks, asked, why)

    def unlocks(self) -> Iterator[UnlockLine]:
        """Yield which originals were given out, to whom, when and why.

        Raises:
            EvidenceError: the log was changed.
        """
        from sousveil.evidence.unlocks import iter_unlocks

        return iter_unlocks(self.paths.unlocks)

    def finding(self, finding: str) -> CitedFinding:
        """Return a finding, which can be cited.

        Raises:
            NotFoundError: there is none with this id.
        """
        from sousveil.ask.show import show_finding

        return show_finding(self.store, finding)

    def why(self, asked: str, *, is_proving: bool = True) -> Why:
        """Return the way from a finding or field (``NOTICE:buyer``) back to its evidence, and whether that holds."""
        from sousveil.ask.why import why
        from sousveil.source.mapping import mapping_of

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
        from sousveil.ask.stats import stats

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
        ids: Iterable[str] | None = None,
        raw: bool = False,
        file_format: str = "csv",
        rows: str | None = None,
        is_skipping: bool = False,
        begin: Callable[[int], None] = lambda _: None,
        **named: str | Sequence[str] | None,
    ) -> ExportReport:
        """Write the notices that a search would find, or what belongs to them, to a file; return what was written.

        With ``ids`` only the notices of that list.

        Raises:
            UsageError: the query, a filter or the format cannot be understood, or an id is of no notice.
            LeakError: a cell would tell of a natural person; nothing was written.
        """
        from sousveil.ask.export import export

        return export(
            self.store,
            self.words,
            Path(target),
            query,
            filters or make_filters(**named),
            ids=ids,
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
        from sousveil.ask.batch import Batch

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
        from sousveil.ask.batch import Batch
        from sousveil.ask.batch_file import write_batch

        asked = Batch(self.store, self.words, raw=raw, own=self.own_terms)
        lines = _lines(terms)
        return write_batch(asked, lines, Path(target), file_format=file_format, is_hits=is_hits, begin=begin)

    def examine(self, *, is_whole: bool = False) -> Iterator[Diagnosis]:
        """Yield what there is to say about the state of the dataset; ``is_whole`` hashes all evidence, not a sample."""
        from sousveil.ask.doctor import SAMPLE, examine_dataset
        from sousveil.ingest.mappings import Mappings
        from sousveil.pipeline import VERSIONS

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
    from sousveil.ask.term_list import read_list

    return read_list(Path(terms) if isinstance(terms, str) else terms)
