"""Making safe what a run has learnt: into the vault, the ledger, the store, the index.

The order is the promise: whatever a later place names, an earlier place has already, on the disk.
"""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sousveil.evidence.ledger import Ledger, Sighting
from sousveil.evidence.vault import Vault
from sousveil.index.words import Words
from sousveil.ingest.entry import to_entry
from sousveil.ingest.options import Counts
from sousveil.model import Finding
from sousveil.paths import DatasetPaths
from sousveil.pipeline import VERSIONS
from sousveil.source.folder import shown_path
from sousveil.store.database import FailureRow, FileRow, Place, Store

_BATCH_FILES = 256
_BATCH_SECONDS = 2.0
"""A batch is made safe when it has this many files or this age: what a kill can cost is two seconds of work."""
_INDEX_EVERY = 20_000
"""Notices between commits of the index; a commit costs 0.2 s and makes a segment."""
_INDEX_SECONDS = 60.0
"""Time between commits while there is something to commit: what is ready can be searched, at a third of a percent."""
_MIN_FREE_BYTES = 64 * 1024 * 1024
"""Free space below which a run stops by itself, while the database can still be closed in order."""


@dataclass(slots=True)
class Batch:
    """What was learnt and is not safe yet."""

    evidence: dict[str, bytes] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    rows: dict[str, FileRow] = field(default_factory=dict)
    failures: list[FailureRow] = field(default_factory=list)
    read_addresses: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    tried: dict[str, str] = field(default_factory=dict)
    """Files that were tried again and gave nothing new, with the recipe of the try."""
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_worth_keeping(self) -> bool:
        """Whether there is anything in it."""
        return any((self.rows, self.failures, self.places, self.sightings, self.tried, self.read_addresses))

    @property
    def is_due(self) -> bool:
        """Whether it is time to make the batch safe."""
        return len(self.rows) + len(self.failures) >= _BATCH_FILES or time.monotonic() - self.begun > _BATCH_SECONDS


class Keeper:
    """The writer's ends of evidence, store and index of one dataset, for one run."""

    def __init__(self, paths: DatasetPaths, store: Store, words: Words, source: str) -> None:
        self._root, self._store, self._words, self._source = paths.root, store, words, source
        paths.evidence.mkdir(parents=True, exist_ok=True)
        self._vault, self._ledger = Vault(paths.evidence), Ledger(paths.ledger)
        self._unindexed = 0
        self._indexed_at = time.monotonic()
        self.run = 0
        self.tier = ""
        """Tier of the sandbox the files were read in; empty while nothing was read."""
        self.seconds = 0.0
        """Processor seconds spent on keeping."""

    def begin(self, inputs: Sequence[Path]) -> int:
        """Mend what an interrupted run left behind, open a new run, and return its number."""
        self._vault.sweep()
        self._ledger.open(self._store.last_sighting() if self._store.has_runs() else None)
        self._vault.settle()
        with self._store.transaction():
            known = self._store.last_sighting()
            if known < len(self._ledger):
                late = [_sighting_row(entry.number, entry.sighting) for entry in self._ledger.iter_entries(known)]
                self._store.put_sightings(late)
            cursor = self._store.connection.execute(
                "INSERT INTO runs (started_at, paths, versions) VALUES (?,?,?)",
                (_now(), "\n".join(shown_path(str(path)) for path in inputs), VERSIONS),
            )
        self.run = int(cursor.lastrowid or 0)
        index_pending(self._store, self._words)
        return self.run

    def keep(self, batch: Batch, counts: Counts) -> None:
        """Make a batch safe; when this returns, a power cut costs nothing of it.

        Raises:
            OSError: the disk is full or read-only; batches kept before are not touched.
            sqlite3.OperationalError: the same, noticed by the database.
        """
        begun = time.process_time()
        if shutil.disk_usage(self._root).free < _MIN_FREE_BYTES:
            raise OSError(errno.ENOSPC, f"less than {_MIN_FREE_BYTES >> 20} MB free")
        self._vault.put_many(batch.evidence)
        lines = self._ledger.append(batch.sightings) if batch.sightings else []
        again = {file for file in batch.rows if self._store.file_state(file) is not None}
        with self._store.transaction():
            self._store.put_sightings([_sighting_row(line.number, line.sighting) for line in lines])
            for row in batch.rows.values():
                self._store.put_file(row)
            for file, versions in batch.tried.items():
                self._store.set_versions(file, versions)
            for failure in batch.failures:
                self._store.put_failure(failure)
            for address in batch.read_addresses:
                self._store.forget_failure(address)
            for place in batch.places:
                self._store.put_place(place)
            self._note_counts(counts)
        self._index(batch, again)
        self.seconds += time.process_time() - begun

    def end(self, counts: Counts, seconds: float, *, is_finished: bool) -> None:
        """Commit the index and close the run; an unfinished run keeps no time of finishing."""
        begun = time.process_time()
        self._commit_index()
        with self._store.transaction():
            self._note_counts(counts)
            finished = _now() if is_finished else None
            versions = f"{VERSIONS} sandbox={self.tier}" if self.tier else VERSIONS
            self._store.connection.execute(
                "UPDATE runs SET finished_at=?, seconds=?, versions=? WHERE number=?",
                (finished, seconds, versions, self.run),
            )
        self.seconds += time.process_time() - begun

    def settle(self) -> None:
        """Let what was kept be searched now: the run is about to rest."""
        if self._unindexed:
            self._commit_index()

    def _note_counts(self, counts: Counts) -> None:
        columns = ", ".join(f"{name}=?" for name in asdict(counts))
        self._store.connection.execute(
            f"UPDATE runs SET {columns} WHERE number=?", (*asdict(counts).values(), self.run)
        )

    def _index(self, batch: Batch, again: set[str]) -> None:
        """Hand the words of a batch to the index; those of files read ``again`` replace what stood there."""
        for row in batch.rows.values():
            if row.file in again:
                self._words.remove_file(row.file)
            if row.document is None:
                continue
            found: dict[str, list[Finding]] = {}
            for finding in row.findings:
                found.setdefault(finding.notice, []).append(finding)
            numbers = self._store.numbers_of(row.file)
            for notice in row.notices:
                pages = row.document.pages[notice.first_page - 1 : notice.last_page]
                stated = tuple(found.get(notice.id, ()))
                self._words.add([to_entry(notice, pages, stated, self._source, numbers[notice.id])])
            self._unindexed += len(row.notices)
        age = time.monotonic() - self._indexed_at
        if self._unindexed >= _INDEX_EVERY or (self._unindexed and age >= _INDEX_SECONDS):
            self._commit_index()

    def _commit_index(self) -> None:
        self._words.commit()
        with self._store.transaction():
            self._store.mark_indexed()
        self._unindexed, self._indexed_at = 0, time.monotonic()


def index_pending(store: Store, words: Words) -> int:
    """Bring into the index what the store has and the index has not; return how many notices."""
    if words.is_outdated:
        words.renew()
    if words.count() == 0:
        with store.transaction():
            store.mark_pending()
    files = store.pending_files()
    done = 0
    for file in files:
        words.remove_file(file)
        source = store.rows("SELECT source FROM sightings WHERE file = ? ORDER BY number LIMIT 1", (file,))
        name, numbers = source[0]["source"] if source else "", store.numbers_of(file)
        for notice in store.notices_of(file):
            pages = store.pages(file, notice.first_page, notice.last_page)
            words.add([to_entry(notice, pages, store.findings_of(notice.id), name, numbers[notice.id])])
            done += 1
    if files:
        words.commit()
        with store.transaction():
            store.mark_indexed()
    return done


def _sighting_row(number: int, s: Sighting) -> tuple[object, ...]:
    return (number, s.source, s.address, s.file, s.size, s.seen_at, s.container, s.member, s.status)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
