"""Fields of notices that stand in tables made after the index: flags, systems, institutions, purchases, reviews.

A field with a value is a set of numbers of notices, which the index takes as a condition. Sets are read by keyed
lookups, no body is decoded; they are kept until the tables change. Counts of all values of a field are made from the
same sets: on 100,000 notices the first time in a quarter of a second, then in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self, get_args
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.ask.kept import may_wait
from sousveil.ask.naming import (
    flag_rules,
    institution_ids,
    known_institution,
    nearest,
    procurement_id,
    review_state,
    system_ids,
)
from sousveil.exceptions import UsageError
from sousveil.index.question import Node, Numbered
from sousveil.model import ReviewState
from sousveil.store.database import Store
from sousveil.store.purchases import Purchases
from sousveil.store.reviews import mirror_reviews

Numbers = npt.NDArray[np.int64]
JoinedFacet = Literal["flag", "system", "organ", "level", "state"]
JOINED_FACETS: tuple[JoinedFacet, ...] = ("flag", "system", "organ", "level", "state")
"""Fields whose values are counted: indicators, named systems, kind and level of who buys, decisions."""
JOINED = (*JOINED_FACETS, "institution", "procurement")
"""All fields that are joined; ``buyer``, ``supplier`` and ``agency`` are where they are given an id."""

_FEW = 10_000
"""Notices of a set that the index looks up in milliseconds; of larger ones it is seen whether the rest is fewer."""
_MOST_KEPT = 64
"""Sets that are kept; each is at most 8 bytes for every notice."""

_ASKED = "IN (SELECT value FROM json_each(?))"
_OF_SYSTEM = (
    "SELECT DISTINCT summaries.number FROM system_findings CROSS JOIN findings ON findings.id = finding"
    f" CROSS JOIN summaries ON summaries.notice = findings.notice WHERE system {_ASKED}"
)
_OF_BUYER = (
    "SELECT summaries.number FROM institutions CROSS JOIN procurements ON procurements.buyer = institutions.id"
    f" CROSS JOIN summaries ON summaries.procurement = procurements.id WHERE institutions.{{}} {_ASKED}"
)
_OF_MENTION = (
    "SELECT DISTINCT summaries.number FROM named CROSS JOIN mentions ON mentions.spelling = named.spelling{}"
    f" CROSS JOIN summaries ON summaries.notice = mentions.notice WHERE institution {_ASKED}"
)
_QUERIES = {
    "flag": "SELECT number FROM flags CROSS JOIN summaries ON summaries.procurement = flags.procurement"
    f" WHERE rule {_ASKED}",
    "system": _OF_SYSTEM,
    "organ": _OF_BUYER.format("kind"),
    "level": _OF_BUYER.format("level"),
    "procurement": f"SELECT number FROM summaries WHERE procurement {_ASKED}",
    "institution": _OF_MENTION.format(""),
    "buyer": _OF_MENTION.format(" AND role = 'buyer'"),
    "supplier": _OF_MENTION.format(" AND role = 'supplier'"),
    "agency": _OF_MENTION.format(" AND role = 'agency'"),
}
_REVIEWED = (
    "SELECT DISTINCT notices.number FROM temp.reviews CROSS JOIN findings ON findings.id = reviews.finding"
    f" CROSS JOIN notices ON notices.id = findings.notice WHERE reviews.state {_ASKED}"
)
_FOUND_IN = "SELECT number FROM (SELECT DISTINCT notice FROM findings) JOIN notices ON notices.id = notice"
_REVIEWED_WHOLE = (
    "SELECT number FROM (SELECT DISTINCT notice FROM temp.reviews CROSS JOIN findings ON findings.id = finding)"
    " AS some JOIN notices ON notices.id = some.notice WHERE NOT EXISTS (SELECT 1 FROM findings WHERE"
    " findings.notice = some.notice AND findings.id NOT IN (SELECT finding FROM temp.reviews))"
)
"""Notices of which every finding is judged: the others of those with findings have one that is not."""
_ALL_FLAGS = (
    "SELECT rule, group_concat(number) FROM flags CROSS JOIN summaries ON summaries.procurement = flags.procurement"
    " GROUP BY rule"
)
_ALL_SYSTEMS = (
    "SELECT system, group_concat(notices.number) FROM system_findings CROSS JOIN stated"
    " ON stated.finding = system_findings.finding CROSS JOIN notices ON notices.id = stated.notice GROUP BY system"
)
_PROGRAMMES = "SELECT id, programme FROM systems WHERE programme IN (SELECT id FROM systems)"
_ALL_BUYERS = (
    "SELECT kind, level, group_concat(number) FROM institutions CROSS JOIN procurements"
    " ON procurements.buyer = institutions.id CROSS JOIN summaries ON summaries.procurement = procurements.id"
    " GROUP BY kind, level"
)
"""Each along indexes that hold all it needs, in the order of its groups: nothing is sorted."""


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of a field, and for each notice that has one its number and the place of the value among the names."""

    names: tuple[str, ...]
    numbers: Numbers
    labels: Numbers

    @classmethod
    def of(cls, listed: Sequence[tuple[str, str]]) -> Self:
        """Return the values of notices; each comes with numbers of notices in one text, in one row or several."""
        rows = [(name, numbers) for name, numbers in listed if name and numbers]
        names = sorted({name for name, _ in rows})
        place = {name: number for number, name in enumerate(names)}
        sizes = [numbers.count(",") + 1 for _, numbers in rows]
        labels = np.repeat(np.array([place[name] for name, _ in rows], dtype=np.int64), sizes)
        numbers = _parsed(",".join(numbers for _, numbers in rows))
        pairs = _distinct(numbers * len(names) + labels)  # several findings of a notice may name one system
        return cls(tuple(names), pairs // max(1, len(names)), pairs % max(1, len(names)))


@dataclass(slots=True)
class _Held:
    """Sets that were read while the tables had one stamp."""

    stamp: str = ""
    sets: dict[tuple[str, tuple[str, ...]], Numbers] = field(default_factory=dict)
    every: Numbers | None = None
    values: dict[JoinedFacet, _Values] = field(default_factory=dict)
    values_stamp: str | None = None
    """Of the tables that the values were read from: counts may be a while behind what a run writes, sets may not."""
    values_at: float = 0.0
    seconds: float = 0.0


_held: WeakKeyDictionary[Store, _Held] = WeakKeyDictionary()


def joined_ids(store: Store, name: str, asked: str) -> tuple[str, ...]:
    """Return the ids that the tables have for a value; for a name of a buyer, supplier or agency nothing.

    Raises:
        UsageError: there is nothing of that kind; the message says what would be near.
    """
    if name in ("buyer", "supplier", "agency"):
        return known_institution(store, asked)
    resolvers: Mapping[str, Callable[[], tuple[str, ...]]] = {
        "flag": lambda: flag_rules(asked),
        "system": lambda: system_ids(store, asked),
        "institution": lambda: institution_ids(store, asked),
        "procurement": lambda: (procurement_id(store, asked),),
        "state": lambda: (review_state(asked),),
    }
    return resolvers[name]() if name in resolvers else (_trait(store, name, asked),)


def joined_node(store: Store, name: str, ids: Sequence[str]) -> Node:
    """Return what the index must hold for a field to have one of the ids."""
    found = _numbers(store, name, tuple(sorted(ids)))
    if len(found) < _FEW:
        return Numbered(tuple(found.tolist()))
    held = _held_of(store)
    if held.every is None:
        held.every = np.sort(_parsed(store.rows("SELECT group_concat(number) FROM summaries")[0][0]))
    others = np.setdiff1d(held.every, found, assume_unique=True) if 2 * len(found) > len(held.every) else None
    return Numbered(tuple(found.tolist()), None if others is None else tuple(others.tolist()))


def count_joined(
    store: Store, facet: JoinedFacet, found: Numbers | None, sets: Sequence[Numbered], most: int
) -> tuple[tuple[str, int], ...]:
    """Return how many of the notices found have each of the most frequent values of a field, these first.

    Args:
        store: the rows.
        facet: the field.
        found: numbers of notices; None for all.
        sets: of which a notice must be in each, too.
        most: values to return.
    """
    values = _decided(store) if facet == "state" else _values_of(store)[facet]
    size = int(values.numbers.max(initial=0)) + 1
    is_found = np.ones(size, dtype=bool) if found is None else _membership(found, size)
    for one in sets:
        is_found &= _membership(np.fromiter(one.numbers, dtype=np.int64, count=len(one.numbers)), size)
    counts = np.bincount(values.labels[is_found[values.numbers]], minlength=len(values.names))
    frequent = np.argsort(-counts, kind="stable")[:most].tolist()  # names are in order, so those alike are, too
    return tuple((values.names[place], int(counts[place])) for place in frequent if counts[place])


def _values_of(store: Store) -> dict[JoinedFacet, _Values]:
    """Return the values of every facet, read anew where the tables changed, but not all the time while a run writes."""
    held = _held_of(store)
    is_current = held.values_stamp == held.stamp
    if not is_current and (held.values_stamp is None or not may_wait(held.values_at, held.seconds)):
        held.values_at = time.monotonic()
        held.values = _all_values(store)
        held.values_stamp, held.seconds = held.stamp, time.monotonic() - held.values_at
    return held.values


def _decided(store: Store) -> _Values:
    """Return the states of review, anew every time; none before somebody judged."""
    mirror_reviews(store)
    is_judged = bool(store.rows("SELECT 1 FROM temp.reviews LIMIT 1"))
    states = tuple(sorted(get_args(ReviewState))) if is_judged else ()
    sets = [_in_states(store, (state,)) for state in states]
    numbers = np.concatenate([*sets, np.empty(0, dtype=np.int64)])
    sizes = np.array([len(one) for one in sets], dtype=np.int64)
    return _Values(states, numbers, np.repeat(np.arange(len(sets)), sizes))


def _membership(numbers: Numbers, size: int) -> npt.NDArray[np.bool_]:
    """Return for each number below ``size`` whether it is among these."""
    found = np.zeros(size, dtype=bool)
    found[numbers[numbers < size]] = True
    return found


def _held_of(store: Store) -> _Held:
    """Return what is kept of a store; nothing where its tables changed."""
    stamp = Purchases(store).stamp()
    held = _held.setdefault(store, _Held(stamp))
    if held.stamp != stamp:
        held.stamp = stamp
        held.sets.clear()
        held.every = None
    return held


def _numbers(store: Store, name: str, ids: tuple[str, ...]) -> Numbers:
    if name == "state":
        return _in_states(store, ids)
    sets = _held_of(store).sets
    if (name, ids) not in sets:
        if len(sets) >= _MOST_KEPT:
            sets.clear()
        sets[name, ids] = _read(store, _QUERIES[name], (msgspec.json.encode(ids).decode(),))
    return sets[name, ids]


def _in_states(store: Store, states: tuple[str, ...]) -> Numbers:
    """Return the notices with a finding in one of the states.

    They change with every decision, so of them is kept only which notices have findings at all.
    """
    mirror_reviews(store)
    asked = msgspec.json.encode(states).decode()
    found = _read(store, _REVIEWED, (asked,))
    if "unreviewed" not in states:
        return found
    sets = _held_of(store).sets
    if ("findings", ()) not in sets:
        sets["findings", ()] = _read(store, _FOUND_IN)
    return np.union1d(found, np.setdiff1d(sets["findings", ()], _read(store, _REVIEWED_WHOLE)))


def _read(store: Store, query: str, values: Sequence[str] = ()) -> Numbers:
    """Return the numbers that a query finds, in order."""
    return _distinct(_parsed(store.rows(f"SELECT group_concat(number) FROM ({query})", values)[0][0]))


def _all_values(store: Store) -> dict[JoinedFacet, _Values]:
    """Return the values of every facet: 0.25 s for 100,000 notices."""
    buyers = store.rows(_ALL_BUYERS)
    named = {row[0]: row[1] for row in store.rows(_ALL_SYSTEMS)}
    programmes = [(row[1], named[row[0]]) for row in store.rows(_PROGRAMMES) if row[0] in named]
    return {
        "flag": _Values.of([(row[0], row[1]) for row in store.rows(_ALL_FLAGS)]),
        "system": _Values.of([*named.items(), *programmes]),
        "organ": _Values.of([(row[0], row[2]) for row in buyers]),
        "level": _Values.of([(row[1], row[2]) for row in buyers]),
    }


def _parsed(listed: str | None) -> Numbers:
    """Return numbers that SQLite wrote in one text: a quarter of the time of as many rows."""
    return np.fromstring(listed, dtype=np.int64, sep=",") if listed else np.zeros(0, dtype=np.int64)


def _distinct(numbers: Numbers) -> Numbers:
    """Return numbers in order, each once: a tenth of the time of ``np.unique``."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def _trait(store: Store, name: str, asked: str) -> str:
    """Return the kind or level of institutions that is meant."""
    column = {"organ": "kind", "level": "level"}[name]
    known = [row[0] for row in store.rows(f"SELECT DISTINCT {column} FROM institutions WHERE {column} <> ''")]
    value = asked.lower().replace(" ", "_")
    if value not in known:
        raise UsageError(f"There is no {name} {asked!r} here. {nearest(asked, known)}")
    return value
