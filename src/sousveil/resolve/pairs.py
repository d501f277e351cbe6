"""Pairs of institutions worth a look: names that may be one body and were not made one, with score and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from sousveil.data.bodies import renamings
from sousveil.model import Institution
from sousveil.resolve.institution import Resolution
from sousveil.resolve.judgement import NONE, Judgements
from sousveil.resolve.name import parse_spelling
from sousveil.resolve.nodes import members_of
from sousveil.resolve.organ import find_organ
from sousveil.resolve.parts import NameParts

MAX_BLOCK = 30
"""Institutions that share an outline; more share it because it says nothing (信息 information)."""
_LEAST_CORE, _LEAST_TEXT = 4, 8
"""Characters of a proper name and of a whole name in which one wrong character is a slip and not another name."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two institutions that may be one.

    Attributes:
        left: id of one; the smaller.
        right: id of the other.
        score: 0 to 1, how likely they are one by rule; what was measured says only that none is sure.
        names: a name of each.
        reasons: what speaks for it, and what against.
    """

    left: str
    right: str
    score: float
    names: tuple[str, str]
    reasons: tuple[str, ...]


def find_pairs(resolution: Resolution, judgements: Judgements = NONE, *, least: float = 0.0) -> tuple[Pair, ...]:
    """Return pairs worth a look, the likeliest first; those that a person has judged are left out.

    >>> from sousveil.resolve import Mention, resolve
    >>> names = ("岷阳锐视科技有限公司", "岷阳锐视科技股份有限公司")
    >>> (pair,) = find_pairs(resolve([Mention("n", "supplier", name) for name in names]))
    >>> pair.score, pair.reasons
    (0.8, ('the same place and proper name', 'another legal form: jsc and ltd'))
    """
    known = {item.id: item for item in resolution.institutions}
    parts = _parts(resolution)
    found: dict[tuple[str, str], Pair] = {}
    judged = _judged(judgements)
    for left, right, score, reasons in _candidates(resolution, parts):
        one, other = sorted((left, right))
        if one == other or score < least or _is_related(known, one, other):
            continue
        names = (known[one].name, known[other].name)
        if frozenset(names) in judged:
            continue
        old = found.get((one, other))
        if old is None or old.score < score:
            found[one, other] = Pair(one, other, score, names, reasons)
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.left, pair.right)))


_Candidate = tuple[str, str, float, tuple[str, ...]]


def _parts(resolution: Resolution) -> Mapping[str, NameParts]:
    """Return the parts of one spelling of each institution: the first that has a key."""
    found: dict[str, NameParts] = {}
    for spelling in sorted(resolution.ids):
        for member, own in zip(members_of(spelling), resolution.ids[spelling], strict=False):
            parts = parse_spelling(member)
            if parts.key:
                found.setdefault(own, parts)
    return found


def _judged(judgements: Judgements) -> set[frozenset[str]]:
    return {frozenset((row.left.name, row.right.name)) for row in judgements.standing if row.right is not None}


def _is_related(known: Mapping[str, Institution], one: str, other: str) -> bool:
    return one not in known or other not in known or other == known[one].parent or one == known[other].parent


def _candidates(resolution: Resolution, parts: Mapping[str, NameParts]) -> Iterable[_Candidate]:
    for link in resolution.doubts:
        yield link.left, link.right, 0.6, (link.reason, "the names are those of two bodies")
    yield from _same_outline(parts)
    yield from _absorbed(parts)
    yield from _one_character(parts)


def _same_outline(parts: Mapping[str, NameParts]) -> Iterable[_Candidate]:
    """Yield bodies that share place and organ, or proper name, and differ in what keys them."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for own, item in parts.items():
        if item.outline and not item.units and item.form in {"company", "foreign", "public"}:
            blocks[item.outline].append(own)
    for found in blocks.values():
        if 1 < len(found) <= MAX_BLOCK:
            for left, right in combinations(sorted(found), 2):
                yield left, right, *_compare(parts[left], parts[right])


def _compare(one: NameParts, other: NameParts) -> tuple[float, tuple[str, ...]]:
    """Return score and reasons for two bodies of one outline."""
    if one.form == "public":
        told = [context for context in (one.context, other.context) if any(context)]
        if len(told) == 2:
            return 0.2, ("the same name", "the notices tell two places for it")
        return 0.5, ("the same name", "one notice does not tell the place, and several would fit")
    if one.form == "foreign" and one.country != other.country:
        return 0.5, ("the same name", f"notices of two countries: {one.country or '?'} and {other.country or '?'}")
    places = {item.key.split("|")[1].removesuffix(item.core) for item in (one, other)}
    forms = sorted({one.legal_form or "none", other.legal_form or "none"})
    differs = f"another legal form: {' and '.join(forms)}" if len(forms) == 2 else ""
    if one.form == "foreign":
        return 0.6, tuple(filter(None, ("the same name", differs)))
    if len(places) == 1:
        return 0.8, tuple(filter(None, ("the same place and proper name", differs)))
    if "" in places:
        return 0.55, tuple(filter(None, ("the same proper name, one without a place", differs)))
    return 0.1, tuple(filter(None, ("the same proper name", "another place in the name", differs)))


def _absorbed(parts: Mapping[str, NameParts]) -> Iterable[_Candidate]:
    """Yield bodies of one place of which one took up the other in a reform."""
    taken: dict[str, dict[str, str]] = defaultdict(dict)
    for row in renamings():
        old, new = find_organ(row.old)[0], find_organ(row.new)[0]
        if row.effect == "absorbed" and old and new and old != new:
            taken[old][new] = f"{row.old} was taken up by {row.new} in {row.year} ({row.source})"
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for own, item in parts.items():
        if item.form == "public" and item.organ and not item.units:
            places[item.outline.partition("|")[0]][item.organ] = own
    for organs in places.values():
        for old, news in taken.items():
            for new, reason in news.items():
                if old in organs and new in organs:
                    yield organs[old], organs[new], 0.4, (reason, "another body before, a part of the later one")


def _one_character(parts: Mapping[str, NameParts]) -> Iterable[_Candidate]:
    """Yield companies whose names differ in one character: a slip of the pen or of recognition."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for own, item in parts.items():
        if (
            item.form == "company"
            and len(item.core) >= _LEAST_CORE
            and len(item.text) >= _LEAST_TEXT
            and not item.units
        ):
            for place in range(len(item.text)):
                blocks[f"{item.text[:place]}\0{item.text[place + 1 :]}"].append(own)  # another character there
            for place in range(len(item.text)):
                blocks[item.text[:place] + item.text[place + 1 :]].append(own)  # one more there
            blocks[item.text].append(own)
    for found in blocks.values():
        if 1 < len(found) <= MAX_BLOCK:
            for left, right in combinations(sorted(set(found)), 2):
                if parts[left].core != parts[right].core and abs(len(parts[left].text) - len(parts[right].text)) <= 1:
                    yield (
                        left,
                        right,
                        _slip(parts[left].text, parts[right].text),
                        ("the names differ in one character",),
                    )


def _slip(one: str, other: str) -> float:
    """Return how likely two names that differ in one character are one: numbers and points of the compass differ."""
    differing = {char for pair in zip(one, other, strict=False) if pair[0] != pair[1] for char in pair}
    is_telling = len(one) == len(other) and bool(differing & set("一二三四五六七八九十东西南北中上下大小新老甲乙丙丁"))
    return 0.1 if is_telling else 0.7 if len(one) >= 10 else 0.5
