"""The run itself: one process decides and writes, worker processes read."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sousveil.evidence.ledger import Sighting
from sousveil.evidence.vault import sha256_of
from sousveil.exceptions import SousveilError
from sousveil.index.words import Words
from sousveil.ingest.answers import checked_parts
from sousveil.ingest.keep import Batch, Keeper
from sousveil.ingest.options import Counts, Options, Progress, RunReport
from sousveil.model import Failure
from sousveil.paths import DatasetPaths
from sousveil.pipeline import VERSIONS, Part
from sousveil.run.pool import Pool
from sousveil.run.protocol import Answer, Job
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source.folder import Candidate, iter_candidates, load_candidate
from sousveil.store.database import FailureRow, FileRow, Place, Store
from sousveil.store.trouble import storage_error

_AHEAD_BYTES = 64 * 1024 * 1024
_AHEAD_FILES = 512
"""Work handed out and not yet settled; bounds memory."""


@dataclass(frozen=True, slots=True)
class Work:
    """A file that is with a worker: where it came from, its hash, its bytes."""

    candidate: Candidate
    file: str
    payload: bytes


class Ingest:
    """One run over one dataset."""

    def __init__(self, paths: DatasetPaths, store: Store, words: Words, options: Options) -> None:
        self._paths, self._store, self._options = paths, store, options
        self._keeper = Keeper(paths, store, words, options.source)
        self._counts = Counts()
        self._steps = {"parse": 0.0, "mask": 0.0, "read": 0.0, "find": 0.0}
        self._batch = Batch()
        self._work: dict[int, Work] = {}
        self._ahead_bytes = 0
        self._in_hand: set[str] = set()
        self._sighted: set[tuple[str, str, str]] = set()
        self._waiting: dict[str, list[Sighting]] = {}
        self._is_stopping = False
        limits = asdict(options.limits)
        self._changed = {name: value for name, value in limits.items() if value != getattr(DEFAULT_LIMITS, name)}

    def run(self, inputs: Sequence[Path], progress: Progress = lambda _: None) -> RunReport:
        """Look at every file under ``inputs`` and return what was done.

        Raises:
            StorageFullError: the dataset cannot be written any more; everything up to the last batch is safe.
            KeyboardInterrupt: after Ctrl-C, when the batch in hand is safe.
            SousveilError: the counts do not balance (a bug, never to be passed over).
        """
        begun = time.monotonic()
        limits = self._options.limits
        try:
            number = self._keeper.begin(inputs)
            with (
                self._stop_on_interrupt(),
                Pool(
                    "sousveil.pipeline:work",
                    jobs=self._options.jobs,
                    timeout_s=limits.timeout_s,
                    max_memory_bytes=limits.max_memory_bytes,
                ) as pool,
            ):
                self._feed(inputs, pool, progress)
            self._keep()
            self._keeper.end(self._counts, time.monotonic() - begun, is_finished=not self._is_stopping)
        except (OSError, sqlite3.OperationalError) as error:
            raise storage_error(error, self._paths.root) from error
        if self._is_stopping:
            raise KeyboardInterrupt
        if not self._counts.is_balanced:
            raise SousveilError(
                f"The counts of run {number} do not balance: {self._counts}. Please report this; nothing was deleted."
            )
        steps = {**self._steps, "keep": self._keeper.seconds}
        return RunReport(run=number, counts=self._counts, seconds=time.monotonic() - begun, steps=steps)

    @contextmanager
    def _stop_on_interrupt(self) -> Iterator[None]:
        """Turn the first Ctrl-C into a stop at the next file, so that no batch is torn; a second one ends at once."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(*_: object) -> None:
            if self._is_stopping:
                raise KeyboardInterrupt
            self._is_stopping = True

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    # ------------------------------------------------------------------ the loop

    def _feed(self, inputs: Sequence[Path], pool: Pool, progress: Progress) -> None:
        skip = frozenset({os.path.abspath(self._paths.root)})  # noqa: PTH100 (as source.folder writes addresses)
        for key, candidate in enumerate(iter_candidates(inputs, skip), 1):
            if self._is_stopping or self._is_over_limit:
                break
            work = self._meet(candidate)
            if work is not None:
                self._work[key] = work
                self._ahead_bytes += len(work.payload)
                pool.submit(Job(key=key, header={"name": candidate.name, **self._changed}, payload=work.payload))
            self._collect(pool, progress, is_waiting=self._is_far_ahead)
        while self._work and not self._is_stopping:
            self._collect(pool, progress, is_waiting=True)

    @property
    def _is_far_ahead(self) -> bool:
        return len(self._work) >= _AHEAD_FILES or self._ahead_bytes > _AHEAD_BYTES

    @property
    def _is_over_limit(self) -> bool:
        limit = self._options.limit
        return limit is not None and self._counts.seen - self._counts.unchanged + len(self._work) >= limit

    def _collect(self, pool: Pool, progress: Progress, *, is_waiting: bool) -> None:
        if self._work:
            for answer in pool.take(0.25 if is_waiting else 0.0):
                self._settle(answer)
        if self._batch.is_due:
            self._keep()
        progress(self._counts)

    def _keep(self) -> None:
        batch, self._batch = self._batch, Batch()
        self._keeper.keep(batch, self._counts)
        self._in_hand.difference_update(batch.rows)
        for sighting in batch.sightings:
            self._sighted -= {(sighting.address, sighting.file, seen_at) for seen_at in ("", sighting.seen_at)}

    # ------------------------------------------------------------------ one file in

    def _meet(self, candidate: Candidate) -> Work | None:
        """Decide about a file by its path, size, time and hash; return the work it makes, or None."""
        place = self._store.place(candidate.address)
        if (
            place
            and (place.size, place.modified_ns) == (candidate.size, candidate.modified_ns)
            and self._is_fresh(place.file)
        ):
            self._count_unchanged(place.file)
            return None
        data = load_candidate(candidate, self._options.limits.max_file_bytes)
        if isinstance(data, Failure):
            self._counts.seen += 1
            self._counts.failed += 1
            self._note_failure(candidate.address, "", "", data)
            return None
        file = sha256_of(data)
        self._batch.places.append(
            Place(address=candidate.address, file=file, size=candidate.size, modified_ns=candidate.modified_ns)
        )
        is_known = file in self._in_hand or self._is_fresh(file)
        if not is_known:
            self._in_hand.add(file)
            self._waiting[file] = []
        is_new_here = self._sight(candidate.address, file, len(data))
        if not is_known:
            return Work(candidate, file, data)
        if file not in self._waiting:
            self._batch.evidence[file] = data  # known perhaps only as a member of an archive
        if is_new_here:
            self._counts.seen += 1
            self._counts.duplicate += 1
        else:
            self._count_unchanged(file)
        return None

    def _is_fresh(self, file: str) -> bool:
        """Whether nothing would change if the file were read again."""
        state = self._store.file_state(file)
        return state is not None and state[1] == VERSIONS and not (state[0] == "failed" and self._options.retry_failed)

    def _count_unchanged(self, file: str) -> None:
        state = self._store.file_state(file)
        count = 1 + (state[2] if state else 0)
        self._counts.seen += count
        self._counts.unchanged += count

    def _sight(self, address: str, file: str, size: int) -> bool:
        """Note that these bytes were seen here, now; return whether that is news."""
        if (address, file, "") in self._sighted or self._store.has_sighting(address, file):
            return False
        self._sighted.add((address, file, ""))
        sighting = Sighting(source=self._options.source, address=address, file=file, size=size, seen_at=_now())
        # a sighting never goes ahead of its bytes: those of a file with a worker wait until it is settled
        self._waiting.get(file, self._batch.sightings).append(sighting)
        return True

    def _sight_member(self, part: Part, address: str, container: str) -> bool:
        """Note that a member's bytes were seen; where a web archive fetched them, and when, or else here and now."""
        key = (part.address or address, part.file, part.seen_at)
        if key in self._sighted or self._store.has_sighting(*key):
            return False
        self._sighted.add(key)
        self._batch.sightings.append(
            Sighting(
                source=self._options.source,
                address=part.address or address,
                file=part.file,
                size=part.size,
                seen_at=part.seen_at or _now(),
                container=container,
                member=part.member,
                status=part.http_status,
            )
        )
        return True

    # ------------------------------------------------------------------ one answer back

    def _settle(self, answer: Answer) -> None:
        work = self._work.pop(answer.key)
        self._ahead_bytes -= len(work.payload)
        self._batch.evidence[work.file] = work.payload
        self._batch.sightings += self._waiting.pop(work.file, [])
        *members, own = checked_parts(answer, file=work.file, size=len(work.payload))
        for part in members:
            self._settle_member(part, work)
        self._enter(own, work.candidate.address)

    def _settle_member(self, part: Part, work: Work) -> None:
        address = f"{work.candidate.address}!/{part.member}"
        if not part.file:
            self._enter(part, address)
            return
        is_known = part.file in self._in_hand or self._is_fresh(part.file)
        is_new_here = self._sight_member(part, address, work.file)
        if not is_known:
            self._in_hand.add(part.file)
            self._enter(part, address)
            return
        self._counts.seen += 1
        if is_new_here:
            self._counts.duplicate += 1
        else:
            self._counts.unchanged += 1

    def _enter(self, part: Part, address: str) -> None:
        counts = self._counts
        counts.seen += 1
        setattr(counts, part.status, getattr(counts, part.status) + 1)
        counts.notices += len(part.notices)
        counts.findings += len(part.findings)
        for step in self._steps:
            self._steps[step] += part.seconds.get(step, 0.0)
        if part.failure is not None:
            self._note_failure(address, part.file, part.kind, part.failure)
        else:
            self._batch.read_addresses.append(address)
        if part.file:
            self._batch.rows[part.file] = FileRow(
                file=part.file,
                size=part.size,
                kind=part.kind,
                media_type=part.media_type,
                status=part.status,
                versions=VERSIONS,
                run=self._keeper.run,
                document=part.document,
                notices=part.notices,
                findings=part.findings,
                members=part.members,
            )

    def _note_failure(self, address: str, file: str, kind: str, failure: Failure) -> None:
        self._batch.failures.append(
            FailureRow(address=address, file=file, kind=kind, failure=failure, tries=1, run=self._keeper.run)
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
