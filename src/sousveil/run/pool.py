"""A pool of worker processes, each fed and watched by a thread of its own.

A worker lives for many jobs. It is a copy of a process that has loaded all it needs (``nursery.py``). When it crashes,
hangs or takes too much, it is ended, the reason is written into the answer, and a fresh one goes on behind the file, or
the member of an archive, that did it. Where the end came from outside, the file is tried once more in a fresh worker
before it is blamed.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sousveil.exceptions import SandboxError, WorkerError
from sousveil.run.channel import Bounds, Channel, StoppedError
from sousveil.run.cores import Cores
from sousveil.run.nursery import Nursery
from sousveil.run.protocol import Answer, Crash, Job
from sousveil.run.sandbox import TIERS, Confinement, Sandbox
from sousveil.run.verdict import is_from_outside, judge_end, judge_fault, judge_stop
from sousveil.settings import Limits

_MAX_CRASHES = 20
"""Members of one archive that may kill a worker before the rest of it is given up."""
_JOBS_A_LIFE = 2_000
"""Files after which a worker is replaced: bounds what leaks, and how long a worker that was taken over can lie."""
_MAX_STARTS = 3
"""Times in a row that a worker may fail to start before the run is ended: one may be killed by accident."""


class Pool:
    """Worker processes that all run the same function.

    Args:
        function: ``module:name`` of a generator function (header, bytes, members to avoid) -> results. A function
            ``warm_up`` in that module is called before the worker is locked down.
        jobs: number of processes.
        timeout_s: wall time from one sign of life to the next before a worker is killed.
        max_memory_bytes: address space of a worker; 0 for no limit.
        cpu_s: processor time of one file or member; 0 for no limit.
        max_answer_bytes: all that may be answered to one job.
        required_tier: "A" or "B" where the run must not go on with less, else "".
        confinement: what a worker is shut into, where it differs from the usual; its memory is ``max_memory_bytes``.
        threads: of one worker.
        cores: processors shared with other pools; a job takes as many as it has threads. None for as many as wanted.

    Raises:
        SandboxError: the workers of this machine are shut in less than required.
        WorkerError: a tier is required, and no worker starts.
    """

    def __init__(
        self,
        function: str,
        *,
        jobs: int,
        timeout_s: float = 60.0,
        max_memory_bytes: int = 0,
        cpu_s: float = 0.0,
        max_answer_bytes: int = 256 * 1024 * 1024,
        required_tier: str = "",
        confinement: Confinement | None = None,
        threads: int = 1,
        cores: Cores | None = None,
    ) -> None:
        self.threads = threads
        self.cores = cores or Cores(jobs * threads)
        self._inbox: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Answer | SandboxError | WorkerError] = queue.SimpleQueue()
        self._waiting = 0
        self.gate = threading.Event()
        """Open unless the pool is held."""
        self.gate.set()
        self.required_tier = required_tier
        self.sandbox: Sandbox | None = None
        """What the workers are shut into, the weakest of them; None before the first has started."""
        self.bounds = Bounds(timeout_s=timeout_s, cpu_s=cpu_s, max_answer_bytes=max_answer_bytes)
        chosen = confinement or Confinement(memory_bytes=max_memory_bytes)
        self.nursery = Nursery(function, chosen, threads)
        self._keepers = [_Keeper(self, self.bounds) for _ in range(jobs)]
        if required_tier:
            self._check_first()
        for keeper in self._keepers:
            keeper.start()

    @classmethod
    def within(
        cls,
        function: str,
        limits: Limits,
        *,
        jobs: int,
        threads: int = 1,
        cores: Cores | None = None,
        memory_bytes: int | None = None,
    ) -> Self:
        """Return a pool whose workers keep the limits of a file; ``memory_bytes`` in place of theirs where given."""
        return cls(
            function,
            jobs=jobs,
            timeout_s=limits.timeout_s,
            max_memory_bytes=limits.max_memory_bytes if memory_bytes is None else memory_bytes,
            cpu_s=limits.cpu_s,
            max_answer_bytes=limits.max_answer_bytes,
            required_tier=limits.require_sandbox,
            threads=threads,
            cores=cores,
        )

    def __enter__(self) -> Self:
        """Return the pool; leaving the block stops the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers; jobs not yet answered are dropped."""
        self.close()

    @property
    def waiting(self) -> int:
        """How many jobs were submitted and not taken yet."""
        return self._waiting

    @property
    def is_busy(self) -> bool:
        """Whether a worker has a job in hand, or an answer was not taken yet."""
        return any(keeper.is_busy for keeper in self._keepers) or not self._outbox.empty()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Begin no job while the block lasts; those that workers have in hand are finished."""
        self.gate.clear()
        try:
            yield
        finally:
            self.gate.set()

    def submit(self, job: Job) -> None:
        """Hand out a job; its answer comes back through ``take``."""
        self._waiting += 1
        self._inbox.put(job)

    def take(self, timeout_s: float | None = None) -> list[Answer]:
        """Return the answers that are there, waiting for the first one; an empty list after ``timeout_s``.

        Raises:
            SandboxError: a worker is shut in less than required.
            WorkerError: workers do not start.
        """
        answers: list[Answer] = []
        try:
            if self._waiting:
                answers.append(_accept(self._outbox.get(timeout=timeout_s)))
            while True:
                answers.append(_accept(self._outbox.get_nowait()))
        except queue.Empty:
            pass
        self._waiting -= len(answers)
        return answers

    def close(self) -> None:
        """Stop all workers at once."""
        self.gate.set()
        for keeper in self._keepers:
            keeper.stop()
        self.nursery.stop()
        for _ in self._keepers:
            self._inbox.put(None)
        for keeper in self._keepers:
            keeper.join(timeout=10)
        self.nursery.close()

    def note(self, sandbox: Sandbox) -> None:
        """Remember what a worker is shut into; called by the keepers.

        Raises:
            SandboxError: it is less than required.
        """
        if self.sandbox is None or sandbox.tier > self.sandbox.tier:
            self.sandbox = sandbox
        if not sandbox.meets(self.required_tier):
            reasons = "; ".join(sandbox.missing) or "no reason given"
            raise SandboxError(
                f"Tier {self.required_tier} is required, and this machine gives tier {sandbox.tier}:"
                f" {TIERS[sandbox.tier]} ({reasons}). See: sousveil doctor. To read all the same, take require_sandbox"
                " out of sousveil.toml, or leave out --require-sandbox."
            )

    def _check_first(self) -> None:
        try:
            self._keepers[0].prepare()
        except BaseException:
            self._keepers[0].end()
            self.nursery.close()
            raise


def _accept(found: Answer | SandboxError | WorkerError) -> Answer:
    if isinstance(found, Answer):
        return found
    raise found


class _Keeper(threading.Thread):
    """Feeds one worker, watches it, and starts a fresh one when it dies."""

    def __init__(self, pool: Pool, bounds: Bounds) -> None:
        super().__init__(daemon=True)
        self._pool, self._bounds = pool, bounds
        self._worker: Channel | None = None
        self._is_stopping = False
        self.is_busy = False
        """Whether the worker has a job in hand."""

    def run(self) -> None:
        """Answer jobs until told to stop."""
        while (job := self._pool._inbox.get()) is not None and not self._is_stopping:  # noqa: SLF001 (one object in two classes)
            answer: Answer | SandboxError | WorkerError
            self._pool.gate.wait()
            self.is_busy = True
            try:
                with self._pool.cores.taken(self._pool.threads):
                    answer = self._answer(job)
            except (SandboxError, WorkerError) as error:
                answer = error
            if not self._is_stopping:
                self._pool._outbox.put(answer)  # noqa: SLF001
            self.is_busy = False
        self.end()

    def stop(self) -> None:
        """Kill the worker; the thread ends by itself."""
        self._is_stopping = True
        if (worker := self._worker) is not None:
            worker.kill()

    def prepare(self) -> Channel:
        """Return a worker that is ready, trusted, and not too old."""
        worker = self._worker
        if worker is not None and worker.is_alive and worker.is_trusted and worker.answered < _JOBS_A_LIFE:
            return worker
        self.end()
        for number in range(1, _MAX_STARTS + 1):
            try:
                self._worker = worker = Channel(self._pool.nursery.start(), self._bounds)
                if self._is_stopping:
                    worker.kill()
                self._pool.note(worker.greet())
            except WorkerError:
                if number == _MAX_STARTS or self._is_stopping:
                    raise
            else:
                break
        assert worker is not None
        return worker

    def _answer(self, job: Job) -> Answer:
        parts: list[bytes] = []
        crashes: list[Crash] = []
        begun: list[str] = []
        retried: set[str | None] = set()
        while not self._is_stopping:
            crash, is_suspect = self._attempt(job, parts, begun)
            if crash is None:
                break
            if is_suspect and crash.member not in retried:
                retried.add(crash.member)
                _forget(crash.member, parts, begun)
                continue
            crashes.append(crash)
            if crash.member is None or len(crashes) >= _MAX_CRASHES:
                break
        return Answer(key=job.key, parts=tuple(parts), crashes=tuple(crashes))

    def _attempt(self, job: Job, parts: list[bytes], begun: list[str]) -> tuple[Crash | None, bool]:
        """Send the job to the worker and collect its parts.

        Return why it did not finish, or None, and whether it may be innocent. ``begun`` are the members met in attempts
        before; those that a member of theirs stopped are opened again.
        """
        worker = self.prepare()
        member: str | None = None
        last = begun[-1] if begun else ""
        worker.send(job, tuple(name for name in begun if not last.startswith(f"{name}!/")))
        try:
            for said in worker.listen(job.key):
                if isinstance(said, bytes):
                    parts.append(said)
                    member = None
                elif said.done:
                    return None, False
                elif said.fault:
                    return judge_fault(said.fault, member), False
                elif said.begin is not None:
                    member = said.begin
                    if member not in begun:
                        begun.append(member)
            code = worker.await_end()
        except StoppedError as stop:
            self.end()
            b = self._bounds
            crash = judge_stop(
                stop.cause, member, timeout_s=b.timeout_s, cpu_s=b.cpu_s, max_answer_bytes=b.max_answer_bytes
            )
            return crash, False
        return judge_end(code, member), is_from_outside(code)

    def end(self) -> None:
        """End the worker and let go of its pipes."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


def _forget(member: str | None, parts: list[bytes], begun: list[str]) -> None:
    """Take back what an attempt left of the member, or the file, that is tried again."""
    if member is not None:
        begun.remove(member)
    elif not begun:
        parts.clear()
