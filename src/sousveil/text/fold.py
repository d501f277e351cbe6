"""Folding: spellings that mean the same become the same characters, and no offset moves.

Full-width forms become ASCII, upper case lower, traditional Chinese characters simplified, odd spaces and dashes
plain. Every character becomes exactly one character, so an offset in folded text is an offset in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

from sousveil.text.charmap import CharMap

_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_PLAIN = {
    0x00A0: " ",
    0x3000: " ",
    0x200B: " ",
    0xFEFF: " ",
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x3010: "[",
    0x3011: "]",
    0x3014: "[",
    0x3015: "]",
    0xFE55: ":",
    0xFE30: ":",
}

_RADICALS = {
    ord(radical): character
    for radical, character in zip(
        "⺠⺩⺮⺼⻁⻂⻄⻅⻆⻉⻋⻐⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱",
        "民王竹肉虎衣西见角贝车金长长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
}
"""Signs for parts of characters that the fonts of many PDF files stand in for the characters themselves; Unicode's
compatibility forms map the older block of them only (U+2F00), not this one (U+2E80)."""


@cache
def _han_table() -> dict[int, str]:
    """Return traditional character -> simplified character, one to one, from OpenCC's character table.

    All characters are converted in one call, each on a line of its own, so that no word rule of OpenCC applies.
    """
    chars = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last + 1)]
    simple = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {ord(old): new for old, new in zip(chars, simple, strict=True) if old != new and len(new) == 1}


@cache
def _table() -> CharMap:
    table: dict[int, str] = {}
    for code in range(0x80, 0x10000):
        char = chr(code)
        compatible = unicodedata.normalize("NFKC", char)
        lower = compatible.lower()
        if len(lower) == 1 and lower != char:
            table[code] = lower
    table.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    table.update(_han_table())
    table.update(_RADICALS)
    table.update(_PLAIN)
    return CharMap({code: _end_of(char, table) for code, char in table.items()})


def _end_of(char: str, table: dict[int, str]) -> str:
    """Return what a character becomes in the end: the radical ⾞ the character 車, and that the simplified 车."""
    while (after := table.get(ord(char), char)) != char:
        char = after
    return char


def fold(text: str) -> str:
    """Return ``text`` folded, with exactly as many code points.

    >>> fold("預算金額：１２３萬元 (RMB)")
    '预算金额:123万元 (rmb)'
    >>> len(fold("ﬁŉ㍿İ")) == len("ﬁŉ㍿İ")
    True
    """
    return _remembered(text) if _MIN_REMEMBERED < len(text) < _MAX_REMEMBERED else _table().apply(text)


_MIN_REMEMBERED, _MAX_REMEMBERED = 200, 200_000
"""Characters of a text worth remembering: the same page is folded by reading, by finding and for the index."""


@lru_cache(maxsize=8)
def _remembered(text: str) -> str:
    return _table().apply(text)


_ARABIC_EVEN = {0x0622: "\u0627", 0x0623: "\u0627", 0x0625: "\u0627", 0x0649: "\u064a", 0x0629: "\u0647"}
"""Spellings of alef, ya and ta marbuta that writers mix."""
_ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u052f\u0622-\u0649\u1e00-\u1fff]")


@cache
def _even_table() -> CharMap:
    table = dict(_ARABIC_EVEN)
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base not in "иі":  # Cyrillic i with and without breve are letters of their own
            table[code] = base
    return CharMap(table)


def even(folded: str) -> str:
    """Return folded text without accents, with exactly as many code points: search does not ask for accents.

    >>> even(fold("CÁMARAS de vidéo"))
    'camaras de video'
    """
    return _even_table().apply(folded) if _ACCENTED.search(folded) else folded


def is_han(char: str) -> bool:
    """Return whether a character is a Chinese character (CJK unified ideograph, any plane)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF
    )
