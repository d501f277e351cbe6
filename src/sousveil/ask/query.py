"""The query language: what somebody types, read as a tree of words and fields.

::

    query  := either+                      all of them must hold
    either := item (OR item)*              OR binds closer than the space between items
    item   := -item | NOT item | ( query ) | near:N near near | field:value | "exact words" | words
    near   := "exact words" | words | ( words OR words … )       three or more in brackets: near:N ( near near near )

``声纹 OR 虹膜 公安`` asks for 公安 and one of the two (voiceprint, iris; police). Words in a row that together name a
term (``face recognition``) are kept together. ``raw:`` before a word searches it as it stands, at the very beginning it
does so for all. Brackets, colon, minus and quotation marks may be full-width. What cannot be understood is answered
with the place of the mistake and what would be right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from sousveil.ask.filters import ALIASES, FIELDS
from sousveil.ask.parts import Every, FieldIs, Near, OneOf, Part, Query, Without, Words
from sousveil.exceptions import QueryError, UsageError
from sousveil.text.segment import runs_of

_TOKEN = re.compile(
    r"""(?P<open>[(（])|(?P<close>[)）])
    |(?P<minus>[-－](?=[^\s)）]))
    |(?P<prefix>[a-zA-Z_]{2,20})[:：](?=(?P<full>[^\s()（）])?)
    |["“”＂](?P<quoted>[^"“”＂]*)(?P<end>["“”＂])?
    |(?P<word>[^\s"“”＂()（），、；。！？]+)""",
    re.VERBOSE,
)
_VALUE = re.compile(r"""["“”＂](?P<quoted>[^"“”＂]*)(?P<end>["“”＂])?|(?P<bare>[^\s"“”＂()（），、；。！？]+)""")
_SPACE = re.compile(r"[\s，、；。！？]*")
"""Between words; Chinese marks part them, too: 人脸、声纹 (face, voiceprint) are two words."""
_MAX_WORDS = 6
"""Words tried together as one term; the longest gloss of the lexicon that people type has five."""
_MAX_CHARS = 20_000
"""Longest query: the terms behind a word, written out, take up to 8,000; beyond, somebody pasted a document."""
_MAX_DEPTH = 40
"""Brackets within brackets; nobody types more, and each costs a level of the stack."""
_FARTHEST = 1_000
"""Most characters between words that are near."""
_NEAR_NAME = 0.75
"""Likeness of a word before a colon to the name of a field from which it is taken for a typing error."""


def parse_query(text: str, is_term: Callable[[str], bool] = lambda _: False) -> Query:
    """Return what a query asks for.

    Args:
        text: as the user typed it; empty asks for everything.
        is_term: whether words in a row are one term; the longest row wins.

    Raises:
        UsageError: the query cannot be understood; the message shows where.

    >>> [part.text for part in parse_query("face recognition 公安", lambda words: words == "face recognition").parts]
    ['face recognition', '公安']
    """
    if len(text) > _MAX_CHARS:
        raise UsageError(
            f"The query has {len(text)} characters; at most {_MAX_CHARS} are read. Ask for a phrase of the document."
        )
    return Query(text, _Reader(text, is_term).read())


def mistake(text: str, place: int, why: str) -> QueryError:
    """Return the error for a mistake in a query: the query with a mark under the place, and what to do.

    >>> print(mistake("声纹 OR", 3, "OR needs a word on both sides."))
    OR needs a word on both sides.
      声纹 OR
           ^
    """
    return QueryError(why, text, place)


class _Reader:
    """Reads a query from left to right; ``_place`` is where it stands."""

    def __init__(self, text: str, is_term: Callable[[str], bool]) -> None:
        self._text, self._is_term, self._place = text, is_term, 0
        self._depth = 0
        self._is_raw = False

    def read(self) -> tuple[Part, ...]:
        first = self._peek()
        if first and first["prefix"] == "raw":
            self._is_raw = True
            self._place = first.end()
        parts = self._query()
        found = self._peek()
        if found:
            raise mistake(
                self._text, found.start(), "This bracket was never opened. Open it before the words, or leave it out."
            )
        return parts

    def _peek(self) -> re.Match[str] | None:
        """Return the next token, or None at the end."""
        space = _SPACE.match(self._text, self._place)
        return _TOKEN.match(self._text, space.end() if space else self._place)

    def _query(self) -> tuple[Part, ...]:
        """Read what must all hold, up to the end or a closing bracket."""
        parts: list[Part] = []
        while (found := self._peek()) and not found["close"]:
            if found["word"] == "AND":
                self._join(found, parts, "AND")
                continue
            parts.append(self._either())
        return tuple(parts)

    def _either(self) -> Part:
        parts = [self._item()]
        while (found := self._peek()) and found["word"] == "OR":
            self._join(found, parts, "OR")
            if isinstance(parts[-1], Without):
                raise self._no_or(parts[-1].start)
            parts.append(self._item())
            if isinstance(parts[-1], Without):
                raise self._no_or(parts[-1].start)
        return parts[0] if len(parts) == 1 else OneOf(tuple(parts), parts[0].start, parts[-1].end)

    def _no_or(self, place: int) -> UsageError:
        return mistake(
            self._text,
            place,
            "OR cannot be joined with -not. Put what may be missing into brackets of its own, or ask twice.",
        )

    def _join(self, found: re.Match[str], before: list[Part], word: str) -> None:
        """Step over OR or AND, which need something on both sides."""
        self._place = found.end()
        after = self._peek()
        if not before or after is None or after["close"] or after["word"] in {"OR", "AND"}:
            raise mistake(
                self._text, found.start(), f'{word} needs a word on both sides. To search for the word itself: "{word}"'
            )

    def _item(self) -> Part:
        found = self._peek()
        if found is None or found["close"]:
            raise mistake(self._text, self._place, "A word is missing here.")
        if found["minus"] or found["word"] == "NOT":
            return self._without(found)
        if found["word"] == "OR":
            self._join(found, [], "OR")
        if found["open"]:
            return self._bracket(found)
        if found["prefix"]:
            return self._prefixed(found)
        return self._words(found)

    def _without(self, found: re.Match[str]) -> Part:
        self._place = found.end()
        after = self._peek()
        if after is None or after["close"] or after["word"] in {"OR", "AND"}:
            raise mistake(self._text, found.start(), 'NOT needs a word behind it. To search for the word itself: "NOT"')
        part = self._item()
        return part.part if isinstance(part, Without) else Without(part, found.start(), part.end)

    def _bracket(self, found: re.Match[str]) -> Part:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise mistake(
                self._text, found.start(), f"More than {_MAX_DEPTH} brackets stand within one another. Leave some out."
            )
        self._place = found.end()
        parts = self._query()
        closed = self._peek()
        if closed is None:
            raise mistake(
                self._text, found.start(), "This bracket is not closed. Add ) behind the last word that belongs to it."
            )
        if not parts:
            raise mistake(
                self._text,
                found.start(),
                "There is nothing between these brackets. Put words there, or leave them out.",
            )
        self._place = closed.end()
        self._depth -= 1
        return Every(parts, found.start(), closed.end())

    def _prefixed(self, found: re.Match[str]) -> Part:
        """Read ``field:value``, ``near:N a b``, ``raw:words``; any other word before a colon is a word."""
        name = ALIASES.get(found["prefix"].lower(), found["prefix"].lower())
        if name == "near":
            return self._near(found)
        if name == "raw":
            return self._raw(found)
        if name in FIELDS:
            return self._field(found, name)
        near = difflib.get_close_matches(name, [*FIELDS, "near", "raw"], n=1, cutoff=_NEAR_NAME)
        if near and found["full"]:
            raise mistake(
                self._text,
                found.start(),
                f'There is no field {name}. Did you mean {near[0]}:? To search for the words: "{name}: …"',
            )
        return self._word_at(found.start())

    def _field(self, found: re.Match[str], name: str) -> FieldIs:
        value = _VALUE.match(self._text, found.end())
        if value is None:
            raise mistake(
                self._text, found.start(), f"{name}: needs a value right behind the colon, as in {name}:{FIELDS[name]}"
            )
        self._check_closed(value)
        said = value["bare"] if value["quoted"] is None else value["quoted"].strip()
        if not said:
            raise mistake(
                self._text, value.start(), f"There is no value between the quotation marks, as in {name}:{FIELDS[name]}"
            )
        self._place = value.end()
        return FieldIs(name, said, found.start(), value.end())

    def _near(self, found: re.Match[str]) -> Near:
        number = re.compile(r"\d{1,6}(?=[\s(（\"“”＂])").match(self._text, found.end())
        if number is None or not 0 < int(number[0]) <= _FARTHEST:
            raise mistake(
                self._text,
                found.end(),
                f"near: needs a number of characters from 1 to {_FARTHEST:,}, then two words, as in near:10 人像 民族",
            )
        self._place = number.end()
        bracket = self._peek()
        parts = [self._choices(found)] if bracket else []
        if bracket and bracket["open"] and len(parts[0]) > 1 and not self._has_or(bracket):
            parts = [(words,) for words in parts[0]]
        while len(parts) < 2 and self._peek():
            parts.append(self._choices(found))
        if len(parts) < 2:
            raise mistake(self._text, found.start(), "near: needs two words behind the number, as in near:10 人像 民族")
        return Near(int(number[0]), tuple(parts), found.start(), self._place)

    def _has_or(self, bracket: re.Match[str]) -> bool:
        """Whether the bracket that was just read holds alternatives."""
        return any(token["word"] == "OR" for token in _TOKEN.finditer(self._text, bracket.end(), self._place))

    def _choices(self, near: re.Match[str]) -> tuple[Words, ...]:
        """Read a word or phrase, or several of them in brackets, with or without OR between."""
        found = self._peek()
        assert found is not None
        if not found["open"]:
            return (self._near_word(found, near),)
        self._place = found.end()
        words: list[Words] = []
        while (after := self._peek()) and not after["close"]:
            if words and after["word"] == "OR":
                self._place = after.end()
                after = self._peek()
            if after:
                words.append(self._near_word(after, near))
        if after is None or not words:
            raise mistake(self._text, found.start(), "This bracket needs words in it, and ) behind the last one.")
        self._place = after.end()
        return tuple(words)

    def _near_word(self, found: re.Match[str], near: re.Match[str]) -> Words:
        if found["word"] not in {"OR", "AND", "NOT"}:
            if found["prefix"] == "raw":
                return self._raw(found)
            if found["word"] or found["quoted"] is not None:
                return self._words(found)
        raise mistake(
            self._text,
            found.start(),
            f"Behind {near[0]} stand words or phrases only. Put the rest before it or behind it.",
        )

    def _raw(self, found: re.Match[str]) -> Words:
        self._place = found.end()
        after = self._peek()
        if after is None or not (after["word"] or after["quoted"] is not None):
            raise mistake(self._text, found.start(), "raw: needs a word behind it, as in raw:人脸识别")
        read = self._word_at(after.start()) if after["word"] else self._words(after)
        return Words(read.text, found.start(), read.end, read.is_quoted, is_raw=True)

    def _words(self, found: re.Match[str]) -> Words:
        if found["quoted"] is None:
            return self._row(found.start())
        self._check_closed(found)
        self._check_words(found["quoted"], found.start())
        self._place = found.end()
        return Words(found["quoted"].strip(), found.start(), found.end(), is_quoted=True, is_raw=self._is_raw)

    def _word_at(self, place: int) -> Words:
        """Read one word, with all marks in it."""
        value = _VALUE.match(self._text, place)
        assert value is not None
        self._check_words(value[0], place)
        self._place = value.end()
        return Words(value[0], place, value.end(), is_raw=self._is_raw)

    def _row(self, place: int) -> Words:
        """Read a word, and those behind it that make one term with it."""
        ends = [end for _, end in self._iter_row(place)]
        for end in reversed(ends[1:]):
            if not self._is_raw and self._is_term(" ".join(self._text[place:end].split())):
                self._place = end
                return Words(self._text[place:end], place, end)
        return self._word_at(place)

    def _iter_row(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of the plain words from a place on, as many as a term may have."""
        for _ in range(_MAX_WORDS):
            found = _TOKEN.match(self._text, place)
            if found is None or not found["word"] or found["word"] in {"OR", "AND", "NOT"}:
                return
            yield found.span()
            space = _SPACE.match(self._text, found.end())
            place = space.end() if space else found.end()

    def _check_closed(self, found: re.Match[str]) -> None:
        if found["quoted"] is not None and not found["end"]:
            place = found.start("quoted") - 1
            raise mistake(self._text, place, "The quotation mark is not closed. Add one at the end of the phrase.")

    def _check_words(self, words: str, place: int) -> None:
        if not runs_of(words):
            raise mistake(
                self._text,
                place,
                f"There is no letter, digit or character in {words!r} to search for. Leave it out, or quote a phrase.",
            )
