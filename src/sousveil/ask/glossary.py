"""Glossary: the terms that are looked for, by capability, language or word."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.ask.filters import capability_ids
from sousveil.ask.terms import name_of
from sousveil.data.terms import Capability, Term, capabilities, terms
from sousveil.exceptions import UsageError


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A capability with those of its terms that were asked for."""

    capability: Capability
    terms: tuple[Term, ...]


def glossary(word: str = "", cap: str = "", language: str = "") -> tuple[GlossaryEntry, ...]:
    """Return the terms that fit, by capability in the order of families.

    Args:
        word: a part of the term or of its gloss, or a name of the capability; empty for all.
        cap: id, title or family of a capability.
        language: tag of the term.

    Raises:
        UsageError: there is no such capability or language.

    >>> [term.gloss for entry in glossary("步态识别") for term in entry.terms if term.term == "步态识别"]  # gait
    ['gait recognition']
    """
    leaves = set(capability_ids(cap)) if cap else {leaf.id for leaf in capabilities()}
    languages = sorted({term.language for term in terms()})
    if language and language not in languages:
        raise UsageError(f"There are no terms in {language!r}. There are terms in: {', '.join(languages)}.")
    chosen: dict[str, list[Term]] = {}
    key = name_of(word)
    if word and not key:
        raise UsageError(f"There is no letter, digit or character in {word!r}.")
    for term in terms():
        if term.capability in leaves and language in ("", term.language) and _fits(term, key):
            chosen.setdefault(term.capability, []).append(term)
    return tuple(GlossaryEntry(leaf, tuple(chosen[leaf.id])) for leaf in capabilities() if leaf.id in chosen)


def _fits(term: Term, key: str) -> bool:
    return not key or any(key in name_of(text) for text in (term.term, term.gloss, term.capability))
