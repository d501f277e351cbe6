"""The kind of a notice: from the tag and headline, from a type field, else from what the notice holds."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.notice_types import TypeWord, notice_type_words
from sousveil.text.fold import fold


@cache
def _words() -> dict[str, TypeWord]:
    return {fold(word): row for row in reversed(notice_type_words()) for word in row.words}


def _pattern() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    parts = [
        re.escape(word)
        if not word.isascii() and not re.match(r"[a-zа-яα-ω]", word)
        else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in words
    ]
    return re.compile("|".join(parts))


TYPE_WORD = _pattern()
"""Every word of ``notice_types.yml``; the longest wins where two begin at one place."""


def type_in(folded: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the kind that a headline tells, with the place of the word, or None."""
    best: tuple[int, int, str, int] | None = None
    for match in TYPE_WORD.finditer(folded, start, end):
        row = _words()[match.group()]
        if best is None or (row.weight, match.start()) > best[:2]:
            best = (row.weight, match.start(), row.type, match.end())
    return None if best is None else (best[2], best[1], best[3])
