"""Headings of notices and what the text under them is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A group of headings of one language that open a section of one kind.

    Attributes:
        kind: a ``SectionKind``; ``body`` ends a section that does not count.
        language: tag of the words.
        words: folded beginnings or cores of headings; a heading holds little beside them.
        example: where such a heading stands.
    """

    kind: Literal[
        "subject",
        "items",
        "body",
        "qualification",
        "evaluation",
        "contract",
        "platform",
        "contact",
        "panel",
        "furniture",
    ]
    language: str
    words: tuple[str, ...]
    example: str


@cache
def headings() -> tuple[Heading, ...]:
    """Return all headings, one row for each kind and language."""
    return load_table("headings", Heading, key=("kind", "language"))
