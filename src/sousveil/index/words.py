"""The index on tantivy: one field of overlapping pairs with positions, fast columns for filters and counts.

Measured on 100,000 notices: phrases exact (precision and recall 1.0), 3 ms at the 95th percentile, size 1.05 x text;
the figures and the engines that lost are in ``docs/decisions/search-engine.md``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from sousveil.exceptions import DatasetError
from sousveil.index.entry import Entry, make_schema, to_document
from sousveil.index.queries import Queries, order_of, total_of
from sousveil.index.question import Answer, Counts, Facet, Question

Numbers = npt.NDArray[np.int64]

VERSION = 5
"""Raised when a field changes; an index of another version is made again."""
_WRITER_BYTES = 128_000_000

_ASIDE = ThreadPoolExecutor(2, "index")
"""The engine works outside Python's lock: counts are made while rows are read. Two questions of a search at most."""


class Words:
    """The search index of one dataset; one writer, any number of readers."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._mark = folder, folder / "version"
        self._schema = make_schema()
        self._opened: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._seen: tuple[int, ...] = ()
        """Stamp of the commit that the next is of."""
        self._queries: Queries | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether what lies in the folder was made by another version of the index and must be made again."""
        is_empty = not self._folder.is_dir() or not any(self._folder.iterdir())
        return not is_empty and (not self._mark.is_file() or self._mark.read_text() != str(VERSION))

    @property
    def _index(self) -> tantivy.Index:
        """The open index.

        Raises:
            DatasetError: it was made by another version; only a writer may replace it (``renew``).
        """
        if self._opened is None:
            if self.is_outdated:
                raise DatasetError(f"The search index in {self._folder} is of another version. Run: sousveil rebuild")
            self._set_mark()
            self._opened = tantivy.Index(self._schema, path=str(self._folder))
            spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._opened.register_tokenizer("spaces", spaces)
        return self._opened

    def _set_mark(self) -> None:
        """Write the version before anything else, whole, and once: a reader may be looking at it."""
        if self._mark.is_file():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        piece = self._mark.with_suffix(f".{os.getpid()}.part")
        piece.write_text(str(VERSION))
        piece.rename(self._mark)

    # ------------------------------------------------------------------ writing

    def renew(self) -> None:
        """Empty the folder of an index of another version; for the holder of the dataset's lock only."""
        self.close()
        self._opened = self._queries = None
        shutil.rmtree(self._folder)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add notices; visible after ``commit``. Those of a file that is read again are removed first by the caller."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for entry in entries:
            self._writer.add_document(to_document(entry))

    def remove_file(self, file: str) -> None:
        """Remove the notices of a file; visible after ``commit``."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._writer.delete_documents_by_term("file", file)

    def commit(self) -> None:
        """Keep what was added: it survives a power cut and is seen by new searches."""
        if self._writer is not None:
            self._writer.commit()
            self._flush_names()
            self._index.reload()

    def _flush_names(self) -> None:
        """Wait until the names in the folder are on the disk: tantivy flushes them before its last rename only."""
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def close(self) -> None:
        """Wait for merges and let go of the writer's lock; what was committed stays."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(ValueError):  # a full disk broke the writer: whoever wrote was told so then
                writer.wait_merging_threads()

    # ------------------------------------------------------------------ reading

    def search(self, question: Question) -> Answer:
        """Return what answers the question, as of the last commit."""
        queries = self._now()
        searcher, order = queries.searcher, order_of(question)
        query = queries.matching(question.where) if order else queries.scored(question)
        limit = question.limit if question.limit is not None else searcher.num_docs
        shown = query if question.after is None else queries.behind(query, question)
        found = searcher.search(shown, limit=max(1, limit), offset=question.offset, count=True, **order)
        hits = found.hits[:limit]
        ids = tuple(str(searcher.doc(address)["notice"][0]) for _, address in hits)
        left = int(found.count)  # type: ignore[attr-defined]  # missing from the stubs of tantivy
        last = int(hits[-1][0]) if hits and question.offset + len(ids) < left and _is_timed(question) else None
        total = left if question.after is None else total_of(searcher, query)
        return Answer(ids, total, _counts(queries, question), last)

    def counts(self, question: Question) -> Counts:
        """Return the facets that the question asks for: values with counts, the most frequent first; years in order."""
        return _counts(self._now(), question)

    def numbers(self, question: Question) -> Numbers:
        """Return the numbers of all notices that answer the question, in no order: 16 ms for 100,000."""
        return _numbers(self._now(), question)

    def begin_counts(self, question: Question) -> Future[Counts]:
        """Return what will be the answer of ``counts``, made aside."""
        return _ASIDE.submit(_counts, self._now(), question)

    def begin_numbers(self, question: Question) -> Future[Numbers]:
        """Return what will be the answer of ``numbers``, made aside."""
        return _ASIDE.submit(_numbers, self._now(), question)

    def count(self) -> int:
        """Return how many notices are in the index."""
        return int(self._now().searcher.num_docs)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the distinct values of a facet, the most frequent first; some may belong to notices since replaced."""
        return self._now().values(facet)

    def _now(self) -> Queries:
        """Return what makes queries as of the last commit.

        The stamp is taken first: a commit between the two is seen, and its stamp is new the next time.
        """
        stamp = self.stamp()
        if self._queries is None or stamp != self._seen:
            self._index.reload()
            self._queries = Queries(self._schema, self._index.searcher(), self._queries)
            self._seen = stamp
        return self._queries

    def stamp(self) -> tuple[int, ...]:
        """Return what changes with every commit, of any process: for answers that are kept until then."""
        try:
            state = (self._folder / "meta.json").stat()
        except FileNotFoundError:
            return ()
        return (state.st_mtime_ns, state.st_size, state.st_ino)


def _is_timed(question: Question) -> bool:
    """Return whether hits come in the order of time."""
    return question.sort in ("date", "-date")


def _counts(queries: Queries, question: Question) -> Counts:
    request: dict[str, Any] = {
        facet: {"terms": {"field": facet, "size": question.facet_limit}} for facet in question.facets
    }
    if question.by_year:
        request["year"] = {"histogram": {"field": "date", "interval": 10_000, "min_doc_count": 1}}
    if not request:
        return {}
    answer = queries.searcher.aggregate(queries.matching(question.where), request)
    counts: Counts = {
        facet: tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[facet]["buckets"])
        for facet in question.facets
    }
    if question.by_year:
        years = answer["year"]["buckets"]
        counts["year"] = tuple((str(int(bucket["key"]) // 10_000), int(bucket["doc_count"])) for bucket in years)
    return counts


def _numbers(queries: Queries, question: Question) -> Numbers:
    query, most = queries.matching(question.where), max(1, queries.searcher.num_docs)
    found = queries.searcher.search(query, limit=most, count=False, order_by_field="number").hits
    return np.fromiter(map(itemgetter(0), found), dtype=np.int64, count=len(found))
