"""The kind of a notice: from the tag and headline, from a type field, else from what the notice holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.notice_types import TypeWord, notice_type_words
from sousveil.text.fold import fold

_Word = tuple[TypeWord, bool]


@cache
def _matcher() -> tuple[AhoCorasick, tuple[_Word, ...]]:
    """Return the matcher of all type words, and for each whether it must be a whole word."""
    words: dict[str, _Word] = {}
    for row in notice_type_words():
        for word in row.words:
            words.setdefault(fold(word), (row, word[0].isalpha() and not "\u4e00" <= word[0] <= "\u9fff"))
    return AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest), tuple(words.values())


def iter_type_words(folded: str) -> Iterator[tuple[TypeWord, int, int]]:
    """Yield the words of a folded text that tell a kind of notice, with their start and end."""
    matcher, words = _matcher()
    for number, start, end in matcher.find_matches_as_indexes(folded):
        row, is_whole = words[number]
        if folded[start:end] in _OTHER and _OTHER[folded[start:end]].match(folded, end):
            continue
        if is_whole and (_joins(folded[start - 1 : start]) or _joins(folded[end : end + 1])):
            continue
        yield row, start, end


def _joins(char: str) -> bool:
    """Return whether a character makes one word with its neighbour."""
    return char.isalnum() or char == "_"


def has_type_word(folded: str) -> bool:
    """Return whether a folded text holds a word that tells a kind of notice."""
    return next(iter_type_words(folded), None) is not None


def without_type_words(folded: str) -> str:
    """Return a folded text without the words that tell a kind of notice.

    >>> without_type_words("某县视频监控项目竞争性磋商公告")
    '某县视频监控项目公告'
    """
    kept = []
    reached = 0
    for _, start, end in iter_type_words(folded):
        kept.append(folded[reached:start])
        reached = end
    return "".join((*kept, folded[reached:]))


_CLOSING = re.compile(  # announcement, publicity, notice, result, information, letter, file, statement; a tag; the end
    r"[)(\[\]第一二三四五六七八九十\d次的及和或、]{0,6}(?:公告|公示|通知|结果|信息|函|文件|书|说明|公开|:|\]|$)"
)
_REPORT = 4  # weight of words for reports and file shells
_SHORT = 2
"""Han words of two characters (变更 change, 终止 end, 中标 won) are words of works too: 变更设计 is a design."""


_OTHER_AWARD = re.compile(r"[ ](?:criteri|number|procedure|method|date|body|value|of the contract will)")
"""Award criteria, number, method: the words of tenders; nobody has won."""
_OTHER_PLANNING = re.compile(r"[ ](?:commission|department|committee|authority|board|permission|bureau|office)")
"""Bodies that plan, and what they permit."""
_OTHER = {"award": _OTHER_AWARD, "planning": _OTHER_PLANNING}


def _tells(folded: str, start: int, end: int) -> bool:
    """Return whether a word stands where a headline names its kind: at its end, in a tag, or alone at its start."""
    if end - start > _SHORT or not "\u4e00" <= folded[start] <= "\u9fff":
        return True
    is_apart = not folded[:start].strip(" [(") and folded[end : end + 1] in {"", " ", "]", ")", ":", "\u3000"}
    return is_apart or _CLOSING.match(folded, end) is not None


def type_in(folded: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the kind that a headline tells, with the place of the word, or None.

    The heaviest word wins, among equals the last: Chinese headlines end in their kind.
    """
    best: tuple[int, int, str, int] | None = None
    part = folded[start:end]
    for row, first, last in iter_type_words(part):
        if 1 < row.weight < _REPORT and not _tells(part, first, last):
            continue
        if best is None or (row.weight, first) > best[:2]:
            best = (row.weight, first, row.type, last)
    return None if best is None else (best[2], start + best[1], start + best[3])
