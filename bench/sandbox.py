"""``make sandbox``: what reading in locked worker processes costs, against reading in process; ``--write`` records it.

The files are the HTML notices of the folder named by $SOUSVEIL_SHARED where it is there, else the shipped sample.
Processor seconds are those of both sides: the worker, and the process that feeds it and takes its answers apart.
Starting a worker is reported by itself. The three ways take turns at slices of 28 files, and of each slice the least
of some rounds counts: other work on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sousveil.evidence.vault import sha256_of
from sousveil.ingest.answers import checked_parts
from sousveil.pipeline import process, warm_up
from sousveil.run.channel import Channel
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.run.sandbox import Confinement
from sousveil.settings import DEFAULT_LIMITS

Files = Sequence[tuple[str, bytes]]
_SLICE = 28

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", HERE.parents[1] / "shared"))
SAMPLE = HERE.parent / "src" / "sousveil" / "sample" / "notices"


def load_files() -> Files:
    """Return names and bytes of the files that are read."""
    real = sorted((SHARED / "corpus" / "zh_notices" / "html_derived").rglob("*.html")) if SHARED.is_dir() else []
    return [(path.name, path.read_bytes()) for path in real or sorted(SAMPLE.rglob("*.html"))]


def in_process(files: Files) -> float:
    """Return the processor seconds of reading the files here."""
    begun = time.process_time()
    for name, untrusted in files:
        for _ in process(untrusted, name=name):
            pass
    return time.process_time() - begun


class Worker:
    """A pool of one worker that has started, and the clock of that worker."""

    def __init__(self, *, is_locked: bool) -> None:
        """Start it, and read one empty file."""
        confinement = Confinement(memory_bytes=DEFAULT_LIMITS.max_memory_bytes, is_locked=is_locked)
        self.pool = Pool("sousveil.pipeline:work", jobs=1, cpu_s=DEFAULT_LIMITS.cpu_s, confinement=confinement)
        self.read([("empty.html", b"")])
        self.start = self._channel.spent()
        assert self.pool.sandbox is not None
        self.tier = self.pool.sandbox.tier

    @property
    def _channel(self) -> Channel:
        return self.pool._keepers[0].prepare()  # noqa: SLF001 (the bench looks inside)

    def read(self, files: Files) -> None:
        """Read the files as an ingest would: parts are checked and taken apart."""
        hashes = [sha256_of(untrusted) for _, untrusted in files]
        for key, (name, untrusted) in enumerate(files):
            self.pool.submit(Job(key=key, header={"name": name}, payload=untrusted))
        while self.pool.waiting:
            for answer in self.pool.take():
                for part in checked_parts(answer, file=hashes[answer.key], size=len(files[answer.key][1])):
                    assert part.failure is None or part.failure.stage != "worker", part.failure

    def seconds(self, files: Files) -> float:
        """Return the processor seconds of reading the files, of both sides."""
        here, there = time.process_time(), self._channel.spent()
        self.read(files)
        return time.process_time() - here + self._channel.spent() - there


def measure(rounds: int) -> dict[str, object]:
    """Return the figures; ``rounds`` of 500 files must stay below what a worker reads in its life."""
    files = load_files()
    warm_up()
    slices = [files[start : start + _SLICE] for start in range(0, len(files), _SLICE)]
    best: dict[tuple[str, int], float] = {}
    with ExitStack() as stack:
        workers = {name: Worker(is_locked=name == "pool_locked") for name in ("pool_not_locked", "pool_locked")}
        for worker in workers.values():
            stack.enter_context(worker.pool)
        ways = {"in_process": in_process, **{name: worker.seconds for name, worker in workers.items()}}
        for turn in range(rounds * len(slices)):
            round_number, number = divmod(turn, len(slices))
            order = list(ways.items())
            for name, way in order[round_number % 3 :] + order[: round_number % 3]:
                spent = way(slices[number])
                best[name, number] = min(spent, best.get((name, number), spent))
    total = {name: sum(spent for (way, _), spent in best.items() if way == name) for name in ways}
    base = total["in_process"]
    return {
        "files": len(files),
        "rounds": rounds,
        "tier": workers["pool_locked"].tier,
        "cpu_ms_per_file": {name: round(value / len(files) * 1000, 3) for name, value in total.items()},
        "over_in_process": {name: round(total[name] / base - 1, 3) for name in workers},
        "start_of_a_worker_cpu_s": round(workers["pool_locked"].start, 2),
    }


def main() -> int:
    """Measure, print, and with ``--write`` record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 4))
    options = parser.parse_args()
    figures = measure(options.rounds)
    print(json.dumps(figures, indent=1))
    if options.write:
        (HERE / "sandbox.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
