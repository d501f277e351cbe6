"""Plain text and single notices in JSON -> lines.

A form feed begins a page. HTML inside the ``text`` of a JSON notice is read as HTML.
"""

from __future__ import annotations

import re

import msgspec

from sousveil.exceptions import DamagedError
from sousveil.parse.charset import Decoded, decode
from sousveil.parse.json_shape import mend_surrogates
from sousveil.parse.layout import Layout, clean_line
from sousveil.parse.webpage import lay_markup

_MARKUP = re.compile(r"</(?:p|div|td|tr|table|span|li|body)>|<br\s{0,9}/?>", re.IGNORECASE)
_MANY_BREAKS = re.compile(r"\n{3,}")
_LEAST_TAGS = 3
_TITLE_KEYS = ("title",)


def lay_text(untrusted: bytes, layout: Layout) -> str:
    """Write plain text into ``layout`` and return its character set."""
    decoded = decode(untrusted)
    _note(decoded, layout)
    lay_lines(decoded.text, layout)
    return decoded.charset


def lay_notice_json(untrusted: bytes, layout: Layout) -> str:
    """Write the ``text`` of a JSON object into ``layout``, its ``title`` first unless the text says it.

    Raises:
        DamagedError: the bytes are no JSON object with a string under ``text``.
    """
    decoded = decode(untrusted)
    _note(decoded, layout)
    try:
        data = mend_surrogates(decoded.text.encode("utf-8", "replace"))
        notice = msgspec.json.decode(data, type=dict[str, object])
    except msgspec.DecodeError as error:
        raise DamagedError(f"the JSON breaks off: {error}", "Fetch the file again.") from error
    text = notice.get("text")
    if not isinstance(text, str):
        raise DamagedError("the JSON object has no text under 'text'", "Fetch the file again.")
    title = clean_line(next((value for key in _TITLE_KEYS if isinstance(value := notice.get(key), str)), ""))
    if title and "".join(title.split()) not in "".join(text.split()):
        layout.add_line(title)
    if not is_markup(text) or not lay_markup(text, layout):
        lay_lines(text, layout)
    return decoded.charset


def is_markup(text: str) -> bool:
    """Return whether a text is HTML: it has three tags that end or break lines near its beginning.

    >>> is_markup("<p>one<br>two</p>"), is_markup("a < b > c")
    (False, False)
    >>> is_markup("<p>one</p><p>two<br>three</p>")
    True
    """
    return len(_MARKUP.findall(text[:20_000])) >= _LEAST_TAGS


def lay_lines(text: str, layout: Layout) -> None:
    r"""Write text line by line; ``\f`` begins a new page."""
    pages = _MANY_BREAKS.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n")).split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    for page in pages:
        layout.start_page()
        for line in page.split("\n"):
            layout.add_line(clean_line(line))


def _note(decoded: Decoded, layout: Layout) -> None:
    if decoded.mark:
        layout.mark(decoded.mark)
