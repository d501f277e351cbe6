"""A run that goes on as pages show it, and as a stream of events while it changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import msgspec

from sousveil.data.interface import say
from sousveil.draw.figures import duration
from sousveil.live import Live, StepLine, look
from sousveil.paths import DatasetPaths

STEPS = {"reading": "Read files", "recognising": "Recognise pictures", "gathering": "Put purchases together"}
"""Steps of a run in their order, with their names in the interface."""
_STATES = {
    "running": "running",
    "pausing": "pausing: the files in hand are finished first",
    "paused": "paused",
    "finished": "finished",
    "interrupted": "interrupted",
    "failed": "failed",
}
_EVERY_S = 1.0
"""Seconds between two events of a stream."""
_FRESH_S = 0.5
"""Streams that ask within this time share one look: many open pages cost no more than one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A run in words and bars.

    Attributes:
        words: by the name of their place in the page.
        bars: shares from 0 to 100, by the name of their bar.
    """

    words: dict[str, str]
    bars: dict[str, float]


def shown(live: Live, language: str = "en") -> Shown:
    """Return a run in the words of a language.

    >>> from sousveil.live import Live
    >>> live = Live(run=1, source="a", done=50, total=200, counts={"failed": 2}, left_s=3_790, rate_now=10.12, rate=9)
    >>> words = shown(live).words
    >>> words["share"], words["todo"], words["rate"], words["left"]
    ('25 %', '150', '10.1/s', 'about 1 h 3 min')
    """
    lines = {line.step: line for line in live.steps}
    bad = live.counts.get("failed", 0)
    words = {
        "state": say(language, _STATES[live.state]),
        "share": _share(live.share),
        "done": f"{live.done:,}",
        "failed": f"{bad:,}",
        "todo": "…" if live.total is None else f"{max(0, live.total - live.done):,}",
        "rate": f"{live.rate_now:,.1f}/s",
        "average": f"{live.rate:,.1f}/s",
        "left": "…" if live.left_s is None else f"{say(language, 'about')} {duration(live.left_s, language)}",
        "notices": f"{live.counts.get('notices', 0):,}",
        "findings": f"{live.counts.get('findings', 0):,}",
    }
    whole = 100 * (live.share or 0.0)
    failed = 100 * min(bad, live.done) / live.total if live.total else 0.0
    bars = {"all": round(whole - failed, 2), "bad": round(failed, 2)}
    for step in STEPS:
        line = lines.get(step)  # type: ignore[call-overload]
        words |= {f"{step}.{name}": text for name, text in _step_words(line, language).items()}
        bars[step] = round(100 * min(1.0, line.done / line.total), 2) if line and line.total else 0.0
    return Shown(words, bars)


def _share(share: float | None) -> str:
    """Return a share as percent, never 100 before the end."""
    return "…" if share is None else f"{min(99, int(100 * share)) if share < 1 else 100} %"


def _step_words(line: StepLine | None, language: str) -> dict[str, str]:
    if line is None:
        return {"done": "", "failed": "", "rate": ""}
    done = f"{line.done:,}" if line.total is None else f"{line.done:,} / {line.total:,}"
    if line.what:
        done = f"{say(language, line.what)} {done}"
    if line.pages:
        done += f", {line.pages:,} {say(language, 'pages')}"
    unit = f" {say(language, 'pages')}" if line.pages else ""
    return {"done": done, "failed": f"{line.failed:,}", "rate": f"{line.rate:,.1f}{unit}/s"}


class Watch:
    """Looks at the run of a dataset for all who ask, at most twice a second; needs no turn at the dataset.

    Args:
        paths: of the dataset.
    """

    def __init__(self, paths: DatasetPaths) -> None:
        self._paths = paths
        self._looked_at = 0.0
        self._live: Live | None = None

    def look(self) -> Live | None:
        """Return the run that goes on, or the last one."""
        now = time.monotonic()
        if now - self._looked_at >= _FRESH_S:
            self._live, self._looked_at = look(self._paths), now
        return self._live

    def is_going(self, run: int) -> bool:
        """Return whether this run goes on."""
        live = self.look()
        return live is not None and live.is_going and live.run == run

    async def events(self, run: int, language: str) -> AsyncIterator[bytes]:
        """Yield server-sent events of a run, one a second, until it ends; the last is called ``end``."""
        yield b"retry: 3000\n\n"
        while (live := self.look()) is not None and live.is_going and live.run == run:
            yield b"data: " + msgspec.json.encode(to_json(live, language)) + b"\n\n"
            await asyncio.sleep(_EVERY_S)
        state = live.state if live is not None and live.run == run else "finished"
        yield b"event: end\ndata: " + msgspec.json.encode({"v": 1, "run": run, "state": state}) + b"\n\n"


def to_json(live: Live, language: str) -> dict[str, object]:
    """Return a run as an event tells it: its figures, and how a page shows them."""
    told = shown(live, language)
    figures = {name: value for name, value in msgspec.to_builtins(live).items() if name not in ("paths", "process")}
    return {"v": 1, **figures, "shown": told.words, "bars": told.bars}
