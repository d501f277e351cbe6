"""Pages that took long are made again, beside the others, as soon as the dataset has changed: nobody waits for them.

What is warmed are answers (``ask.kept``), never pages: whoever asks next gets what everybody would have got.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from starlette.datastructures import QueryParams

from sousveil.dataset import Dataset
from sousveil.exceptions import SousveilError
from sousveil.live import look_going
from sousveil.web.asked import Asked, Screen

_log = logging.getLogger("sousveil.web")

_EVERY_S = 1.0
"""Seconds between two looks at whether something was written: three files are asked for their times."""
_LONG_S = 0.15
"""A page that took longer to make is made beforehand from then on (aim for any page: 150 ms)."""
_MOST = 16
"""Pages that are learnt; those asked for longest ago are forgotten first."""
_FEW_NOTICES = 5_000
"""A dataset of fewer answers any page at once."""
_PATIENCE = 20
"""While a run writes, at most a twentieth of the time goes into making pages beforehand."""

Key = tuple[Screen, tuple[tuple[str, str], ...], str, str]
"""A page: its screen, the parts of its path, its query, its language."""


class Warmer:
    """Makes the slow answers of a dataset in a thread of its own, with a connection of its own.

    Args:
        dataset: whose answers are made.
        screens: of pages that are slow in any large dataset, in this order; others are learnt from who asks.
        place: of the page of a place: the country of most purchases is the largest of all dossiers.
    """

    def __init__(self, dataset: Dataset, screens: tuple[Screen, ...], place: Screen) -> None:
        self._dataset, self._place = dataset, place
        self._always: tuple[Key, ...] = tuple((one, (), "", "en") for one in screens)
        self._learnt: OrderedDict[Key, None] = OrderedDict()
        self._turn, self._ended = Lock(), Event()
        self._thread: Thread | None = None
        self._reading: Dataset | None = None

    def note(self, screen: Screen, asked: Asked, seconds: float) -> None:
        """Remember a page that took long to make."""
        if seconds < _LONG_S:
            return
        key = (screen, tuple(sorted(asked.path.items())), str(asked.query), asked.language)
        with self._turn:
            self._learnt[key] = None
            self._learnt.move_to_end(key)
            if len(self._learnt) > _MOST:
                self._learnt.popitem(last=False)

    def start(self) -> None:
        """Begin, in a thread that ends with ``stop`` or with the process."""
        self._thread = Thread(target=self._run, name="sousveil-warmer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, with the query in hand cut off."""
        self._ended.set()
        with self._turn:
            if self._reading is not None:
                self._reading.store.connection.interrupt()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        done: object = None
        rest = 0.0
        while True:
            try:
                stamp = self._dataset.kept.stamp()
            except SousveilError:  # as the pages say; another look may find it mended
                stamp = done
            is_writing = look_going(self._dataset.paths) is not None
            if stamp != done and not (is_writing and time.monotonic() < rest):
                begun = time.monotonic()
                self.warm()
                done, rest = stamp, time.monotonic() + _PATIENCE * (time.monotonic() - begun)
            if self._ended.wait(_EVERY_S):
                return

    def warm(self) -> int:
        """Make the slow answers that are out of date; return how many pages were asked for."""
        asked = 0
        try:
            with self._read() as reading:
                if reading.store.rows("SELECT count(*) FROM notices")[0][0] < _FEW_NOTICES:
                    return 0
                with self._turn:
                    pages = (*self._always, *self._largest(reading), *reversed(self._learnt))
                for screen, path, query, language in pages:
                    if self._ended.is_set():
                        break
                    screen(Asked(reading, dict(path), QueryParams(query), language))
                    asked += 1
        except (SousveilError, sqlite3.Error) as error:  # who asks for the page is told; here nobody asked
            _log.debug("pages were not made beforehand: %s", error)
        return asked

    def _largest(self, reading: Dataset) -> list[Key]:
        """Return the page of the country of most purchases."""
        rows = reading.store.rows(
            "SELECT country FROM procurements WHERE country <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        return [(self._place, (("code", row["country"]),), "", "en") for row in rows]

    @contextmanager
    def _read(self) -> Iterator[Dataset]:
        """Give a handle of its own on the dataset; ``stop`` can cut off what it asks."""
        with self._dataset.reader() as reading:
            self._reading = reading
            try:
                yield reading
            finally:
                with self._turn:
                    self._reading = None
