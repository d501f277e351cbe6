"""Dataset: the one handle for Python and the command line; holds no logic of its own.

>>> import sousveil as sv, tempfile
>>> ds = sv.init(tempfile.mkdtemp() + "/inquiry")
>>> ds.counts()["notices"]
0
>>> ds.close()
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.own import ImportReport, import_terms
from sousveil.ask.search import SearchResult, Sort, find_ids, search
from sousveil.ask.show import DocumentView, NoticeView, show_document, show_notice
from sousveil.ask.sources import SourceRow, list_sources
from sousveil.ask.stats import StatsTable, stats
from sousveil.ask.why import Why, why
from sousveil.data.own import OwnTerms
from sousveil.evidence.vault import Vault
from sousveil.exceptions import UsageError
from sousveil.find.own import load_own
from sousveil.index.words import Words
from sousveil.ingest.options import Options, Progress, RunReport
from sousveil.lock import held
from sousveil.model import Finding
from sousveil.paths import DatasetPaths, find_dataset
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source.mapping import mapping_of
from sousveil.store.database import Store
from sousveil.store.trouble import telling_of_storage

if TYPE_CHECKING:
    from sousveil.ask.doctor import Diagnosis
    from sousveil.ask.export import ExportReport
    from sousveil.ask.institutions import Names

# What only writing needs (the parsers among it) is imported where it is used: a search starts in half the time.

_NEW_SETTINGS = """\
# This file makes the folder a sousveil dataset.
title = "{title}"

# [settings]           limits for one file; see docs/limits.md
# timeout_s = 60.0
"""


class Dataset:
    """One folder with everything about one inquiry.

    Open one with ``sousveil.open``, make one with ``sousveil.init`` or ``sousveil.demo``.
    """

    def __init__(self, paths: DatasetPaths) -> None:
        self.paths = paths

    def __enter__(self) -> Self:
        """Return the dataset; leaving the block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the dataset."""
        self.close()

    def __repr__(self) -> str:
        return f"Dataset({str(self.paths.root)!r})"

    @cached_property
    def store(self) -> Store:
        """Rows: documents, notices, findings, runs.

        Raises:
            StorageFullError: the disk is full or read-only; reading needs room for a few kilobytes too.
        """
        with telling_of_storage(self.paths.root):
            return Store(self.paths.store)

    @cached_property
    def words(self) -> Words:
        """The search index."""
        return Words(self.paths.index)

    @cached_property
    def vault(self) -> Vault:
        """The bytes as found."""
        return Vault(self.paths.evidence)

    @cached_property
    def settings(self) -> dict[str, object]:
        """What ``sousveil.toml`` says."""
        return tomllib.loads(self.paths.marker.read_text(encoding="utf-8"))

    @property
    def title(self) -> str:
        """The title of the inquiry."""
        return str(self.settings.get("title", self.paths.root.name))

    @property
    def limits(self) -> Limits:
        """Limits for one file: those of ``sousveil.toml``, else the defaults.

        Raises:
            UsageError: the file names a limit that does not exist, or a tier of the sandbox that does not.
        """
        chosen = self.settings.get("settings", {})
        assert isinstance(chosen, dict)
        known = {item.name for item in fields(Limits)}
        if unknown := sorted(set(chosen) - known):
            raise UsageError(
                f"{self.paths.marker}: unknown setting {unknown[0]!r}. Known are: {', '.join(sorted(known))}"
            )
        if (tier := chosen.get("require_sandbox", "")) not in {"", "A", "B"}:
            raise UsageError(
                f'{self.paths.marker}: require_sandbox = {tier!r} is no tier. Write "A", "B", or leave it out.'
            )
        return replace(DEFAULT_LIMITS, **chosen)

    @cached_property
    def own_terms(self) -> OwnTerms:
        """What ``terms.yml`` says: the user's own terms, and the shipped ones put aside."""
        return load_own(self.paths.terms)

    def close(self) -> None:
        """Let go of files and locks; everything acknowledged stays."""
        for name in ("words", "store"):
            part = self.__dict__.pop(name, None)
            if part is not None:
                part.close()

    # ------------------------------------------------------------------ writing

    def ingest(
        self, inputs: Sequence[str | Path], options: Options | None = None, progress: Progress = lambda _: None
    ) -> RunReport:
        """Look at every file under ``inputs``, read what is new or stale, and return the balance.

        Raises:
            DatasetLockedError: another run is writing.
            StorageFullError: the disk is full or read-only.
        """
        from sousveil.ingest.run import Ingest  # noqa: PLC0415

        chosen = options or Options(limits=self.limits)
        with self.writing():
            return Ingest(self.paths, self.store, self.words, chosen).run([Path(item) for item in inputs], progress)

    def import_terms(self, file: str | Path) -> ImportReport:
        """Take the good rows of a CSV or YAML file into ``terms.yml``; the next ingest or rebuild looks for them."""
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
        from sousveil.ingest.rebuild import Rebuild  # noqa: PLC0415
        from sousveil.store.schema import is_outdated  # noqa: PLC0415

        with self.writing():
            if is_outdated(self.paths.store):
                shutil.rmtree(self.paths.derived)
            options = Options(limits=self.limits)
            report = Rebuild(self.paths, self.store, self.words, options).run([self.paths.evidence], progress)
        self.reindex()
        return report

    def reindex(self) -> int:
        """Make the search index again from the store; return how many notices it holds."""
        from sousveil.ingest.keep import index_pending  # noqa: PLC0415

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

    # ------------------------------------------------------------------ reading

    def counts(self) -> dict[str, int]:
        """Return how many files, documents, notices, findings and sightings there are."""
        return self.store.counts()

    def search(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        sort: Sort | None = None,
        offset: int = 0,
        limit: int = 20,
        passages: int = 2,
        facets: bool = True,
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
            limit=limit,
            passages=passages,
            facets=facets,
            own=self.own_terms,
        )

    @property
    def names(self) -> Names:
        """The bodies that the notices name: resolved to institutions, pairs worth a look, people's judgements."""
        from sousveil.ask.institutions import Names  # noqa: PLC0415

        return Names(self.store, self.paths.judgements, self.writing)

    def sources(self) -> tuple[SourceRow, ...]:
        """Return every source: its files and notices, the time they cover, and how it is described.

        Raises:
            UsageError: a ``source.yml`` says something that cannot be understood.
        """
        return list_sources(self.store, self.paths.sources)

    def notice(self, notice: str, *, explain: bool = False) -> NoticeView:
        """Return a notice in full, with its findings (withheld ones too with ``explain``) and sightings."""
        return show_notice(self.store, notice, explain=explain, own=self.own_terms)

    def document(self, document: str) -> DocumentView:
        """Return a document with its pages of masked text, by its id or the hash of its file."""
        return show_document(self.store, document)

    def finding(self, finding: str) -> Finding:
        """Return a finding."""
        return self.store.finding(finding)

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
        ids = find_ids(self.words, query, asked, raw=raw, own=self.own_terms) if query or asked.active else None
        return stats(self.store, [name.strip() for name in names], ids)

    def export(
        self,
        target: str | Path,
        query: str = "",
        filters: Filters | None = None,
        *,
        raw: bool = False,
        file_format: str = "csv",
        rows: str = "findings",
        is_skipping: bool = False,
        begin: Callable[[int], None] = lambda _: None,
        **named: str | Sequence[str] | None,
    ) -> ExportReport:
        """Write the notices that a search would find, or their findings, to a file; return what was written.

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


def open_dataset(folder: str | Path | None = None) -> Dataset:
    """Return the dataset in ``folder``, else ``$SOUSVEIL_DATASET``, else the nearest parent folder that is one.

    Raises:
        NoDatasetError: there is none.
    """
    return Dataset(find_dataset(Path(folder) if folder is not None else None))


def init_dataset(folder: str | Path, title: str = "") -> Dataset:
    """Make a dataset in ``folder`` and return it; nothing that is there is touched.

    Raises:
        StorageFullError: the folder cannot be written.
    """
    from sousveil.exceptions import StorageFullError  # noqa: PLC0415

    paths = DatasetPaths(Path(folder))
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        for part in (paths.evidence, paths.derived, paths.exports):
            part.mkdir(exist_ok=True)
        if not paths.marker.is_file():
            name = title or paths.root.resolve().name
            paths.marker.write_text(_NEW_SETTINGS.format(title=name.replace('"', "'")), encoding="utf-8")
    except OSError as error:
        raise StorageFullError(
            f"{paths.root} cannot be made: {error.strerror}. Choose a folder that you may write."
        ) from error
    return Dataset(paths)


def sample_folder() -> Path:
    """Return the folder of demonstration notices inside the package; all names in them are invented."""
    return Path(__file__).with_name("sample") / "notices"


def demo_dataset(folder: str | Path = "demo-dataset", progress: Progress = lambda _: None) -> Dataset:
    """Return the demonstration dataset in ``folder``, made from the shipped notices where it is not there yet."""
    dataset = init_dataset(folder, "Demonstration: invented notices")
    dataset.ingest([sample_folder()], Options(source="sample"), progress)
    return dataset
