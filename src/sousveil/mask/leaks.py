"""What must never leave: persons' numbers, and names behind words that announce a person, in text that was masked.

The same rules as those of the mask, run on what is about to be shown to others. Most text needs none of them: one
scan for labels and one for beginnings of numbers tells so.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sousveil.mask.cover import to_masks
from sousveil.mask.labelled import iter_labels
from sousveil.mask.numbers import PROVINCES
from sousveil.mask.roles import OFFICES, RANKS
from sousveil.mask.text import find_ranges, fold_text
from sousveil.model import COVER, Mask

# OFFICES and RANKS are words parted by '|': their first characters alone let a place be passed over
_FIRSTS = "".join(sorted({word[0] for word in f"{OFFICES}|{RANKS}".split("|")}))
_MAYBE = re.compile(
    rf"(?=[0-9@#◎\[({{ 艾我本а-яіїє{PROVINCES}{_FIRSTS}])"
    rf"(?:[0-9](?:[0-9 ()\-—./]{{4}}|(?<=[a-z][0-9])[0-9])|[{PROVINCES}][a-z]|[@#◎]|\[at\]|\(at\)"
    r"|\{at\}| at [a-z0-9\-]{1,63}[. ]"
    rf"|艾特|我|本人|\(姓名\)|[а-яіїє]|{OFFICES}|{RANKS})"  # a disguise of @, I, I myself, (name), Cyrillic letters
)
"""How everything begins that is found without a label."""


def find_leaks(text: str, allowed: Collection[str] = ()) -> tuple[Mask, ...]:
    """Return what in a text still tells who a natural person is; an empty tuple if nothing does.

    Args:
        text: what is about to leave: a cell, a line, a page.
        allowed: names of institutions; a name found inside one of them is none of a person.

    >>> [leak.kind for leak in find_leaks("请拨打 13800138000，身份证号 11010519491231002X，联系人：张某某")]
    ['phone', 'id', 'name']
    >>> find_leaks("采购人：江城市公安局，联系人：███")
    ()
    """
    if len(text) < MIN_LENGTH or (text.isdecimal() and len(text) < MIN_DIGITS):
        return ()
    folded = fold_text(text)
    if not _MAYBE.search(folded) and next(iter_labels(folded), None) is None:
        return ()
    found = to_masks(text, find_ranges(text, folded)[0])
    leaks = [leak for leak in found if _is_open(text[leak.start : leak.end])]
    if allowed and any(leak.kind == "name" for leak in leaks):
        kept = _places(text, allowed)
        leaks = [leak for leak in leaks if leak.kind != "name" or not _is_inside(leak, kept)]
    return tuple(leaks)


MIN_LENGTH = 3
"""Characters below which nothing can be both announced and named."""
MIN_DIGITS = 7
"""Digits of the shortest phone number without an area code."""


def _is_open(words: str) -> bool:
    """Return whether letters or digits of a masked stretch can be read still."""
    return any(char != COVER and char.isalnum() for char in words) and not words.startswith(COVER)


def _places(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for name in names if name for match in re.finditer(re.escape(name), text)]


def _is_inside(leak: Mask, places: list[tuple[int, int]]) -> bool:
    return any(start <= leak.start and leak.end <= end for start, end in places)
