"""The words of all cue tables as one automaton: a page is scanned once, every finder takes its own kind of hits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

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
from sousveil.find.lexicon import even, is_whole

Row = Cue | Group | DataCategory | Law | NamedSystem
Kind = TypeVar("Kind", Cue, Group, DataCategory, Law, NamedSystem)
_KINDS = (("purpose", purposes), ("link", links), ("group", groups), ("data", data_categories), ("system", systems))
_ENDING = r"[^\W\d_]{0,8}"
"""Letters that may follow a beginning of a word inside a phrase: endings of Slavic adjectives."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a cue table at a place of an evened page."""

    start: int
    end: int
    row: Row
    word: str


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    row: Row
    word: str
    is_open: bool
    rest: re.Pattern[str] | None


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[_Word, ...], ...]]:
    by_head: dict[str, list[_Word]] = {}
    for kind, rows in (*_KINDS, ("legal", laws)):
        for row in rows():
            for word in row.words:
                head, star, tail = even(word).partition("*")
                rest = re.compile(_ENDING + _ENDING.join(map(re.escape, tail.split("*")))) if tail else None
                by_head.setdefault(head, []).append(_Word(kind, row, word, bool(star), rest))
    return AhoCorasick(list(by_head), matchkind=MatchKind.Standard), tuple(map(tuple, by_head.values()))


@lru_cache(maxsize=4)
def scan(text: str) -> dict[str, tuple[Hit, ...]]:
    """Return kind -> hits of an evened page, by start; a word inside a longer one of its form is dropped.

    The last pages are kept: six finders ask for each.
    """
    automaton, words = _automaton()
    found: dict[str, list[Hit]] = {}
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for word in words[index]:
            stop = _end(text, start, end, word)
            if stop:
                found.setdefault(word.kind, []).append(Hit(start, stop, word.row, word.word))
    return {kind: tuple(_longest(hits)) for kind, hits in found.items()}


def _end(text: str, start: int, end: int, word: _Word) -> int:
    """Return the end of a whole occurrence of the word, 0 where it is only part of another word."""
    if word.rest:
        match = word.rest.match(text, end)
        return match.end() if match and is_whole(text, start, match.end()) else 0
    return end if is_whole(text, start, end, open_right=word.is_open) else 0


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    reach: dict[str, int] = {}
    for hit in hits:
        form = hit.row.form if isinstance(hit.row, Cue) else ""
        if hit.end > reach.get(form, -1):
            reach[form] = hit.end
            yield hit


def hits_of(text: str, kind: str, row_type: type[Kind]) -> Iterator[tuple[int, int, Kind]]:
    """Yield start, end and row of the hits of one kind."""
    for hit in scan(text).get(kind, ()):
        if isinstance(hit.row, row_type):
            yield hit.start, hit.end, hit.row


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Return whether evened text holds one of some words (as they stand in a table)."""
    return any(even(word) in text for word in words)
