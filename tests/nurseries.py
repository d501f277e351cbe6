"""Nurseries that outlive their pools: a process that has loaded what workers need, kept for the next pool of the same kind.

Loading takes 3 to 4 s of a processor, and hundreds of tests read files, each with a pool of its own. Workers are copies as
ever, each locked and ended with its pool. What a nursery does by itself is tested in ``tests/run``, which keeps none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sousveil.run import pool
from sousveil.run.nursery import Nursery
from sousveil.run.sandbox import Confinement

_Key = tuple[str, Confinement, int]


class _Kept(Nursery):
    """A nursery that stays when its pool closes, unless the pool closes while it still loads."""

    def stop(self) -> None:
        if self._loading:
            super().stop()

    def close(self) -> None:
        if self._is_closed:
            super().close()

    def end(self) -> None:
        super().stop()
        super().close()


@contextmanager
def kept() -> Iterator[None]:
    """Have all pools of the block take kept nurseries; end them behind it."""
    held: dict[_Key, _Kept] = {}

    def take(function: str, confinement: Confinement, threads: int) -> Nursery:
        key = function, confinement, threads
        if key not in held or held[key]._is_closed:
            held[key] = _Kept(function, confinement, threads)
        return held[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pool, "Nursery", take)
        yield
    for one in held.values():
        one.end()


@pytest.fixture(autouse=True)
def fresh_nurseries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep none: for rooms that test how workers are started and ended."""
    monkeypatch.setattr(pool, "Nursery", Nursery)
