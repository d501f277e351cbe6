"""Limits on how deep HTML elements nest and how long a tag is, before a parser sees them.

HTML parsers look up the stack of open elements for every block: 100,000 nested ``div`` cost lexbor 58 s (measured),
10,000 half a second. Tags beyond the limit are taken out, their text stays. They compare every attribute of a tag
with all before it: 20,000 attributes cost 1.5 s. Tags that long lose their attributes.
"""

from __future__ import annotations

import re

MAX_HTML_DEPTH = 1_000
"""Deepest nesting kept. The deepest real page of the sample corpus has 47 levels."""

_FEW_TAGS = 5_000
"""Pages with fewer tags are not looked at: even all of them nested cost a parser 0.15 s."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})[^<>]{0,20000}>?")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]{0,40})\s[^<>]{4000,}>")
"""Pictures written into the page are the only honest attributes of that length, and no text."""

_ENDS_ITSELF = frozenset(
    (
        *(
            "p",
            "li",
            "td",
            "th",
            "tr",
            "dt",
            "dd",
            "option",
            "optgroup",
            "thead",
            "tbody",
            "tfoot",
            "colgroup",
            "rb",
            "rt",
            "rp",
        ),
        *(
            "br",
            "hr",
            "img",
            "input",
            "meta",
            "link",
            "area",
            "base",
            "col",
            "embed",
            "source",
            "track",
            "wbr",
            "param",
            "html",
            "head",
            "body",
        ),
    )
)
"""Void elements, and elements whose end tag may be left out: a thousand of them in a row nest nothing."""


def limit_depth(markup: str) -> tuple[str, bool]:
    """Return the markup without tags beyond the depth limit, and whether there were any; long tags are cut.

    >>> limit_depth("<div>" * 6000 + "text" + "</div>" * 6000)[1]
    True
    """
    markup = _LONG_TAG.sub(r"<\1>", markup)
    if markup.count("<") < _FEW_TAGS:
        return markup, False
    depth = 0
    pieces: list[str] = []
    done = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _ENDS_ITSELF:
            if depth >= MAX_HTML_DEPTH:
                pieces.append(markup[done : match.start()] + "\n")
                done = match.end()
            continue
        if match[1]:
            is_beyond = depth > MAX_HTML_DEPTH
            depth = max(depth - 1, 0)
        else:
            depth += 1
            is_beyond = depth > MAX_HTML_DEPTH
        if is_beyond:
            pieces.append(markup[done : match.start()] + " ")
            done = match.end()
    if not done:
        return markup, False
    pieces.append(markup[done:])
    return "".join(pieces), True
