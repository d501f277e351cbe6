"""Notices as the search index sees them."""

from __future__ import annotations

from sousveil.index.question import Facet
from sousveil.index.words import Entry
from sousveil.model import Finding, Notice, Page
from sousveil.text.segment import index_tokens

PAGE_BREAK = "¶"
"""Token between pages in the index: no phrase reaches across it."""


def to_entry(notice: Notice, pages: tuple[Page, ...], findings: tuple[Finding, ...], source: str) -> Entry:
    """Return a notice as the search index sees it: tokens of its masked pages, facets, date and amount."""
    tokens: list[str] = []
    for page in pages:
        if tokens:
            tokens.append(PAGE_BREAK)
        tokens.extend(index_tokens(page.text))
    money = notice.award_amount or notice.budget
    stated = [finding for finding in findings if finding.state == "stated"]
    terms: dict[Facet, tuple[str, ...]] = {
        "capability": tuple(sorted({finding.value for finding in stated if finding.kind == "capability"})),
        "kind": tuple(sorted({finding.kind for finding in stated})),
        "supplier": tuple(str(supplier.value) for supplier in notice.suppliers),
        "language": (notice.language,),
        "source": (source,),
    }
    for facet, value in (
        ("type", notice.notice_type),
        ("buyer", notice.buyer),
        ("agency", notice.agency),
        ("province", notice.province),
        ("city", notice.city),
        ("country", notice.country),
    ):
        terms[facet] = (str(value.value),) if value else ()  # type: ignore[index]
    terms["currency"] = (money.currency,) if money and money.currency else ()
    return Entry(
        notice=notice.id,
        file=notice.file,
        tokens=tokens,
        title_tokens=index_tokens(str(notice.title.value)) if notice.title else (),
        terms=tuple((facet, values) for facet, values in terms.items() if values),
        date=date_number(str(notice.publication_date.value)) if notice.publication_date else None,
        amount=money.value if money else None,
    )


def date_number(date: str) -> int | None:
    """Return an ISO date, or its beginning, as YYYYMMDD for the index; a missing month or day counts as the first.

    >>> date_number("2026-03-16"), date_number("2026-03"), date_number("soon")
    (20260316, 20260301, None)
    """
    parts = date.split("-")
    if not parts or len(parts[0]) != 4 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
    return year * 10_000 + month * 100 + day
