"""Questions as queries of the engine, for one commit of the index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import tantivy

from sousveil.index.entry import FAR, shortened
from sousveil.index.lexicon import Lexicon
from sousveil.index.question import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Close,
    Facet,
    Holds,
    Lacks,
    Node,
    NoneOf,
    Numbered,
    Phrase,
    Question,
    iter_wanted,
)
from sousveil.text.fold import is_han

_PREFERRED = 20.0
"""Added to the score of a notice in which the capability asked for was found: more than a rare word can bring (BM25
reaches about 15), so iris scissors come behind iris readers."""
_MOST = 1e18
_LAST = (1 << 63) - 1
_MANY = 24
"""Beyond so many phrases in a group, titles no longer weigh more (each phrase would be looked up twice), and it is
seen which of the phrases stand anywhere."""


class Queries:
    """Makes queries; what it learns of the words of a commit it keeps, so another commit needs another.

    Attributes:
        searcher: the engine's view of the commit.
    """

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, before: Queries | None = None) -> None:
        self._schema, self.searcher = schema, searcher
        self._earlier = before.latest_lexicon if before else Lexicon("")
        self._values: dict[Facet, tuple[str, ...]] = {}
        self._met: dict[Phrase, tantivy.Query | None] = {}

    @property
    def latest_lexicon(self) -> Lexicon:
        """The words of this commit where they were needed, else those that were last."""
        made: Lexicon = self.__dict__.get("_lexicon", self._earlier)
        return made

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.of(self.searcher, self._earlier)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the distinct values of a facet, the most frequent first; some may belong to notices since replaced."""
        if facet not in self._values:
            self._values[facet] = tuple(value for value, _ in self.searcher.terms_with_prefix(facet, ""))
        return self._values[facet]

    def scored(self, question: Question) -> tantivy.Query:
        """Return the query that ranks the notices that match."""
        should = tantivy.Occur.Should
        clauses = [(tantivy.Occur.Must, self._node(question.where, is_scored=True))]
        clauses += [
            (should, tantivy.Query.boost_query(self._any(group, "title"), 3.0))
            for group in iter_wanted(question.where)
            if len(group) <= _MANY
        ]
        for values in filter(None, question.prefer):
            preferred = tantivy.Query.const_score_query(self._holds("capability", values), _PREFERRED)
            clauses.append((should, preferred))
        return tantivy.Query.boolean_query(clauses)

    def matching(self, node: Node) -> tantivy.Query:
        """Return the query that finds the same notices and ranks nothing: for counts, and for orders of time."""
        return self._node(node, is_scored=False)

    def behind(self, query: tantivy.Query, question: Question) -> tantivy.Query:
        """Return the query for what stands behind a place in the order of time."""
        column, last = order_of(question)["order_by_field"], question.after or 0
        low, high = (last + 1, _LAST) if question.sort == "-date" else (0, last - 1)
        must = tantivy.Occur.Must
        behind = tantivy.Query.range_query(self._schema, column, tantivy.FieldType.Integer, low, max(low, high))
        return tantivy.Query.boolean_query([(must, query), (must, behind)])

    def _node(self, node: Node, *, is_scored: bool) -> tantivy.Query:
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
            case Close(left, right, distance):
                return tantivy.Query.phrase_query(self._schema, "text", [shortened(left), shortened(right)], distance)
            case Lacks(column):
                must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
                states = tantivy.Query.exists_query(column)
                return tantivy.Query.boolean_query([(must, tantivy.Query.all_query()), (must_not, states)])
            case AnyOf(parts):
                return self._one_part(parts, is_scored=is_scored)
            case NoneOf(part):
                return self._all((NoneOf(part),), is_scored=is_scored)
            case AllOf(parts):
                return self._all(parts, is_scored=is_scored)

    def _one_part(self, parts: Sequence[Node], *, is_scored: bool) -> tantivy.Query:
        """Return the query of alternatives; of many, those that stand nowhere are left out.

        Of the hundreds of terms of an English word a tenth stands anywhere, and a search for all takes three times as
        long.
        """
        clauses = []
        for part in parts:
            query: tantivy.Query | None
            if len(parts) > _MANY and isinstance(part, Phrase):
                query = self._meet(part)
                if query is not None and is_scored:
                    query = self._phrase(part, "text")
            else:
                query = self._node(part, is_scored=is_scored)
            if query is not None:
                clauses.append((tantivy.Occur.Should, query))
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()

    def _meet(self, phrase: Phrase) -> tantivy.Query | None:
        """Return the quickest query that matches where a phrase stands; None where that is nowhere."""
        if phrase not in self._met:
            self._met[phrase] = self._look(phrase)
        return self._met[phrase]

    def _look(self, phrase: Phrase) -> tantivy.Query | None:
        """Return what ``_meet`` does, of a phrase that was not met before.

        Where as many notices hold one of its tokens as hold the phrase, they are the same ones, and a token is found in
        a tenth of the time. (The engine counts notices that were replaced with the tokens: then none is taken.)
        """
        plain = [shortened(token) for token in phrase.tokens if "*" not in token]
        held = {token: self.searcher.doc_freq("text", token) for token in plain}
        if not all(held.values()):
            return None
        query = self._phrase(phrase, "text")
        if len(plain) == len(phrase.tokens) == 1:
            return query
        count = total_of(self.searcher, query)
        if not count:
            return None
        alike = next((token for token, number in held.items() if number == count), None)
        return query if alike is None else tantivy.Query.term_query(self._schema, "text", alike, "basic")

    def _all(self, parts: Sequence[Node], *, is_scored: bool) -> tantivy.Query:
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        clauses = [
            (must_not, self._node(part.part, is_scored=False))
            if isinstance(part, NoneOf)
            else (must, self._node(part, is_scored=is_scored))
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


def order_of(question: Question) -> dict[str, Any]:
    """Return the field that hits are ordered by, as the engine's options; nothing for relevance."""
    field = {"date": "newest", "-date": "oldest", "amount": "amount"}.get(question.sort)
    if field is None:
        return {}
    return {"order_by_field": field, "order": tantivy.Order.Asc if question.sort == "-date" else tantivy.Order.Desc}


def total_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return how many notices match; in the order of a field, for then the engine ranks nothing."""
    found = searcher.search(query, limit=1, count=True, order_by_field="number")
    return int(found.count)  # type: ignore[attr-defined]  # missing from the stubs of tantivy


def _pattern(tokens: Sequence[str]) -> str:
    """Return the regular expression of tokens to choose from; they hold letters and digits, and ``*`` at the end."""
    return "|".join(token.replace("*", ".*") for token in tokens)
