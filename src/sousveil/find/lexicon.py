"""The terms as one automaton: a page is scanned once for all terms of all languages.

Terms and text meet folded and without accents. In scripts with spaces a term must be whole words, so that RPAS is
not found inside CARPAS; Chinese, Japanese, Korean and Thai have no spaces to check, their traps are in
``Term.unless``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import Term, terms
from sousveil.text.fold import even as without_accents
from sousveil.text.fold import fold

_UNSPACED = (
    (0x0E00, 0x0E7F),  # Thai
    (0x1100, 0x11FF),  # Hangul letters
    (0x3040, 0x30FF),  # Japanese syllables
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])|(?<= ) ")
"""Blanks that say nothing: between two Chinese characters, and after a blank."""
MAX_HITS = 60
"""Places of one term weighed on one page; a specification repeats its words hundreds of times and adds nothing."""


@dataclass(frozen=True, slots=True)
class Company:
    """Words that must stand, or must not stand, around a term; evened once, so that a place costs microseconds."""

    words: tuple[str, ...]
    touching: tuple[tuple[str, str], ...]
    """What stands directly before and after the term: ``("事业单位", "法")`` for ``事业单位~法``."""

    def standing(self, text: str, start: int, end: int, near: str) -> str | None:
        """Return the first word that stands in ``near``, or touches the term at ``[start, end)``; None if none does."""
        for before, after in self.touching:
            if text.endswith(before, 0, start) and text.startswith(after, end):
                return f"{before}~{after}"
        return next((word for word in self.words if word in near and has_word(word, near)), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon, ready for use."""

    term: Term
    needs: Company
    unless: Company


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at a place of an evened page."""

    start: int
    end: int
    entry: Entry

    @property
    def term(self) -> Term:
        """The row that names the capability."""
        return self.entry.term


def even(text: str) -> str:
    """Return text folded and without accents, with exactly as many code points.

    >>> even("CÁMARAS de vidéo")
    'camaras de video'
    """
    return without_accents(fold(text))


def is_word(char: str) -> bool:
    """Return whether a character is part of a word in a script that puts spaces between words."""
    if "\u3400" <= char <= "\u9fff":  # asked for millions of times, nearly always of Chinese
        return False
    return char.isalnum() and (char < "\u0e00" or not any(low <= ord(char) <= high for low, high in _UNSPACED))


def is_whole(text: str, start: int, end: int, *, open_left: bool = False, open_right: bool = False) -> bool:
    """Return whether ``text[start:end]`` does not cut a word at an end that is not open.

    >>> is_whole("carpas", 2, 6), is_whole("rpas图", 0, 4)
    (False, True)
    """
    if not open_left and start and is_word(text[start]) and is_word(text[start - 1]):
        return False
    return open_right or end >= len(text) or not (is_word(text[end - 1]) and is_word(text[end]))


def has_word(word: str, near: str) -> bool:
    """Return whether an evened word begins somewhere in evened text (whole beginnings in scripts with spaces)."""
    at = near.find(word)
    while at >= 0:
        if is_whole(near, at, at + len(word), open_right=True):
            return True
        at = near.find(word, at + 1)
    return False


def make_company(words: tuple[str, ...]) -> Company:
    """Return the words of a row, evened; ``~`` marks the place of the term."""
    pairs = (even(word).split("~", 1) for word in words if "~" in word)
    plain = tuple(even(word) for word in words if "~" not in word)
    return Company(plain, tuple((before, after) for before, after in pairs))


def make_pattern(word: str) -> re.Pattern[str]:
    r"""Return the pattern of a term whose words may go on (``распознавани* лиц``), at most twelve letters each."""
    return re.compile(r"\w{0,12}".join(re.escape(part) for part in word.split("*")))


class Lexicon:
    """Finds terms in evened text."""

    def __init__(self, rows: tuple[Term, ...]) -> None:
        self._entries = tuple(Entry(row, make_company(row.needs), make_company(row.unless)) for row in rows)
        self._open = tuple((row.term.startswith("*"), row.term.endswith("*")) for row in rows)
        words = [even(row.term.strip("*")) for row in rows]
        self._whole = tuple(make_pattern(word) if "*" in word else None for word in words)
        self._automaton = AhoCorasick([word.split("*")[0] for word in words], matchkind=MatchKind.Standard)

    def scan(self, text: str) -> list[Hit]:
        """Return the terms in evened text, overlapping ones too, ordered by start, longer ones first.

        A blank between two Chinese characters, or after another, is overlooked (``视频 监控``: pages built of spans put
        them there). Of one term at most ``MAX_HITS`` places are returned, the first ones.
        """
        gaps = [match.start() for match in _GAP.finditer(text)]
        if gaps:
            removed = [gap - number for number, gap in enumerate(gaps)]
            hits = [
                Hit(hit.start + bisect_right(removed, hit.start), hit.end + bisect_left(removed, hit.end), hit.entry)
                for hit in self._scan(_GAP.sub("", text))
            ]
        else:
            hits = self._scan(text)
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _scan(self, text: str) -> list[Hit]:
        hits = []
        counts: dict[int, int] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            seen = counts.get(index, 0)
            whole = self._whole[index]
            match = whole.match(text, start) if whole and seen < MAX_HITS else None
            last = match.end() if match else end
            open_left, open_right = self._open[index]
            if seen >= MAX_HITS or (whole and not match):
                continue
            if is_whole(text, start, last, open_left=open_left, open_right=open_right):
                counts[index] = seen + 1
                hits.append(Hit(start, last, self._entries[index]))
        return hits


def lexicon(own: OwnTerms = SHIPPED) -> Lexicon:
    """Return the lexicon of all shipped terms, or of those with the user's own; each is built once in a process."""
    return _lexicon_of(own) if own.text else _shipped()


@cache
def _shipped() -> Lexicon:
    return Lexicon(terms())


@lru_cache(maxsize=2)
def _lexicon_of(own: OwnTerms) -> Lexicon:
    return Lexicon(own.all)
