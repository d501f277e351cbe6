"""Answers about a whole dataset, kept until its rows change: a glance over 100,000 notices costs seconds."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

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


class Kept:
    """Answers by question, for one dataset."""

    def __init__(self, store: Store, words: Words) -> None:
        self._store, self._words = store, words
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()

    def get(self, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, made anew where rows, index or what people decided have changed since."""
        stamp, decisions = (self._store.stamp(), self._words.stamp()), mirror_reviews(self._store)
        held = self._answers.get(question)
        if (
            held is not None
            and held.decisions == decisions
            and (held.stamp == stamp or may_wait(held.made_at, held.seconds))
        ):
            self._answers.move_to_end(question)
            value: T = held.value
            return value
        begun = time.monotonic()
        value = make()
        seconds = time.monotonic() - begun
        if seconds < _QUICK_S:
            return value
        self._answers[question] = _Answer(value, stamp, decisions, begun, seconds)
        self._answers.move_to_end(question)
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
        return value


def may_wait(made_at: float, seconds: float) -> bool:
    """Return whether an answer that was begun at a time, and took so long, may be given once more while a run writes.

    Args:
        made_at: by ``time.monotonic``.
        seconds: that it took.
    """
    return seconds > _SLOW_S and time.monotonic() - made_at < seconds * _PATIENCE
