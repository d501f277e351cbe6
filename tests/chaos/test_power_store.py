"""Power cuts under the store: its real tables and settings, on a disk that forgets what was not flushed."""

import random

import pytest

from sousveil.store import schema
from tests.chaos.power import Disk, PowerVFS, apsw
from tests.chaos.scale import choose, note

# an error while SQLite cleans up after an error has nobody to be raised to; apsw only reports it
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

_CALLS = 300
"""Calls to the disk between start and cut, at most: a batch makes about 40."""


class Bench:
    """A store on a disk that loses power, filled in batches as a run fills it."""

    def __init__(self, seed: str, synchronous: str = "") -> None:
        self._dice = random.Random(seed)
        self.disk = Disk(self._dice)
        self._vfs = PowerVFS(seed, self.disk)  # kept, or it is gone
        self._seed, self._synchronous = seed, synchronous
        self.acknowledged = 0
        self.rows_lost = self.cuts_with_loss = self.broken = self.cuts = 0

    def open(self) -> apsw.Connection:
        store = apsw.Connection("/store.db", vfs=self._seed)
        try:
            self._set_up(store)
        except apsw.Error:
            self._abandon(store)
            raise
        return store

    def _set_up(self, store: apsw.Connection) -> None:
        # one process, no shared memory on this disk: the log is the same, its index lies in memory
        store.execute("PRAGMA locking_mode=EXCLUSIVE")
        for statement in schema.SETTINGS:
            store.execute(statement)
        if self._synchronous:
            store.execute(f"PRAGMA synchronous={self._synchronous}")
        store.execute("PRAGMA cache_size=60; PRAGMA wal_autocheckpoint=40")  # spill and checkpoint often
        store.execute(schema.TABLES)

    def cut_once(self) -> None:
        """Fill the store until the power goes, then look what is there."""
        self.disk.calls_left = self._dice.randrange(1, _CALLS)
        store = None
        try:
            store = self.open()
            while True:
                self._batch(store, self.acknowledged)
                self.acknowledged += 1
        except apsw.Error:
            self._abandon(store)
        self.disk.cut()
        self.cuts += 1
        self._look()

    def _batch(self, store: apsw.Connection, number: int) -> None:
        """One transaction as the keeper makes it: sightings, files, pages, findings, the run."""
        store.execute("BEGIN IMMEDIATE")
        for row in range(number * 5, number * 5 + 5):
            file = f"{row:064x}"
            text = "摄像机" * self._dice.choice((10, 300, 3000))
            store.execute("INSERT INTO sightings VALUES (?,'folder','/in/a',?,1,'2024','','',NULL)", (row + 1, file))
            store.execute("INSERT INTO files VALUES (?,'d',1,'html','text/html','read','zh','v',0,1)", (file,))
            store.execute("INSERT INTO pages VALUES (?,1,'',?,x'5b5d',NULL)", (file, text))
            store.execute("INSERT INTO pending VALUES (?)", (file,))
            store.execute("INSERT OR REPLACE INTO places VALUES (?,?,1,2)", (f"/in/{row % 50}", file))
        store.execute(
            "INSERT OR REPLACE INTO runs (number, started_at, paths, versions, seen) VALUES (1,'','','',?)", (number,)
        )
        store.execute("COMMIT")

    def _look(self) -> None:
        """Open the store after the cut: whole, and with every batch that was acknowledged, none by half."""
        store = None
        try:
            store = self.open()
            (verdict,) = store.execute("PRAGMA integrity_check").fetchone()
            counts = {
                store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("sightings", "files", "pages", "pending")
            }
            (last,) = store.execute("SELECT coalesce(max(number), 0) FROM sightings").fetchone()
        except apsw.Error:
            self._abandon(store)
            self._start_anew()
            return
        is_whole = verdict == "ok" and counts == {last} and last % 5 == 0
        self._abandon(store)
        if not is_whole:
            self._start_anew()
            return
        there = last // 5
        if there < self.acknowledged:
            self.cuts_with_loss += 1
            self.rows_lost += self.acknowledged - there
        self.acknowledged = there
        if there > 400:
            self._begin_empty()

    def _start_anew(self) -> None:
        self.broken += 1
        self._begin_empty()

    def _begin_empty(self) -> None:
        self.disk.wipe()
        self.acknowledged = 0

    @staticmethod
    def _abandon(store: apsw.Connection | None) -> None:
        if store is not None:
            try:
                store.close(force=True)
            except apsw.Error:
                return  # the power is off: closing writes no more


def test_no_acknowledged_row_is_lost_by_a_power_cut():
    bench = Bench("full")
    for _ in range(choose(40, 2_000)):
        bench.cut_once()
    note(
        "power cuts under the store",
        done=bench.cuts,
        lost=bench.rows_lost,
        broken=bench.broken,
        flushes=bench.disk.flushes,
    )
    assert (bench.broken, bench.rows_lost) == (0, 0)
    assert bench.disk.flushes > bench.cuts  # something was written in between


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_the_cuts_would_show_a_store_that_does_not_flush(synchronous):
    bench = Bench(f"not flushed {synchronous}", synchronous)
    for _ in range(choose(20, 200)):
        bench.cut_once()
    note(
        f"the same with synchronous={synchronous}, to show that the test can fail",
        done=bench.cuts,
        lost=bench.rows_lost,
        broken=bench.broken,
    )
    assert bench.cuts_with_loss + bench.broken > bench.cuts // 4


def test_the_store_uses_these_settings(tmp_path):
    connection = schema.connect(tmp_path / "store.db")
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()
