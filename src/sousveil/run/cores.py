"""Processors shared out between workers: what runs at one time never has more threads than there are processors."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Cores:
    """A number of processors that jobs take some of, in the order in which they asked.

    >>> cores = Cores(2)
    >>> with cores.taken(2):
    ...     cores.free
    0
    >>> cores.free
    2
    """

    def __init__(self, count: int) -> None:
        self.count = max(1, count)
        self._free = self.count
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @property
    def free(self) -> int:
        """How many nobody has taken."""
        return self._free

    @contextmanager
    def taken(self, share: int) -> Iterator[None]:
        """Hold ``share`` processors, all of them where it asks for more, while the block runs; wait for them before."""
        share = min(share, self.count)
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            self._changed.wait_for(lambda: self._queue[0] is ticket and self._free >= share)
            self._queue.popleft()
            self._free -= share
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += share
                self._changed.notify_all()
