"""How item lists are headed, and how small numbers are written out: the rows of two small tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHead:
    """Words of which one stands in the head of a column.

    Attributes:
        role: what the column holds: name, quantity, unit, price, party, …
        language: of the words.
        words: folded, without accents.
    """

    role: str
    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """Numbers as words of one language, with their values in the same order.

    ``kind`` is ``number``, or ``scale`` for words that multiply the digits before them (million).
    """

    language: str
    words: tuple[str, ...]
    values: tuple[int, ...]
    kind: str = "number"


@cache
def item_heads() -> tuple[ItemHead, ...]:
    """Return the heads of columns."""
    return load_table("item_heads", ItemHead)


@cache
def known_roles() -> tuple[dict[str, str], int]:
    """Return word -> role, the first row first where two share a word, and the length of the longest word."""
    roles = {word: row.role for row in reversed(item_heads()) for word in row.words}
    return roles, max(map(len, roles))


def role_of_ending(head: str) -> str:
    """Return the role of the longest word that a head (folded, without accents) ends in, or ''.

    >>> role_of_ending("采购数量"), role_of_ending("投标单位"), role_of_ending("计量单位")
    ('quantity', 'party', 'unit')
    """
    roles, longest = known_roles()
    sizes = range(min(longest, len(head)), 0, -1)
    return next((roles[head[-size:]] for size in sizes if head[-size:] in roles), "")


@cache
def number_words(language: str, kind: str = "number") -> dict[str, int]:
    """Return word -> value of one language; ``once`` is eleven in Spanish only.

    >>> number_words("de")["funfundzwanzig"], number_words("fr", "scale")["millions"]
    (25, 1000000)
    """
    rows = (row for row in load_table("number_words", NumberWords) if (row.language, row.kind) == (language, kind))
    return {word: value for row in rows for word, value in zip(row.words, row.values, strict=True)}
