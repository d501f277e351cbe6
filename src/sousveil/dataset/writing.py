"""What changes a dataset: ingest, rebuild, and what is put together after them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.watching import SHOWN, Checked, WatchState
from sousveil.dataset.drawing import Drawn
from sousveil.ingest.options import Options, Progress, RunReport
from sousveil.lock import held
from sousveil.model import Review, Verdict
from sousveil.store.reviews import ReviewStore
from sousveil.store.trouble import telling_of_storage

if TYPE_CHECKING:
    from sousveil.ask.institutions import Names
    from sousveil.ask.own import ImportReport
    from sousveil.ingest.purchases import Gathered, Judged, Tell

# What only writing needs (the parsers among it) is imported where it is used: a search starts in half the time.


class Dataset(Drawn):
    """One folder with everything about one inquiry.

    Open one with ``sousveil.open``, make one with ``sousveil.init`` or ``sousveil.demo``.
    """

    def ingest(
        self, inputs: Sequence[str | Path], options: Options | None = None, progress: Progress = lambda _: None
    ) -> RunReport:
        """Look at every file under ``inputs``, read what is new or stale, and return the balance.

        Raises:
            DatasetLockedError: another run is writing.
            StorageFullError: the disk is full or read-only.
        """
        from sousveil.ingest.run import Ingest
        from sousveil.ingest.telling import Telling

        chosen = options or Options(limits=self.limits)
        paths = [Path(item) for item in inputs]
        telling = Telling(self.paths, paths, chosen.source, is_counted=chosen.limit is None)
        with self.writing(), telling as told:
            report = Ingest(self.paths, self.store, self.words, chosen, told).run(paths, progress)
            self.gather(told.gather)
        return report

    def gather(self, tell: Tell = lambda *_: None) -> Gathered:
        """Put institutions, purchases, flags and systems together from what changed; return what was done.

        Every ingest and rebuild does so at its end. The caller holds the dataset's lock (``writing``).
        """
        from sousveil.ingest.purchases import Gathering

        return Gathering(self.store, self._judged(), tell).run()

    def _judged(self) -> Judged:
        """Return what persons have decided so far."""
        from sousveil.ingest.purchases import Judged
        from sousveil.resolve import Judgements

        pairs = self.judgements.pairs()
        return Judged(
            names=Judgements(self.judgements.names()),
            apart=frozenset(pair for pair, decision in pairs.items() if decision == "apart"),
            together=frozenset(pair for pair, decision in pairs.items() if decision == "together"),
        )

    @property
    def names(self) -> Names:
        """The bodies that the notices name: resolved to institutions, pairs worth a look, people's judgements."""
        from sousveil.ask.institutions import Names

        return Names(self.store, self.judgements, self._judging)

    def judge_notices(self, decision: Literal["together", "apart"], notice: str, other: str, note: str = "") -> None:
        """Decide that two notices are of one purchase, or of two; the purchases are put together again.

        Raises:
            NotFoundError: there is no notice with one of the ids.
            DatasetLockedError: another process is writing.
        """
        for one in (notice, other):
            self.store.notice(one)
        with self._judging():
            self.judgements.add_pair(decision, (notice, other), note)

    def judge_finding(self, finding: str, verdict: Verdict, note: str = "", *, by: str = "") -> Review:
        """Decide that a finding is ``confirmed``, ``rejected`` or ``unsure``; the newest decision counts.

        A run that goes on is not in the way: what is decided stands in a file of its own.

        Raises:
            NotFoundError: there is no such finding.
            UsageError: there is no such verdict, or note or name are too long.
        """
        from sousveil.ask.reviews import judge_finding

        with telling_of_storage(self.paths.root):
            return judge_finding(self.store, ReviewStore(self.paths.judgements), finding, verdict, note=note, by=by)

    def undo_review(self, finding: str, *, by: str = "") -> Review:
        """Take back the newest decision on a finding; return what stands then: the one before it, or nothing.

        Raises:
            NotFoundError: nothing stands on it.
        """
        with telling_of_storage(self.paths.root):
            return ReviewStore(self.paths.judgements).undo(finding, by=by)

    @contextmanager
    def _judging(self) -> Iterator[None]:
        """Hold the lock while a judgement is kept, and then put together what it changes."""
        with self.writing():
            yield
            self.gather()

    def watch(
        self,
        name: str,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        **named: str | Sequence[str],
    ) -> WatchState:
        """Keep a search under a name, to be told what is new in it; what matches now is not new.

        Raises:
            UsageError: the name is not plain or is taken, the query cannot be understood, or it is about a person.
        """
        with telling_of_storage(self.paths.root):
            return self.watches.add(name, query, filters or make_filters(**named), raw=raw)

    def check_watches(self, *names: str, is_marking: bool = True, limit: int = SHOWN) -> tuple[Checked, ...]:
        """Return what is new in the named watches, or in all, since they were last checked.

        Args:
            names: of watches.
            is_marking: what was told is not new the next time.
            limit: most new notices of a watch to tell in full; ids are told of all.

        Raises:
            NotFoundError: there is no watch of one of the names.
        """
        with telling_of_storage(self.paths.root):
            return tuple(self.watches.check(*names, is_marking=is_marking, limit=limit))

    def check_flags(self) -> int:
        """Check the flags of every purchase again; return how many purchases were checked.

        Raises:
            DatasetLockedError: another run is writing.
        """
        from sousveil.ingest.purchases import Gathering

        with self.writing():
            gathering = Gathering(self.store, self._judged())
            gathering.run()
            return gathering.check_all()

    def import_terms(self, file: str | Path) -> ImportReport:
        """Take the good rows of a CSV or YAML file into ``terms.yml``; the next ingest or rebuild looks for them."""
        from sousveil.ask.own import import_terms

        with self.writing():
            report = import_terms(Path(file), self.paths.terms)
        self.__dict__.pop("own_terms", None)
        return report

    def rebuild(self, progress: Progress = lambda _: None) -> RunReport:
        """Make everything derived again from the evidence, then the search index; return the balance.

        Files whose rows are there, made by the same versions, are not read again.

        Raises:
            DatasetLockedError: another run is writing.
            StorageFullError: the disk is full or read-only.
        """
        from sousveil.ingest.rebuild import Rebuild
        from sousveil.ingest.telling import Telling
        from sousveil.store.schema import is_outdated

        telling = Telling(self.paths, [self.paths.evidence], "", is_counted=False)
        with self.writing(), telling as told:
            if is_outdated(self.paths.store):
                shutil.rmtree(self.paths.derived)
            shutil.rmtree(self.paths.pictures, ignore_errors=True)
            options = Options(limits=self.limits)
            report = Rebuild(self.paths, self.store, self.words, options, told).run([self.paths.evidence], progress)
            self.gather(told.gather)
        self.reindex()
        return report

    def reindex(self) -> int:
        """Make the search index again from the store; return how many notices it holds."""
        from sousveil.ingest.keep import index_pending

        with self.writing():
            with self.store.transaction():
                self.store.mark_pending()
            return index_pending(self.store, self.words)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the dataset's lock: one process writes at a time.

        Raises:
            DatasetLockedError: another process holds it; the message says which, and since when.
            StorageFullError: what was done inside met a disk that is full or read-only.
        """
        with telling_of_storage(self.paths.root), held(self.paths):
            yield
