"""Finds functions: a trait or an identifier, a verb and an object that meet in one clause, whatever the phrase.

``faces ... compared with the list`` and ``list ... against which captured faces are compared`` say the same; no list of
phrases holds all its forms. A rule names the parts; all words of all parts are looked for in one pass, and each place
of a rule's first part looks for the others around it, inside its clause and the rule's reach.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.functions import Function, functions, word_classes
from sousveil.data.terms import Term, contexts
from sousveil.find.lexicon import MAX_HITS, Entry, Hit, even, is_whole, make_company, make_pattern

_STOP = re.compile(r"[。;!?\n|\u2028]|\.(?=\s|$)")
"""What ends a clause. Commas do not: such sentences run over them, the reach of the rule keeps the parts together."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a part; it may go on where a star stands: at its ends, or after a word inside it."""

    key: str
    """What the automaton looks for: the word up to its first star."""
    pattern: re.Pattern[str] | None
    open_left: bool
    open_right: bool

    def end_at(self, text: str, start: int, end: int) -> int | None:
        """Return where the word ends whose key stands at ``[start, end)``; None where it does not stand there whole."""
        match = self.pattern.match(text, start) if self.pattern else None
        last = match.end() if match else end
        is_there = self.pattern is None or match is not None
        is_right = is_there and is_whole(text, start, last, open_left=self.open_left, open_right=self.open_right)
        return last if is_right else None


def _make_word(word: str) -> _Word:
    bare = word.strip("*")
    pattern = make_pattern(bare) if "*" in bare else None
    return _Word(bare.split("*")[0], pattern, word.startswith("*"), word.endswith("*"))


class _Owners(NamedTuple):
    """The numbers of the parts that hold a word, and the same as bits."""

    parts: tuple[int, ...]
    bits: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule ready for use: the entry its hits carry, and for each part the numbers of its words."""

    key: tuple[str, str]
    """Rule and capability, by which a user puts it aside."""
    entry: Entry
    parts: tuple[int, ...]
    bits: int
    """The numbers of the parts as bits: whether all are on a page is one comparison."""
    reach: int


def find_functions(text: str, off: frozenset[tuple[str, str]] = frozenset()) -> list[Hit]:
    """Return the descriptions in evened text, by start; of one rule at most ``MAX_HITS`` first places are looked at.

    Whether a word stands whole is asked only where all parts of a rule are on the page: most pages hold words of many
    parts and all parts of none. Rules in ``off``, as in ``OwnTerms.off``, are passed over.
    """
    automaton, words, owners, rules = _machine()
    raw: dict[int, list[Place]] = {}
    there = 0
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if index in raw:
            raw[index].append((start, end))
        else:
            raw[index] = [(start, end)]
            there |= owners[index].bits
    rules = tuple(rule for rule in rules if rule.bits & there == rule.bits and rule.key not in off)
    if not rules:
        return []
    members: dict[int, list[int]] = {}
    for index in raw:
        for part in owners[index].parts:
            members.setdefault(part, []).append(index)
    known: dict[int, list[Place]] = {}
    found: list[Hit] = []
    for rule in rules:
        for part in rule.parts:
            if part not in known:
                known[part] = _places(text, [(words[index], raw[index]) for index in members[part]])
            if not known[part]:
                break
        else:
            found += _meetings(text, rule, [known[part] for part in rule.parts])
    found.sort(key=lambda hit: (hit.start, -hit.end))
    return found


def _places(text: str, raw: list[tuple[_Word, list[Place]]]) -> list[Place]:
    """Return where words of a part stand whole, by start, the first ``_MOST_PLACES``."""
    ends = ((start, word.end_at(text, start, end)) for word, places in raw for start, end in places)
    return sorted((start, end) for start, end in ends if end is not None)[:_MOST_PLACES]


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
def _machine() -> tuple[AhoCorasick, tuple[_Word, ...], tuple[_Owners, ...], tuple[_Rule, ...]]:
    """Return the automaton of all words, the words, the parts that hold each, and the rules."""
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
        rules.append(_Rule((row.rule, row.capability), _entry(row), tuple(parts), _bits(parts), row.reach))
    words = tuple(map(_make_word, owners))
    automaton = AhoCorasick([word.key for word in words], matchkind=MatchKind.Standard)
    owned = tuple(_Owners(tuple(own), _bits(own)) for own in owners.values())
    return automaton, words, owned, tuple(rules)


def _bits(numbers: Iterable[int]) -> int:
    """Return the number with these bits set.

    >>> _bits((0, 3))
    9
    """
    return sum(1 << number for number in set(numbers))


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
