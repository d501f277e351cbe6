"""Counts of values among what a search finds; those of a field leave its own filter out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sousveil.ask.filters import COVER
from sousveil.ask.joined import JOINED_FACETS, count_joined
from sousveil.ask.understand import Understood
from sousveil.index.question import Facet, Numbered
from sousveil.index.words import Words
from sousveil.store.database import Store

Counts = dict[str, tuple[tuple[str, int], ...]]

FACETS: tuple[Facet, ...] = ("capability", "type", "province", "buyer", "supplier", "language", "source")
_OWN_FILTER = {"capability": "cap", "province": "place"}
"""Facets whose filter has another name."""
_MOST_JOINED = 10
"""Values of a facet of flags, systems or institutions, as many as the index counts of its own."""


def all_facets(counted: Counts, understood: Understood, store: Store, words: Words, *, is_joined: bool) -> Counts:
    """Return counts with those that one question to the index does not give, and without covered names.

    Args:
        counted: what the index counted.
        understood: what was asked.
        store: the rows.
        words: the index.
        is_joined: whether to count flags, systems, kinds and levels of institutions, too.
    """
    counts = counted | _own_facets(understood, words)
    return without_covered(counts | (_joined_facets(understood, store, words) if is_joined else {}))


def without_covered(counts: Counts) -> Counts:
    """Return counts without names that are covered: nobody can choose one, and its length would tell persons apart."""
    return {facet: tuple(pair for pair in pairs if COVER not in pair[0]) for facet, pairs in counts.items()}


def _own_facets(understood: Understood, words: Words) -> Counts:
    """Return the counts of facets that are filtered by, without that filter: so that another value can be chosen."""
    counts: Counts = {}
    asked = {condition.name for condition in understood.conditions}
    for facet in FACETS:
        name = _OWN_FILTER.get(facet, facet)
        if name in asked:
            others = understood.question(lambda condition, name=name: condition.name == name)  # type: ignore[misc]
            counts |= words.search(replace(others, facets=(facet,), limit=1)).facets
    if "date" in asked:
        others = understood.question(lambda condition: condition.name == "date")
        counts |= words.search(replace(others, by_year=True, limit=1)).facets
    return counts


def _joined_facets(understood: Understood, store: Store, words: Words) -> Counts:
    """Return the counts of facets that stand in tables, each without its own filter.

    The index is asked once, for what is not in tables; the sets of the tables are cut here.
    """
    sets = [(one.name, one.node) for one in understood.conditions if isinstance(one.node, Numbered)]
    is_all = len(sets) == len(understood.conditions)
    rest = understood.question(lambda condition: isinstance(condition.node, Numbered))
    found = None if is_all else np.asarray(words.numbers(rest), dtype=np.int64)
    return {
        facet: count_joined(store, facet, found, [node for name, node in sets if name != facet])[:_MOST_JOINED]
        for facet in JOINED_FACETS
    }
