"""What can be asked of the index: phrases and filters, nothing about any engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Facet = Literal[
    "capability", "type", "buyer", "supplier", "agency", "province", "city", "country", "language", "currency", "source"
]

FACETS: tuple[Facet, ...] = (
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
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand one after the other; with ``is_prefix`` the last one may be the beginning of a token."""

    tokens: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search: every group of phrases must be met by one of its phrases, and every filter must hold.

    Attributes:
        all_of: groups; a notice matches when each group has a phrase that stands in it.
        none_of: phrases that must not stand in it.
        terms: facet -> accepted values (any of them), exactly as stored.
        date_from: first day, YYYYMMDD as a number, or None.
        date_to: last day, or None.
        amount_from: least amount, or None; notices without an amount do not match.
        amount_to: greatest amount, or None.
        sort: ``relevance``, ``date`` (newest first), ``-date``, ``amount`` (largest first).
        offset: hits to pass over.
        limit: hits to return.
        facets: facets to count.
        facet_limit: values per facet.
    """

    all_of: tuple[tuple[Phrase, ...], ...] = ()
    none_of: tuple[Phrase, ...] = ()
    terms: tuple[tuple[Facet, tuple[str, ...]], ...] = ()
    date_from: int | None = None
    date_to: int | None = None
    amount_from: float | None = None
    amount_to: float | None = None
    sort: Literal["relevance", "date", "-date", "amount"] = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[Facet, ...] = ()
    facet_limit: int = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of the notices found, in order, how many there are in all, and counts per facet value."""

    ids: tuple[str, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
