"""Elements of SVG as text: every attribute and every word is escaped here and nowhere else."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from html import escape as _escape

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML refuses even when they are escaped."""


def escape(words: str, *, quote: bool = True) -> str:
    r"""Return words as they stand in a file: escaped, without what XML refuses.

    >>> escape("a\x00<b>")
    'a&lt;b&gt;'
    """
    return _escape(_REFUSED.sub("", words), quote=quote)


def element(name: str, /, *children: str, **attributes: str | float | None) -> str:
    """Return an element; children are markup, attributes are escaped, ``class_`` is ``class``, None is left out.

    >>> element("rect", x=1.25, y=2, class_="b", width=3)
    '<rect x="1.2" y="2" class="b" width="3"/>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


def text(words: str, **attributes: str | float | None) -> str:
    """Return a ``<text>`` element with its words escaped.

    >>> text("<b>", x=1)
    '<text x="1">&lt;b&gt;</text>'
    """
    return element("text", escape(words, quote=False), **attributes)


def link(href: str, tip: str, *children: str, class_: str) -> str:
    """Return a link around marks, named for those who do not see it; it shows ``tip`` when it is pointed at."""
    title = f"<title>{escape(tip, quote=False)}</title>"
    return element("a", title, *children, href=href, class_=class_, aria_label=tip)


def drawing(width: float, height: float, label: str, children: Iterable[str], class_: str) -> str:
    """Return the ``<svg>`` element; with links in it, it is a group, for a picture hides what is inside."""
    body = "".join(children)
    role = "group" if "<a " in body else "img"
    return element(
        "svg",
        body or "<g/>",
        class_=f"viz {class_}",
        viewBox=f"0 0 {width:g} {height:g}",
        role=role,
        aria_label=label,
    )


def ceiling(value: float) -> float:
    """Return the round figure at which an axis for values up to ``value`` ends.

    >>> ceiling(0), ceiling(7), ceiling(83), ceiling(100)
    (1, 8.0, 100.0, 100.0)
    """
    if value <= 0:
        return 1
    if value <= 4:
        return 4
    unit = float(10 ** math.floor(math.log10(value)))
    return next(step * unit for step in (1, 2, 4, 6, 8, 10) if step * unit >= value)


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}" if isinstance(value, float) else str(value)
