"""Descriptions of functions: which words, met in one clause, say what a purchase does without naming it.

``word_classes.yml`` holds the vocabulary (parts of a face, identifiers of telephones, verbs of collecting),
``functions.yml`` the rules: which classes must meet, how near, and what argues the meeting away. Tables that end in
``_abroad`` hold the same for languages other than Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table
from sousveil.data.terms import capabilities, contexts
from sousveil.exceptions import DataTableError


@dataclass(frozen=True, slots=True, kw_only=True)
class WordClass:
    """Words with one part in a description.

    Attributes:
        name: how rules call the class, without ``@``.
        gloss: plain English meaning of the words.
        words: as they stand in notices, written simplified; folding finds traditional forms. ``*`` at an end lets the
            word go on there.
    """

    name: str
    gloss: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A rule: parts that must meet in one clause, in any order.

    Attributes:
        name: short name, unique; the rule of its findings is ``function:NAME``.
        capability: id of a leaf in ``capabilities.yml``.
        gloss: plain English meaning of the description.
        source: where such a description was met.
        parts: each a tuple of words and of ``@NAME`` for a class; one word of every part must stand in the clause, no
            two of them overlapping.
        reach: characters from the first to the last part, at most.
        needs: further words of which one must stand in the clause (words of police also in title or buyer).
        unless: words that argue the description away, as in ``Term.unless``.
    """

    name: str
    capability: str
    gloss: str
    source: str
    parts: tuple[tuple[str, ...], ...]
    reach: int = 20
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule of its findings."""
        return f"function:{self.name}"


@cache
def word_classes() -> dict[str, tuple[str, ...]]:
    """Return the words of every class by its name."""
    tables = (load_table(name, WordClass, key=("name",)) for name in ("word_classes", "word_classes_abroad"))
    return {row.name: row.words for rows in tables for row in rows}


@cache
def functions() -> tuple[Function, ...]:
    """Return the rules.

    Raises:
        DataTableError: a rule names a capability, class or context that does not exist.
    """
    tables = (load_table(name, Function, key=("name",)) for name in ("functions", "functions_abroad"))
    rows = tuple(row for table in tables for row in table)
    leaves = {leaf.id for leaf in capabilities()}
    for row in rows:
        named = {word[1:] for part in row.parts for word in part if word.startswith("@")}
        shared = {word[1:] for word in (*row.needs, *row.unless) if word.startswith("@")}
        unknown = (named - set(word_classes())) | (shared - set(contexts())) | ({row.capability} - leaves)
        if unknown:
            message = f"Table data/functions.yml, rule {row.name!r}: nothing is called {sorted(unknown)}."
            raise DataTableError(message)
    return rows
