"""The run itself: one process decides and writes, worker processes read."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sousveil.evidence.vault import Vault, sha256_of
from sousveil.exceptions import SousveilError
from sousveil.find.own import load_own
from sousveil.index.words import Words
from sousveil.ingest.answers import checked_parts
from sousveil.ingest.freshness import Freshness
from sousveil.ingest.keep import Batch, Keeper
from sousveil.ingest.mappings import Mappings
from sousveil.ingest.options import Counts, Options, Progress, RunReport
from sousveil.ingest.scans import READER, Scan, Waiting
from sousveil.ingest.sighted import Sighted
from sousveil.ingest.telling import Telling
from sousveil.model import Failure
from sousveil.paths import DatasetPaths
from sousveil.pipeline import Part
from sousveil.run.pool import Pool
from sousveil.run.protocol import Answer, Job
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source.folder import Candidate, iter_candidates, load_candidate
from sousveil.store.database import FailureRow, FileRow, Place, Store
from sousveil.store.trouble import storage_error

_AHEAD_BYTES = 64 * 1024 * 1024
_AHEAD_FILES = 512
"""Work handed out and not yet settled; bounds memory."""


_NO_ANSWER = ("recognising its pictures gave no answer", "Try it again: sousveil ingest --retry-failed PATH…")


@dataclass(frozen=True, slots=True)
class Work:
    """A file that is with a worker: where it came from, its hash, its bytes."""

    candidate: Candidate
    file: str
    payload: bytes
    source: str = ""
    """The source it was first seen in, where that is not the one of the run."""


class Ingest:
    """One run over one dataset."""

    def __init__(self, paths: DatasetPaths, store: Store, words: Words, options: Options, told: Telling) -> None:
        self._paths, self._store, self._options, self._told = paths, store, options, told
        self._keeper = Keeper(paths, store, words, options.source)
        self._counts = Counts()
        self._steps = {"parse": 0.0, "mask": 0.0, "read": 0.0, "find": 0.0}
        self._batch = Batch()
        self._work: dict[int, Work] = {}
        self._ahead_bytes = self._met = 0
        self._in_hand: set[str] = set()
        self._is_stopping = False
        limits = asdict(options.limits)
        self._changed = {name: value for name, value in limits.items() if value != getattr(DEFAULT_LIMITS, name)}
        self._mappings = Mappings(paths)
        is_described = bool(self._mappings.source(options.source).digest)
        self._sighted = Sighted(store, options.source, is_described=is_described)
        self._own = load_own(paths.terms)
        failed_within = store.files_with_failed_members()
        self._freshness = Freshness(options, self._changed, failed_within, self._mappings, self._own.digest)
        self._scans: dict[str, Scan] = {}

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
            with (
                self._stop_on_interrupt(),
                Pool.within("sousveil.pipeline:work", limits, jobs=self._options.jobs) as pool,
            ):
                number = self._keeper.begin(inputs)  # a run that the sandbox forbids leaves no trace
                self._told.begin(number)
                self._feed(inputs, pool, progress)
                self._keeper.tier = pool.sandbox.tier if pool.sandbox else ""
            self._keep()
            with self._stop_on_interrupt():
                self._recognise(progress)
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
            self._met += 1
            if work is not None:
                self._hand_out(key, work, pool)
            self._collect(pool, progress, is_waiting=self._is_far_ahead)
        self._drain(pool, progress)

    def _hand_out(self, key: int, work: Work, pool: Pool) -> None:
        self._work[key] = work
        self._ahead_bytes += len(work.payload)
        asked = {
            "name": work.candidate.name,
            "ocr": self._options.ocr,
            "kinds": "\0".join(sorted(self._options.only)),
            "mapping": self._mappings.source(work.source or self._options.source).to_json(),
            "terms": self._own.text,
        }
        pool.submit(Job(key=key, header=asked | self._changed, payload=work.payload))

    def _drain(self, pool: Pool, progress: Progress) -> None:
        while self._work and not self._is_stopping:
            self._collect(pool, progress, is_waiting=True)

    # ------------------------------------------------------------------ scans

    def _recognise(self, progress: Progress) -> None:
        """Read the pictures that waited, one file after the other, with one worker."""
        scans, self._scans = self._scans, {}
        if not scans or self._is_stopping:
            return
        limits, vault = self._options.limits, Vault(self._paths.evidence)
        with Pool.within(
            READER, limits, jobs=1, threads=self._options.jobs, memory_bytes=limits.recogniser_memory_bytes
        ) as pool:
            for key, scan in enumerate(scans.values()):
                header = scan.header(self._options.ocr) | {"terms": self._own.text} | self._changed
                pool.submit(Job(key=key, header=header, payload=vault.load(scan.file)))
                while pool.waiting and not self._is_stopping:
                    for answer in pool.take(0.25):
                        self._settle_scan(scan, answer)
                    progress(self._counts)
                    self._told.recognise(self._counts, key, len(scans))
                    self._is_stopping |= self._told.wish == "stop"
                self._told.recognise(self._counts, key + 1, len(scans))
                if self._batch.is_due:
                    self._keep()
                self._heed(pool, progress)
                if self._is_stopping:
                    return

    def _settle_scan(self, scan: Scan, answer: Answer) -> None:
        """Put what was recognised in the place of what was there before; what cannot be read stays, and says why."""
        parts = {part.member: part for part in checked_parts(answer, file=scan.file, size=0)}
        for member, waiting in scan.parts.items():
            part = parts.get(member)
            if part is None or part.file != waiting.file or (part.failure and part.failure.stage == "worker"):
                failure = part.failure if part and part.failure else Failure("worker", *_NO_ANSWER)
                self._note_failure(waiting.address, waiting.file, "", failure)
                self._batch.tried[waiting.file] = self._freshness.recipe_recognised(waiting.kind)
                continue
            self._take_back(waiting)
            self._enter(part, waiting.address, self._freshness.recipe_recognised(part.kind))
        if "" not in scan.parts:  # an archive waits for its members
            self._batch.tried[scan.file] = self._freshness.recipe_recognised("")  # of any kind that may hold a dump

    def _take_back(self, waiting: Waiting) -> None:
        counts = self._counts
        counts.seen -= 1
        setattr(counts, waiting.status, getattr(counts, waiting.status) - 1)
        counts.notices -= waiting.notices
        counts.findings -= waiting.findings

    @property
    def _is_far_ahead(self) -> bool:
        return len(self._work) >= _AHEAD_FILES or self._ahead_bytes > _AHEAD_BYTES

    @property
    def _is_over_limit(self) -> bool:
        limit = self._options.limit
        return limit is not None and self._counts.seen - self._counts.unchanged + len(self._work) >= limit

    def _collect(self, pool: Pool, progress: Progress, *, is_waiting: bool) -> None:
        """Take in what workers have answered, and do what is asked of the run from outside."""
        self._take(pool, progress, is_waiting=is_waiting)
        self._told.read(self._counts, self._met - len(self._work))
        self._heed(pool, progress)

    def _take(self, pool: Pool, progress: Progress, *, is_waiting: bool) -> None:
        if self._work:
            for answer in pool.take(0.25 if is_waiting else 0.0):
                self._settle(answer)
        if self._batch.is_due:
            self._keep()
        progress(self._counts)

    def _heed(self, pool: Pool, progress: Progress) -> None:
        """Stop, or begin no file until the run may go on; meanwhile everything that was learnt is made safe."""
        self._is_stopping |= self._told.wish == "stop"
        if self._told.wish != "pause" or self._is_stopping:
            return
        with pool.held():
            while self._told.wish == "pause" and not self._is_stopping:
                is_still = not pool.is_busy
                self._take(pool, progress, is_waiting=False)
                if is_still and self._batch.is_worth_keeping:
                    self._keep()
                if is_still:  # a batch that fell due was kept, and not indexed, just before
                    self._keeper.settle()
                self._told.rest(self._counts, self._met - len(self._work), is_still=is_still)
        self._told.go_on()

    def _keep(self) -> None:
        batch, self._batch = self._batch, Batch()
        batch.sightings = self._sighted.take_fresh()
        self._keeper.keep(batch, self._counts)
        self._in_hand.difference_update(batch.rows)
        self._sighted.forget(batch.sightings)

    # ------------------------------------------------------------------ one file in

    def _meet(self, candidate: Candidate) -> Work | None:
        """Decide about a file by its path, size, time and hash; return the work it makes, or None."""
        place = self._store.place(candidate.address)
        if place and (place.size, place.modified_ns) == (candidate.size, candidate.modified_ns):
            state = self._store.file_state(place.file)
            if self._freshness.is_fresh(place.file, state):
                if not self._options.only or (state and state.kind in self._options.only):
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
            self._sighted.hold(file)
        is_new_here = self._sighted.see(candidate.address, file, len(data))
        if not is_known:
            return Work(candidate, file, data)
        if not self._sighted.is_held(file):
            self._batch.evidence[file] = data  # known perhaps only as a member of an archive
        if is_new_here:
            self._counts.seen += 1
            self._counts.duplicate += 1
        else:
            self._count_unchanged(file)
        return None

    def _is_fresh(self, file: str, source: str = "") -> bool:
        """Whether nothing would change if the file were read again, in the source of the run or in another."""
        return self._freshness.is_fresh(file, self._store.file_state(file), source)

    def _count_unchanged(self, file: str) -> None:
        state = self._store.file_state(file)
        count = 1 + (state.members if state else 0)
        self._counts.seen += count
        self._counts.unchanged += count

    # ------------------------------------------------------------------ one answer back

    def _settle(self, answer: Answer) -> None:
        work = self._work.pop(answer.key)
        self._ahead_bytes -= len(work.payload)
        *members, own = checked_parts(answer, file=work.file, size=len(work.payload))
        if own.status == "passed" and all(part.status == "passed" for part in members):
            self._in_hand.discard(work.file)
            self._sighted.drop(work.file)
            self._batch.places = [place for place in self._batch.places if place.file != work.file]
            return
        self._batch.evidence[work.file] = work.payload
        self._sighted.release(work.file)
        for part in members:
            if part.status != "passed":
                self._settle_member(part, work)
        if own.status == "passed":
            self._in_hand.discard(work.file)
        else:
            self._note_scan(own, work, work.candidate.address)
            if self._freshness.can_recognise and work.file not in self._scans:
                own = replace(own, waiting=0)  # its members wait, or were recognised, as members of another archive
            self._enter(own, work.candidate.address, self._freshness.recipe(own, work.source))

    def _settle_member(self, part: Part, work: Work) -> None:
        address = f"{work.candidate.address}!/{part.member}"
        if not part.file:
            self._enter(part, address, self._freshness.recipe(part, work.source))
            return
        is_known = part.file in self._in_hand or self._is_fresh(part.file, work.source)
        is_new_here = self._sighted.see_member(part, address, work.file)
        if not is_known:
            self._in_hand.add(part.file)
            self._enter(part, address, self._freshness.recipe(part, work.source))
            self._note_scan(part, work, address)
            return
        self._counts.seen += 1
        if is_new_here:
            self._counts.duplicate += 1
        else:
            self._counts.unchanged += 1

    def _note_scan(self, part: Part, work: Work, address: str) -> None:
        """Remember a part whose pictures wait, if they can be recognised; archives wait only through their members."""
        if part.waiting and not part.members and self._freshness.can_recognise:
            scan = self._scans.setdefault(work.file, Scan(work.file, work.candidate.name))
            scan.note(part, address)

    def _enter(self, part: Part, address: str, recipe: str) -> None:
        assert part.status != "passed"
        counts = self._counts
        counts.seen += 1
        setattr(counts, part.status, getattr(counts, part.status) + 1)
        counts.notices += len(part.notices)
        counts.findings += len(part.findings)
        counts.recognised += sum(1 for page in part.document.pages if page.boxes) if part.document else 0
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
                versions=recipe,
                run=self._keeper.run,
                document=part.document,
                notices=part.notices,
                findings=part.findings,
                members=part.members,
                fingerprints=part.fingerprints,
            )

    def _note_failure(self, address: str, file: str, kind: str, failure: Failure) -> None:
        self._batch.failures.append(
            FailureRow(address=address, file=file, kind=kind, failure=failure, tries=1, run=self._keeper.run)
        )
