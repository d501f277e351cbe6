"""What a run tells while it goes on: how far it is, how fast, what is left; and what it hears."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sousveil.ingest.options import Counts
from sousveil.live import Live, State, Step, StepLine, Teller, Wish, read_wish
from sousveil.mask import mask_address
from sousveil.paths import DatasetPaths
from sousveil.source.folder import iter_candidates, shown_path

_EVERY_S = 1.0
"""Seconds between two tellings."""
_HEED_S = 0.25
"""Seconds between two looks at what is asked of the run, and of its sleep while it pauses."""
_NOW_S = 30.0
"""What the rate of now is an average of."""
_SURE_S = 3.0
"""Work before a rate is taken for one: until then nothing is said of what is left."""


class Telling:
    """Tells of one run, from its first look at the files to the last purchase that is put together.

    Args:
        paths: of the dataset; the caller holds its lock.
        inputs: files and folders, as the user named them.
        source: of the run.
        is_counted: whether the files are counted ahead; not where the run may stop before the last one.
    """

    def __init__(self, paths: DatasetPaths, inputs: Sequence[Path], source: str, *, is_counted: bool = True) -> None:
        self._paths, self._inputs, self._is_counted = paths, inputs, is_counted
        self._teller = Teller(paths)
        self._live = Live(
            run=0,
            source=source,
            paths=tuple(mask_address(shown_path(str(path))) for path in inputs),
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self._steps: dict[Step, _Pace] = {}
        self._wish: Wish = ""
        self._heard_at = self._told_at = 0.0
        self._is_over = threading.Event()

    def __enter__(self) -> Self:
        """Count as going on; the files are counted in the background."""
        self._teller.__enter__()
        self._tell(is_urgent=True)
        if self._is_counted:
            threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell how the run ended."""
        self._is_over.set()
        states: dict[bool, State] = {True: "failed", False: "interrupted"}
        state: State = "finished" if error is None else states[isinstance(error, Exception)]
        self._live = replace(self._live, state=state, left_s=None, error=str(error or "") if state == "failed" else "")
        self._tell(is_urgent=True)
        self._teller.__exit__(kind, error, trace)

    def begin(self, run: int) -> None:
        """Tell the number of the run."""
        self._live = replace(self._live, run=run)
        self._tell(is_urgent=True)

    def read(self, counts: Counts, done: int) -> None:
        """Tell how many of the files under the paths were dealt with, and what came of them."""
        self._note("reading", done, self._live.total, counts)
        self._live = replace(self._live, done=done)
        self._tell()

    def recognise(self, counts: Counts, done: int, total: int) -> None:
        """Tell how many of the files whose pictures waited were recognised."""
        self._note("recognising", done, total, counts)
        self._tell()

    def gather(self, what: str, done: int, total: int) -> None:
        """Tell how far the putting together of purchases is."""
        self._note("gathering", done, total, None, what)
        self._tell()

    @property
    def wish(self) -> Wish:
        """What is asked of the run."""
        now = time.monotonic()
        if now - self._heard_at >= _HEED_S:
            self._heard_at, self._wish = now, read_wish(self._paths)
        return self._wish

    def rest(self, counts: Counts, done: int, *, is_still: bool) -> None:
        """Tell that the run pauses, ``is_still`` once no reader has a file in hand, and sleep for a moment."""
        state: State = "paused" if is_still else "pausing"
        is_news = state != self._live.state
        self._live = replace(self._live, state=state, counts=asdict(counts), done=done)
        if (reading := self._steps.get("reading")) is not None:
            reading.line = replace(reading.line, done=done)
        for pace in self._steps.values():
            pace.rest()
        self._tell(is_urgent=is_news)
        time.sleep(_HEED_S)

    def go_on(self) -> None:
        """Tell that a pause is over."""
        self._live = replace(self._live, state="running")
        self._tell(is_urgent=True)

    # ------------------------------------------------------------------ figures

    def _note(self, step: Step, done: int, total: int | None, counts: Counts | None, what: str = "") -> None:
        pace = self._steps.setdefault(step, _Pace())
        if step != self._live.step:
            self._told_at = 0.0
        pages = failed = 0
        if counts is not None:
            pages, failed = (counts.recognised, 0) if step == "recognising" else (0, counts.failed)
            self._live = replace(self._live, counts=asdict(counts))
        pace.note(StepLine(step=step, done=done, total=total, failed=failed, pages=pages, what=what))
        self._live = replace(self._live, step=step)

    def _tell(self, *, is_urgent: bool = False) -> None:
        now = time.monotonic()
        if not is_urgent and now - self._told_at < _EVERY_S:
            return
        self._told_at = now
        steps = tuple(pace.line for pace in self._steps.values())
        reading, at = self._steps.get("reading"), self._steps.get(self._live.step)
        is_moving = self._live.state == "running" and at is not None
        self._live = replace(
            self._live,
            steps=steps,
            rate=reading.line.rate if reading else 0.0,
            rate_now=at.rate_now if at and is_moving else 0.0,
            left_s=at.left_s if at and is_moving else None,
        )
        self._teller.tell(self._live)

    def _count(self) -> None:
        """Count the files under the paths, as the run will meet them."""
        count = 0
        skip = frozenset({os.path.abspath(self._paths.root)})  # noqa: PTH100 (as source.folder writes addresses)
        for _ in iter_candidates(self._inputs, skip):
            if self._is_over.is_set():
                return
            count += 1
        self._live = replace(self._live, total=count)


class _Pace:
    """How fast one step goes; the time of pauses counts for nothing."""

    def __init__(self) -> None:
        self._worked_s = 0.0
        self._at: float | None = time.monotonic()
        self._samples: deque[tuple[float, int]] = deque()
        self.line = StepLine(step="reading")

    def note(self, line: StepLine) -> None:
        """Take in how far the step is."""
        now = time.monotonic()
        if self._at is not None:
            self._worked_s += now - self._at
        self._at = now
        if not self._samples or now - self._samples[-1][0] >= _EVERY_S:
            self._samples.append((now, line.done))
        while len(self._samples) > 1 and now - self._samples[0][0] > _NOW_S:
            self._samples.popleft()
        of = line.pages or line.done
        self.line = replace(line, rate=round(of / self._worked_s, 2) if self._worked_s > 0 else 0.0)

    def rest(self) -> None:
        """Stop the clock until the next note."""
        self._at = None
        self._samples.clear()

    @property
    def rate_now(self) -> float:
        """What was done per second in the last half minute."""
        if len(self._samples) < 2:
            return self.line.rate
        (begun, first), (ended, last) = self._samples[0], self._samples[-1]
        return round((last - first) / (ended - begun), 2)

    @property
    def left_s(self) -> float | None:
        """Seconds until the step is done, at its average rate; None where nobody knows."""
        if self.line.total is None or self._worked_s < _SURE_S or not self.line.done:
            return None
        return round(max(0, self.line.total - self.line.done) * self._worked_s / self.line.done, 1)
