"""Passages: the stretches of a notice that show why it was found.

Offsets are computed from the masked text of the page, never from tokens of the index, so what is emphasised is what
stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Self

from ahocorasick_rs import AhoCorasick

from sousveil.ask.near import iter_chains
from sousveil.ask.terms import SearchTerm
from sousveil.data.terms import capabilities
from sousveil.model import Finding, Page
from sousveil.text.fold import even, fold
from sousveil.text.segment import core_of, find_runs

MAX_CHARS = 160
"""Longest passage: two lines of a terminal in Chinese, and what a reader takes in at a glance."""
_MIN_CHARS = 60
"""A passage goes on to the next end of a sentence only if it is shorter than this."""
_MAX_MATCHES = 200
"""Matches looked at on one page: the best passages are among the first."""
_ENDS = "。！？；\n!?;"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page around what was found.

    Attributes:
        text: exactly the masked page text from ``start`` to ``end``.
        matches: start and end of what matched, as offsets of the page.
        gloss: English meaning of the term that matched; empty for words that the lexicon does not know.
        term: the words that were looked for.
    """

    text: str
    page: int
    start: int
    end: int
    matches: tuple[tuple[int, int], ...]
    gloss: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    group: int
    term: SearchTerm


@dataclass(frozen=True, slots=True)
class Together:
    """Groups of words that count only where they stand near one another.

    Attributes:
        first: number of the first group.
        end: number behind the last one.
        distance: most characters between one word and the next.
    """

    first: int
    end: int
    distance: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched, ready to be looked for on many pages.

    An English word may stand for hundreds of terms, of which a page holds a few: one automaton tells which, and only
    those are compared word by word.

    Attributes:
        groups: how many there are; each is met by any of its terms.
        terms: each with the number of its group.
        together: groups that count only near one another.
    """

    groups: int
    terms: tuple[tuple[int, SearchTerm], ...]
    _cores: AhoCorasick
    together: tuple[Together, ...] = ()

    @classmethod
    def of(cls, groups: Sequence[Sequence[SearchTerm]], together: Sequence[Together] = ()) -> Self:
        """Return groups of terms made ready; words without a letter or digit stand nowhere."""
        terms = tuple((number, term) for number, group in enumerate(groups) for term in group if core_of(term.runs))
        cores = _automaton(tuple(core_of(term.runs) for _, term in terms))
        return cls(len(groups), terms, cores, tuple(together))

    def on(self, plain: str) -> Iterator[tuple[int, SearchTerm]]:
        """Yield the terms, with their groups, whose first word stands somewhere in text that is folded and even."""
        found = {number for number, _, _ in self._cores.find_matches_as_indexes(plain, overlapping=True)}
        return (self.terms[number] for number in sorted(found))


@lru_cache(maxsize=8)
def _automaton(cores: tuple[str, ...]) -> AhoCorasick:
    """Return what finds words; for hundreds it takes milliseconds to make, and people turn pages."""
    return AhoCorasick(cores)


def find_passages(pages: Sequence[Page], sought: Sought, limit: int) -> tuple[Passage, ...]:
    """Return up to ``limit`` passages, in the order of the text, that show as many groups and terms as possible.

    Args:
        pages: the pages of the notice.
        sought: what was searched.
        limit: passages wanted.
    """
    windows: list[tuple[Page, list[_Match]]] = []
    wanted = sought.groups
    seen_groups: set[int] = set()
    for page in pages:
        found = list(_windows(_matches(page, sought)))
        windows += [(page, window) for window in found]
        seen_groups |= {match.group for window in found for match in window}
        if len(seen_groups) == wanted and len(windows) >= limit * 4:
            break
    chosen = _choose(windows, limit)
    return tuple(
        _passage(page, [(match.start, match.end) for match in window], window[0].term) for page, window in chosen
    )


def find_matches(page: Page, sought: Sought) -> tuple[tuple[int, int], ...]:
    """Return where the words that were searched stand on a page, in order and apart from one another."""
    apart: list[tuple[int, int]] = []
    for match in _matches(page, sought):
        if not apart or match.start >= apart[-1][1]:
            apart.append((match.start, match.end))
    return tuple(apart)


@cache
def _titles() -> dict[str, str]:
    return {leaf.id: leaf.title for leaf in capabilities()}


def quote_passages(pages: Sequence[Page], findings: Sequence[Finding], limit: int) -> tuple[Passage, ...]:
    """Return the quotes of up to ``limit`` findings as passages, capabilities first, each quote once."""
    numbered = {page.number: page for page in pages}
    passages: list[Passage] = []
    for finding in sorted(
        findings, key=lambda one: (one.kind != "capability", -one.score, one.span.page, one.span.start)
    ):
        span = finding.span
        page = numbered.get(span.page)
        if page is None or any(
            one.page == span.page and one.start < span.end and span.start < one.end for one in passages
        ):
            continue
        gloss = _titles().get(finding.value, "") if finding.kind == "capability" else ""
        passages.append(_passage(page, [(span.start, span.end)], SearchTerm(span.quote, gloss=gloss)))
        if len(passages) == limit:
            break
    return tuple(sorted(passages, key=lambda one: (one.page, one.start)))


def _matches(page: Page, sought: Sought) -> list[_Match]:
    """Return the matches of a page in order; of those that overlap, the longest."""
    plain = even(fold(page.text))
    found: list[_Match] = []
    for number, term in sought.on(plain):
        most = None if any(one.first <= number < one.end for one in sought.together) else _MAX_MATCHES
        places = islice(find_runs(plain, term.runs), most)
        found.extend(_Match(start, end, number, term) for start, end in places)
    for one in sought.together:
        found = _kept_near(found, one)
    found.sort(key=lambda match: (match.start, -match.end))
    apart: list[_Match] = []
    for match in found:
        if not apart or match.start >= apart[-1].end or match.group != apart[-1].group:
            apart.append(match)
    return apart


def _kept_near(found: Sequence[_Match], together: Together) -> list[_Match]:
    """Return the matches without those of groups that must stand near one another and do not."""
    inside = [match for match in found if together.first <= match.group < together.end]
    places = sorted({(match.start, match.end, match.group) for match in inside})
    chains = iter_chains(places, together.end - together.first, together.distance)
    near = {place for chain in chains for place in chain}
    alone = [match for match in inside if (match.start, match.end, match.group) not in near]
    return [match for match in found if match not in alone] if alone else list(found)


def _windows(matches: Sequence[_Match]) -> Iterator[list[_Match]]:
    """Yield rows of matches that fit into one passage with room around them."""
    window: list[_Match] = []
    for match in matches:
        if window and match.end - window[0].start > MAX_CHARS * 3 // 4:
            yield window
            window = []
        window.append(match)
    if window:
        yield window


def _choose(windows: Sequence[tuple[Page, list[_Match]]], limit: int) -> list[tuple[Page, list[_Match]]]:
    """Return the windows that show the most groups, then the most terms, in the order of the text."""
    left = list(range(len(windows)))
    chosen: list[int] = []
    groups: set[int] = set()
    terms: set[str] = set()
    while left and len(chosen) < limit:
        gains = {number: _gain(windows[number][1], groups, terms) for number in left}
        best = max(left, key=lambda number: (gains[number], -number))
        left.remove(best)
        chosen.append(best)
        groups |= {match.group for match in windows[best][1]}
        terms |= {match.term.text for match in windows[best][1]}
    return [windows[number] for number in sorted(chosen)]


def _gain(window: Sequence[_Match], groups: set[int], terms: set[str]) -> tuple[int, int]:
    """Return how many groups and terms a window shows that are not shown yet."""
    return len({match.group for match in window} - groups), len({match.term.text for match in window} - terms)


def _passage(page: Page, matches: Sequence[tuple[int, int]], term: SearchTerm) -> Passage:
    start, end = _bounds(page.text, matches[0][0], max(end for _, end in matches))
    inside = tuple((max(first, start), min(last, end)) for first, last in matches if first < end)
    return Passage(page.text[start:end], page.number, start, end, inside, term.gloss, term.text)


def _bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where a passage around ``first`` to ``last`` begins and ends: at ends of sentences where they are near."""
    room = max(0, MAX_CHARS - (last - first))
    start = max(0, first - room // 3)
    start = max((text.rfind(mark, start, first) + 1 for mark in _ENDS), default=start) or start if room else first
    start = _at_word(text, max(start, first - room // 3, 0), first)
    end = min(len(text), start + MAX_CHARS)
    ends = [place + 1 for mark in _ENDS if (place := text.find(mark, max(last - 1, start + _MIN_CHARS), end)) >= 0]
    end = max(min([*ends, end]), min(last, start + MAX_CHARS))
    while start < first and text[start].isspace():
        start += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return start, end


def _at_word(text: str, start: int, first: int) -> int:
    """Return the beginning of the next word, if ``start`` lies inside a word of a script with spaces."""
    if start == 0 or not (text[start - 1].isalnum() and text[start - 1].isascii() and text[start].isalnum()):
        return start
    space = text.find(" ", start, first)
    return space + 1 if space >= 0 else start
