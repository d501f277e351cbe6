"""The terms as one automaton: a page is scanned once for all terms of all languages.

Terms and text meet folded and without accents. In scripts with spaces a term must be whole words, so that RPAS is
not found inside CARPAS; Chinese, Japanese, Korean and Thai have no spaces to check, their traps are in
``Term.unless``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.terms import Term, terms
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
_ARABIC_EVEN = {0x0622: "\u0627", 0x0623: "\u0627", 0x0625: "\u0627", 0x0649: "\u064a", 0x0629: "\u0647"}
"""Spellings of alef, ya and ta marbuta that writers mix."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at a place of an evened page."""

    start: int
    end: int
    term: Term


@cache
def _even_table() -> dict[int, str]:
    table = dict(_ARABIC_EVEN)
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base not in "иі":
            table[code] = base
    return table


def even(text: str) -> str:
    """Return text folded and without accents, with exactly as many code points.

    >>> even("CÁMARAS de vidéo")
    'camaras de video'
    """
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_even_table())


def is_word(char: str) -> bool:
    """Return whether a character is part of a word in a script that puts spaces between words."""
    return char.isalnum() and (char < "\u0e00" or not any(low <= ord(char) <= high for low, high in _UNSPACED))


def is_whole(text: str, start: int, end: int, *, open_left: bool = False, open_right: bool = False) -> bool:
    """Return whether ``text[start:end]`` does not cut a word at an end that is not open.

    >>> is_whole("carpas", 2, 6), is_whole("rpas图", 0, 4)
    (False, True)
    """
    if not open_left and start and is_word(text[start]) and is_word(text[start - 1]):
        return False
    return open_right or end >= len(text) or not (is_word(text[end - 1]) and is_word(text[end]))


class Lexicon:
    """Finds terms in evened text."""

    def __init__(self, rows: tuple[Term, ...]) -> None:
        self._rows = rows
        self._open = tuple((row.term.startswith("*"), row.term.endswith("*")) for row in rows)
        words = [even(row.term.strip("*")) for row in rows]
        self._automaton = AhoCorasick(words, matchkind=MatchKind.Standard)

    def scan(self, text: str) -> list[Hit]:
        """Return every term in evened text, overlapping ones too, ordered by start, longer ones first."""
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            open_left, open_right = self._open[index]
            if is_whole(text, start, end, open_left=open_left, open_right=open_right):
                hits.append(Hit(start, end, self._rows[index]))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of all shipped terms; built once in a process."""
    return Lexicon(terms())
