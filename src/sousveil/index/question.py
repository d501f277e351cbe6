"""What can be asked of the index: a tree of phrases and filters, nothing about any engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

Facet = Literal[
    "capability",
    "type",
    "buyer",
    "supplier",
    "agency",
    "province",
    "city",
    "country",
    "language",
    "currency",
    "source",
    "kind",
    "division",
]

FACETS: tuple[Facet, ...] = get_args(Facet)
"""``division``: codes of the place of a notice and of all places that it lies in."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand one after the other; ``*`` at the beginning or end of a token lets it go on there."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """A facet has one of the values, exactly as stored; no values: nothing is accepted."""

    facet: Facet
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A date (YYYYMMDD as a number) or an amount lies in a range, both ends included; None is an open end.

    Notices without date or amount do not match.
    """

    column: Literal["date", "amount"]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """The notice is one of these, by id."""

    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The notice is one of these, by its number in the store: ten times as fast as by id.

    ``others`` are all other numbers up to the largest there is, where they are fewer: then they are looked for.
    """

    numbers: tuple[int, ...]
    others: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Two tokens stand near one another in the text, in whatever order.

    The second stands at most ``distance`` places behind the place next to the first, or before it.
    """

    left: str
    right: str
    distance: int


@dataclass(frozen=True, slots=True)
class Lacks:
    """The notice does not state this."""

    column: Facet | Literal["date", "amount"]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match; without parts everything does."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must match; without parts nothing does."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not match."""

    part: Node


Node: TypeAlias = Phrase | Holds | Between | Among | Numbered | Close | Lacks | AllOf | AnyOf | NoneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search.

    Attributes:
        where: what must hold.
        prefer: capabilities, one tuple for each group of words that speaks of them; notices where one was found come
            first.
        sort: ``relevance``, ``date`` (newest first), ``-date``, ``amount`` (largest first).
        offset: hits to pass over.
        after: only hits behind this place in the order of ``date`` or ``-date`` (``Answer.last``); notices that come
            in meanwhile move nothing across it.
        limit: hits to return; None for all of them.
        facets: facets to count.
        facet_limit: values per facet.
        by_year: count the notices of each year, too.
    """

    where: Node = field(default_factory=AllOf)
    prefer: tuple[tuple[str, ...], ...] = ()
    sort: Literal["relevance", "date", "-date", "amount"] = "relevance"
    offset: int = 0
    after: int | None = None
    limit: int | None = 20
    facets: tuple[Facet, ...] = ()
    facet_limit: int = 10
    by_year: bool = False


Counts: TypeAlias = dict[str, tuple[tuple[str, int], ...]]
"""Values with counts, by facet; ``year`` is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of the notices found, in order, how many there are in all, and counts per facet value (and ``year``).

    ``last`` is the place of the last one in the order of ``date`` or ``-date``; None in other orders and at the end.
    """

    ids: tuple[str, ...]
    total: int
    facets: Counts = field(default_factory=dict)
    last: int | None = None


def iter_wanted(node: Node) -> Iterator[tuple[Phrase, ...]]:
    """Yield the groups of phrases that a notice may be found by: alternatives together, nothing that is excluded.

    >>> list(iter_wanted(AllOf((AnyOf((Phrase(("a",)), Phrase(("b",)))), NoneOf(Phrase(("c",)))))))
    [(Phrase(tokens=('a',)), Phrase(tokens=('b',)))]
    """
    if isinstance(node, Phrase):
        yield (node,)
    elif isinstance(node, AnyOf) and all(isinstance(part, Phrase) for part in node.parts):
        yield tuple(part for part in node.parts if isinstance(part, Phrase))
    elif isinstance(node, AllOf | AnyOf):
        for part in node.parts:
            yield from iter_wanted(part)
