"""Where a text names a lot by its number: 包1, 第二标段, B包, Lot 3, Partida 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sousveil.data.lot_words import lot_words
from sousveil.text.fold import fold
from sousveil.text.numerals import parse_han

MAX_NUMBER = 40
"""Characters of a cell that is a lot's number: some platforms print the project's number and the lot's."""
_HAN = r"[一二三四五六七八九十]{1,3}"
_NOT_BEFORE = r"(?<![承总发打面书钱背沙挎外软荷])"
"""Characters that make another word of 包: 承包 contracts, 外包 outsources, 软件包 is a package of software."""
_NOT_BEHIND = r"(?![\d.a-z]|\s?(?:年|月|天|日|个|人|级|万|元|次|家|套|台|%|期|名|层|楼|路|方案))"
"""What makes a number count something else: years, persons, classes."""
_NO_LOT = r"(?!括|含|装|干|工|裹|皮|子|揽|销|办|保|赔|容|围|扎)"  # 包括 includes, 包装 packing, 包干 lump sum


_MORE = re.compile(rf"[、,和及]\s?(?P<n>\d{{1,2}}|{_HAN}){_NOT_BEHIND}(?!\s?[、.:\u4e00-\u9fff])")
"""Further numbers behind the word for lot: 标包5、6."""


class Mention(NamedTuple):
    """A lot named in a text: its number as printed, folded, and the place of word and number."""

    number: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The number by which mentions of one lot are known: 一, 1 and 01 are one."""
        return key_of(self.number)


def key_of(number: str) -> str:
    """Return a number of a lot in one writing.

    >>> key_of("一"), key_of("01"), key_of("A")
    ('1', '1', 'a')
    """
    lower = number.strip().lower()
    if lower.isdecimal():
        return str(int(lower))
    value = parse_han(lower) if re.fullmatch(_HAN, lower) else None
    return lower if value is None else str(value)


@cache
def _pattern() -> re.Pattern[str]:
    before = sorted(map(fold, lot_words("before")), key=len, reverse=True)
    han = "|".join(re.escape(word) for word in before if word[0] >= "\u4e00")
    rest = "|".join(re.escape(word) for word in before if word[0] < "\u4e00")
    behind = "|".join(re.escape(word) for word in lot_words("behind"))
    return re.compile(
        rf"第(?P<c>{_HAN}|\d{{1,2}})\s?(?:{behind}){_NO_LOT}"
        rf"|{_NOT_BEFORE}(?:{han})[ :]?(?P<a>{_HAN}|\d{{1,3}}|[a-z](?![a-z])){_NOT_BEHIND}"
        rf"|(?<![a-z0-9一二三四五六七八九十])(?P<d>{_HAN}|\d{{1,2}}|[a-z])(?:{behind}){_NO_LOT}"
        rf"|(?<!\w)(?:{rest})[ .:#-]{{0,2}}(?P<b>\d{{1,3}}|[a-z](?!\w)|[ivx]{{1,4}}(?!\w))(?![\d/])(?!\.\d)"
    )


def iter_mentions(folded: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Yield the lots that a folded text names, in order of place.

    >>> [mention.number for mention in iter_mentions("包1:服务器 第二标段 承包三级 B包 lot 4".lower())]
    ['1', '二', 'b', '4']
    """
    last = len(folded) if end is None else end
    for match in _pattern().finditer(folded, start, last):
        number = match["a"] or match["b"] or match["c"] or match["d"]
        yield Mention(number, *match.span())
        more = _MORE.match(folded, match.end(), last) if match["a"] else None
        while more is not None:
            yield Mention(more["n"], more.start("n"), more.end())
            more = _MORE.match(folded, more.end(), last)


def number_in(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the number of a lot in a cell for it, without the word for lot; None for other words."""
    if end - start > MAX_NUMBER or "\n" in folded[start:end]:
        return None
    mention = next(iter_mentions(folded, start, end), None)
    if mention is not None and mention.start == start:
        at = folded.index(mention.number, mention.start, mention.end)
        return at, at + len(mention.number)
    text = folded[start:end]
    is_code = any(char.isdigit() for char in text) or len(text) == 1 or key_of(text) != text
    return (start, end) if is_code and " " not in text and "公司" not in text else None
