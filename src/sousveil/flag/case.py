"""The case: one purchase with all that indicators may look at, and the plain questions they ask of it.

Persons are no part of a case: institutions, notices and findings hold none, and the text of its pages is masked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from sousveil.model import COVER, Amount, Field, Finding, FindingKind, Institution, Notice, Page, Procurement, Span

CALLS = ("tender", "requirements", "intention", "correction")
"""Notices that say what is asked for, before anybody has won."""
AWARDS = ("award", "contract")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One purchase and its notices. Cases are compared by identity: what was read of one is remembered for it."""

    procurement: Procurement
    notices: tuple[Notice, ...]
    """In order of time; the copies of a notice may be left out."""
    findings: tuple[Finding, ...] = ()
    """Of all its notices; withheld ones are passed over."""
    pages: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """SHA-256 of a file -> its pages, masked. A file that is left out is text that could not be checked."""
    buyer: Institution | None = None
    suppliers: tuple[Institution, ...] = ()

    def of_type(self, *types: str) -> tuple[Notice, ...]:
        """Return the notices of some types, in order; without types all of them."""
        return tuple(
            notice
            for notice in self.notices
            if not types or (notice.notice_type is not None and notice.notice_type.value in types)
        )

    def pages_of(self, notice: Notice) -> tuple[Page, ...]:
        """Return the pages of one notice; none where its file is not at hand."""
        pages = self.pages.get(notice.file, ())
        return tuple(page for page in pages if notice.first_page <= page.number <= notice.last_page)

    def stated(self, kind: FindingKind, *values: str) -> tuple[Finding, ...]:
        """Return the stated findings of a kind, of all values or of some."""
        return tuple(
            finding
            for finding in self.findings
            if finding.kind == kind and finding.state == "stated" and (not values or finding.value in values)
        )

    def last(self, name: str, *types: str) -> tuple[Notice, Field] | None:
        """Return the last notice that states a field, and the field; only notices of some types, where given."""
        for notice in reversed(self.of_type(*types)):
            value = getattr(notice, name)
            if value is not None:
                return notice, cast("Field", value)
        return None

    @property
    def country(self) -> str:
        """ISO 3166 alpha-2 of the purchase, else of the buyer, else the one its notices state; empty if none does."""
        if self.procurement.country:
            return self.procurement.country
        if self.buyer is not None and self.buyer.country:
            return self.buyer.country
        stated = self.last("country")
        return str(stated[1].value) if stated else ""


def last_amount(case: Case, name: str, *types: str) -> tuple[Notice, Amount] | None:
    """Return the last notice of some types that states a sum (``budget``, ``award_amount`` …), and the sum."""
    found = case.last(name, *types)
    return cast("tuple[Notice, Amount] | None", found)


def day_of(value: Field | None) -> date | None:
    """Return the day of a field that holds an ISO date, None for none and for a month without a day.

    >>> from sousveil.model import Field, Span
    >>> day_of(Field("2026-05-20", Span("", 1, 0, 0, ""), "label"))
    datetime.date(2026, 5, 20)
    """
    try:
        return date.fromisoformat(str(value.value)[:10]) if value is not None else None
    except ValueError:
        return None


def winners(case: Case) -> tuple[Field, ...]:
    """Return the suppliers named by awards and contracts, no candidates, none whose name is covered."""
    found: dict[str, Field] = {}
    for notice in case.of_type(*AWARDS):
        for supplier in () if notice.has_candidates_only else notice.suppliers:
            if COVER not in str(supplier.value):
                found.setdefault(str(supplier.value), supplier)
    return tuple(found.values())


def is_award(notice: Notice) -> bool:
    """Return whether a notice says who won, or at what price."""
    if notice.notice_type is None or notice.notice_type.value not in AWARDS or notice.has_candidates_only:
        return False
    return bool(notice.suppliers) or notice.award_amount is not None


def spans_of(*values: Field | Amount | Finding | None) -> tuple[Span, ...]:
    """Return the quotations of some values, each place once."""
    return tuple(dict.fromkeys(value.span for value in values if value is not None))


def iter_pages(case: Case, *types: str) -> Iterator[tuple[Notice, Page]]:
    """Yield the pages of the notices of some types, each page of a file once."""
    seen: set[tuple[str, int]] = set()
    for notice in case.of_type(*types):
        for page in case.pages_of(notice):
            if (notice.file, page.number) not in seen:
                seen.add((notice.file, page.number))
                yield notice, page
