"""Pieces of HTML for notebooks: styles in the tags, no scripts, nothing loaded; every word is escaped here.

Letters and lines take their colour from the notebook, so they serve light and dark; what has a colour of its own has a
ground of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

from sousveil.draw.palette import COLOURS

_SERIF = "'Songti SC','Noto Serif SC','Noto Serif CJK SC',SimSun,Georgia,serif"
_SANS = "system-ui,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_LINE = "1px solid rgba(128,128,128,.35)"
_CELL = f"padding:4px 10px 4px 0;border:0;border-top:{_LINE};vertical-align:top;background:none"


class Html(str):
    """Markup; any other text is escaped before it becomes a part of it."""

    __slots__ = ()


def said(words: object) -> Html:
    """Return words as markup: escaped, unless they are markup; nothing for None.

    >>> said("<b>&'"), said(Html("<b>x</b>")), said(None)
    ('&lt;b&gt;&amp;&#x27;', '<b>x</b>', '')
    """
    return words if isinstance(words, Html) else Html("" if words is None else escape(str(words), quote=True))


def tag(name: str, *children: object, style: str = "", **attributes: str) -> Html:
    """Return an element; ``style`` is our own, attributes and children are escaped.

    >>> tag("i", "a<b", lang="zh")
    '<i lang="zh">a&lt;b</i>'
    """
    told = f' style="{style}"' if style else ""
    told += "".join(f' {key}="{escape(value, quote=True)}"' for key, value in attributes.items())
    return Html(f"<{name}{told}>{''.join(map(said, children))}</{name}>")


def whole(*parts: object) -> Html:
    """Return parts as one picture of an answer."""
    style = f"font:13px/1.45 {_SANS};color:inherit;max-width:1100px;overflow-x:auto"
    return tag("div", *(part for part in parts if part), style=style)


def line(*parts: object) -> Html:
    """Return a line of parts."""
    return tag("div", *parts, style="margin:2px 0 6px")


def note(*parts: object) -> Html:
    """Return a line in small letters."""
    return tag("div", *parts, style="margin:4px 0;font-size:12px;opacity:.75")


def strong(words: object) -> Html:
    """Return words that are met first."""
    return tag("b", words)


def unbroken(words: object) -> Html:
    """Return words that stay on one line: a date, an id."""
    return tag("span", words, style="white-space:nowrap")


def faint(words: object) -> Html:
    """Return words that are met last."""
    return tag("span", words, style="opacity:.75")


def source(words: object) -> Html:
    """Return words of a document: in serif letters, as on the pages."""
    return tag("span", words, style=f"font-family:{_SERIF}")


def quoted(words: object) -> Html:
    """Return words of a document that stand apart, with their lines."""
    style = "white-space:pre-wrap;margin:4px 0;border-left:3px solid rgba(128,128,128,.5);padding-left:10px"
    return tag("div", source(words), style=style)


def marked(words: object) -> Html:
    """Return words that were looked for."""
    return tag("mark", words, style="background:#fce8a6;color:#1b1e22;padding:0 1px")


def chip(code: str) -> Html:
    """Return the code of a family on its own ground."""
    colour = f"background:{COLOURS['sunken']};color:{COLOURS.get(code, COLOURS['MON'])}"
    style = f"font:650 11px/1 {_SANS};padding:2px 4px;border-radius:3px;white-space:nowrap;{colour}"
    return Html(tag("span", code, style=style) + " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: Collection[int] = ()) -> Html:
    """Return a table; columns in ``numbers`` stand to the right."""

    def style(place: int) -> str:
        side = "right;white-space:nowrap;font-variant-numeric:tabular-nums" if place in numbers else "left"
        return f"{_CELL};text-align:{side}"

    head = [
        tag("th", name, style=f"{style(place)};font-weight:400;border-top:0;opacity:.75", scope="col")
        for place, name in enumerate(heads)
    ]
    lines = [
        tag("tr", *(tag("td", cell, style=style(place)) for place, cell in enumerate(row)), style="background:none")
        for row in rows
    ]
    body = [tag("thead", tag("tr", *head)), tag("tbody", *lines)] if any(heads) else [tag("tbody", *lines)]
    return tag("table", *body, style="border-collapse:collapse;border:0;margin:2px 0 6px;font-size:13px;color:inherit")
