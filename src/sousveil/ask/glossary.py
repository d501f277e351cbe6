"""Glossary: the terms that are looked for, by capability, language or word, and one of them in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.ask.filters import capability_ids
from sousveil.ask.terms import name_of
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import Capability, Term, capabilities, terms
from sousveil.exceptions import NotFoundError, UsageError

State = Literal["shipped", "yours", "off"]
"""``off``: a shipped term that the user put aside, or replaced."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A capability with those of its terms that were asked for."""

    capability: Capability
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A term in full.

    Attributes:
        term: the row.
        capability: what it names.
        state: whether it is looked for, and whose it is.
        alike: terms with the same gloss, which are searched together with it.
    """

    term: Term
    capability: Capability
    state: State
    alike: tuple[Term, ...]


def glossary(
    word: str = "", cap: str = "", language: str = "", own: OwnTerms = SHIPPED, *, is_yours: bool = False
) -> tuple[GlossaryEntry, ...]:
    """Return the terms that fit, by capability in the order of families; those put aside are among them.

    Args:
        word: a part of the term or of its gloss, or a name of the capability; empty for all.
        cap: id, title or family of a capability.
        language: tag of the term.
        own: the user's terms.
        is_yours: only these, and the shipped ones that they put aside.

    Raises:
        UsageError: there is no such capability or language.

    >>> [term.gloss for entry in glossary("步态识别") for term in entry.terms if term.term == "步态识别"]  # gait
    ['gait recognition']
    """
    leaves = set(capability_ids(cap)) if cap else {leaf.id for leaf in capabilities()}
    known = (*terms(), *own.rows)
    languages = sorted({term.language for term in known})
    if language and language not in languages:
        raise UsageError(f"There are no terms in {language!r}. There are terms in: {', '.join(languages)}.")
    chosen: dict[str, list[Term]] = {}
    key = name_of(word)
    if word and not key:
        raise UsageError(f"There is no letter, digit or character in {word!r}.")
    for term in known:
        if is_yours and state_of(term, own) == "shipped":
            continue
        if term.capability in leaves and language in ("", term.language) and _fits(term, key):
            chosen.setdefault(term.capability, []).append(term)
    return tuple(GlossaryEntry(leaf, tuple(chosen[leaf.id])) for leaf in capabilities() if leaf.id in chosen)


def show_term(asked: str, own: OwnTerms = SHIPPED) -> tuple[TermView, ...]:
    """Return a term in full; in several rows where it names several capabilities or stands in several languages.

    Raises:
        NotFoundError: it is no term.
    """
    key = name_of(asked)
    known = (*terms(), *own.rows)
    found = [term for term in known if key and name_of(term.term) == key]
    if not found:
        raise NotFoundError(f"{asked[:60]!r} is no term. Terms that hold these words: sousveil glossary {asked[:60]}")
    leaves = {leaf.id: leaf for leaf in capabilities()}
    return tuple(
        TermView(
            term=term,
            capability=leaves[term.capability],
            state=state_of(term, own),
            alike=tuple(other for other in own.all if other.gloss == term.gloss and other.term != term.term),
        )
        for term in found
    )


def state_of(term: Term, own: OwnTerms) -> State:
    """Return whether a term is looked for, and whose it is."""
    if term in own.rows:
        return "yours"
    return "off" if (term.term, term.capability) in own.off else "shipped"


def _fits(term: Term, key: str) -> bool:
    return not key or any(key in name_of(text) for text in (term.term, term.gloss, term.capability))
