"""Is it bought at all? Negations, acts of bidding and former works around a place.

``不含人脸识别、指纹`` (without face recognition, fingerprints) names what is *not* bought; the face of a bidder is
checked by the bidding platform; works that a bidder did before are no purchase. Each is looked for a short way around
the place, inside its sentence, so that cost does not grow with the page.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.denials import denials
from sousveil.find.lexicon import even

_REACH = 60
"""Characters before a place in which its negation stands: the longest lists of what is left out seen in notices."""
_LIST_REACH = 160
"""Characters that a list under a negation with a colon may have before the place: some six short items."""
_AWAY = 30
"""Characters after a place in which it is said not to belong to the purchase."""
_SIDE = 60
"""Characters to either side in which a person of bidding makes a check one of bidders."""
_RECORD_BEFORE, _RECORD_AFTER = 48, 24
"""Characters around a place in which former works are named: 业绩为… before, …类业绩 after."""
_PRICE = re.compile("(?:税|运费|增值税|安装费|人工)")
"""What 不含 (without) denies in prices: tax, freight, labour."""
_NEXT_SECTION = re.compile(
    r"\n\s*\n|\n[ ]*(?:\(?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[章条])"
)


@cache
def _words(kind: str) -> str:
    words = {even(word) for row in denials() if row.kind == kind for word in row.words}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(_words(kind))


_PHRASE_END = re.compile(r"[,。;!?\n|)]|\.(?=\s|$)")
_SENTENCE_END = re.compile(r"[。;!?\n|]|\.(?=\s|$)")
_LIST = re.compile(r"[^,。;\n]{0,8}:\s?")


def denied(text: str, start: int, end: int) -> str | None:
    """Return the reason why evened ``text[start:end]`` is named but not bought, or None.

    >>> denied("本项目不含人脸识别、指纹采集", 10, 14)
    'not bought: 不含'
    >>> denied("不少于40台人脸识别终端", 6, 10) is None
    True
    """
    return (
        _negated(text, start, end)
        or _set_aside(text, end)
        or _of_bidders(text, start, end)
        or _former(text, start, end)
    )


def _negated(text: str, start: int, end: int) -> str | None:
    inside = _pattern("not").search(text, start, end)  # a description may hold its own negation: 监室不新增收音装置
    if inside:
        return f"not bought: {inside[0]}"
    low = max(0, start - _LIST_REACH)
    found = None
    for found in _pattern("not").finditer(text, low, start):  # noqa: B007 (the last one counts)
        pass
    if found is None or _PRICE.match(text, found.end()):
        return None
    near = start - found.end() <= _REACH and not _PHRASE_END.search(text, found.end(), start)
    listed = _LIST.match(text, found.end(), start)
    if near or (
        listed and not _NEXT_SECTION.search(text, listed.end(), start) and "。" not in text[found.end() : start]
    ):
        return f"not bought: {found[0]}"
    return None


def _set_aside(text: str, end: int) -> str | None:
    stop = _SENTENCE_END.search(text, end, end + _AWAY)
    found = _pattern("away").search(text, end, stop.start() if stop else min(len(text), end + _AWAY))
    return f"not of this purchase: {found[0]}" if found else None


def _sentence(text: str, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    low = max(0, start - before)
    for match in _SENTENCE_END.finditer(text, low, start):
        low = match.end()
    stop = _SENTENCE_END.search(text, end, end + after)
    return low, stop.start() if stop else min(len(text), end + after)


def _of_bidders(text: str, start: int, end: int) -> str | None:
    found = _pattern("bidder").search(text, *_sentence(text, start, end, _SIDE, _SIDE))
    return f"a check of bidders: {found[0]}" if found else None


def _former(text: str, start: int, end: int) -> str | None:
    found = _pattern("record").search(text, *_sentence(text, start, end, _RECORD_BEFORE, _RECORD_AFTER))
    return f"former works: {found[0]}" if found else None
