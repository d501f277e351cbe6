"""Words near one another: the index finds notices that hold them, their text tells how far apart they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from sousveil.ask.terms import SearchTerm
from sousveil.index.question import AllOf, Among, AnyOf, Close, Node, Question
from sousveil.index.words import Words
from sousveil.store.database import Store
from sousveil.text.fold import even, fold, is_han
from sousveil.text.segment import find_runs, index_tokens, phrase_tokens

_AT_ONCE = 500
"""Notices whose texts are fetched together."""
_MOST_PAIRS = 64
"""Pairs of beginnings that the index is asked for: each takes a millisecond in 100,000 notices, the texts a tenth of a
second."""


def among_near(store: Store, words: Words, where: Node, groups: Sequence[Sequence[SearchTerm]], distance: int) -> Among:
    """Return the notices in which a term of each group stands near the others.

    Args:
        store: the rows, for the texts.
        words: the index.
        where: what a notice must hold at all.
        groups: the terms of each word; any of them will do.
        distance: most characters between one word and the next.
    """
    near = AllOf((where, *may_be_near(groups, distance)))
    ids = words.search(replace(Question(where=near, sort="date"), limit=None)).ids
    is_plain = all(_is_plain(term) for group in groups for term in group)
    found: list[str] = []
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found += [
            notice
            for notice, texts in store.texts(some)
            if (is_plain and any(_are_near(text, groups, distance) for text in texts))
            or any(is_near(text, groups, distance) for text in texts)
        ]
    return Among(tuple(found))


def may_be_near(groups: Sequence[Sequence[SearchTerm]], distance: int) -> Iterator[Node]:
    """Yield what the index knows to hold where all groups are near: some term of each stands close to one of another.

    The index counts tokens, of which there is at most one for each character, so what is near by characters is close by
    tokens; of 3,500 notices with both words 500 are left, whose texts tell. What begins with an open word is not asked.
    """
    sized = [_first_tokens(group) for group in groups]
    for number, group in enumerate(sized[:1] if len(sized) == 2 else sized):
        others = [pair for place, other in enumerate(sized) if place != number for pair in other.items()]
        is_open = any("*" in token for token, _ in (*group.items(), *others))
        if not is_open and len(group) * len(others) <= _MOST_PAIRS:
            close = (
                Close(one, other, distance + max(size, length) + 1)
                for (one, size), (other, length) in product(group.items(), others)
            )
            yield AnyOf(tuple(close))


def _first_tokens(group: Sequence[SearchTerm]) -> dict[str, int]:
    """Return the tokens that terms begin with, and how many tokens the longest of these terms has."""
    sizes: dict[str, int] = {}
    for term in group:
        for token in phrase_tokens(term.text)[:1]:
            sizes[token] = max(sizes.get(token, 0), len(index_tokens(term.text)))
    return sizes


def is_near(text: str, groups: Sequence[Sequence[SearchTerm]], distance: int) -> bool:
    """Return whether a term of each group stands in the text with at most ``distance`` characters to the next.

    >>> terms = [[SearchTerm("人像")], [SearchTerm("民族")]]
    >>> is_near("人像按民族标注", terms, 1), is_near("人像按所属民族标注", terms, 1)
    (True, False)
    """
    return _are_near(even(fold(text)), groups, distance)


def _is_plain(term: SearchTerm) -> bool:
    """Whether a place of the term in a text as it stands is one in the folded text, too.

    So it is with one run of Chinese characters, which nothing beside it changes, and of which no two places overlap.
    Most texts are as they are folded; to fold them costs more than to look.
    """
    core = term.runs[0] if len(term.runs) == 1 else ""
    return bool(core) and all(map(is_han, core)) and core[0] not in core[1:]


def _are_near(plain: str, groups: Sequence[Sequence[SearchTerm]], distance: int) -> bool:
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
