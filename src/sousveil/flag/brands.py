"""Brands as items and sentences of notices name them."""

from __future__ import annotations

import re

from sousveil.flag.words import plain, words_of
from sousveil.model import Field

_MARKS = re.compile(r"[\s/\\、,;|()\[\]*★▲●-]+")
_LEAST, _MOST = 2, 24
"""Characters of a name of a brand."""


def name_of(field: Field | None) -> str:
    """Return the brand that a cell names, folded; empty for a cell that names none (国产, as in the annex)."""
    return clean(plain(str(field.value))) if field is not None and field.value is not None else ""


def clean(text: str) -> str:
    """Return folded text as the name of one brand, empty if it cannot be one.

    >>> clean("甲乙牌"), clean("国产优质"), clean("12")
    ('甲乙牌', '', '')
    """
    name = text.strip(" :：*★▲●.。,")
    if not _LEAST <= len(name) <= _MOST or not any(char.isalpha() for char in name):
        return ""
    return "" if any(_is_filler(word, name) for word in words_of("no_brand")) else name


def _is_filler(word: str, name: str) -> bool:
    """Return whether a word that names no brand makes up the name: Chinese ones as a part, others alone."""
    return word == name if word.isascii() or len(word) == 1 else word in name


def split_names(text: str) -> list[str]:
    """Return the brands that a list of them names.

    >>> split_names("甲牌、乙牌/丙牌")
    ['甲牌', '乙牌', '丙牌']
    """
    return [name for part in _MARKS.split(text) if (name := clean(part))]
