"""Cross-language search: a word the lexicon knows is searched as its terms in all languages.

The title or id of a capability stands for all strong terms of that capability; a term or a gloss stands for all terms
with the same gloss. A word the lexicon does not know is searched as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import Term, capabilities
from sousveil.text.segment import runs_of


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """Words that are looked for, with what the lexicon says about them; empty where it says nothing.

    ``*`` at an end of a word lets the word go on there.
    """

    text: str
    language: str = ""
    gloss: str = ""
    capability: str = ""
    source: str = ""

    @property
    def runs(self) -> tuple[str, ...]:
        """The words as they are compared with a text."""
        return _runs(self.text)


def is_known(words: str, own: OwnTerms = SHIPPED) -> bool:
    """Return whether the lexicon knows these words: as a term, a gloss, a title or an id.

    >>> is_known("Face Recognition"), is_known("umbrella")
    (True, False)
    """
    return bool(_keys(words) & _names(own).keys())


def expand(words: str, own: OwnTerms = SHIPPED) -> tuple[SearchTerm, ...]:
    """Return what to search for instead of ``words``: the words first, then terms of the lexicon, each once.

    ``own`` are the user's terms, which belong to the lexicon too.

    >>> [term.text for term in expand("umbrella")]
    ['umbrella']
    >>> "人脸识别" in [term.text for term in expand("face recognition")]
    True
    """
    found = [term for key in sorted(_keys(words)) for term in _names(own).get(key, ())]
    known = next((term for term in found if name_of(term.text) == name_of(words)), SearchTerm(words))
    return _distinct([SearchTerm(words, known.language, known.gloss, known.capability, known.source), *found])


@lru_cache(maxsize=16_384)
def _runs(text: str) -> tuple[str, ...]:
    return tuple(runs_of(text))


@lru_cache(maxsize=16_384)
def name_of(words: str) -> str:
    """Return words as the key they are looked up by: folded, without accents, marks and ``*``.

    >>> name_of("IMSI-Catcher"), name_of("face_recognition")
    ('imsi catcher', 'face recognition')
    """
    return " ".join(run.strip("*") for run in runs_of(words))


def _keys(words: str) -> set[str]:
    """Return the keys of words: as they stand, and without the s of an English plural."""
    key = name_of(words)
    return {key, key[:-1]} if len(key) > 3 and key.endswith("s") and key.isascii() else {key}


@lru_cache(maxsize=4)
def _names(own: OwnTerms) -> dict[str, tuple[SearchTerm, ...]]:
    """Return what each name in the lexicon stands for."""
    by_gloss: dict[str, list[SearchTerm]] = {}
    by_capability: dict[str, list[SearchTerm]] = {}
    for term in sorted(own.all, key=_is_standard):
        if not runs_of(term.term):
            continue
        for gloss in _glosses(term):
            by_gloss.setdefault(gloss, []).append(_search_term(term))
        if term.strength == "strong":
            by_capability.setdefault(term.capability, []).append(_search_term(term))
    names = {gloss: list(found) for gloss, found in by_gloss.items()}
    for term in own.all:
        alike = [other for gloss in _glosses(term) for other in by_gloss.get(gloss, ())]
        names.setdefault(name_of(term.term), []).extend(alike)
    for leaf in capabilities():
        for name in (leaf.id, leaf.title):
            names[name_of(name)] = by_gloss.get(name_of(name), []) + by_capability.get(leaf.id, [])
        names.setdefault(name_of(leaf.title_zh), by_capability.get(leaf.id, []))
    return {name: _distinct(found) for name, found in names.items() if name}


def _is_standard(term: Term) -> bool:
    """Whether a term is the number of a standard (GA/T 1400): such terms are listed last."""
    return term.language == "zh" and term.term.isascii()


def _glosses(term: Term) -> tuple[str, ...]:
    """Return the keys of a gloss: whole, and without what stands in brackets."""
    short = term.gloss.split("(")[0]
    return tuple(dict.fromkeys(filter(None, (name_of(term.gloss), name_of(short)))))


def _search_term(term: Term) -> SearchTerm:
    return SearchTerm(term.term, term.language, term.gloss, term.capability, term.source)


def _distinct(found: Iterable[SearchTerm]) -> tuple[SearchTerm, ...]:
    """Return the terms that differ in what they find, in order of their first mention."""
    distinct: dict[tuple[str, ...], SearchTerm] = {}
    for term in found:
        distinct.setdefault(term.runs, term)
    return tuple(distinct.values())
