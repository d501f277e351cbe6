"""Lines whose characters stand apart, as recognition of scans leaves them: 联 系 人 ： 王 小 明."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.lexicon import HAN

_SIGN = rf"[{HAN}0-9:、,;()\-]"
_SPREAD = re.compile(
    rf"[ ](?<=[{HAN}][ ])(?<![^\s|][{HAN}][ ])[ ]?(?:{_SIGN}[ ]{{1,2}}){{5}}[^\n]{{0,400}}"
)  # begins with a blank, which is looked for fastest
"""Seven signs with blanks between them: a name that a form spaces out has four at most, a label six."""
_APART = re.compile(r"(?<=\S)[ ]{1,2}(?=\S(?:\s|$))")


def iter_spread_lines(folded: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the parts of lines whose characters stand apart.

    >>> list(iter_spread_lines("联 系 人 : 王 小 明")), list(iter_spread_lines("姓 名: 王 明"))
    ([(0, 13)], [])
    """
    for match in _SPREAD.finditer(folded):
        yield match.start() - 1, match.end()


def squeeze(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return a part of a text without the blanks between its single characters, and where each character stood.

    >>> squeeze("电 话 : 1 3 8", 0, 13)[0]
    '电话:138'
    """
    part = text[start:end]
    blanks = {place for match in _APART.finditer(part) for place in range(match.start(), match.end())}
    kept = [place for place in range(len(part)) if place not in blanks]
    return "".join(part[place] for place in kept), [place + start for place in kept]
