"""Cells of a row that tell how the purchase goes: days, method, numbers, how many offered."""

from __future__ import annotations

from functools import cache

from sousveil.data.methods import Method, MethodName, method_codes, method_words
from sousveil.model import Field, Identifier, Span
from sousveil.source.organisations import scheme_of
from sousveil.source.render import PageBuilder
from sousveil.text.dates import parse_date
from sousveil.text.fold import fold

DAYS = {
    "award_date": "awarded_on",
    "signing_date": "signed_on",
    "deadline": "deadline",
    "documents_from": "documents_from",
    "first_published": "first_published",
}
"""Roles of columns of days, and the field of a notice that each fills."""
_MOST_BIDDERS = 999


def keep_process(page: PageBuilder, role: str, span: Span, *, country: str | None, rule: str) -> None:
    """Keep the value of a cell that is written already; the first of a kind counts."""
    if role in DAYS:
        _keep(page, DAYS[role], parse_date(span.quote), span, rule)
    elif role == "method":
        _keep(page, role, method_of(span.quote), span, rule)
    elif role in {"contract_number", "related_number"}:
        _keep(page, role, span.quote, span, rule)
    elif role == "bidders":
        printed = span.quote.strip()
        is_count = printed.isdecimal() and int(printed) <= _MOST_BIDDERS
        _keep(page, role, int(printed) if is_count else None, span, rule)
    elif role == "party_id":
        _keep_number(page, span, country)


def _keep(page: PageBuilder, name: str, value: str | int | None, span: Span, rule: str) -> None:
    if value is not None and not page.has(name):
        page.keep(name, Field(value, span, rule))


def _keep_number(page: PageBuilder, span: Span, country: str | None) -> None:
    """Keep the number of the row's one supplier, where its form is that of a company."""
    scheme = scheme_of(span.quote, country or "", is_public=False)
    suppliers = page.kept("suppliers")
    if scheme and len(suppliers) == 1:
        page.keep_identifier(Identifier("supplier", str(suppliers[0].value), scheme, span.quote, span))


def method_of(text: str) -> MethodName | None:
    """Return the method that a cell names, None where it names none or several.

    >>> method_of("公开招标"), method_of("Licitación Pública"), method_of("open"), method_of("other")
    ('open', 'open', 'open', None)
    """
    folded = fold(text).strip()
    code = method_codes().get(folded)
    if code is not None:
        return code
    found = {row.method for word, row in _words().items() if word in folded and not row.is_weak}
    whole = _words().get(folded)
    return whole.method if whole is not None else found.pop() if len(found) == 1 else None


@cache
def _words() -> dict[str, Method]:
    return {fold(word): row for word, row in method_words().items()}
