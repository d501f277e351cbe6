"""The words of all cue tables as one automaton: a page is scanned once, every finder takes its own kind of hits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.cues import (
    Cue,
    DataCategory,
    Group,
    Law,
    NamedSystem,
    data_categories,
    groups,
    laws,
    links,
    purposes,
    systems,
)
from sousveil.find.lexicon import even, is_whole, is_word

Row = Cue | Group | DataCategory | Law | NamedSystem
Kind = TypeVar("Kind", Cue, Group, DataCategory, Law, NamedSystem)
_KINDS = (("purpose", purposes), ("link", links), ("group", groups), ("data", data_categories), ("system", systems))
_ENDING = r"[^\W\d_]{0,8}"
"""Letters that may follow a beginning of a word inside a phrase: endings of Slavic adjectives."""


class Hit(NamedTuple):
    """A word of a cue table at a place of an evened page; a tuple, because a page has hundreds."""

    start: int
    end: int
    row: Row
    word: str


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    row: Row
    word: str
    form: str
    language: str
    is_open: bool
    is_spaced: bool
    rest: re.Pattern[str] | None


_UNSCANNED = frozenset(
    (
        "filler",
        "ability",
        "before",
        "after",
        "what",
        "toward",
        "whom",
        "served",
        "means",
        "head",
        "core",
        "particle",
        "handed",
    )
)
"""Forms that finders look for beside a hit; as particles of one character they would be most of all hits."""


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[_Word, ...], ...]]:
    by_head: dict[str, list[_Word]] = {}
    for kind, rows in (*_KINDS, ("legal", laws)):
        for row in rows():
            form, language = (row.form, row.language) if isinstance(row, Cue) else ("", "")
            for word in row.words if form not in _UNSCANNED else ():
                head, star, tail = even(word).partition("*")
                rest = re.compile(_ENDING + _ENDING.join(map(re.escape, tail.split("*")))) if tail else None
                is_spaced = is_word(head[0]) or is_word(head[-1])
                by_head.setdefault(head, []).append(_Word(kind, row, word, form, language, bool(star), is_spaced, rest))
    return AhoCorasick(list(by_head), matchkind=MatchKind.Standard), tuple(map(tuple, by_head.values()))


@lru_cache(maxsize=4)
def scan(text: str) -> dict[str, tuple[Hit, ...]]:
    """Return kind -> hits of an evened page, by start; a word inside a longer one of its form and language is dropped.

    The last pages are kept: six finders ask for each.
    """
    automaton, words = _automaton()
    found: dict[tuple[str, str, str], list[Hit]] = {}
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for word in words[index]:
            stop = _end(text, start, end, word) if word.is_spaced else end
            if stop:
                found.setdefault((word.kind, word.form, word.language), []).append(
                    Hit(start, stop, word.row, word.word)
                )
    by_kind: dict[str, list[Hit]] = {}
    for (kind, _, _), hits in found.items():
        by_kind.setdefault(kind, []).extend(_longest(hits))
    return {kind: tuple(sorted(hits, key=_place)) for kind, hits in by_kind.items()}


def _place(hit: Hit) -> tuple[int, int]:
    """Return the order of hits: by start, longer ones first."""
    return hit.start, -hit.end


def _end(text: str, start: int, end: int, word: _Word) -> int:
    """Return the end of a whole occurrence of the word, 0 where it is only part of another word."""
    if word.rest:
        match = word.rest.match(text, end)
        return match.end() if match and is_whole(text, start, match.end()) else 0
    return end if is_whole(text, start, end, open_right=word.is_open) else 0


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    reach = -1
    for hit in hits:
        if hit.end > reach:
            reach = hit.end
            yield hit


def hits_of(text: str, kind: str, row_type: type[Kind]) -> Iterator[tuple[int, int, Kind]]:
    """Yield start, end and row of the hits of one kind."""
    for hit in scan(text).get(kind, ()):
        if isinstance(hit.row, row_type):
            yield hit.start, hit.end, hit.row


def islice_from(hits: tuple[Hit, ...], place: int) -> Iterator[Hit]:
    """Yield the hits from a place on, without copying the rest of a long page."""
    while place < len(hits):
        yield hits[place]
        place += 1


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Return whether evened text holds one of some words (as they stand in a table)."""
    return any(_even_word(word) in text for word in words)


@cache
def _even_word(word: str) -> str:
    return even(word)
