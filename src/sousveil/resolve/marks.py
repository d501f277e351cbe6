"""Taking marks out of titles and numbers: which call, lot, phase, batch; ordinals as Arabic digits or one letter."""

from __future__ import annotations

import re

from sousveil.data.purchase_marks import MarkKind, any_mark, purchase_marks
from sousveil.text.numerals import parse_han

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_WHOLE_CALL = "2"
"""A word for another call that has no ordinal (重新招标: tendered again) is the second one."""


def ordinal(printed: str) -> str:
    """Return an ordinal as digits without leading zeros, or the letter.

    >>> ordinal("十二"), ordinal("03"), ordinal("iv"), ordinal("b")
    ('12', '3', '4', 'b')
    """
    if printed.isdigit() and printed.isascii():
        return printed.lstrip("0") or "0"
    if printed in _ROMAN:
        return str(_ROMAN[printed])
    value = parse_han(printed)
    return printed if value is None else str(value)


def take(kind: MarkKind, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the marks of one kind, and their ordinals in order; another call without one is the 2nd.

    >>> take("lot", "市场监管项目(第二包:安全监管服务)")
    ('市场监管项目', ('2',))
    >>> take("attempt", "营业厅装修项目(第三次)询比"), take("attempt", "老旧小区二次供水改造")
    (('营业厅装修项目询比', ('3',)), ('老旧小区二次供水改造', ()))
    """
    if any_mark(kind).search(text) is None:
        return text, ()
    found: list[str] = []
    for pattern in purchase_marks(kind):
        match = pattern.search(text)
        while match is not None:
            found.append(_told(kind, match))
            rest = text[: match.start()] + text[match.end() :]
            if rest == text:
                break
            text = rest
            match = pattern.search(text)
    return text, tuple(found)


def _told(kind: MarkKind, match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("more"):
        return str(int(groups["more"]) + 1)
    for value in groups.values():
        if value:
            return ordinal(value)
    return _WHOLE_CALL if kind == "attempt" else ""


def has_mark(kind: MarkKind, text: str) -> bool:
    """Return whether a folded text holds a mark of a kind.

    >>> has_mark("call_off", "印刷服务直接选定成交公告"), has_mark("framework", "物业服务框架协议征集公告")
    (True, True)
    """
    return any_mark(kind).search(text) is not None
