"""Search: words and filters in, notices with passages and counts out; the total is exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload

from sousveil.ask.cite import CitedFinding, cited_of
from sousveil.ask.coverage import index_note
from sousveil.ask.face import Face
from sousveil.ask.facets import Counting
from sousveil.ask.filters import Filters
from sousveil.ask.frames import Frames, Kind
from sousveil.ask.passages import Passage, Sought, find_passages, quote_passages
from sousveil.ask.terms import SearchTerm
from sousveil.ask.understand import Chip, Understood, understand
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import UsageError
from sousveil.index.words import Words
from sousveil.model import Notice
from sousveil.store.database import Store

if TYPE_CHECKING:
    from sousveil.ask.row_set import RowSet

Sort = Literal["relevance", "date", "-date", "amount"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "amount")
"""Best match, newest, oldest, largest amount first."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hit(Face):
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
    findings: tuple[CitedFinding, ...] = ()

    def in_words(self) -> str:
        """Return what it is, on one line."""
        told = (self.date or "undated", self.type or "", self.buyer or "", self.title or "")
        return f"Hit {self.notice}: {' · '.join(filter(None, told))}; {len(self.findings)} findings"

    def to_row(self) -> dict[str, object]:
        """Return the hit as a plain dictionary, in the shape of ``search --json``."""
        row = {name: getattr(self, name) for name in _PLAIN}
        return row | {
            "suppliers": list(self.suppliers),
            "capabilities": list(self.capabilities),
            "passages": [
                {
                    "text": passage.text,
                    "page": passage.page,
                    "start": passage.start,
                    "end": passage.end,
                    "gloss": passage.gloss,
                    "matches": [list(match) for match in passage.matches],
                }
                for passage in self.passages
            ],
        }


_PLAIN = (
    "document", "notice", "title", "type", "buyer", "suppliers", "date", "place", "amount", "amount_of", "currency",
    "language", "capabilities", "passages",
)  # fmt: skip
"""Members of a hit in ``search --json``, in their order."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of an empty result: without ``name`` (a filter or a word), ``total`` would be found."""

    name: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SearchResult(Frames, Face):
    """Notices found; a sequence of hits. As a frame it has all matches, not only the hits.

    Attributes:
        query: as asked.
        filters: as asked.
        total: all notices that match, exactly; ``hits`` may be fewer.
        of: notices in the dataset's index.
        searched_as: all words that were looked for, after translation.
        facets: counts per value; the counts of a facet leave its own filter out.
        notes: what the user should know about how the question was understood.
        obstacles: only for an empty result.
        chips: the query shown back, part by part.
        last: place of the last hit in the order of ``date`` or ``-date``, for ``after``; None at the end.
        gather: gives the rows of all notices that match.
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
    chips: tuple[Chip, ...] = ()
    last: int | None = None
    gather: Callable[[], RowSet] | None = field(default=None, repr=False, compare=False)

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

    def in_words(self) -> str:
        """Return what it is, on one line."""
        asked = ", ".join(filter(None, [self.query and repr(self.query), self.filters.to_text()]))
        return f"SearchResult: {self.total:,} of {self.of:,} notices for {asked or 'everything'}, {len(self)} here"

    def rows(self) -> RowSet:
        """Return the rows of all notices that match, one for each, the newest first.

        Raises:
            UsageError: the result was made by hand, so there is no dataset behind it.
        """
        if self.gather is None:
            raise UsageError("There is no dataset behind this result. Ask one: sousveil.open(FOLDER).search(WORDS).")
        return self.gather()

    def columns(self) -> dict[str, Kind]:
        """Return the columns of the notices with their types."""
        return self.rows().columns()

    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:
        """Yield a row for each notice that matches; see ``Frames.iter_rows``."""
        return self.rows().iter_rows(is_skipping=is_skipping)

    def to_rows(self) -> list[dict[str, object]]:
        """Return the hits as plain dictionaries, in the shape of ``search --json``."""
        return [hit.to_row() for hit in self.hits]

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
            "chips": [asdict(chip) for chip in self.chips],
            "obstacles": [{"without": obstacle.name, "total": obstacle.total} for obstacle in self.obstacles],
        }


def search(
    store: Store,
    words: Words,
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
        after: only hits behind this place in the order of time (``SearchResult.last``); the total stays that of all.
        limit: most hits to return.
        passages: passages per hit.
        facets: whether to count values.
        joined: whether to count flags, systems, kinds and levels of institutions, too.
        own: the user's terms, which belong to the lexicon too.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    asked = filters or Filters()
    if sort is not None and sort not in SORTS:
        raise UsageError(f"There is no order {sort!r}. Known are: {', '.join(SORTS)}.")
    if offset < 0 or limit < 0:
        raise UsageError("Offset and limit count hits: they cannot be negative.")
    understood = understand(store, words, query, asked, raw=raw, own=own)
    chosen: Sort = sort or ("relevance" if understood.groups else "date")
    counting = Counting(understood, store, words, is_joined=joined) if facets else None
    answer = words.search(replace(understood.question(), sort=chosen, offset=offset, after=after, limit=limit))
    return SearchResult(
        query=query,
        filters=asked,
        total=answer.total,
        of=words.count(),
        searched_as=understood.searched_as,
        hits=tuple(iter_hits(store, answer.ids, understood.sought, passages)),
        facets=counting.counts() if counting else {},
        notes=(*understood.notes, *filter(None, [index_note(store, words)])),
        obstacles=() if answer.total else _obstacles(understood, words),
        offset=offset,
        chips=understood.chips,
        last=answer.last,
        gather=partial(find_rows, store, words, "notices", query, asked, raw=raw, own=own),
    )


def find_rows(
    store: Store,
    words: Words,
    table: str,
    query: str,
    filters: Filters,
    *,
    raw: bool = False,
    own: OwnTerms = SHIPPED,
) -> RowSet:
    """Return the rows of a table for all notices that a search would find.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    from sousveil.ask.row_set import RowSet  # noqa: PLC0415 (a search alone needs none of it)

    is_all = not query and not filters.active
    ids = None if is_all else find_ids(store, words, query, filters, raw=raw, own=own)
    return RowSet(store, table, ids, own)


def find_ids(
    store: Store, words: Words, query: str, filters: Filters, *, raw: bool = False, own: OwnTerms = SHIPPED
) -> tuple[str, ...]:
    """Return the ids of all notices that a search would find, the newest first.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    question = understand(store, words, query, filters, raw=raw, own=own).question()
    return words.search(replace(question, sort="date", limit=None)).ids


def rank_ids(
    store: Store,
    words: Words,
    query: str,
    filters: Filters,
    *,
    raw: bool = False,
    sort: Sort | None = None,
    most: int,
    own: OwnTerms = SHIPPED,
) -> tuple[str, ...]:
    """Return the ids of the first notices that a search would find, in its order.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    understood = understand(store, words, query, filters, raw=raw, own=own)
    chosen: Sort = sort or ("relevance" if understood.groups else "date")
    return words.search(replace(understood.question(), sort=chosen, limit=most)).ids


def iter_hits(store: Store, ids: Sequence[str], sought: Sought, passages: int) -> Iterator[Hit]:
    """Yield notices as hits, in the order of their ids; those that the store does not have are passed over."""
    notices = store.notices(ids)
    cited = cited_of(store, notices.values())
    found = store.findings_in(ids)
    for notice in (notices[one] for one in ids if one in notices):
        stated = (finding for finding in found.get(notice.id, ()) if finding.state == "stated")
        findings = tuple(CitedFinding.of(finding, cited[notice.id]) for finding in stated)
        pages = store.pages(notice.file, notice.first_page, notice.last_page) if passages else ()
        shown = find_passages(pages, sought, passages) if sought.groups else quote_passages(pages, findings, passages)
        yield make_hit(notice, findings, shown)


def make_hit(notice: Notice, findings: tuple[CitedFinding, ...], passages: tuple[Passage, ...] = ()) -> Hit:
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


def _obstacles(understood: Understood, words: Words) -> tuple[Obstacle, ...]:
    """Return what an empty result would hold without each of its conditions, and without all fields."""
    conditions = understood.conditions
    fields = [condition for condition in conditions if condition.name]
    asked = [(one.label, {id(one)}) for one in conditions if one.name or len(conditions) - len(fields) > 1]
    if len(fields) > 1:
        asked.append(("filters", {id(one) for one in fields}))
    found = []
    for label, left_out in asked:
        question = understood.question(lambda condition, left_out=left_out: id(condition) in left_out)  # type: ignore[misc]
        found.append(Obstacle(label, words.search(replace(question, limit=1)).total))
    return tuple(found)
