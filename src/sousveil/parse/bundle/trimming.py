"""What only dresses a web page: style sheets, scripts, fonts. Archives of pages are full of it, and it says nothing."""

from __future__ import annotations

_TRIMMINGS = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/")
_FONT_MARKS = ("application/font-", "application/x-font-", "application/vnd.ms-fontobject")


def is_trimming(media_type: str) -> bool:
    """Return whether a media type belongs to what dresses a page.

    >>> is_trimming("text/css; charset=utf-8"), is_trimming("text/html")
    (True, False)
    """
    return media_type.strip().lower().startswith((*_TRIMMINGS, *_FONT_MARKS))
