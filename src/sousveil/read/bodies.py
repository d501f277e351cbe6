"""Lines that are the name of a public body and nothing else, in languages with capitals.

``Comune di Roccavento``, ``Maple Hollow Police Department, Ohio``, ``Republic of Kenya - County Government of …``: who
buys, where no label says it, and never what is bought.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.organs import organ_words
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

MAX_LINES = 5
MAX_LINE = 110
_PART = re.compile(r"(?:(?! [-–—] |, ).)+")
_BARE = frozenset(
    ("city council", "town council", "county council", "borough council", "district council", "police department")
)
"""Words for a body without the name of one."""
_SMALL = frozenset(
    (
        "of",
        "the",
        "and",
        "for",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "di",
        "del",
        "della",
        "do",
        "da",
        "dos",
        "das",
        "e",
        "y",
        "et",
        "&",
    )
)


@cache
def _heads() -> re.Pattern[str]:
    words = [fold(word) for language in ("other", "en") for word in organ_words("head", language)]
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")


@cache
def _tails() -> tuple[str, ...]:
    return tuple(f" {fold(word)}" for word in organ_words("tail", "en"))


def is_body(folded: str, text: str) -> bool:
    """Return whether a stretch is the name of a body: it begins or ends in a word for one, and all its words are names.

    Args:
        folded: the stretch, folded.
        text: the same as printed, whose capitals tell names.

    >>> is_body("comune di roccavento", "Comune di Roccavento"), is_body("city of books", "city of books")
    (True, False)
    """
    if folded in _BARE:
        return False
    head = _heads().match(folded)
    if not head and not folded.endswith(_tails()):
        return False
    words = text.split()
    named = text[head.end() :].split() if head else words  # Centre hospitalier de …: a head's own words may be small
    return 2 <= len(words) <= 12 and all(_is_name(word) for word in named)


def _is_name(word: str) -> bool:
    first = word.lstrip("«\"'(")[:1]
    return (not first.islower() and not first.isdigit()) or word.lower() in _SMALL or word[:2] in {"d'", "l'"}


def find_body_line(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the first body that one of the first lines names, or None."""
    for line in sheet.lines[:MAX_LINES]:
        if line.end - line.start > MAX_LINE or line.has_cells:
            continue
        for match in _PART.finditer(sheet.folded, line.start, line.end):
            start, end = match.span()
            while sheet.folded[start] in " ,-–—" and start < end - 1:
                start += 1
            if ":" not in match.group() and is_body(sheet.folded[start:end], sheet.page.text[start:end]):
                return start, end
    return None


def is_body_line(sheet: Sheet, start: int, end: int) -> bool:
    """Return whether a line holds the name of a body that is all it says, but for a state, a place, a number."""
    if sheet.folded.find(":", start, end) >= 0:
        return False
    for match in _PART.finditer(sheet.folded, start, end):
        first, last = match.span()
        while first < last - 1 and sheet.folded[first] in " ,-–—":
            first += 1
        rest = (end - start) - (last - first)
        if rest < MAX_LINE // 3 and is_body(sheet.folded[first:last], sheet.page.text[first:last]):
            return True
    return False
