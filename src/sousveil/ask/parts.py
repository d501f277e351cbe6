"""What a query is made of: words and fields, joined by all, any, none and near; each with its place in the query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Words to look for, and where they stand in the query."""

    text: str
    start: int
    end: int
    is_quoted: bool = False
    is_raw: bool = False


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field with the value asked for: ``type:award``."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """Words with at most ``distance`` characters between one and the next, in any order.

    ``parts`` are alternatives each: any of its words will do.
    """

    distance: int
    parts: tuple[tuple[Words, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Without:
    """What must not hold."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Every:
    """Parts that must all hold."""

    parts: tuple[Part, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """Parts of which one must hold."""

    parts: tuple[Part, ...]
    start: int
    end: int


Part: TypeAlias = Words | FieldIs | Near | Without | Every | OneOf


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood: every part must hold; no parts ask for everything."""

    text: str
    parts: tuple[Part, ...] = ()

    def without(self, part: Part) -> str:
        """Return the query as it reads when one of its parts is taken out.

        >>> Query("人脸 type:award", ()).without(FieldIs("type", "award", 3, 13))
        '人脸'
        """
        return " ".join(f"{self.text[: part.start]} {self.text[part.end :]}".split())


def iter_words(parts: tuple[Part, ...]) -> Iterator[Words]:
    """Yield the words that are looked for, in order; those that must not stand in the text are left out."""
    for part in parts:
        if isinstance(part, Words):
            yield part
        elif isinstance(part, Near):
            yield from (words for choices in part.parts for words in choices)
        elif isinstance(part, Every | OneOf):
            yield from iter_words(part.parts)
