"""Documents ``/search``: the query language, facets, years, hits with passages, paging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.formats import FORMATS
from sousveil.ask.passages import Passage
from sousveil.ask.search import Hit, SearchResult, Sort
from sousveil.chart import years_chart
from sousveil.exceptions import UsageError
from sousveil.web import links
from sousveil.web.asked import Answer, Asked
from sousveil.web.screens.naming import dossiers_of, field_name, label_of

PER_PAGE = 20
_MOST_VALUES = 40
"""Values of a facet that are shown; the query language reaches all."""
_FOLDED = ("system", "organ", "level", "language", "source")
"""Facets that are closed until somebody opens them or chooses one of their values."""
_SHORT = 6
"""Values of a facet before the rest is folded away."""
_LISTS = tuple(item.name for item in fields(Filters) if item.name not in ("date", "amount"))
_FACETS = (
    ("capability", "cap", "Capability"),
    ("type", "type", "Notice type"),
    ("province", "place", "Province"),
    ("buyer", "buyer", "Buyer"),
    ("supplier", "supplier", "Supplier"),
    ("flag", "flag", "Flag"),
    ("state", "state", "Review"),
    ("system", "system", "System"),
    ("organ", "organ", "Kind of buyer"),
    ("level", "level", "Level of buyer"),
    ("language", "language", "Language"),
    ("source", "source", "Source"),
)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: what the filter calls it, what the reader sees, how many notices have it."""

    value: str
    label: str
    count: int
    share: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage in pieces: words, and whether they matched; with the address of the place in its document."""

    parts: tuple[tuple[str, bool], ...]
    page: int
    gloss: str
    href: str


@dataclass(frozen=True, slots=True)
class HitShown:
    """A hit with what the list and the preview show."""

    hit: Hit
    passages: tuple[Shown, ...]
    matched: tuple[tuple[str, int], ...]
    href: str


def ask(asked: Asked) -> SearchResult:
    """Return the result of a search as its address asks for it.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    number = asked.number("page", 1, least=1, most=100_000)
    limit = asked.number("limit", PER_PAGE, least=1, most=1000)
    return asked.dataset.search(
        asked.text("q"),
        filters_of(asked),
        raw=asked.text("raw") == "1",
        sort=_sort(asked.text("sort")),
        offset=(number - 1) * limit,
        limit=limit,
    )


def filters_of(asked: Asked) -> Filters:
    """Return the filters that an address names."""
    named: dict[str, str | Sequence[str]] = {name: asked.query.getlist(name) for name in _LISTS}
    return make_filters(**named, date=asked.text("date"), amount=asked.text("amount"))


def search(asked: Asked) -> Answer:
    """Answer with the page of a search; a mistake in the query is told beside the box, which keeps its text."""
    try:
        result = ask(asked)
    except UsageError as error:
        message = str(error)
        return Answer(
            "search_mistake.html",
            lambda: {"v": 1, "error": message, "status": 400},
            {"query": asked.text("q"), "message": message},
            400,
        )
    pages = -(-result.total // PER_PAGE)
    number = result.offset // PER_PAGE + 1
    return Answer(
        "search.html",
        result.to_json,
        {
            "result": result,
            "query": result.query,
            "facets": [_facet(result, name, field, label, asked) for name, field, label in _FACETS],
            "hits": [_hit(hit, asked) for hit in result],
            "dossiers": dossiers_of(asked, [hit.notice for hit in result]),
            "expansion": _expansion(result),
            "asked": [pair for pair in asked.query.multi_items() if pair[0] in ("q", "raw", "date", "amount", *_LISTS)],
            "formats": list(FORMATS),
            "removable": list(_removable(result.filters, asked)),
            "number": number,
            "pages": pages,
            "before": _at(asked, page=number - 1 if number > 2 else "") if number > 1 else "",
            "after": _at(asked, page=number + 1) if number < pages else "",
            "sort": asked.text("sort") or ("relevance" if result.searched_as else "date"),
            "kept": [(name, value) for name, value in asked.query.multi_items() if name == "raw"],
            "raw_href": _at(asked, raw="" if asked.text("raw") == "1" else "1", page=""),
            "is_raw": asked.text("raw") == "1",
            "chip_hrefs": [_at(asked, q=chip.without, page="") for chip in result.chips],
            "date": asked.text("date"),
            "amount": asked.text("amount"),
        },
        charts=(years_chart(result, asked.language, chosen=asked.text("date"), to_year=_to_year(asked)),),
    )


def _sort(asked: str) -> Sort | None:
    return asked or None  # type: ignore[return-value]  # the question refuses what it does not know


def _at(asked: Asked, **changed: object) -> str:
    """Return the address of this search with parts of it changed; an empty value takes a part away."""
    kept = [(name, value) for name, value in asked.query.multi_items() if name not in changed]
    return links.with_query("/search", [*kept, *changed.items()])


def _to_year(asked: Asked) -> Callable[[str], str]:
    """Return what gives the address of this search in one year; of the year it has, that of the search without it."""
    chosen = asked.text("date")
    return lambda year: _at(asked, date="" if chosen == year else year, page="")


def _facet(result: SearchResult, name: str, field: str, label: str, asked: Asked) -> dict[str, object]:
    counts = result.facets.get(name, ())[:_MOST_VALUES]
    chosen = set(asked.query.getlist(field))
    most = max((count for _, count in counts), default=1)
    values = [
        FacetValue(value, label_of(name, value, asked), count, count / most, value in chosen) for value, count in counts
    ]
    listed = {value for value, _ in counts}
    values += [FacetValue(one, label_of(name, one, asked), 0, 0.0, is_chosen=True) for one in sorted(chosen - listed)]
    if len(values) == 1 and not values[0].is_chosen and values[0].count == result.total:
        values = []  # one value that all have is no choice
    return {"field": field, "label": label, "values": values, "short": 0 if field in _FOLDED else _SHORT}


def _hit(hit: Hit, asked: Asked) -> HitShown:
    path = links.page("d", hit.document)
    query = asked.text("q")
    counts: dict[str, int] = {}
    for passage in hit.passages:
        for start, end in passage.matches:
            words = passage.text[start - passage.start : end - passage.start]
            counts[words] = counts.get(words, 0) + 1
    first = hit.findings[0].span.page if hit.findings else 1
    return HitShown(
        hit,
        tuple(_shown(passage, path, query) for passage in hit.passages),
        tuple(sorted(counts.items(), key=lambda item: -item[1])) if query else (),
        links.with_query(path, [("q", query), ("notice", hit.notice if "#" in hit.notice else "")])
        + (f"#page-{first}" if "#" in hit.notice else ""),
    )


def _shown(passage: Passage, path: str, query: str) -> Shown:
    parts: list[tuple[str, bool]] = []
    place = passage.start
    for start, end in passage.matches:
        parts.append((passage.text[place - passage.start : start - passage.start], False))
        parts.append((passage.text[start - passage.start : end - passage.start], True))
        place = max(place, end)
    parts.append((passage.text[place - passage.start :], False))
    at = passage.matches[0][0] if passage.matches else passage.start
    href = f"{links.with_query(path, [('q', query), ('p', passage.page)])}#w-{passage.page}-{at}"
    return Shown(tuple(part for part in parts if part[0]), passage.page, passage.gloss, href)


def _expansion(result: SearchResult) -> list[str]:
    """Return the Chinese terms that stand in for the query, then those of other languages, each once."""
    others = [term for term in result.searched_as if term.text.casefold() not in result.query.casefold()]
    return [term.text for term in sorted(others, key=lambda term: term.language != "zh")]


def _removable(filters: Filters, asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Yield the filters of the address: name, value, and the address without it."""
    for name in filters.active:
        for value in asked.query.getlist(name):
            kept = [pair for pair in asked.query.multi_items() if pair != (name, value) and pair[0] != "page"]
            yield field_name(name, asked.language), label_of(name, value, asked), links.with_query("/search", kept)
