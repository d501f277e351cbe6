"""The address of a search: one string that the terminal, the pages and Python read alike."""

from __future__ import annotations

from urllib.parse import urlencode

from sousveil.ask.filters import Filters


def search_address(query: str, filters: Filters, *, raw: bool = False) -> str:
    """Return the path and query string at which the pages answer a search; the API answers the same below ``/api/v1``.

    >>> search_address("人脸", Filters(cap=("FAC", "BIO"), date="2018..2020"))
    '/search?q=%E4%BA%BA%E8%84%B8&cap=FAC&cap=BIO&date=2018..2020'
    >>> search_address("", Filters())
    '/search'
    """
    pairs = [("q", query)] if query else []
    for name in filters.active:
        value = getattr(filters, name)
        pairs += [(name, one) for one in ((value,) if isinstance(value, str) else value)]
    if raw:
        pairs.append(("raw", "1"))
    return f"/search?{urlencode(pairs)}" if pairs else "/search"
