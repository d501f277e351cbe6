"""What a run is doing, told to other processes while it goes on, and what they ask of it.

In: figures, about once a second. Out: the same figures, for whoever looks: the command line, the pages. Refused:
nothing; a disk that takes no more costs the telling, never the run. Kept where: ``live/`` in the dataset.

A run holds a lock of its own while it goes on. The kernel lets go of it when the process ends, however it ends, so a
run that was killed is never taken for one that goes on:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     paths = DatasetPaths(Path(folder))
...     with Teller(paths) as teller:
...         teller.tell(Live(run=3, source="folder", done=40, total=50))
...         during = look(paths)
...     after = look(paths)
>>> (during.state, during.share), (after.state, after.is_going)
(('running', 0.8), ('interrupted', False))
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Literal, Self

import msgspec

from sousveil.exceptions import NotFoundError, StorageFullError
from sousveil.paths import DatasetPaths

Step = Literal["reading", "recognising", "gathering"]
"""Reading files; recognising the pictures that waited; putting purchases together."""
State = Literal["running", "pausing", "paused", "finished", "interrupted", "failed"]
Wish = Literal["", "pause", "stop"]
"""What others can ask of a run; nothing asked is: go on."""

_GOING = frozenset({"running", "pausing", "paused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """How far one step is.

    Attributes:
        done: files of the first two steps; of the last, what ``what`` says.
        total: None where it is not known yet.
        failed: files that this step could not do.
        rate: of them per second, while the step was at work.
        pages: that were recognised, where this step does so.
        what: the part of the step that is at work.
    """

    step: Step
    done: int = 0
    total: int | None = None
    failed: int = 0
    rate: float = 0.0
    pages: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A run as it was told last.

    Attributes:
        run: its number; 0 before it has one.
        process: number of the process that writes.
        paths: what is read, as the user named it, with persons covered.
        started_at: ISO time, UTC.
        told_at: when this was written.
        done: files under the paths that were dealt with.
        total: files under the paths; None until they are counted, and for a run that has a limit.
        counts: the balance so far, members of archives among it.
        rate_now: files per second in the last half minute.
        rate: files per second since the beginning, pauses left out.
        left_s: seconds that the step in hand will still take at this rate; None where nobody knows.
        error: why it failed.
    """

    run: int
    source: str
    process: int = 0
    state: State = "running"
    step: Step = "reading"
    paths: tuple[str, ...] = ()
    started_at: str = ""
    told_at: str = ""
    done: int = 0
    total: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    rate_now: float = 0.0
    rate: float = 0.0
    left_s: float | None = None
    steps: tuple[StepLine, ...] = ()
    error: str = ""

    @property
    def is_going(self) -> bool:
        """Whether the run goes on, or pauses."""
        return self.state in _GOING

    @property
    def share(self) -> float | None:
        """How much of the files was dealt with, from 0 to 1; None while they are not counted."""
        return min(1.0, self.done / self.total) if self.total else None


_decode = msgspec.json.Decoder(Live).decode


def look(paths: DatasetPaths) -> Live | None:
    """Return the run that goes on, or the last one; None where no run ever told anything.

    A run whose process was killed is ``interrupted``.
    """
    try:
        told = _decode(paths.live_progress.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    if told.is_going and not _is_held(paths):
        return replace(told, state="interrupted", left_s=None)
    return told


def look_going(paths: DatasetPaths) -> Live | None:
    """Return the run that goes on or pauses, or None."""
    told = look(paths)
    return told if told is not None and told.is_going else None


def ask(paths: DatasetPaths, wish: Wish) -> Live:
    """Ask the run that goes on to pause, to stop, or (nothing) to go on; return what it was doing.

    It heeds this within a second, when the files that readers have in hand are done.

    Raises:
        NotFoundError: no run goes on.
        StorageFullError: the wish cannot be written.
    """
    told = look_going(paths)
    if told is None:
        raise NotFoundError("No run is going on in this dataset. What the last ones did: sousveil runs list")
    try:
        _put(paths, wish)
    except OSError as error:
        raise StorageFullError(f"{paths.live_wish} cannot be written: {error.strerror}.") from error
    return told


def read_wish(paths: DatasetPaths) -> Wish:
    """Return what is asked of the run."""
    try:
        said = paths.live_wish.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if said in ("pause", "stop") else ""  # type: ignore[return-value]


class Teller:
    """The run's own end: while the block lasts, the run counts as going on.

    Args:
        paths: of the dataset; the caller holds its lock.
    """

    def __init__(self, paths: DatasetPaths) -> None:
        self._paths = paths
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Forget what was asked of runs before, and count as going on."""
        with contextlib.suppress(OSError):
            self._paths.live.mkdir(exist_ok=True)
            _put(self._paths, "")
            self._lock = self._paths.live_lock.open("ab")
            fcntl.flock(self._lock, fcntl.LOCK_EX)  # who looks holds it for microseconds
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Count as ended."""
        if self._lock is not None:
            self._lock.close()

    def tell(self, live: Live) -> None:
        """Write what the run is doing, in one piece; not on a disk that takes no more."""
        told = replace(live, process=os.getpid(), told_at=datetime.now(UTC).isoformat(timespec="seconds"))
        fresh = self._paths.live_progress.with_suffix(".new")
        with contextlib.suppress(OSError):
            fresh.write_bytes(msgspec.json.encode(told))
            fresh.replace(self._paths.live_progress)


def _put(paths: DatasetPaths, wish: Wish) -> None:
    if wish:
        paths.live_wish.write_text(wish, encoding="ascii")
    else:
        paths.live_wish.unlink(missing_ok=True)


def _is_held(paths: DatasetPaths) -> bool:
    """Return whether a process holds the lock of the run."""
    try:
        with paths.live_lock.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
