"""Counts of values among what a search finds; those of a field leave its own filter out."""

from __future__ import annotations

from dataclasses import replace

from sousveil.ask.filters import COVER
from sousveil.ask.joined import JOINED_FACETS, count_joined
from sousveil.ask.understand import Understood
from sousveil.index.question import Counts, Facet, Numbered, Question
from sousveil.index.words import Words
from sousveil.store.database import Store

FACETS: tuple[Facet, ...] = ("capability", "type", "province", "buyer", "supplier", "language", "source")
_OWN_FILTER = {"capability": "cap", "province": "place"}
"""Facets whose filter has another name."""
_MOST_JOINED = 10
"""Values of a facet of flags, systems or institutions, as many as the index counts of its own."""


class Counting:
    """The counts of a search, begun when it is made: the index counts while rows are read.

    Args:
        understood: what was asked.
        store: the rows.
        words: the index.
        is_joined: whether to count flags, systems, kinds and levels of institutions, too.
    """

    def __init__(self, understood: Understood, store: Store, words: Words, *, is_joined: bool) -> None:
        self._store = store
        asked = {condition.name for condition in understood.conditions}
        filtered = [facet for facet in FACETS if _OWN_FILTER.get(facet, facet) in asked]
        whole = replace(
            understood.question(),
            facets=tuple(facet for facet in FACETS if facet not in filtered),
            by_year="date" not in asked,
        )
        questions = [whole, *(_without(understood, facet) for facet in filtered)]
        if "date" in asked:
            questions.append(replace(understood.question(lambda condition: condition.name == "date"), by_year=True))
        self._counts = [words.begin_counts(question) for question in questions]
        self._sets = [(one.name, one.node) for one in understood.conditions if isinstance(one.node, Numbered)]
        is_all = len(self._sets) == len(understood.conditions)
        rest = understood.question(lambda condition: isinstance(condition.node, Numbered))
        self._found = words.begin_numbers(rest) if is_joined and not is_all else None
        self._is_joined = is_joined

    def counts(self) -> Counts:
        """Return the counts of every facet, those of a facet without its own filter; years last of the index's own."""
        counted: Counts = {}
        for counts in self._counts:
            counted |= counts.result()
        own = {facet: counted[facet] for facet in (*FACETS, "year")}
        return without_covered(own | (self._joined() if self._is_joined else {}))

    def _joined(self) -> Counts:
        """Return the counts of facets that stand in tables, each without its own filter.

        The index is asked once, for what is not in tables; the sets of the tables are cut here.
        """
        found = self._found.result() if self._found else None
        return {
            facet: count_joined(
                self._store, facet, found, [node for name, node in self._sets if name != facet], _MOST_JOINED
            )
            for facet in JOINED_FACETS
        }


def without_covered(counts: Counts) -> Counts:
    """Return counts without names that are covered: nobody can choose one, and its length would tell persons apart."""
    return {facet: tuple(pair for pair in pairs if COVER not in pair[0]) for facet, pairs in counts.items()}


def _without(understood: Understood, facet: Facet) -> Question:
    """Return the question for a facet that is filtered by, without that filter: so that another value can be chosen."""
    name = _OWN_FILTER.get(facet, facet)
    return replace(understood.question(lambda condition: condition.name == name), facets=(facet,))
