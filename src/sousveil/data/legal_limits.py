"""Limits that laws set and indicators measure against: days to bid, days to publish, sums to tender, days to keep.

A country that is not in a table has no limit here, and what depends on it is said to be insufficient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class BidPeriod:
    """The least number of days between a call and its deadline.

    Attributes:
        countries: ISO 3166 alpha-2.
        method: ``open``, ``selective``, ``limited`` as OCDS has them.
        words: words of the method as printed, where one of them must stand (竞争性磋商); empty for all.
        days: the least number.
        is_working: days of work, Monday to Friday.
        counted_from: ``documents`` (first day they can be had) or ``notice`` (its publication).
        since: ISO date; empty where the rule is older than any notice that is read.
        grace: days that may pass between the sending of a notice, from which the law counts, and its publication.
        law: title and article, in English.
        source: address of the law.
    """

    countries: tuple[str, ...]
    method: str
    days: int
    counted_from: Literal["documents", "notice"]
    law: str
    source: str
    words: tuple[str, ...] = ()
    is_working: bool = False
    grace: int = 0
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLimit:
    """One number that a law sets.

    Attributes:
        kind: ``award_published``, ``contract_published`` (days), ``open_tender`` (sum from which a purchase must be
            tendered openly), ``retention`` (days recordings are kept), ``change`` (days from a correction to the
            deadline).
        country: ISO 3166 alpha-2.
        value: the number, in days or whole units of ``currency``.
        is_working: days of work.
        currency: ISO 4217, for sums.
        grace: days added to a limit of publishing before a flag is raised; the head of the table says why.
        law: title and article, in English.
        source: address of the law.
    """

    kind: Literal["award_published", "contract_published", "open_tender", "retention", "change"]
    country: str
    value: int
    law: str
    source: str
    is_working: bool = False
    currency: str = ""
    grace: int = 0


@cache
def bid_periods() -> tuple[BidPeriod, ...]:
    """Return the least periods, those with words of a method before those without."""
    return tuple(sorted(load_table("bid_periods", BidPeriod), key=lambda row: not row.words))


@cache
def _limits() -> dict[tuple[str, str], LegalLimit]:
    rows: Sequence[LegalLimit] = load_table("legal_limits", LegalLimit, key=("kind", "country"))
    return {(row.kind, row.country): row for row in rows}


def legal_limit(kind: str, country: str) -> LegalLimit | None:
    """Return the limit of a kind in a country, None where no law is known here."""
    return _limits().get((kind, country))
