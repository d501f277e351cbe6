"""Words near one another: the index finds notices that hold them, their text tells how far apart they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sousveil.ask.terms import SearchTerm
from sousveil.index.question import Among, Node, Question
from sousveil.index.words import Words
from sousveil.store.database import Store
from sousveil.text.fold import even, fold
from sousveil.text.segment import find_runs

_AT_ONCE = 500
"""Notices whose texts are fetched together."""


def among_near(store: Store, words: Words, where: Node, groups: Sequence[Sequence[SearchTerm]], distance: int) -> Among:
    """Return the notices in which a term of each group stands near the others.

    Args:
        store: the rows, for the texts.
        words: the index.
        where: what a notice must hold at all.
        groups: the terms of each word; any of them will do.
        distance: most characters between one word and the next.
    """
    ids = words.search(replace(Question(where=where), limit=None)).ids
    found: list[str] = []
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found += [
            notice for notice, texts in store.texts(some) if any(is_near(text, groups, distance) for text in texts)
        ]
    return Among(tuple(found))


def is_near(text: str, groups: Sequence[Sequence[SearchTerm]], distance: int) -> bool:
    """Return whether a term of each group stands in the text with at most ``distance`` characters to the next.

    >>> terms = [[SearchTerm("人像")], [SearchTerm("民族")]]
    >>> is_near("人像按民族标注", terms, 1), is_near("人像按所属民族标注", terms, 1)
    (True, False)
    """
    plain = even(fold(text))
    places = sorted(
        {
            (start, end, number)
            for number, group in enumerate(groups)
            for term in group
            for start, end in find_runs(plain, term.runs)
        }
    )
    return any(True for _ in iter_chains(places, len(groups), distance))


def iter_chains(
    places: Sequence[tuple[int, int, int]], wanted: int, distance: int
) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the chains of places, each near the one before, that have all groups; a word may be part of another.

    Args:
        places: start, end and group, in order.
        wanted: how many groups there are.
        distance: most characters between one place and the next.
    """
    chain: list[tuple[int, int, int]] = []
    reach = -1
    for place in places:
        if chain and place[0] - reach > distance:
            if _has_all(chain, wanted):
                yield chain
            chain, reach = [], -1
        chain.append(place)
        reach = max(reach, place[1])
    if _has_all(chain, wanted):
        yield chain


def _has_all(chain: Sequence[tuple[int, int, int]], wanted: int) -> bool:
    """Whether a chain of places has every group."""
    return len({number for _, _, number in chain}) == wanted
