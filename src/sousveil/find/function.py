"""Finds functions: a trait or an identifier, a verb and an object that meet in one clause, whatever the phrase.

``faces ... compared with the list`` and ``list ... against which captured faces are compared`` say the same; no list of
phrases holds all its forms. A rule names the parts; all words of all parts are looked for in one pass, and each place
of a rule's first part looks for the others around it, inside its clause and the rule's reach.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.functions import Function, functions, word_classes
from sousveil.data.terms import Term, contexts
from sousveil.find.lexicon import MAX_HITS, Entry, Hit, even, is_whole, is_word, make_company

_STOP = re.compile(r"[。;!?\n|\u2028]")
"""What ends a clause. Commas do not: such sentences run over them, the reach of a rule keeps its parts together."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule ready for use: the entry its hits carry, and for each part the numbers of its words."""

    entry: Entry
    parts: tuple[int, ...]
    needed: frozenset[int]
    reach: int


def find_functions(text: str) -> list[Hit]:
    """Return the descriptions in evened text, by start; of one rule at most ``MAX_HITS`` first places are looked at."""
    automaton, owners, rules = _machine()
    places: dict[int, list[Place]] = {}
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        parts, is_spaced = owners[index]
        if not is_spaced or is_whole(text, start, end):
            for part in parts:
                known = places.setdefault(part, [])
                if len(known) < _MOST_PLACES:
                    known.append((start, end))
    found: list[Hit] = []
    for rule in rules:
        if rule.needed <= places.keys():
            found += _meetings(text, rule, [places[part] for part in rule.parts])
    found.sort(key=lambda hit: (hit.start, -hit.end))
    return found


_MOST_PLACES = 400
"""Places of one part on one page; a page with more is a specification of hundreds of thousands of characters."""


def _meetings(text: str, rule: _Rule, parts: list[list[Place]]) -> Iterator[Hit]:
    """Yield the places where all parts of a rule meet, one for each place of its first part."""
    for anchor in parts[0][:MAX_HITS]:
        low, high = _clause(text, anchor, rule.reach)
        met = [anchor]
        for others in parts[1:]:
            place = _nearest(text, others, (low, high), met)
            if place is None:
                break
            met.append(place)
        start, end = min(place[0] for place in met), max(place[1] for place in met)
        if len(met) == len(parts) and end - start <= rule.reach:
            yield Hit(start, end, rule.entry)


def _clause(text: str, anchor: Place, reach: int) -> Place:
    """Return the bounds in which the other parts may stand."""
    low = max(0, anchor[1] - reach)
    for match in _STOP.finditer(text, low, anchor[0]):
        low = match.end()
    stop = _STOP.search(text, anchor[1], anchor[0] + reach)
    return low, stop.start() if stop else min(len(text), anchor[0] + reach)


def _nearest(text: str, others: list[Place], bounds: Place, met: list[Place]) -> Place | None:
    """Return the place of a part nearest to the first one met, in bounds, apart from the places met and another word.

    Three traits are three different ones: 声纹 … 声纹 is one trait named twice.
    """
    anchor = met[0]
    words = {text[start:end] for start, end in met}
    best: Place | None = None
    distance = bounds[1] - bounds[0] + 1
    for start, end in others[bisect_left(others, (bounds[0], 0)) :]:
        if start >= bounds[1]:
            break
        gap = max(start - anchor[1], anchor[0] - end)
        if end > bounds[1] or gap >= distance or text[start:end] in words:
            continue
        if all(end <= left or right <= start for left, right in met):
            best, distance = (start, end), gap
    return best


@cache
def _machine() -> tuple[AhoCorasick, tuple[tuple[tuple[int, ...], bool], ...], tuple[_Rule, ...]]:
    """Return the automaton of all words, for each word its parts and whether spaces part it, and the rules."""
    numbers: dict[tuple[str, ...], int] = {}
    owners: dict[str, list[int]] = {}
    rules: list[_Rule] = []
    for row in functions():
        parts: list[int] = []
        for part in row.parts:
            if part not in numbers:
                numbers[part] = len(numbers)
                for word in _spelled(part):
                    owners.setdefault(word, []).append(numbers[part])
            parts.append(numbers[part])
        rules.append(_Rule(_entry(row), tuple(parts), frozenset(parts), row.reach))
    words = tuple((tuple(parts), is_word(word[0]) or is_word(word[-1])) for word, parts in owners.items())
    return AhoCorasick(list(owners), matchkind=MatchKind.Standard), words, tuple(rules)


def _spelled(part: tuple[str, ...]) -> tuple[str, ...]:
    """Return the evened words of a part, each once, classes written out."""
    words = (known for word in part for known in (word_classes()[word[1:]] if word.startswith("@") else (word,)))
    return tuple(dict.fromkeys(map(even, words)))


def _entry(row: Function) -> Entry:
    term = Term(
        term=row.name,
        capability=row.capability,
        gloss=row.gloss,
        source=row.source,
        language="function",
        strength="described",
        needs=_shared(row.needs),
        unless=_shared(row.unless),
    )
    return Entry(term, make_company(term.needs), make_company(term.unless))


def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with the groups of ``contexts.yml`` written out."""
    return tuple(known for word in words for known in (contexts()[word[1:]] if word.startswith("@") else (word,)))
