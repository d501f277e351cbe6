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
def _han() -> re.Pattern[str]:
    """Return the pattern of the words alone: numbers are looked for beside those that stand in a text."""
    words = {*lot_words("before"), *lot_words("behind")}
    folded = sorted((fold(word) for word in words if word[0] >= "\u4e00"), key=len, reverse=True)
    return re.compile("|".join(folded))


_AFTER = re.compile(rf"[ :]?(?P<n>{_HAN}|\d{{1,3}}|[a-z](?![a-z])){_NOT_BEHIND}")
_AHEAD = re.compile(
    rf"(?:第(?P<c>{_HAN}|\d{{1,2}})|(?<![a-z0-9一二三四五六七八九十第])(?P<d>{_HAN}|\d{{1,2}}|[a-z]))\s?$"
)
_OTHER_WORD = re.compile(_NOT_BEFORE)
_NO_PART = re.compile(_NO_LOT)
_LONGEST = 6
"""Characters before a word in which its number stands: 第, three numerals, a blank."""


@cache
def _rest() -> re.Pattern[str]:
    words = sorted((fold(word) for word in lot_words("before") if word[0] < "\u4e00"), key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})[ .:#-]{{0,2}}"
        r"(?P<n>\d{1,3}|[a-z](?!\w)|[ivx]{1,4}(?!\w))(?![\d/])(?!\.\d)"
    )


def iter_mentions(folded: str, start: int = 0, end: int | None = None, *, is_han: bool = True) -> Iterator[Mention]:
    """Yield the lots that a folded text names, in order of place; the words of one script are looked for.

    >>> [mention.number for mention in iter_mentions("包1:服务器 第二标段 承包三级 b包 标包5、6")]
    ['1', '二', 'b', '5', '6']
    >>> [mention.number for mention in iter_mentions("lot 4, los 2", is_han=False)]
    ['4', '2']
    """
    last = len(folded) if end is None else end
    if is_han:
        yield from _iter_han(folded, start, last)
        return
    for match in _rest().finditer(folded, start, last):
        yield Mention(match["n"], *match.span())


def _iter_han(folded: str, start: int, last: int) -> Iterator[Mention]:
    reached = start
    for word in _han().finditer(folded, start, last):
        if word.start() < reached:
            continue
        after = _AFTER.match(folded, word.end(), last) if _OTHER_WORD.match(folded, word.start()) else None
        low = max(reached, word.start() - _LONGEST)
        ahead = _AHEAD.search(folded, low, word.start())
        if ahead is not None and (after is None or ahead["c"]) and _NO_PART.match(folded, word.end()):
            reached = word.end()
            yield Mention(ahead["c"] or ahead["d"], ahead.start(), word.end())
        elif after is not None:
            reached = after.end()
            yield Mention(after["n"], word.start(), reached)
            more = _MORE.match(folded, reached, last)
            while more is not None:
                reached = more.end()
                yield Mention(more["n"], more.start("n"), reached)
                more = _MORE.match(folded, reached, last)


def number_in(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the number of a lot in a cell for it, without the word for lot; None for other words."""
    if end - start > MAX_NUMBER or "\n" in folded[start:end]:
        return None
    mentions = (*iter_mentions(folded, start, end), *iter_mentions(folded, start, end, is_han=False))
    mention = mentions[0] if mentions else None
    if mention is not None and mention.start == start:
        at = folded.index(mention.number, mention.start, mention.end)
        return at, at + len(mention.number)
    text = folded[start:end]
    is_code = any(char.isdigit() for char in text) or len(text) == 1 or key_of(text) != text
    return (start, end) if is_code and " " not in text and "公司" not in text else None
