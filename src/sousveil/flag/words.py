"""What the text of a purchase says, in the words of ``data/flag_words.yml``: all kinds in one pass over each page.

Words count only where a notice speaks of what it buys; qualification, evaluation, contract and platform clauses repeat
in every notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.flag_words import FlagWords, flag_words
from sousveil.flag.case import Case, iter_pages
from sousveil.model import SPEAKING, Notice, Page, Span, make_span
from sousveil.text.fold import even, fold

QUOTE_LIMIT = 160
"""Longest quotation, in characters."""
_REACH = 400
"""Characters to either side of a word that may belong to its sentence."""
_STOP = re.compile(r"[。;!?\n\u2028]|\.(?=\s|$)| \| ")
_ENDING = r"[^\W\d_]{0,12}"
_DENIAL = 24
"""Characters before a word in which a negation is about it."""
_EDGES = " \t\u3000,，.。;；:：、!！?？|—-·*★▲●■◆#'\"“”"


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a kind at its place, with the sentence around it."""

    kind: str
    word: str
    """As printed."""
    notice: Notice
    row: FlagWords
    place: int
    """Where it stands in ``sentence``."""
    sentence: str
    """Folded, without accents."""
    span: Span
    """The sentence as printed, at most 160 characters around the word."""


@dataclass(frozen=True, slots=True)
class _Word:
    row: FlagWords
    word: str
    rest: re.Pattern[str] | None
    """What follows the first star: the rest of a word, and further words that may have endings."""


def listen(case: Case, kind: str, *types: str) -> Iterator[Said]:
    """Yield what the notices of a purchase say of a kind, in order; of some types of notice, where given."""
    for said in heard(case).get(kind, ()):
        stage = said.notice.notice_type
        if not types or (stage is not None and stage.value in types):
            yield said


@lru_cache(maxsize=2)
def heard(case: Case) -> Mapping[str, tuple[Said, ...]]:
    """Return kind -> what is said in all notices of a case; the last two cases are remembered."""
    found: dict[str, list[Said]] = {}
    for notice, page in iter_pages(case):
        for said in _on_page(notice, page):
            found.setdefault(said.kind, []).append(said)
    return {kind: tuple(items) for kind, items in found.items()}


def speaking_length(case: Case, notices: Iterable[Notice]) -> int:
    """Return how many characters of some notices of a case speak of what is bought."""
    total = 0
    for notice in notices:
        for page in case.pages_of(notice):
            silent = sum(
                section.end - section.start
                for section in notice.sections
                if section.page == page.number and section.kind not in SPEAKING
            )
            total += len(page.text) - silent
    return total


def _on_page(notice: Notice, page: Page) -> Iterator[Said]:
    """Yield what a page says, by start; of words of a kind that hold each other only the longest."""
    text = even(fold(page.text))
    reach: dict[str, int] = {}
    for start, stop, word in sorted(_hits(notice, page, text), key=lambda hit: (hit[0], -hit[1])):
        if stop <= reach.get(word.row.kind, -1):
            continue
        reach[word.row.kind] = stop
        left, right = sentence_around(text, start, stop)
        span = make_span(notice.file, page, *_quote(page.text, left, right, start))
        yield Said(word.row.kind, page.text[start:stop], notice, word.row, start - left, text[left:right], span)


def _hits(notice: Notice, page: Page, text: str) -> Iterator[tuple[int, int, _Word]]:
    """Yield whole words in speaking sections, with the company their rows ask for."""
    automaton, words = _automaton()
    silent = [(s.start, s.end) for s in notice.sections if s.page == page.number and s.kind not in SPEAKING]
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if any(low <= start < high for low, high in silent):
            continue
        for word in words[index]:
            rest = word.rest.match(text, end) if word.rest else None
            stop = rest.end() if rest else end
            if (word.rest and not rest) or not is_whole(text, start, stop):
                continue
            if _is_meant(word.row, text[slice(*sentence_around(text, start, stop))], text[start:stop]):
                yield start, stop, word


def _is_meant(row: FlagWords, sentence: str, word: str) -> bool:
    if row.needs and not any(plain(need.rstrip("*")) in sentence for need in row.needs):
        return False
    return not any(plain(bad.rstrip("*")).replace("~", word) in sentence for bad in row.unless)


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[_Word, ...], ...]]:
    by_head: dict[str, list[_Word]] = {}
    for row in flag_words():
        for word in row.words if not row.is_company else ():
            head, star, tail = plain(word).partition("*")
            rest = re.compile(_ENDING + _ENDING.join(map(re.escape, tail.split("*")))) if star else None
            by_head.setdefault(head, []).append(_Word(row, word, rest))
    return AhoCorasick(list(by_head), matchkind=MatchKind.Standard), tuple(map(tuple, by_head.values()))


@cache
def plain(word: str) -> str:
    """Return a word of a table as it is compared: folded, without accents."""
    return even(fold(word))


@cache
def words_of(kind: str) -> tuple[str, ...]:
    """Return the words of a kind, of all languages, as they are compared, longest first."""
    words = {plain(word.rstrip("*")) for row in flag_words() if row.kind == kind for word in row.words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def holds(text: str, kind: str) -> bool:
    """Return whether folded text holds a word of a kind; in scripts with spaces one that begins there."""
    return any(begins_in(text, word) for word in words_of(kind))


def begins_in(text: str, word: str) -> bool:
    """Return whether a word begins somewhere in folded text.

    >>> begins_in("the school gate", "school"), begins_in("croissante", "sante"), begins_in("县医院", "医院")
    (True, False, True)
    """
    at = text.find(word)
    while at >= 0:
        if not (at and _is_letter(text[at]) and _is_letter(text[at - 1])):
            return True
        at = text.find(word, at + 1)
    return False


def is_denied(said: Said) -> bool:
    """Return whether the words right before say that the thing is not wanted (不含, shall not)."""
    return holds(said.sentence[max(0, said.place - _DENIAL) : said.place], "negation")


def is_whole(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` cuts no word, in scripts that put spaces between words.

    >>> is_whole("recovertly", 2, 8), is_whole("秘密采集", 0, 2)
    (False, True)
    """
    if start and _is_letter(text[start]) and _is_letter(text[start - 1]):
        return False
    return end >= len(text) or not (_is_letter(text[end - 1]) and _is_letter(text[end]))


def _is_letter(char: str) -> bool:
    return char.isalnum() and char < "\u0e00"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around ``text[start:end]``: lines, cells, full stops and semicolons end one.

    >>> sentence_around("甲。乙丙,丁。戊", 3, 4)
    (2, 6)
    """
    low = max(0, start - _REACH)
    for match in _STOP.finditer(text, low, start):
        low = match.end()
    found = _STOP.search(text, end, min(len(text), end + _REACH))
    return low, found.start() if found else min(len(text), end + _REACH)


def quote_around(notice: Notice, page: Page, text: str, start: int, end: int) -> Span:
    """Return the quotation of the sentence around a place of a page; ``text`` is the page, folded."""
    left, right = sentence_around(text, start, end)
    return make_span(notice.file, page, *_quote(page.text, left, right, start))


def _quote(text: str, left: int, right: int, keep: int) -> tuple[int, int]:
    """Return the bounds of the quotation: the sentence without marks at its edges, cut around the word if long."""
    if right - left > QUOTE_LIMIT:
        left = max(left, keep - QUOTE_LIMIT // 2)
        right = min(right, left + QUOTE_LIMIT)
    while left < keep and text[left] in _EDGES:
        left += 1
    while right > keep + 1 and text[right - 1] in _EDGES:
        right -= 1
    return left, right
