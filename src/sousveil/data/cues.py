"""Rows of the cue tables: words that tell purposes, links, groups, categories of data, laws and named systems.

Each table is a YAML file of the same name as its function here; a row holds many words of one language that mean the
same. Words are written folded and, in scripts with spaces, whole; ``*`` at the end marks the beginning of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words with one part in a statement of purpose or of a data flow.

    Attributes:
        form: the part, as the head of its table explains: lead, verb, label, act, serve, domain, stop … (purposes); to,
            from, with, noun, body, stop … (links).
        language: of the words.
        gloss: plain English meaning.
        words: as they stand in notices.
        strength: strong stands alone, weak needs the company of a domain word or noun; links also know medium and
            toward, which need a particle before the other side.
    """

    form: str
    language: str
    gloss: str
    words: tuple[str, ...]
    strength: str = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of people that purchases target; ``unless`` are words in the clause that argue it away.

    ``source`` says where the words were met or who reported them; ``notices`` are public procurement notices.
    """

    group: str
    language: str
    gloss: str
    words: tuple[str, ...]
    source: str = "notices"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """A category of personal data; ``needs`` must stand in the clause, ``unless`` must not; ``source`` as of groups."""

    category: str
    language: str
    gloss: str
    words: tuple[str, ...]
    source: str = "notices"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSystem:
    """A named platform, programme or network.

    ``since`` is the year it was announced, where known; ``has_instances`` tells that each place has one of its own.
    """

    system: str
    title: str
    language: str
    gloss: str
    source: str
    words: tuple[str, ...]
    since: int | None = None
    has_instances: bool = False
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, order or standard; ``is_boilerplate`` marks those that every notice cites.

    ``source`` is its official number, or the body that issued it, with the year.
    """

    law: str
    country: str
    language: str
    gloss: str
    source: str
    words: tuple[str, ...]
    is_boilerplate: bool = False
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@cache
def purposes() -> tuple[Cue, ...]:
    """Return the cues of purposes."""
    return load_table("purposes", Cue)


@cache
def links() -> tuple[Cue, ...]:
    """Return the cues of data flows."""
    return load_table("links", Cue)


@cache
def groups() -> tuple[Group, ...]:
    """Return the groups of people, by language."""
    return load_table("groups", Group, key=("group", "language"))


@cache
def data_categories() -> tuple[DataCategory, ...]:
    """Return the categories of personal data, by language."""
    return load_table("data_categories", DataCategory, key=("category", "language"))


@cache
def systems() -> tuple[NamedSystem, ...]:
    """Return the named systems."""
    return load_table("systems", NamedSystem, key=("system",))


@cache
def laws() -> tuple[Law, ...]:
    """Return the laws."""
    return load_table("laws", Law, key=("law",))
