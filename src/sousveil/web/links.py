"""Addresses of the pages, and the door to the web; paths are put together in ``chart.links`` and here."""

from __future__ import annotations

from sousveil.chart.links import page, search, with_query

__all__ = ["is_web_address", "leave", "page", "search", "with_query"]


def is_web_address(address: str) -> bool:
    """Return whether an address leads out to the web.

    >>> is_web_address("https://example.org/x"), is_web_address("/data/x.html"), is_web_address("javascript:alert(1)")
    (True, False, False)
    """
    return address.lower().startswith(("http://", "https://"))


def leave(address: str) -> str:
    """Return the path of the page that asks before it leads out."""
    return with_query("/leave", [("to", address)])
