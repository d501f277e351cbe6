"""Cross-language search: a word the lexicon knows is searched as its terms in all languages.

The title or id of a capability stands for all strong terms of that capability; a term or a gloss stands for all terms
with the same gloss, words for searching (``data/search_words.yml``) among them. A term that may go on (``*``) is met by
the forms of its words: *распознавания лиц*, *Gesichtserkennungssoftware*. The name of a maker stands for its other
names alone. A word that nothing of this knows is searched as it stands.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.search_words import search_words, word_tails
from sousveil.data.terms import Term, capabilities
from sousveil.data.vendors import Vendor, vendors
from sousveil.text.segment import runs_of

_MAX_INFLECTION = 5
"""Letters in which forms of a word may differ at its end: распознавани-ями, gesichtserkenn-ungen."""
_FOR_SEARCHING = "for searching"
"""Source of words that no finding rests on."""


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
    """Return whether the lexicon knows these words, or a form of them: as a term, a gloss, a title or an id.

    >>> is_known("Face Recognition"), is_known("распознавания лиц"), is_known("umbrella")
    (True, True, False)
    """
    return bool(_meant(words, own))


def is_listed(words: str, own: OwnTerms = SHIPPED) -> bool:
    """Return whether the lexicon lists exactly these words.

    >>> is_listed("Drohne"), is_listed("Aufklärungsdrohnen")
    (True, False)
    """
    return any(key in _known(own).exact for key in _keys(words))


def expand(words: str, own: OwnTerms = SHIPPED) -> tuple[SearchTerm, ...]:
    """Return what to search for instead of ``words``: the words first, then terms of the lexicon, each once.

    ``own`` are the user's terms, which belong to the lexicon too.

    >>> [term.text for term in expand("umbrella")]
    ['umbrella']
    >>> "人脸识别" in [term.text for term in expand("Gesichtserkennungssoftware")]
    True
    >>> [term.text for term in expand("Megvii")]
    ['Megvii', '旷视']
    """
    found = _meant(words, own)
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


@lru_cache(maxsize=4096)
def near_word(word: str, own: OwnTerms = SHIPPED) -> str:
    """Return the word of the lexicon that a mistyped word may stand for; empty where none is near.

    >>> near_word("recogniton"), near_word("umbrella")
    ('recognition', '')
    """
    key = name_of(word)
    words = [one for one in _vocabulary(own).get(key[:1], ()) if abs(len(one) - len(key)) <= _MOST_TYPOS]
    near = difflib.get_close_matches(key, words, n=1, cutoff=_LIKENESS) if len(key) >= _SHORTEST_MISTYPED else []
    return near[0] if near and near[0] != key else ""


_MOST_TYPOS = 2
"""Letters that a mistyped word has more or less than the word that was meant."""
_SHORTEST_MISTYPED = 5
_LIKENESS = 0.82
"""Likeness from which a word is taken for a mistyped one: one wrong letter in six."""


@lru_cache(maxsize=4)
def _vocabulary(own: OwnTerms) -> dict[str, tuple[str, ...]]:
    """Return the words of terms and glosses, without those that may go on, by their first letters."""
    texts = [text for term in own.all for text in (term.term, term.gloss)]
    texts += [word for row in search_words() for _, word in row.by_language]
    kept = sorted({run for text in texts for run in _runs(text) if "*" not in run and run.isalpha()})
    return {first: tuple(same) for first, same in groupby(kept, key=lambda run: run[0])}


def _keys(words: str) -> set[str]:
    """Return the keys of words: as they stand, and without the s of an English plural."""
    key = name_of(words)
    return {key, key[:-1]} if len(key) > 3 and key.endswith("s") and key.isascii() else {key}


@dataclass(frozen=True, slots=True)
class _Known:
    """What names stand for, and the terms that forms of a word may meet.

    Attributes:
        exact: terms by the key of a name.
        forms: runs of terms with ``*`` and the key they stand under: by their number, then by the first letters of the
            first run, or by "" where it may begin with anything.
    """

    exact: dict[str, tuple[SearchTerm, ...]]
    forms: dict[tuple[int, str], list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)


_FIRST = 3
"""Letters by which terms with ``*`` are kept apart; shorter beginnings would meet words of another meaning."""


@lru_cache(maxsize=16_384)
def _meant(words: str, own: OwnTerms) -> tuple[SearchTerm, ...]:
    """Return the terms that words stand for, Chinese first, numbers of standards last."""
    known = _known(own)
    keys = dict.fromkeys([*sorted(_keys(words)), *_form_keys(known, tuple(name_of(words).split()))])
    found = [term for key in keys for term in known.exact.get(key, ())]
    return _distinct(sorted(found, key=_rank))


def _form_keys(known: _Known, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the keys of terms with ``*`` that words meet."""
    for first in dict.fromkeys(("", words[0][:_FIRST] if words else "")):
        for runs, key in known.forms.get((len(words), first), ()):
            if all(map(_is_form, runs, words)):
                yield key


def _is_form(run: str, word: str) -> bool:
    """Whether a word is a form of a run with ``*``: no more than an ending follows, or a tail such as *software*."""
    core = run.strip("*")
    place = word.find(core)
    if place < 0 or (place and not run.startswith("*")):
        return False
    rest = word[place + len(core) :]
    return not rest or (run.endswith("*") and (len(rest) <= _MAX_INFLECTION or bool(_tails().fullmatch(rest))))


@lru_cache(maxsize=1)
def _tails() -> re.Pattern[str]:
    """Return what may follow a word in a compound: letters that join, a tail, an ending."""
    named = "|".join(name_of(row.tail) for row in word_tails())
    return re.compile(rf"\w{{0,{_MAX_INFLECTION}}}(?:{named})\w{{0,{_MAX_INFLECTION - 2}}}")


@lru_cache(maxsize=4)
def _known(own: OwnTerms) -> _Known:
    """Return what each name stands for, in the lexicon, the words for searching, and the names of makers."""
    by_gloss: dict[str, list[SearchTerm]] = {}
    by_capability: dict[str, list[SearchTerm]] = {}
    for term in own.all:
        if not runs_of(term.term):
            continue
        for gloss in _glosses(term):
            by_gloss.setdefault(gloss, []).append(_search_term(term))
        if term.strength == "strong":
            by_capability.setdefault(term.capability, []).append(_search_term(term))
    for row in search_words():
        meant = [SearchTerm(word, language, row.gloss, "", _FOR_SEARCHING) for language, word in row.by_language]
        by_gloss.setdefault(name_of(row.gloss), []).extend(meant)
    makers = {name_of(name): vendor for vendor in vendors() for name in _names_of(vendor)}
    makers = {key: vendor for key, vendor in makers.items() if key and key not in by_gloss}
    names = {gloss: list(found) for gloss, found in by_gloss.items()}
    for term in own.all:
        key = name_of(term.term)
        if key not in makers and not _is_product(term):
            names.setdefault(key, []).extend(other for gloss in _glosses(term) for other in by_gloss.get(gloss, ()))
    for row in search_words():
        for language, word in row.by_language:
            meant = by_gloss[name_of(row.gloss)]
            names.setdefault(name_of(word), []).extend(_beside_chinese(meant) if language == "zh" else meant)
    for key, vendor in makers.items():
        names.setdefault(key, []).extend(_terms_of(vendor))
    for leaf in capabilities():
        for name in (leaf.id, leaf.title):
            names[name_of(name)] = by_gloss.get(name_of(name), []) + by_capability.get(leaf.id, [])
        names.setdefault(name_of(leaf.title_zh), by_capability.get(leaf.id, []))
    known = _Known({name: _distinct(found) for name, found in names.items() if name and found})
    words = [term.term for term in own.all] + [word for row in search_words() for _, word in row.by_language]
    for runs in dict.fromkeys(_runs(word) for word in words):
        key = " ".join(run.strip("*") for run in runs)
        if any("*" in run for run in runs) and len(runs[0].strip("*")) >= _FIRST and key in known.exact:
            first = "" if runs[0].startswith("*") else runs[0][:_FIRST]
            known.forms.setdefault((len(runs), first), []).append((runs, key))
    return known


def _beside_chinese(meant: Iterable[SearchTerm]) -> Iterator[SearchTerm]:
    """Yield what a Chinese word stands for: 公安局 is not 公安分局, though English calls both a bureau."""
    return (term for term in meant if term.language != "zh" or term.source != _FOR_SEARCHING)


def _names_of(vendor: Vendor) -> tuple[str, ...]:
    """Return the names of a maker that words find: of Face++ the index keeps only *face*."""
    return tuple(dict.fromkeys(name for name in (*vendor.zh, *vendor.en, vendor.name) if "+" not in name))


def _terms_of(vendor: Vendor) -> Iterator[SearchTerm]:
    """Yield the names of a maker, without those that hold a shorter one and are found with it."""
    keys = [name_of(name) for name in _names_of(vendor)]
    for name, key in zip(_names_of(vendor), keys, strict=True):
        if not any(other != key and other in key for other in keys):
            yield SearchTerm(name, "en" if name.isascii() else "zh", f"{vendor.makes} (maker)", "", _FOR_SEARCHING)


def _is_product(term: Term) -> bool:
    """Whether a term is the name of a product: those with the same gloss are of other makers."""
    return term.gloss.split("(")[0].rstrip().endswith((" product", " products"))


def _rank(term: SearchTerm) -> int:
    """Return 0 for Chinese words, 1 for others, 2 for numbers of standards (GA/T 1400), which are listed last."""
    if term.language != "zh":
        return 1
    return 2 if term.text.isascii() else 0


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
