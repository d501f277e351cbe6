"""The lexicon: words that name a capability, with language, gloss, source and the company they must keep.

``terms/LANGUAGE.yml`` hold the rows, one file per language, ordered by capability, then term; ``terms/codes.yml``
holds classification codes. ``contexts.yml`` names groups of words that many rows share (``@police``);
``subjects.yml`` says who or what else may be watched: fish, forests, machine rooms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sousveil.data.load import load_table
from sousveil.exceptions import DataTableError

LANGUAGES = ("zh", "en", "es", "fr", "de", "ru", "ar", "pt", "it", "pl", "uk", "tr", "other", "codes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. Chinese terms are written simplified; folding finds their traditional and full-width forms.

    Attributes:
        term: the words, as they stand in notices. In scripts with spaces a term is whole words; ``*`` at the end of a
            word, or at the beginning of the term, lets the word go on there (``видеонаблюден*``, ``камер* наблюдения``,
            ``*überwachungskamera*``). Accents are optional in the text.
        capability: id of a leaf in ``capabilities.yml``.
        gloss: plain English meaning.
        source: where the term was met or who defines it.
        language: tag of the term; empty in the tables means the tag of the file.
        strength: ``strong`` names the capability alone; ``weak`` counts only near one of ``needs``; ``described`` is no
            term of the tables but a rule of ``functions.yml`` that was met.
        needs: words of which one must stand in the same clause (weak terms); ``@NAME`` stands for a group of
            ``contexts.yml``, ``~`` for the term itself (``高空~`` must touch it).
        unless: words whose presence around the term argues it away (false friends), ``~`` marking the term itself:
            ``事业单位~法`` withholds 人证 in that longer word; without ``~`` a word counts in the same item of a list.
    """

    term: str
    capability: str
    gloss: str
    source: str
    language: str = ""
    strength: Literal["strong", "weak", "described"] = "strong"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A group of words that rows name as ``@NAME``.

    Attributes:
        name: the group, without ``@``.
        words: its words, folded; ``~`` marks the term itself, as in ``Term.unless``.
        why: what the words have in common.
    """

    name: str
    words: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that is watched and is no person, vehicle or message: a reason to withhold.

    Attributes:
        subject: name of the subject in the reason (``fish ponds``).
        words: words that tell of it, folded; in scripts with spaces the beginning of a word.
        capabilities: ids of the leaves that it argues against; empty means all.
        reach: ``item`` counts in the same item of a list only, ``title`` also when the title tells that it is watched;
            ``purchase`` when the title says that this is what is bought (books, cleaning), and words of watching in
            the text are duties of the contractor or features of goods; ``clause`` always, in the same item.
    """

    subject: str
    words: tuple[str, ...]
    capabilities: tuple[str, ...] = ()
    reach: Literal["item", "title", "purchase", "clause"] = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """A leaf of the taxonomy: what a purchase lets a body do.

    Attributes:
        id: stable id, used in labels, filters, exports.
        family: three-letter code of one of nine families (VID, FAC, VEH, PHN, BIO, FUS, PRD, NET, MOB).
        title: English name shown to readers.
        title_zh: Chinese name shown to readers.
        meaning: ends the sentence "a purchase that lets a body …".
    """

    id: str
    family: str
    title: str
    title_zh: str
    meaning: str


@cache
def capabilities() -> tuple[Capability, ...]:
    """Return the leaves of the taxonomy in the order of families."""
    return load_table("capabilities", Capability, key=("id",))


@cache
def contexts() -> dict[str, tuple[str, ...]]:
    """Return the shared groups of words by name."""
    return {row.name: row.words for row in load_table("contexts", Context, key=("name",))}


@cache
def subjects() -> tuple[Subject, ...]:
    """Return what else may be watched; the words of ``subjects_abroad.yml`` are not Chinese."""
    tables = (load_table(name, Subject, key=("subject",)) for name in ("subjects", "subjects_abroad"))
    return tuple(row for rows in tables for row in rows)


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms of all languages, each with its language and with the groups it names written out.

    Raises:
        DataTableError: a row names a group or a capability that does not exist.
    """
    rows = []
    known = frozenset(leaf.id for leaf in capabilities())
    for language in LANGUAGES:
        rows += [
            _complete(row, language, known)
            for row in load_table(f"terms/{language}", Term, key=("term", "capability", "language"))
        ]
    return tuple(rows)


def _complete(row: Term, language: str, known: frozenset[str]) -> Term:
    if row.capability not in known:
        message = f"Table data/terms/{language}.yml, term {row.term!r}: no capability {row.capability!r}."
        raise DataTableError(message)
    return replace(
        row,
        language=row.language or language,
        needs=spell_out(row.term, row.needs),
        unless=spell_out(row.term, row.unless),
    )


def spell_out(term: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a term with every ``@NAME`` replaced by the words of that group.

    Raises:
        DataTableError: there is no such group.
    """
    spelled: list[str] = []
    for word in words:
        if not word.startswith("@"):
            spelled.append(word)
        elif word[1:] in contexts():
            spelled.extend(contexts()[word[1:]])
        else:
            raise DataTableError(f"Term {term!r} names the group {word}, which data/contexts.yml does not have.")
    return tuple(spelled)
