"""Addresses of the pages of a dataset: where marks and numbers lead."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode


def page(kind: str, key: str) -> str:
    """Return the path of a thing with an id.

    >>> page("d", "u4rmamrhbaag"), page("n", "u4rmamrhbaag#3")
    ('/d/u4rmamrhbaag', '/n/u4rmamrhbaag%233')
    """
    return f"/{kind}/{quote(key, safe='@')}"


def with_query(path: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Return a path with a query; pairs with an empty value are left out.

    >>> with_query("/search", [("q", "人脸"), ("cap", "FAC"), ("sort", "")])
    '/search?q=%E4%BA%BA%E8%84%B8&cap=FAC'
    """
    kept = [(name, value) for name, value in pairs if value not in ("", None)]
    return f"{path}?{urlencode(kept)}" if kept else path


def search(**pairs: object) -> str:
    """Return the path of a search.

    >>> search(cap="FAC", date="2020")
    '/search?cap=FAC&date=2020'
    """
    return with_query("/search", pairs.items())
