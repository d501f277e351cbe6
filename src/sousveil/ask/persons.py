"""Whether a question is about a person: what a dataset may not keep asking, and what no list of answers repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sousveil.ask.filters import Filters
from sousveil.ask.parts import Every, FieldIs, Near, OneOf, Part, Without, Words
from sousveil.ask.query import parse_query
from sousveil.ask.terms import is_listed
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.place_names import find_place
from sousveil.exceptions import UsageError
from sousveil.index.question import AllOf, Phrase, Question
from sousveil.index.words import Words as Index
from sousveil.mask import has_person, reads_as_name
from sousveil.text.segment import phrase_tokens

_NAMES = ("buyer", "supplier", "agency", "institution", "system", "source")
"""Fields of a search whose values are names."""


def check_no_person(index: Index, query: str, filters: Filters, own: OwnTerms = SHIPPED) -> None:
    """Let pass a question about institutions; raise where it is, or may be, about a person.

    Numbers and announced names are told for certain. A name by itself cannot be: words that read as one are refused
    where no notice holds them and neither lexicon nor places know them, which is so for every name that was covered.

    Raises:
        UsageError: it is about a person, or the query cannot be understood.
    """
    values = [value for name in _NAMES for value in getattr(filters, name)]
    if any(has_person(text) for text in (query, *values)):
        raise UsageError(
            "This asks for a person's name or number. sousveil watches institutions, never people: persons are covered"
            " in all notices. Ask for a body, a technology or a place."
        )
    for words in dict.fromkeys([*_words(parse_query(query).parts), *_plain(query), *values]):
        if reads_as_name(words) and not is_listed(words, own) and not find_place(words) and not _is_held(index, words):
            raise UsageError(
                f"{words!r} may be a person's name, and no notice holds it. sousveil watches institutions, never"
                " people, and names of persons are covered in all notices. Write a body by its full name, and a word"
                " with what stands beside it."
            )


def _words(parts: Iterable[Part]) -> Iterator[str]:
    """Yield everything a query asks for by words, what must not stand in a notice included."""
    for part in parts:
        match part:
            case Words():
                yield part.text
            case FieldIs(name, value):
                if name in _NAMES:
                    yield value
            case Near():
                yield from (words.text for choices in part.parts for words in choices)
            case Without(inner):
                yield from _words((inner,))
            case Every(inner) | OneOf(inner):
                yield from _words(inner)


def _plain(query: str) -> Iterator[str]:
    """Yield the query as a whole where it is words only: a Western name is two of them."""
    if query and all(isinstance(part, Words) for part in parse_query(query).parts):
        yield query.strip(' "“”＂')


def _is_held(index: Index, words: str) -> bool:
    tokens = tuple(phrase_tokens(words))
    return bool(tokens) and index.search(Question(where=AllOf((Phrase(tokens),)), limit=1)).total > 0
