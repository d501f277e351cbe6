"""A notice as the search index sees it."""

from __future__ import annotations

from sousveil.data.places import living, parents, place
from sousveil.index.entry import Entry
from sousveil.index.question import Facet
from sousveil.model import Finding, Notice, Page
from sousveil.resolve import place_of
from sousveil.text.segment import index_tokens

PAGE_BREAK = "¶"
"""Token between pages in the index: no phrase reaches across it."""


def to_entry(notice: Notice, pages: tuple[Page, ...], findings: tuple[Finding, ...], source: str, number: int) -> Entry:
    """Return a notice as the search index sees it: tokens of its masked pages, facets, date and amount.

    Args:
        notice: all its fields.
        pages: those it stands on.
        findings: of the notice.
        source: where its file was seen first.
        number: of the notice in the store.
    """
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
        "division": divisions_of(place_of(notice)),
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
        number=number,
    )


def divisions_of(code: str) -> tuple[str, ...]:
    """Return the codes of a place, of what it lies in, and of the division that took its place, with what that lies in.

    >>> divisions_of("653122"), divisions_of("542421")[-2:], divisions_of("")
    (('653122', '653100', '650000', 'CN'), ('540602', '540600'), ())
    """
    now = living(code)
    codes = [code, now.code if now else code]
    found = [row.code for one in codes if (own := place(one)) for row in (own, *parents(one))]
    return tuple(dict.fromkeys(found))


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
