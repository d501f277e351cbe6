"""A run: every file under the paths given is looked at, and ends as read, partly read, failed, duplicate or unchanged.

One process writes (this one), worker processes read. What a batch found is made safe in this order: bytes into the
vault, sightings into the ledger, rows into the store, words into the index. Whatever moment the machine stops at, the
same command goes on: what was not finished is done again, and nothing is entered twice.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sousveil.evidence.ledger import Ledger, Sighting
from sousveil.evidence.vault import Vault, sha256_of
from sousveil.exceptions import StorageFullError
from sousveil.index.words import Words
from sousveil.model import Failure
from sousveil.paths import DatasetPaths
from sousveil.pipeline import VERSIONS, Part, to_entry
from sousveil.run.pool import Pool
from sousveil.run.protocol import Answer, Crash, Job
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source.folder import Candidate, iter_candidates, load_candidate
from sousveil.store.database import FailureRow, FileRow, Place, Store

_BATCH_FILES = 256
_BATCH_SECONDS = 2.0
"""A batch is made safe when it has this many files or this age: what a kill can cost is two seconds of work."""
_AHEAD_BYTES = 64 * 1024 * 1024
_AHEAD_FILES = 512
"""Work handed out and not yet safe; bounds memory."""
_INDEX_EVERY = 20_000
"""Notices between commits of the index; a commit costs 0.2 s and makes a segment."""
_MIN_FREE_BYTES = 64 * 1024 * 1024
"""Free space below which a run stops by itself, while the database can still be closed in order."""

_decode_part = msgspec.json.Decoder(Part).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run is carried out.

    Attributes:
        source: name written into the sightings.
        jobs: worker processes.
        retry_failed: try files again that failed before, though nothing changed.
        only: kinds of files to read; others are counted as unchanged. Empty for all.
        limit: stop after this many files that had to be read; None for no end.
    """

    source: str = "folder"
    jobs: int = max(1, os.cpu_count() or 1)
    retry_failed: bool = False
    limit: int | None = None
    limits: Limits = DEFAULT_LIMITS


@dataclass(slots=True)
class Counts:
    """The balance of a run: ``seen`` is the sum of the five fates."""

    seen: int = 0
    read: int = 0
    partly: int = 0
    failed: int = 0
    duplicate: int = 0
    unchanged: int = 0
    notices: int = 0
    findings: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether no file was lost between being seen and its fate."""
        return self.seen == self.read + self.partly + self.failed + self.duplicate + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did."""

    run: int
    counts: Counts
    seconds: float
    steps: dict[str, float]
    """Processor seconds of each step, summed over all workers."""
    is_finished: bool = True


Progress = Callable[[Counts], None]


@dataclass(slots=True)
class _Batch:
    """What was learnt and is not safe yet."""

    evidence: dict[str, bytes] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    rows: dict[str, FileRow] = field(default_factory=dict)
    failures: list[FailureRow] = field(default_factory=list)
    read_addresses: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_due(self) -> bool:
        return len(self.sightings) + len(self.failures) >= _BATCH_FILES or time.monotonic() - self.begun > _BATCH_SECONDS


@dataclass(slots=True)
class _Work:
    """A file that is with a worker."""

    candidate: Candidate
    file: str
    payload: bytes


class Ingest:
    """One run over one dataset; holds the writer's ends of evidence, store and index."""

    def __init__(self, paths: DatasetPaths, store: Store, words: Words, options: Options) -> None:
        self._paths, self._store, self._words, self._options = paths, store, words, options
        self._vault, self._ledger = Vault(paths.evidence), Ledger(paths.ledger)
        self._counts, self._steps = Counts(), {"parse": 0.0, "mask": 0.0, "read": 0.0, "find": 0.0, "keep": 0.0}
        self._batch = _Batch()
        self._work: dict[int, _Work] = {}
        self._ahead_bytes = 0
        self._in_hand: set[str] = set()
        self._unindexed = 0
        self._run = 0

    def run(self, inputs: Sequence[Path], progress: Progress = lambda _: None) -> RunReport:
        """Look at every file under ``inputs`` and return what was done.

        Raises:
            StorageFullError: the dataset cannot be written any more; everything up to the last batch is safe.
            KeyboardInterrupt: after the batch in hand was made safe.
        """
        begun = time.monotonic()
        is_finished = False
        try:
            self._begin(inputs)
            options = self._options
            function = "sousveil.pipeline:work"
            limits = options.limits
            with Pool(function, jobs=options.jobs, timeout_s=limits.timeout_s, max_memory_bytes=limits.max_memory_bytes) as pool:
                try:
                    self._feed(inputs, pool, progress)
                finally:
                    self._flush()
            is_finished = True
        except (OSError, sqlite3.OperationalError) as error:
            raise _storage_error(error, self._paths.root) from error
        finally:
            self._end(time.monotonic() - begun, is_finished=is_finished)
        return RunReport(run=self._run, counts=self._counts, seconds=time.monotonic() - begun, steps=self._steps)

    # ------------------------------------------------------------------ the loop

    def _feed(self, inputs: Sequence[Path], pool: Pool, progress: Progress) -> None:
        skip = frozenset({os.path.abspath(self._paths.root)})  # noqa: PTH100 (as source.folder writes addresses)
        keys = iter(range(1, 1 << 62))
        for candidate in iter_candidates(inputs, skip):
            if self._options.limit is not None and self._counts.seen - self._counts.unchanged + len(self._work) >= self._options.limit:
                break
            work = self._meet(candidate)
            if work is not None:
                key = next(keys)
                self._work[key] = work
                self._ahead_bytes += len(work.payload)
                pool.submit(Job(key=key, header=self._header(candidate), payload=work.payload))
            self._collect(pool, progress, wait=len(self._work) >= _AHEAD_FILES or self._ahead_bytes > _AHEAD_BYTES)
        while self._work:
            self._collect(pool, progress, wait=True)

    def _collect(self, pool: Pool, progress: Progress, *, wait: bool) -> None:
        for answer in pool.take(0.5 if wait else 0.0) if self._work else ():
            self._settle(answer)
        if self._batch.is_due:
            self._flush()
        progress(self._counts)

    def _header(self, candidate: Candidate) -> dict[str, str | int | float | bool | None]:
        changed = {key: value for key, value in asdict(self._options.limits).items() if value != getattr(DEFAULT_LIMITS, key)}
        return {"name": candidate.name, **changed}

    # ------------------------------------------------------------------ one file in

    def _meet(self, candidate: Candidate) -> _Work | None:
        """Decide about a file by its path, size, time and hash; return the work it makes, or None."""
        place = self._store.place(candidate.address)
        if place and place.size == candidate.size and place.modified_ns == candidate.modified_ns and self._is_fresh(place.file):
            self._count_unchanged(place.file)
            return None
        data = load_candidate(candidate, self._options.limits.max_file_bytes)
        if isinstance(data, Failure):
            self._counts.seen += 1
            self._counts.failed += 1
            self._note_failure(candidate.address, "", "", data)
            return None
        file = sha256_of(data)
        self._batch.places.append(Place(address=candidate.address, file=file, size=candidate.size, modified_ns=candidate.modified_ns))
        known = self._is_fresh(file) or file in self._in_hand
        if known and (self._store.has_sighting(candidate.address, file)):
            self._count_unchanged(file)
            return None
        self._sight(candidate.address, file, len(data))
        if known:
            self._counts.seen += 1
            self._counts.duplicate += 1
            return None
        self._in_hand.add(file)
        return _Work(candidate, file, data)

    def _is_fresh(self, file: str) -> bool:
        """Whether nothing would change if the file were read again."""
        state = self._store.file_state(file)
        if state is None:
            return False
        status, versions, _ = state
        return versions == self._versions and not (status == "failed" and self._options.retry_failed)

    @property
    def _versions(self) -> str:
        return VERSIONS

    def _count_unchanged(self, file: str) -> None:
        state = self._store.file_state(file)
        count = 1 + (state[2] if state else 0)
        self._counts.seen += count
        self._counts.unchanged += count

    def _sight(self, address: str, file: str, size: int, container: str = "", member: str = "") -> None:
        if self._store.has_sighting(address, file):
            return
        seen_at = datetime.now(UTC).isoformat(timespec="seconds")
        self._batch.sightings.append(
            Sighting(source=self._options.source, address=address, file=file, size=size, seen_at=seen_at, container=container, member=member)
        )

    # ------------------------------------------------------------------ one answer back

    def _settle(self, answer: Answer) -> None:
        work = self._work.pop(answer.key)
        self._ahead_bytes -= len(work.payload)
        self._batch.evidence[work.file] = work.payload
        parts = list(_checked_parts(answer, work))
        own = parts[-1]
        for part in parts[:-1]:
            self._settle_member(part, work)
        self._enter(part=own, address=work.candidate.address)

    def _settle_member(self, part: Part, work: _Work) -> None:
        address = f"{work.candidate.address}!/{part.member}"
        if part.file:
            self._sight(address, part.file, part.size, container=work.file, member=part.member)
        if part.file and (part.file in self._in_hand or self._is_fresh(part.file)):
            self._counts.seen += 1
            self._counts.duplicate += 1
            return
        if part.file:
            self._in_hand.add(part.file)
        self._enter(part=part, address=address)

    def _enter(self, *, part: Part, address: str) -> None:
        counts = self._counts
        counts.seen += 1
        setattr(counts, part.status, getattr(counts, part.status) + 1)
        counts.notices += len(part.notices)
        counts.findings += len(part.findings)
        for step, seconds in part.seconds.items():
            self._steps[step] += seconds
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
                versions=self._versions,
                run=self._run,
                document=part.document,
                notices=part.notices,
                findings=part.findings,
                members=part.members,
            )

    def _note_failure(self, address: str, file: str, kind: str, failure: Failure) -> None:
        self._batch.failures.append(FailureRow(address=address, file=file, kind=kind, failure=failure, tries=1, run=self._run))

    # ------------------------------------------------------------------ making safe

    def _flush(self) -> None:
        """Make the batch safe: vault, ledger, store, then the index."""
        batch, self._batch = self._batch, _Batch()
        begun = time.process_time()
        if shutil.disk_usage(self._paths.root).free < _MIN_FREE_BYTES:
            raise OSError(errno.ENOSPC, "less than 64 MB free")
        self._vault.put_many(batch.evidence)
        lines = self._ledger.append(batch.sightings) if batch.sightings else []
        with self._store.transaction():
            self._store.put_sightings([_sighting_row(line.number, line.sighting) for line in lines])
            for row in batch.rows.values():
                self._store.put_file(row)
            for failure in batch.failures:
                self._store.put_failure(failure)
            for address in batch.read_addresses:
                self._store.forget_failure(address)
            for place in batch.places:
                self._store.put_place(place)
            self._store.connection.execute(
                "UPDATE runs SET seen=?, read=?, partly=?, failed=?, duplicate=?, unchanged=?, notices=?, findings=? WHERE number=?",
                (*asdict(self._counts).values(), self._run),
            )
        self._in_hand.difference_update(batch.rows)
        self._index(batch)
        self._steps["keep"] += time.process_time() - begun

    def _index(self, batch: _Batch) -> None:
        for row in batch.rows.values():
            if row.document is None:
                continue
            found: dict[str, list[object]] = {}
            for finding in row.findings:
                found.setdefault(finding.notice, []).append(finding)
            for notice in row.notices:
                pages = row.document.pages[notice.first_page - 1 : notice.last_page]
                self._words.add([to_entry(notice, pages, tuple(found.get(notice.id, ())), self._options.source)])  # type: ignore[arg-type]
            self._unindexed += len(row.notices)
        if self._unindexed >= _INDEX_EVERY:
            self._commit_index()

    def _commit_index(self) -> None:
        self._words.commit()
        with self._store.transaction():
            self._store.connection.execute("UPDATE notices SET is_indexed = 1 WHERE is_indexed = 0")
        self._unindexed = 0

    # ------------------------------------------------------------------ beginning and end

    def _begin(self, inputs: Sequence[Path]) -> None:
        self._vault.sweep()
        self._paths.evidence.mkdir(parents=True, exist_ok=True)
        with self._store.transaction():
            known = self._store.last_sighting()
            if known < len(self._ledger):
                self._store.put_sightings([_sighting_row(line.number, line.sighting) for line in self._ledger.iter_entries(known)])
            cursor = self._store.connection.execute(
                "INSERT INTO runs (started_at, paths, versions) VALUES (?,?,?)",
                (datetime.now(UTC).isoformat(timespec="seconds"), "\n".join(map(str, inputs)), VERSIONS),
            )
        self._run = int(cursor.lastrowid or 0)
        index_pending(self._store, self._words)

    def _end(self, seconds: float, *, is_finished: bool) -> None:
        try:
            self._commit_index()
            finished = datetime.now(UTC).isoformat(timespec="seconds") if is_finished else None
            with self._store.transaction():
                self._store.connection.execute("UPDATE runs SET finished_at=?, seconds=? WHERE number=?", (finished, seconds, self._run))
        except (OSError, ValueError, sqlite3.Error):
            if is_finished:
                raise  # otherwise the first error is on its way, and the next run indexes what is pending


def index_pending(store: Store, words: Words) -> int:
    """Bring into the index what the store has and the index has not; return how many notices."""
    if words.is_new or words.count() == 0:
        with store.transaction():
            store.mark_all_pending()
    done = 0
    while pending := store.pending_notices(1_000):
        for notice in pending:
            source = store.rows("SELECT source FROM sightings WHERE file = ? LIMIT 1", (notice.file,))
            pages = store.pages(notice.file, notice.first_page, notice.last_page)
            words.add([to_entry(notice, pages, store.findings_of(notice.id), source[0]["source"] if source else "folder")])
        words.commit()
        with store.transaction():
            store.mark_indexed([notice.id for notice in pending])
        done += len(pending)
    return done


def _checked_parts(answer: Answer, work: _Work) -> Iterator[Part]:
    """Yield the parts of an answer, members first, the file itself last, crashes as failed parts.

    Workers are not trusted: a part that is not one, or claims to be another file, counts as a crash.
    """
    own: Part | None = None
    members = 0
    for raw in answer.parts:
        try:
            part = _decode_part(raw)
        except msgspec.ValidationError:
            continue
        if part.member:
            members += 1
            yield part
        elif part.file == work.file:
            own = part
    for crash in answer.crashes:
        if crash.member is not None:
            members += 1
            yield _crashed(crash, work, crash.member)
    if own is None:
        last = answer.crashes[-1] if answer.crashes else Crash(reason="the reader gave no answer", advice="Run again with --jobs 1.", member=None)
        own = _crashed(last, work, "")
        if members:
            own = replace(own, status="partly")
    yield replace(own, members=members)


def _crashed(crash: Crash, work: _Work, member: str) -> Part:
    failure = Failure("worker", crash.reason, crash.advice)
    file, size = ("", 0) if member else (work.file, len(work.payload))
    return Part(member=member, file=file, size=size, kind="", media_type="", status="failed", failure=failure)


def _sighting_row(number: int, sighting: Sighting) -> tuple[object, ...]:
    s = sighting
    return (number, s.source, s.address, s.file, s.size, s.seen_at, s.container, s.member, s.status)


def _storage_error(error: Exception, root: Path) -> Exception:
    """Return the error to show for one that came from writing: a full or read-only disk is not a bug."""
    code = getattr(error, "errno", None)
    text = str(error).lower()
    if code in (errno.ENOSPC, errno.EDQUOT) or "full" in text:
        return StorageFullError(f"The disk with {root} is full; everything up to the last batch is safe. Free some space and run the same command again.")
    if code in (errno.EROFS, errno.EACCES, errno.EPERM) or "readonly" in text or "read-only" in text:
        return StorageFullError(f"{root} cannot be written. Check its permissions, or copy the dataset to a folder of your own.")
    return error
