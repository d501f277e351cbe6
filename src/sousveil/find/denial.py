"""Is it bought at all? Negations, acts of bidding and former works around a place.

``不含人脸识别、指纹`` (without face recognition, fingerprints) names what is *not* bought; the face of a bidder is
checked by the bidding platform; works that a bidder did before are no purchase. Each is looked for a short way around
the place, inside its sentence, so that cost does not grow with the page.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.denials import denials
from sousveil.find.lexicon import even, is_whole, is_word

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
_PRICE = re.compile(r"(?:税|运费|增值税|安装费|人工|\s*(?:vat|iva|tva|btw|mwst|ust|taxes|impuestos|ндс|пдв|kdv)\b)")
"""What 不含 (without) denies in prices: tax, freight, labour."""
_NEXT_SECTION = re.compile(
    r"\n\s*\n|\n[ ]*(?:\(?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[章条])"
)


@cache
def _automata() -> dict[tuple[str, bool], AhoCorasick]:
    """Return the words of each kind, Chinese ones and those of all other languages apart: a place needs one of them."""
    words: dict[tuple[str, bool], dict[str, None]] = {}
    for row in denials():
        words.setdefault((row.kind, row.language == "zh"), {}).update(dict.fromkeys(map(even, row.words)))
    return {key: AhoCorasick(list(found), matchkind=MatchKind.LeftmostLongest) for key, found in words.items()}


_HAN = re.compile("[\u3400-\u9fff]")
_NEAR = 12
"""Characters to either side of a place that tell in which script its sentence is written."""


def _cues(kind: str, text: str, place: int, low: int, high: int) -> list[tuple[int, int]]:
    """Return where words of a kind, in the script around ``place``, begin in ``text[low:high]``."""
    is_han = _HAN.search(text, max(0, place - _NEAR), place + _NEAR) is not None
    automaton = _automata().get((kind, is_han))
    if automaton is None:
        return []
    found = automaton.find_matches_as_indexes(text[low:high])
    places = ((low + start, low + end) for _, start, end in found)
    return [(start, end) for start, end in places if is_whole(text, start, end, open_right=True)]


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
        or _listed_out(text, start)
        or _set_aside(text, end)
        or _of_bidders(text, start, end)
        or _former(text, start, end)
    )


def _negated(text: str, start: int, end: int) -> str | None:
    inside = _cues("not", text, start, start, end)  # a description may hold its own negation: 监室不新增收音装置
    if inside:
        return f"not bought: {text[inside[0][0] : inside[0][1]]}"
    found = _cues("not", text, start, max(0, start - _LIST_REACH), start)
    if not found or _PRICE.match(text, found[-1][1]):
        return None
    first, last = found[-1]
    near = start - last <= _REACH and not _PHRASE_END.search(text, last, start)
    listed = _LIST.match(text, last, start)
    if near or (listed and not _NEXT_SECTION.search(text, listed.end(), start) and "。" not in text[last:start]):
        return f"not bought: {text[first:last]}"
    return None


def _listed_out(text: str, start: int) -> str | None:
    found = _cues("list", text, start, max(0, start - _LIST_REACH), start)
    if not found or _PRICE.match(text, found[-1][1]) or _SENTENCE_END.search(text, found[-1][1], start):
        return None
    return f"not bought: {text[found[-1][0] : found[-1][1]]}"


def _ends_in_letters(text: str, end: int) -> bool:
    return end > 0 and is_word(text[end - 1])


def _set_aside(text: str, end: int) -> str | None:
    reach = _AWAY * (3 if _ends_in_letters(text, end) else 1)  # words with letters are longer than characters
    stop = _SENTENCE_END.search(text, end, end + reach)
    found = _cues("away", text, end, end, stop.start() if stop else min(len(text), end + reach))
    return f"not of this purchase: {text[found[0][0] : found[0][1]]}" if found else None


def _sentence(text: str, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    low = max(0, start - before)
    for match in _SENTENCE_END.finditer(text, low, start):
        low = match.end()
    stop = _SENTENCE_END.search(text, end, end + after)
    return low, stop.start() if stop else min(len(text), end + after)


def _of_bidders(text: str, start: int, end: int) -> str | None:
    found = _cues("bidder", text, start, *_sentence(text, start, end, _SIDE, _SIDE))
    return f"a check of bidders: {text[found[0][0] : found[0][1]]}" if found else None


def _former(text: str, start: int, end: int) -> str | None:
    times = 3 if _ends_in_letters(text, end) else 1  # words with letters are longer than characters
    found = _cues("record", text, start, *_sentence(text, start, end, _RECORD_BEFORE * times, _RECORD_AFTER * times))
    return f"former works: {text[found[0][0] : found[0][1]]}" if found else None
