"""Spreading: a name that a strong label announced is covered wherever the document repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs as ac

from sousveil.mask.chinese import Trust, is_inside_institution, is_name
from sousveil.mask.cover import Range
from sousveil.mask.lexicon import HAN, lexicon

_HAN = re.compile(f"[{HAN}]")
_BEFORE_NAME = re.compile(r"(?:人|员|家|表|长|任|理|由|与|和|及|为|是|对|向|请|、|委|师|警|系|经|查|了|托)$")
"""Endings of words that come before a name: person, member, expert, delegate, chief, manager, by, with, and, is."""
_KEEPER = re.compile("经营者|经营人|业主姓名|个体工商户|个体户")
"""Operator, owner, individual business: what a text says where a trade name holds the trader's own."""
_SHOP = re.compile(f"[{HAN}]{{1,10}}(?![{HAN}])(?<!公司)")
MAX_NAMES = 2_000
"""Names looked for again in one document."""


def names_to_spread(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, folded and as found, that are worth looking for again: whole ones, no common words."""
    kept: dict[str, None] = {}
    for name in names:
        plain = name.strip()
        is_chinese = bool(_HAN.match(plain))
        if "·" in plain or _is_whole(plain) if is_chinese else " " in plain and len(plain) >= 6:
            kept[plain] = None
        if len(kept) >= MAX_NAMES:
            break
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _is_whole(plain: str) -> bool:
    """Return whether a name is safe to look for: one of two characters must hold a surname, too."""
    return is_name(plain, Trust.PLAIN if len(plain) == 2 else Trust.SURE, lexicon())


def make_finder(names: tuple[str, ...]) -> ac.AhoCorasick | None:
    """Return one automaton for all names, or None if there are none."""
    return ac.AhoCorasick(names, matchkind=ac.MatchKind.LeftmostLongest) if names else None


def iter_repeats(folded: str, finder: ac.AhoCorasick) -> Iterator[Range]:
    """Yield the places of names that were announced elsewhere, except inside an institution's name.

    A name of two characters is also part of many words, so it must stand free or beside a word that goes with names.
    """
    words = lexicon()
    has_keeper = _KEEPER.search(folded) is not None
    for _, start, end in finder.find_matches_as_indexes(folded):
        if not _HAN.match(folded, start):
            if not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum():
                yield Range(start, end, "name")
            continue
        shop = _SHOP.match(folded, end) if has_keeper else None
        if shop and shop.group().endswith(words.trader_ends):
            yield Range(start, end, "name")
            continue
        has_free_end = not _HAN.match(folded, end) or bool(words.follow.match(folded, end))
        is_bracket = folded[end : end + 1] == "("
        if (not has_free_end or is_bracket) and is_inside_institution(folded, end):
            continue
        if end - start == 2:
            before = _HAN.match(folded, start - 1) if start else None
            if not has_free_end or (before and not _BEFORE_NAME.search(folded, max(0, start - 2), start)):
                continue
        yield Range(start, end, "name")
