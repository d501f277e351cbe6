"""Title and date in the head of a page, as far as its text does not say them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from sousveil.parse.layout import Item, clean_line, text_of

_TITLE_PARTS = re.compile(r"\s[-|_–—]\s|[_|–—]|-(?=[\u4e00-\u9fff])")
_TITLE_METAS = ("articletitle", "og:title")
_DATE_METAS = ("pubdate", "publishdate", "article:published_time")
"""``ArticleTitle`` and ``PubDate`` are prescribed for Chinese government sites (Government Website Development
Guidelines, 2017)."""


def read_heading(tree: LexborHTMLParser, items: Iterable[Item]) -> list[str]:
    """Return title and date of the page's head, as far as its text does not say them."""
    head = tree.head
    if head is None:
        return []
    metas: dict[str, str] = {}
    title = ""
    for node in head.iter():
        if node.tag == "title" and not title:
            title = clean_line(node.text())
        elif node.tag == "meta":
            attributes = node.attributes
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            if name:
                metas.setdefault(name, clean_line(attributes.get("content") or ""))
    text = " ".join(text_of(item) for item in items)
    squeezed = "".join(text.split())
    lines = []
    article = next((metas[name] for name in _TITLE_METAS if metas.get(name)), "")
    best = article or title
    if best and not _is_said(best, squeezed):
        lines.append(best)
    date = next((metas[name] for name in _DATE_METAS if metas.get(name)), "")
    if date and not _is_date_said(date, text):
        lines.append(f"PubDate: {date}")
    return lines


def _is_said(title: str, text: str) -> bool:
    """Return whether the text holds the title, or the part before the name that a site adds behind a dash."""
    squeezed = "".join(title.split())
    if squeezed in text:
        return True
    parts = ["".join(part.split()) for part in _TITLE_PARTS.split(title)]
    return (len(parts[0]) >= 4 and parts[0] in text) or any(len(part) >= 12 and part in text for part in parts)


def _is_date_said(date: str, text: str) -> bool:
    """Return whether the text holds the day of ``date``, however it is written."""
    numbers = re.findall(r"\d{1,4}", date)[:3]
    if len(numbers) < 3:
        return date in text
    year, month, day = (number.lstrip("0") for number in numbers)
    place = text.find(year)
    while place >= 0:
        said = _MONTH_AND_DAY.match(text, place + len(year))
        if said and (said[1].lstrip("0"), said[2].lstrip("0")) == (month, day):
            return True
        place = text.find(year, place + 1)
    return False


_MONTH_AND_DAY = re.compile(r"\D{1,3}(\d{1,4})\D{1,3}(\d{1,4})(?!\d)")
"""What follows a year; a pattern made for each date would take longer to compile than the page to read."""
