"""Is the place part of a firm's name? Tarnwick Digital Forensics Ltd sells many things; its name says none of them."""

from __future__ import annotations

import re

from sousveil.find.ground import Ground

_REACH = 48
"""Characters of a firm's name before or after a place; longer names are rare."""
_FORM = (
    r"(?:ltd|limited|plc|inc|llc|corp|pty|gmbh|mbh|ag|kg|ohg|se|sarl|sas|sa|slu|sl|s\.l|s\.a|srl|spa|s\.r\.l|s\.p\.a|lda"
    r"|ltda|b\.v|bv|nv|ab|oy|oyj|a/s|aps|sp\. z o\.o|s\.c|d\.o\.o|kft|zrt|s\.r\.o|a\.s|a\.s\.)"
)
_AFTER = re.compile(rf"((?:[ &-]+[^\s,;:()|«»\"“”]+){{0,4}}?) {_FORM}(?!\w)")
"""The rest of a name up to its legal form; every word of it begins with a capital."""
_BEFORE = re.compile(r"(?<!\w)(?:ооо|оао|зао|пао|нпо|ао|тоо|тов|прат|пп|ltd|llc)\s*[«\"“][^»\"”\n]{0,48}$")
"""A legal form and the opening mark of a name that is not closed yet."""


def in_firm_name(ground: Ground, start: int, end: int) -> str | None:
    """Return the reason why a place of a page belongs to a firm's name, or None.

    Whether words begin with capitals is seen on the page itself; in a line of capitals nothing can be told.
    """
    text, page = ground.text, ground.page.text
    if _BEFORE.search(text, max(0, start - _REACH - 12), start):
        return "part of a firm's name"
    found = _AFTER.match(text, end, min(len(text), end + _REACH))
    if found is None or page[start : found.end()].isupper():
        return None
    words = page[start : found.end(1)].replace("-", " ").replace("&", " ").split()
    return "part of a firm's name" if all(word[0].isupper() for word in words) else None
