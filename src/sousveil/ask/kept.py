"""Answers about a whole dataset, kept until its rows change: a glance over 100,000 notices costs seconds.

Several threads may ask. What one is making already the others wait for: nothing is made twice at a time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Self, TypeVar

from sousveil.index.words import Words
from sousveil.store.database import Store
from sousveil.store.reviews import mirror_reviews

_MOST = 64
"""Answers that are kept; the largest, of a whole country, takes some megabytes."""
_QUICK_S = 0.02
"""An answer that took less is made again: most dossiers take a few milliseconds."""
_SLOW_S = 0.2
"""An answer that took longer may be a while behind what a run writes; what people decide shows at once."""
_PATIENCE = 20
"""How many times as long as it took: while a run writes, at most a twentieth of the time goes into this answer."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    value: Any
    stamp: Hashable
    decisions: Hashable
    made_at: float
    seconds: float
    of: object
    """What alone it was made of; None where it was made of rows."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The answers of a dataset, and those that somebody is making."""

    answers: OrderedDict[Hashable, _Answer] = field(default_factory=OrderedDict)
    making: dict[Hashable, Event] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)


class Kept:
    """Answers by question, for one dataset.

    Args:
        store: its rows.
        words: its index.
        shelf: where answers are kept; default: one of its own.
        moment: as of when its answers count; default: whenever they are made.
    """

    def __init__(self, store: Store, words: Words, shelf: _Shelf | None = None, moment: Hashable = None) -> None:
        self._store, self._words, self._moment = store, words, moment
        self._shelf = shelf or _Shelf()

    def stamp(self) -> Hashable:
        """Return what changes with rows and index."""
        return self._store.stamp(), self._words.stamp()

    def seen_by(self, store: Store, stamp: Hashable) -> Self:
        """Return the same answers for another reader of the dataset: what it makes is kept for all.

        Args:
            store: the rows as that reader sees them.
            stamp: taken before it began to read; what it makes counts as of then.
        """
        return type(self)(store, self._words, self._shelf, stamp)

    def get(self, question: Hashable, make: Callable[[], T], *, of: object = None, is_patient: bool = True) -> T:
        """Return the answer to a question, made anew where rows, index or what people decided have changed since.

        Args:
            question: what is asked.
            make: makes the answer.
            of: another answer that this one is made of, and of nothing else: it stands as long as that one, for a
                drawing of an answer that is behind must not outlive it.
            is_patient: whether an answer that is behind will do; not so for one that others are made of.
        """
        stamp, decisions = self._moment or self.stamp(), mirror_reviews(self._store)
        while True:
            with self._shelf.turn:
                held = self._shelf.answers.get(question)
                if held is not None and (
                    held.of is of
                    if of is not None
                    else held.decisions == decisions
                    and (held.stamp == stamp or (is_patient and may_wait(held.made_at, held.seconds)))
                ):
                    self._shelf.answers.move_to_end(question)
                    value: T = held.value
                    return value
                other = self._shelf.making.get(question)
                if other is None:
                    self._shelf.making[question] = Event()
                    break
            other.wait()
        return self._made(question, make, (stamp, decisions), of)

    def _made(self, question: Hashable, make: Callable[[], T], when: tuple[Hashable, Hashable], of: object) -> T:
        """Make an answer and keep it where that is worth it."""
        begun = time.monotonic()
        try:
            value = make()
            seconds = time.monotonic() - begun
            if seconds >= _QUICK_S:
                self._keep(question, _Answer(value, *when, begun, seconds, of))
            return value
        finally:
            with self._shelf.turn:
                self._shelf.making.pop(question).set()

    def _keep(self, question: Hashable, answer: _Answer) -> None:
        with self._shelf.turn:
            answers = self._shelf.answers
            answers[question] = answer
            answers.move_to_end(question)
            if len(answers) > _MOST:
                answers.popitem(last=False)


def may_wait(made_at: float, seconds: float) -> bool:
    """Return whether an answer that was begun at a time, and took so long, may be given once more while a run writes.

    Args:
        made_at: by ``time.monotonic``.
        seconds: that it took.
    """
    return seconds > _SLOW_S and time.monotonic() - made_at < seconds * _PATIENCE
