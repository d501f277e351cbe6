"""Public bodies: every name of an organ, and the kinds of institutions.

``bodies.yml`` has one row for each organ that a place has one of; its names stand behind the name of the place.
``body_kinds.yml`` has the kinds, with words that tell a kind where no row of the first table does. ``renamings.yml``
says which names are older, since when, and which bodies were taken up by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One organ that places have.

    Attributes:
        id: the same for all its names.
        kind: row of ``body_kinds.yml``.
        zh: names as they follow the name of a place, simplified, the usual one first.
        en: names in English, lower case.
        other: names in other languages, lower case.
        has_branches: whether its part under a district's name is the body of the district.
        province: its name at province level, where it differs.
    """

    id: str
    kind: str
    zh: tuple[str, ...]
    en: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    has_branches: bool = False
    province: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKind:
    """One kind of institution.

    Attributes:
        id: its name in rows and filters.
        title: plain English.
        public: whether bodies of this kind are part of the state or Party, or run by them.
        words_zh: parts of Chinese names that tell it, simplified.
        words: words of names in other languages that tell it, lower case.
    """

    id: str
    title: str
    public: bool
    words_zh: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What a name of a body became.

    Attributes:
        old: the earlier name, simplified, without its place.
        new: the later one.
        year: since when; places followed within about a year.
        effect: ``renamed`` one body went on under another name; ``absorbed`` it became part of a body that others
            became part of too, so the two are never one institution.
        source: who decided it.
    """

    old: str
    new: str
    year: int
    effect: Literal["renamed", "absorbed"]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart:
    """A part of bodies: traffic police, criminal police and others.

    Attributes:
        of: organ that it belongs to where a name leaves that out.
        zh: its spellings, simplified, the one that stands for all first.
    """

    of: str
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWords:
    """Words of one use in names of bodies; see the head of ``body_words.yml``.

    Attributes:
        use: what they do.
        words: lower case, without accents.
    """

    use: Literal["generic", "countrywide", "filler", "province", "prefecture", "county"]
    words: tuple[str, ...]


@cache
def body_words(use: str) -> frozenset[str]:
    """Return the words of one use."""
    rows = load_table("body_words", BodyWords, key=("use",))
    return frozenset(word for row in rows if row.use == use for word in row.words)


@cache
def body_parts() -> tuple[BodyPart, ...]:
    """Return the parts in the order of the table."""
    return load_table("body_parts", BodyPart, key=("zh",))


@cache
def bodies() -> Mapping[str, Body]:
    """Return the organs by id."""
    return {row.id: row for row in load_table("bodies", Body, key=("id",))}


@cache
def body_kinds() -> Mapping[str, BodyKind]:
    """Return the kinds by id, in the order in which their words are tried."""
    return {row.id: row for row in load_table("body_kinds", BodyKind, key=("id",))}


@cache
def renamings() -> tuple[Renaming, ...]:
    """Return the renamings in the order of the table."""
    return load_table("renamings", Renaming, key=("old", "new"))
