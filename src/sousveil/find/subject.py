"""Who or what is watched? Fish ponds, water, forests, machine rooms, networks, patients: no finding, with the reason.

A subject counts when it stands in the same item of a list as the term, or when the title says that the purchase
is about watching it. Words that tell of persons or vehicles overrule it. Where the title says that something else
altogether is bought (cleaning, books), words of watching in the text count only where they say that it is bought too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.terms import Subject, contexts, subjects
from sousveil.find.lexicon import even, is_whole

_WATCHING = re.compile(
    "监控|监测|监管|监视|感知|预警|瞭望|视频|巡|无人机|遥感|检测|平台|monitor|drone|warning|sensor|vigilan|surveil|überwach|uberwach|sorvegl|мониторинг|наблюд|моніторинг|спостереж|nadzor|nadzór|izleme|مراقبة|bewak|toezicht|camera|kamera|camara|камер"
)
"""Words of a title that make its subject the thing watched (watch, sense, warn, patrol, drone, survey); a title without
them is about building or running the thing, and cameras named inside guard it."""


@cache
def _automaton() -> tuple[AhoCorasick, tuple[Subject, ...]]:
    pairs = [(even(word), row) for row in subjects() for word in row.words]
    return AhoCorasick([word for word, _ in pairs], matchkind=MatchKind.Standard), tuple(row for _, row in pairs)


@cache
def _people() -> AhoCorasick:
    return AhoCorasick([even(word) for name in ("people", "people_abroad") for word in contexts()[name]])


def has_people(text: str) -> bool:
    """Return whether evened text has a word that tells of persons or vehicles."""
    return bool(_people().find_matches_as_indexes(text))


def _subjects_in(text: str, capability: str) -> list[tuple[str, Subject]]:
    automaton, rows = _automaton()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    hits = [
        (text[start:end], rows[index]) for index, start, end in found if is_whole(text, start, end, open_right=True)
    ]
    return [(word, row) for word, row in hits if not row.capabilities or capability in row.capabilities]


@lru_cache(maxsize=256)
def _subjects_of_title(title: str, capability: str) -> tuple[tuple[str, Subject], ...]:
    """Return the subjects of a title; kept, because every hit of a notice asks."""
    return tuple(_subjects_in(title, capability))


def other_subject(item: str, title: str, capability: str, *, is_bought: bool = False) -> str | None:
    """Return the reason why something else than people is watched, or bought, or None.

    Args:
        item: evened text of the list item around the term.
        title: evened title of the notice; empty where it has none.
        capability: the leaf that the term names.
        is_bought: whether the title or the words around the term say that it is bought, whatever the title is about.
    """
    near = _subjects_in(item, capability)
    for word, row in near:
        if row.reach == "clause":
            return f"subject: {row.subject} ({word} in the same phrase)"
    above = _subjects_of_title(title, capability) if title else ()
    if not is_bought:
        for word, row in above:
            if row.reach == "purchase":
                return f"the purchase is of another kind: {row.subject} ({word} in the title)"
    if has_people(item):
        return None
    for word, row in near:
        if row.reach != "purchase":
            return f"subject: {row.subject} ({word} in the same phrase)"
    if not title or has_people(title) or not _WATCHING.search(title):
        return None
    for word, row in above:
        if row.reach == "title":
            return f"subject: {row.subject} ({word} in the title)"
    return None
