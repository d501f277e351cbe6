"""The query language: words, ``"exact phrases"``, ``-not`` and ``OR``; everything is joined by AND.

``OR`` binds closer than AND: ``声纹 OR 虹膜 公安`` asks for 公安 and one of the two (voiceprint, iris; police). Words
that together name a term (``face recognition``) are kept together. What cannot be understood is answered with the
place of the mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sousveil.exceptions import UsageError
from sousveil.text.segment import runs_of

_TOKEN = re.compile(
    r'(?P<minus>[-－])?(?:["“”＂](?P<quoted>[^"“”＂]*)(?P<close>["“”＂])?|(?P<word>[^\s"“”＂]+))|(?P<space>\s+)'
)
_FILTER = re.compile(r"(cap|buyer|supplier|agency|place|type|date|amount|language|kind|source):(.*)", re.DOTALL)
_MAX_WORDS = 6
"""Words tried together as one term; the longest gloss of the lexicon that people type has five."""
_MAX_CHARS = 2_000
"""Longest query: beyond, somebody pasted a document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase of the query, and where it stands in it."""

    text: str
    start: int
    end: int
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood: every group must be met by one of its parts, no part of ``none_of`` may stand in the text."""

    text: str
    all_of: tuple[tuple[Part, ...], ...] = ()
    none_of: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    part: Part
    is_negated: bool = False
    is_or: bool = False


def parse_query(text: str, is_term: Callable[[str], bool] = lambda _: False) -> Query:
    """Return what a query asks for.

    Args:
        text: as the user typed it; empty asks for everything.
        is_term: whether words in a row are one term; the longest row wins.

    Raises:
        UsageError: the query cannot be understood; the message shows where.

    >>> parse_query("face recognition -门禁", lambda words: words == "face recognition").all_of
    ((Part(text='face recognition', start=0, end=16, is_quoted=False),),)
    """
    if len(text) > _MAX_CHARS:
        raise UsageError(
            f"The query has {len(text)} characters; at most {_MAX_CHARS} are read. Ask for a phrase of the document."
        )
    tokens = _joined(_tokens(text), text, is_term)
    groups: list[list[Part]] = []
    none_of: list[Part] = []
    is_after_or = False
    for number, token in enumerate(tokens):
        if token.is_or:
            _check_or(text, tokens, number)
            is_after_or = True
            continue
        if token.is_negated:
            none_of.append(token.part)
        elif is_after_or:
            groups[-1].append(token.part)
        else:
            groups.append([token.part])
        is_after_or = False
    return Query(text, tuple(map(tuple, groups)), tuple(none_of))


def mistake(text: str, place: int, why: str) -> UsageError:
    """Return the error for a mistake in a query: the query with a mark under the place, and what to do.

    >>> print(mistake("声纹 OR", 3, "OR needs a word on both sides."))
    OR needs a word on both sides.
      声纹 OR
           ^
    """
    line = " ".join(text.split("\n"))
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:place])
    return UsageError(f"{why}\n  {line}\n  {' ' * width}^")


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        if found["space"]:
            continue
        place = found.start()
        is_quoted = found["quoted"] is not None
        if is_quoted and not found["close"]:
            raise mistake(text, place, "The quotation mark is not closed. Add one at the end of the phrase.")
        words = found["quoted"] if is_quoted else found["word"]
        if words == "OR" and not is_quoted and not found["minus"]:
            tokens.append(_Token(Part(words, place, found.end()), is_or=True))
            continue
        _check_words(text, words, place, is_quoted=is_quoted)
        tokens.append(_Token(Part(words.strip(), place, found.end(), is_quoted), bool(found["minus"])))
    return tokens


def _check_words(text: str, words: str, place: int, *, is_quoted: bool) -> None:
    asked = None if is_quoted else _FILTER.fullmatch(words)
    if asked:
        name, value = asked.groups()
        raise mistake(text, place, f"A query holds words only. Filters are options: --{name} {value or 'VALUE'}")
    if not runs_of(words):
        raise mistake(
            text,
            place,
            f"There is no letter, digit or character in {words!r} to search for. Leave it out, or quote a phrase.",
        )


def _check_or(text: str, tokens: list[_Token], number: int) -> None:
    around = [tokens[number - 1]] if number else []
    around += tokens[number + 1 : number + 2]
    place = tokens[number].part.start
    if len(around) < 2 or any(token.is_or for token in around):
        raise mistake(text, place, 'OR needs a word on both sides. To search for the word itself: "OR"')
    if any(token.is_negated for token in around):
        raise mistake(text, place, "OR cannot be joined with -not. Ask twice.")


def _joined(tokens: list[_Token], text: str, is_term: Callable[[str], bool]) -> list[_Token]:
    """Return the tokens with words in a row that are one term made one part."""
    joined: list[_Token] = []
    number = 0
    while number < len(tokens):
        row = 0
        while number + row < len(tokens) and row < _MAX_WORDS and _is_plain(tokens[number + row]):
            row += 1
        while row > 1 and not is_term(" ".join(token.part.text for token in tokens[number : number + row])):
            row -= 1
        if row > 1:
            first, last = tokens[number].part, tokens[number + row - 1].part
            joined.append(_Token(Part(text[first.start : last.end], first.start, last.end)))
        else:
            joined.append(tokens[number])
        number += max(1, row)
    return joined


def _is_plain(token: _Token) -> bool:
    return not (token.is_negated or token.is_or or token.part.is_quoted)
