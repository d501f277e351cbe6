"""The index on tantivy: one field of overlapping pairs with positions, fast columns for filters and counts.

Measured on 100,000 notices: phrases exact (precision and recall 1.0), 3 ms at the 95th percentile, size 1.05 x text;
the figures and the engines that lost are in ``docs/decisions/search-engine.md``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import tantivy

from sousveil.exceptions import DatasetError
from sousveil.index.entry import FAR, Entry, make_schema, shortened, to_document
from sousveil.index.lexicon import Lexicon
from sousveil.index.question import (
    AllOf,
    Among,
    Answer,
    AnyOf,
    Between,
    Facet,
    Holds,
    Lacks,
    Node,
    NoneOf,
    Numbered,
    Phrase,
    Question,
    iter_phrases,
    iter_wanted,
)
from sousveil.text.fold import is_han

VERSION = 5
"""Raised when a field changes; an index of another version is made again."""
_WRITER_BYTES = 128_000_000
_PREFERRED = 20.0
"""Added to the score of a notice in which the capability asked for was found: more than a rare word can bring (BM25
reaches about 15), so iris scissors come behind iris readers."""
_MOST = 1e18
_LAST = (1 << 63) - 1
_MANY = 24
"""Beyond so many phrases in a group, titles no longer weigh more: each phrase would be looked up twice."""


class Words:
    """The search index of one dataset; one writer, any number of readers."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._mark = folder, folder / "version"
        self._schema = make_schema()
        self._opened: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._lexicon = Lexicon("")
        self._seen: tuple[int, ...] = ()
        """Stamp of the commit that the next two were learnt from."""
        self._values: dict[Facet, tuple[str, ...]] = {}
        self._is_there: dict[Node, bool] = {}

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
        self._opened = None
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
        self._reload()
        searcher = self._index.searcher()
        if _is_open(question):
            self._lexicon = Lexicon.of(searcher, self._lexicon)
        query = self._query(question)
        limit = question.limit if question.limit is not None else searcher.num_docs
        shown = query if question.after is None else self._behind(query, question)
        found = searcher.search(shown, limit=max(1, limit), offset=question.offset, count=True, **_order(question))
        hits = found.hits[:limit]
        ids = tuple(str(searcher.doc(address)["notice"][0]) for _, address in hits)
        left = int(found.count)  # type: ignore[attr-defined]  # missing from the stubs of tantivy
        last = int(hits[-1][0]) if hits and question.offset + len(ids) < left and _is_timed(question) else None
        total = left if question.after is None else _total(searcher, query)
        return Answer(ids, total, _count(searcher, query, question), last)

    def numbers(self, question: Question) -> list[int]:
        """Return the numbers of all notices that answer the question, in no order: 16 ms for 100,000."""
        self._reload()
        searcher = self._index.searcher()
        if _is_open(question):
            self._lexicon = Lexicon.of(searcher, self._lexicon)
        query = self._query(question)
        found = searcher.search(query, limit=max(1, searcher.num_docs), count=False, order_by_field="number")
        return [int(number) for number, _ in found.hits]

    def _behind(self, query: tantivy.Query, question: Question) -> tantivy.Query:
        """Return the query for what stands behind a place in the order of time."""
        column, last = _order(question)["order_by_field"], question.after or 0
        low, high = (last + 1, _LAST) if question.sort == "-date" else (0, last - 1)
        must = tantivy.Occur.Must
        behind = tantivy.Query.range_query(self._schema, column, tantivy.FieldType.Integer, low, max(low, high))
        return tantivy.Query.boolean_query([(must, query), (must, behind)])

    def count(self) -> int:
        """Return how many notices are in the index."""
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def stamp(self) -> tuple[int, ...]:
        """Return what changes with every commit, of any process: for answers that are kept until then."""
        try:
            state = (self._folder / "meta.json").stat()
        except FileNotFoundError:
            return ()
        return (state.st_mtime_ns, state.st_size, state.st_ino)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the distinct values of a facet, the most frequent first; some may belong to notices since replaced."""
        self._reload()
        if facet not in self._values:
            self._values[facet] = tuple(value for value, _ in self._index.searcher().terms_with_prefix(facet, ""))
        return self._values[facet]

    def _query(self, question: Question) -> tantivy.Query:
        should = tantivy.Occur.Should
        clauses = [(tantivy.Occur.Must, self._node(question.where))]
        clauses += [
            (should, tantivy.Query.boost_query(self._any(group, "title"), 3.0))
            for group in iter_wanted(question.where)
            if len(group) <= _MANY
        ]
        for values in filter(None, question.prefer):
            preferred = tantivy.Query.const_score_query(self._holds("capability", values), _PREFERRED)
            clauses.append((should, preferred))
        return tantivy.Query.boolean_query(clauses)

    def _node(self, node: Node) -> tantivy.Query:
        """Return the query of a node; what only forbids something stands beside a query that finds everything."""
        match node:
            case Phrase():
                return self._phrase(node, "text")
            case Holds(facet, values):
                return self._holds(facet, values)
            case Between():
                return self._between(node)
            case Among(notices):
                return self._holds("notice", notices)
            case Numbered():
                return self._numbered(node)
            case Lacks(column):
                must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
                states = tantivy.Query.exists_query(column)
                return tantivy.Query.boolean_query([(must, tantivy.Query.all_query()), (must_not, states)])
            case AnyOf(parts):
                clauses = [(tantivy.Occur.Should, self._node(part)) for part in self._present(parts)]
                return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()
            case NoneOf(part):
                return self._all((NoneOf(part),))
            case AllOf(parts):
                return self._all(parts)

    def _present(self, parts: tuple[Node, ...]) -> Sequence[Node]:
        """Return the alternatives that stand in any notice, where there are many.

        Of the hundreds of terms of an English word a tenth does, and a search for all takes three times as long. Which
        do is remembered until the next commit.
        """
        if len(parts) <= _MANY:
            return parts
        searcher = self._index.searcher()
        for part in parts:
            if isinstance(part, Phrase) and part not in self._is_there:
                self._is_there[part] = bool(searcher.search(self._phrase(part, "text"), limit=1).hits)
        return [part for part in parts if self._is_there.get(part, True)]

    def _reload(self) -> None:
        """See the last commit; forget what was remembered of an earlier one.

        The stamp is taken first: a commit between the two is seen, and its stamp is new the next time.
        """
        stamp = self.stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._values.clear()
            self._is_there.clear()
        self._index.reload()

    def _all(self, parts: Sequence[Node]) -> tantivy.Query:
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        clauses = [
            (must_not, self._node(part.part)) if isinstance(part, NoneOf) else (must, self._node(part))
            for part in parts
        ]
        if not any(occur == must for occur, _ in clauses):
            clauses.append((must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)

    def _between(self, node: Between) -> tantivy.Query:
        if node.column == "date":
            kind = tantivy.FieldType.Integer
            low, high = int(node.low or 1), int(node.high or FAR)
            return tantivy.Query.range_query(self._schema, "date", kind, low, high)
        least = node.low if node.low is not None else 0.0
        most = node.high if node.high is not None else _MOST
        return tantivy.Query.range_query(self._schema, "amount", tantivy.FieldType.Float, least, most)

    def _numbered(self, node: Numbered) -> tantivy.Query:
        if node.others is None:
            return tantivy.Query.term_set_query(self._schema, "number", list(node.numbers))
        kind, largest = tantivy.FieldType.Integer, max((*node.numbers[-1:], *node.others[-1:]), default=0)
        upto = tantivy.Query.range_query(self._schema, "number", kind, 1, largest)
        others = tantivy.Query.term_set_query(self._schema, "number", list(node.others))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, upto), (tantivy.Occur.MustNot, others)])

    def _holds(self, field: str, values: Sequence[str]) -> tantivy.Query:
        if not values:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self._schema, field, list(values))

    def _any(self, group: tuple[Phrase, ...], field: str) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._phrase(phrase, field)) for phrase in group])

    def _phrase(self, phrase: Phrase, field: str) -> tantivy.Query:
        if not phrase.tokens:
            return tantivy.Query.empty_query()
        choices = [self._choices(token) for token in phrase.tokens]
        if not all(choices):
            return tantivy.Query.empty_query()
        if len(choices) == 1:
            return self._one_of(choices[0], field)
        if all(len(choice) == 1 and not choice[0].endswith("*") for choice in choices):
            return tantivy.Query.phrase_query(self._schema, field, [choice[0] for choice in choices])
        return tantivy.Query.regex_phrase_query(self._schema, field, [_pattern(choice) for choice in choices])

    def _one_of(self, tokens: Sequence[str], field: str) -> tantivy.Query:
        if tokens[0].endswith("*"):
            return tantivy.Query.regex_query(self._schema, field, _pattern(tokens))
        if len(tokens) == 1:
            return tantivy.Query.term_query(self._schema, field, tokens[0])
        return tantivy.Query.term_set_query(self._schema, field, list(tokens))

    def _choices(self, token: str) -> list[str]:
        """Return the tokens that a token of a phrase may be; a character that begins a pair keeps its ``*``."""
        if "*" not in token:
            return [shortened(token)]
        if is_han(token[0]):
            return [token]
        return self._lexicon.find(token)


def _is_open(question: Question) -> bool:
    """Return whether a phrase has a word that may go on."""
    phrases = iter_phrases(question.where)
    return any("*" in token and not is_han(token[0]) for phrase in phrases for token in phrase.tokens)


def _is_timed(question: Question) -> bool:
    """Return whether hits come in the order of time."""
    return question.sort in ("date", "-date")


def _total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    return int(searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]  # not in the stubs


def _order(question: Question) -> dict[str, Any]:
    field = {"date": "newest", "-date": "oldest", "amount": "amount"}.get(question.sort)
    if field is None:
        return {}
    return {"order_by_field": field, "order": tantivy.Order.Asc if question.sort == "-date" else tantivy.Order.Desc}


def _count(
    searcher: tantivy.Searcher, query: tantivy.Query, question: Question
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the facets of a question: values with counts, the most frequent first; years in order."""
    request: dict[str, Any] = {
        facet: {"terms": {"field": facet, "size": question.facet_limit}} for facet in question.facets
    }
    if question.by_year:
        request["year"] = {"histogram": {"field": "date", "interval": 10_000, "min_doc_count": 1}}
    if not request:
        return {}
    answer = searcher.aggregate(query, request)
    counts: dict[str, tuple[tuple[str, int], ...]] = {
        facet: tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[facet]["buckets"])
        for facet in question.facets
    }
    if question.by_year:
        years = answer["year"]["buckets"]
        counts["year"] = tuple((str(int(bucket["key"]) // 10_000), int(bucket["doc_count"])) for bucket in years)
    return counts


def _pattern(tokens: Sequence[str]) -> str:
    """Return the regular expression of tokens to choose from; they hold letters and digits, and ``*`` at the end."""
    return "|".join(token.replace("*", ".*") for token in tokens)
