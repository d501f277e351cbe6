"""Folding: spellings that mean the same become the same characters, and no offset moves.

Full-width forms become ASCII, upper case lower, traditional Chinese characters simplified, odd spaces and dashes
plain. Every character becomes exactly one character, so an offset in folded text is an offset in the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

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


@cache
def _han_table() -> dict[int, str]:
    """Return traditional character -> simplified character, one to one, from OpenCC's character table.

    All characters are converted in one call, each on a line of its own, so that no word rule of OpenCC applies.
    """
    chars = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last + 1)]
    simple = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {ord(old): new for old, new in zip(chars, simple, strict=True) if old != new and len(new) == 1}


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0x80, 0x10000):
        char = chr(code)
        compatible = unicodedata.normalize("NFKC", char)
        lower = compatible.lower()
        if len(lower) == 1 and lower != char:
            table[code] = lower
    table.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    table.update(_han_table())
    table.update(_PLAIN)
    return table


def fold(text: str) -> str:
    """Return ``text`` folded, with exactly as many code points.

    >>> fold("預算金額：１２３萬元 (RMB)")
    '预算金额:123万元 (rmb)'
    >>> len(fold("ﬁŉ㍿İ")) == len("ﬁŉ㍿İ")
    True
    """
    return text.translate(_table())


def is_han(char: str) -> bool:
    """Return whether a character is a Chinese character (CJK unified ideograph, any plane)."""
    code = ord(char)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF
