"""Search: words and filters in, notices with passages and counts out; the total is exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, overload

from sousveil.ask.coverage import index_note
from sousveil.ask.filters import Filters, Resolved, resolve
from sousveil.ask.passages import Passage, find_passages, quote_passages
from sousveil.ask.query import Part, Query, parse_query
from sousveil.ask.terms import SearchTerm, expand, is_known
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import UsageError
from sousveil.index.question import Facet, Phrase, Question
from sousveil.index.words import Words
from sousveil.model import Finding, Notice
from sousveil.store.database import Store
from sousveil.text.segment import phrase_tokens

Sort = Literal["relevance", "date", "-date", "amount"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "amount")
"""Best match, newest, oldest, largest amount first."""

_FACETS: tuple[Facet, ...] = ("capability", "type", "province", "buyer", "supplier", "language")
_OWN_FILTER = {"capability": "cap", "province": "place"}
"""Facets whose filter has another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A notice that was found.

    Attributes:
        document: id of its document.
        notice: id of the notice.
        place: province and city, else the country, as printed; None where the text does not say.
        amount: of the award, else of the budget, in whole units of ``currency``.
        amount_of: ``award_amount`` or ``budget``.
        passages: why it was found.
        findings: all that was found in it.
    """

    document: str
    notice: str
    title: str | None
    type: str | None
    buyer: str | None
    suppliers: tuple[str, ...]
    date: str | None
    place: str | None
    amount: float | None
    amount_of: str | None
    currency: str | None
    language: str
    capabilities: tuple[str, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of an empty result: without ``name`` (a filter or a word), ``total`` would be found."""

    name: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Notices found; a sequence of hits.

    Attributes:
        query: as asked.
        filters: as asked.
        total: all notices that match, exactly; ``hits`` may be fewer.
        of: notices in the dataset's index.
        searched_as: all words that were looked for, after translation.
        facets: counts per value; the counts of a facet leave its own filter out.
        notes: what the user should know about how the question was understood.
        obstacles: only for an empty result.
    """

    query: str
    filters: Filters
    total: int
    of: int
    searched_as: tuple[SearchTerm, ...]
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    offset: int = 0

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, number: int) -> Hit: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, number: int | slice) -> Hit | tuple[Hit, ...]:
        """Return a hit by its place, or several."""
        return self.hits[number]

    def to_rows(self) -> list[dict[str, object]]:
        """Return the hits as plain dictionaries, in the shape of ``search --json``."""
        return [_hit_row(hit) for hit in self.hits]

    def to_json(self) -> dict[str, object]:
        """Return the object that ``search --json`` prints."""
        return {
            "v": 1,
            "total": self.total,
            "searched_as": [term.text for term in self.searched_as],
            "hits": self.to_rows(),
            "facets": {
                name: [{"value": value, "count": count} for value, count in counts]
                for name, counts in self.facets.items()
            },
            "of": self.of,
            "notes": list(self.notes),
            "obstacles": [{"without": obstacle.name, "total": obstacle.total} for obstacle in self.obstacles],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question ready for the index, with the terms behind each group of phrases."""

    question: Question
    groups: tuple[tuple[SearchTerm, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def searched_as(self) -> tuple[SearchTerm, ...]:
        """All terms of all groups, each once."""
        return tuple({term.text: term for group in self.groups for term in group}.values())


def understand(query: str, filters: Filters, words: Words, *, raw: bool = False, own: OwnTerms = SHIPPED) -> Understood:
    """Return the question that a query and filters ask of the index.

    Args:
        query: words, see ``parse_query``; empty asks for everything.
        filters: what else must hold.
        words: the index, to which names of buyers and places are resolved.
        raw: search the words as they stand, without the terms of the lexicon.
        own: the user's terms, which belong to the lexicon too.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    parsed = parse_query(query, (lambda _: False) if raw else partial(is_known, own=own))
    groups = tuple(_terms(group, raw=raw, own=own) for group in parsed.all_of)
    resolved = resolve(filters, words)
    question = Question(
        all_of=tuple(tuple(_phrase(term.text) for term in group) for group in groups),
        none_of=tuple(_phrase(part.text) for part in parsed.none_of),
        prefer=tuple(tuple(sorted({term.capability for term in group if term.capability})) for group in groups),
        terms=tuple(resolved.terms),
        either=tuple(resolved.either),
        date_from=resolved.dates[0],
        date_to=resolved.dates[1],
        amount_from=resolved.amounts[0],
        amount_to=resolved.amounts[1],
    )
    return Understood(
        question=question, groups=groups, notes=(*resolved.notes, *_notes(parsed, filters, resolved, raw=raw, own=own))
    )


def search(
    store: Store,
    words: Words,
    query: str = "",
    filters: Filters | None = None,
    *,
    raw: bool = False,
    sort: Sort | None = None,
    offset: int = 0,
    limit: int = 20,
    passages: int = 2,
    facets: bool = True,
    own: OwnTerms = SHIPPED,
) -> SearchResult:
    """Return the notices that hold all words of the query and meet all filters.

    Args:
        store: the rows.
        words: the index.
        query: words, see ``parse_query``; empty: filters only, then the passages are the quotes of findings.
        filters: what else must hold.
        raw: search the words as they stand, without the terms of the lexicon.
        sort: ``relevance``, ``date``, ``-date``, ``amount``; default: relevance, without words date.
        offset: hits to pass over.
        limit: most hits to return.
        passages: passages per hit.
        facets: whether to count values.
        own: the user's terms, which belong to the lexicon too.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    asked = filters or Filters()
    if sort is not None and sort not in SORTS:
        raise UsageError(f"There is no order {sort!r}. Known are: {', '.join(SORTS)}.")
    if offset < 0 or limit < 0:
        raise UsageError("Offset and limit count hits: they cannot be negative.")
    understood = understand(query, asked, words, raw=raw, own=own)
    chosen: Sort = sort or ("relevance" if understood.groups else "date")
    wanted = _FACETS if facets else ()
    question = replace(understood.question, sort=chosen, offset=offset, limit=limit, facets=wanted, by_year=facets)
    answer = words.search(question)
    return SearchResult(
        query=query,
        filters=asked,
        total=answer.total,
        of=words.count(),
        searched_as=understood.searched_as,
        hits=tuple(_hits(store, answer.ids, understood.groups, passages)),
        facets=answer.facets | (_own_facets(query, asked, words, raw=raw, own=own) if facets else {}),
        notes=(*understood.notes, *filter(None, [index_note(store, words)])),
        obstacles=() if answer.total else _obstacles(query, asked, words, raw=raw, own=own),
        offset=offset,
    )


def find_ids(
    words: Words, query: str, filters: Filters, *, raw: bool = False, own: OwnTerms = SHIPPED
) -> tuple[str, ...]:
    """Return the ids of all notices that a search would find, the newest first.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    question = understand(query, filters, words, raw=raw, own=own).question
    return words.search(replace(question, sort="date", limit=None)).ids


def _terms(group: Sequence[Part], *, raw: bool, own: OwnTerms) -> tuple[SearchTerm, ...]:
    terms: list[SearchTerm] = []
    for part in group:
        terms.extend([SearchTerm(part.text)] if raw or part.is_quoted else expand(part.text, own))
    return tuple(terms)


def _phrase(text: str) -> Phrase:
    return Phrase(tuple(phrase_tokens(text)))


def _notes(parsed: Query, filters: Filters, resolved: Resolved, *, raw: bool, own: OwnTerms) -> Iterator[str]:
    for part in (part for group in parsed.all_of for part in group):
        if part.is_quoted and not raw and len(expand(part.text, own)) > 1:
            yield f'"{part.text}" was searched exactly; without quotation marks its terms in all languages are searched'
        elif not (part.is_quoted or raw or is_known(part.text, own)) and part.text.isascii() and part.text.isalpha():
            yield f"no term is known for {part.text!r}; it was searched as written"
    if any(amount is not None for amount in resolved.amounts):
        yield f"--amount {filters.amount} compares the figures as printed, in whatever currency"


def _hits(store: Store, ids: Sequence[str], groups: Sequence[Sequence[SearchTerm]], passages: int) -> Iterator[Hit]:
    notices = store.notices(ids)
    for notice in (notices[one] for one in ids if one in notices):
        findings = tuple(finding for finding in store.findings_of(notice.id) if finding.state == "stated")
        pages = store.pages(notice.file, notice.first_page, notice.last_page) if passages else ()
        shown = find_passages(pages, groups, passages) if groups else quote_passages(pages, findings, passages)
        yield make_hit(notice, findings, shown)


def make_hit(notice: Notice, findings: tuple[Finding, ...], passages: tuple[Passage, ...] = ()) -> Hit:
    """Return a notice as a hit."""
    money = notice.award_amount or notice.budget
    parts = [str(part.value) for part in (notice.province, notice.city) if part]
    return Hit(
        document=notice.document,
        notice=notice.id,
        title=_text(notice.title),
        type=_text(notice.notice_type),
        buyer=_text(notice.buyer),
        suppliers=tuple(str(supplier.value) for supplier in notice.suppliers),
        date=_text(notice.publication_date),
        place=" ".join(parts) or _text(notice.country),
        amount=money.value if money else None,
        amount_of=None if money is None else "award_amount" if notice.award_amount else "budget",
        currency=money.currency if money else None,
        language=notice.language,
        capabilities=tuple(sorted({finding.value for finding in findings if finding.kind == "capability"})),
        passages=passages,
        findings=findings,
    )


def _text(found: object) -> str | None:
    value = getattr(found, "value", None)
    return None if value is None else str(value)


def _own_facets(
    query: str, filters: Filters, words: Words, *, raw: bool, own: OwnTerms
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the counts of facets that are filtered by, without that filter: so that another value can be chosen."""
    counts: dict[str, tuple[tuple[str, int], ...]] = {}
    for facet in _FACETS:
        name = _OWN_FILTER.get(facet, facet)
        if name in filters.active:
            others = understand(query, _without(filters, name), words, raw=raw, own=own).question
            counts |= words.search(replace(others, facets=(facet,), limit=1)).facets
    if filters.date:
        others = understand(query, _without(filters, "date"), words, raw=raw, own=own).question
        counts |= words.search(replace(others, by_year=True, limit=1)).facets
    return counts


def _obstacles(query: str, filters: Filters, words: Words, *, raw: bool, own: OwnTerms) -> tuple[Obstacle, ...]:
    """Return what an empty result would hold without each filter, without all of them, and without each word."""
    found: list[Obstacle] = []
    for name in filters.active:
        question = understand(query, _without(filters, name), words, raw=raw, own=own).question
        found.append(Obstacle(f"--{name}", words.search(replace(question, limit=1)).total))
    whole = understand(query, Filters(), words, raw=raw, own=own)
    if len(filters.active) > 1:
        found.append(Obstacle("filters", words.search(replace(whole.question, limit=1)).total))
    asked = understand(query, filters, words, raw=raw, own=own)
    for number, group in enumerate(asked.groups) if len(asked.groups) > 1 else ():
        others = tuple(other for place, other in enumerate(asked.question.all_of) if place != number)
        found.append(Obstacle(group[0].text, words.search(replace(asked.question, all_of=others, limit=1)).total))
    return tuple(found)


def _without(filters: Filters, name: str) -> Filters:
    return replace(filters, **{name: type(getattr(filters, name))()})


def _hit_row(hit: Hit) -> dict[str, object]:
    return {
        "document": hit.document,
        "notice": hit.notice,
        "title": hit.title,
        "type": hit.type,
        "buyer": hit.buyer,
        "suppliers": list(hit.suppliers),
        "date": hit.date,
        "place": hit.place,
        "amount": hit.amount,
        "amount_of": hit.amount_of,
        "currency": hit.currency,
        "language": hit.language,
        "capabilities": list(hit.capabilities),
        "passages": [
            {
                "text": passage.text,
                "page": passage.page,
                "start": passage.start,
                "end": passage.end,
                "gloss": passage.gloss,
                "matches": [list(match) for match in passage.matches],
            }
            for passage in hit.passages
        ],
    }
