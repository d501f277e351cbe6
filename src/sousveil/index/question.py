"""What can be asked of the index: phrases and filters, nothing about any engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

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
]

FACETS: tuple[Facet, ...] = get_args(Facet)

Terms = tuple[Facet, tuple[str, ...]]
"""A facet and the values accepted in it, exactly as stored; where the tuple is empty, nothing is accepted."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand one after the other; ``*`` at the beginning or end of a token lets it go on there."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search: every group of phrases must be met by one of its phrases, and every filter must hold.

    Attributes:
        all_of: groups; a notice matches when each group has a phrase that stands in it.
        none_of: phrases that must not stand in it.
        prefer: capabilities, one tuple for each group that speaks of them; notices where one was found come first.
        terms: facets with accepted values; each of them must hold.
        either: groups of such facets; of each group one must hold (a place is a province, a city or a country).
        date_from: first day, YYYYMMDD as a number, or None.
        date_to: last day, or None.
        amount_from: least amount, or None; notices without an amount do not match.
        amount_to: greatest amount, or None.
        sort: ``relevance``, ``date`` (newest first), ``-date``, ``amount`` (largest first).
        offset: hits to pass over.
        limit: hits to return; None for all of them.
        facets: facets to count.
        facet_limit: values per facet.
        by_year: count the notices of each year, too.
    """

    all_of: tuple[tuple[Phrase, ...], ...] = ()
    none_of: tuple[Phrase, ...] = ()
    prefer: tuple[tuple[str, ...], ...] = ()
    terms: tuple[Terms, ...] = ()
    either: tuple[tuple[Terms, ...], ...] = ()
    date_from: int | None = None
    date_to: int | None = None
    amount_from: float | None = None
    amount_to: float | None = None
    sort: Literal["relevance", "date", "-date", "amount"] = "relevance"
    offset: int = 0
    limit: int | None = 20
    facets: tuple[Facet, ...] = ()
    facet_limit: int = 10
    by_year: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of the notices found, in order, how many there are in all, and counts per facet value (and ``year``)."""

    ids: tuple[str, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
