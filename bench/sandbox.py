"""``make sandbox``: what reading in locked worker processes costs, against reading in process; ``--write`` records it.

The files are the HTML notices of the folder named by $SOUSVEIL_SHARED where it is there, else the shipped sample, read
three times over. Processor seconds are those of both sides: the worker, and the process that feeds it and takes its
answers apart. Starting a worker is measured by itself (one empty file) and taken off.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

from sousveil.evidence.vault import sha256_of
from sousveil.ingest.answers import checked_parts
from sousveil.pipeline import process, warm_up
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.run.sandbox import Confinement
from sousveil.settings import DEFAULT_LIMITS

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", HERE.parents[1] / "shared"))
SAMPLE = HERE.parent / "src" / "sousveil" / "sample" / "notices"
PASSES = 3
"""1,500 files: fewer than a worker reads before it is replaced."""


def load_files() -> list[tuple[str, bytes]]:
    """Return names and bytes of the files that are read."""
    real = sorted((SHARED / "corpus" / "zh_notices" / "html_derived").rglob("*.html")) if SHARED.is_dir() else []
    return [(path.name, path.read_bytes()) for path in real or sorted(SAMPLE.rglob("*.html"))] * PASSES


def in_process(files: list[tuple[str, bytes]]) -> float:
    """Return the processor seconds of reading the files here."""
    begun = time.process_time()
    for name, untrusted in files:
        for _ in process(untrusted, name=name):
            pass
    return time.process_time() - begun


def in_pool(files: list[tuple[str, bytes]], *, is_locked: bool) -> tuple[float, str]:
    """Return the processor seconds of reading the files in one worker, both sides, its start included; and the tier."""
    own, children = time.process_time(), _children()
    confinement = Confinement(memory_bytes=DEFAULT_LIMITS.max_memory_bytes, is_locked=is_locked)
    hashes = [sha256_of(untrusted) for _, untrusted in files]
    with Pool("sousveil.pipeline:work", jobs=1, cpu_s=DEFAULT_LIMITS.cpu_s, confinement=confinement) as pool:
        for key, (name, untrusted) in enumerate(files):
            pool.submit(Job(key=key, header={"name": name}, payload=untrusted))
        while pool.waiting:
            for answer in pool.take():
                size = len(files[answer.key][1])
                for part in checked_parts(answer, file=hashes[answer.key], size=size):
                    assert part.failure is None or part.failure.stage != "worker", part.failure
    assert pool.sandbox is not None
    return time.process_time() - own + _children() - children, pool.sandbox.tier


def measure(rounds: int) -> dict[str, object]:
    """Return the figures, the median of some rounds; the three ways take turns, for the machine is never the same."""
    files = load_files()
    warm_up()
    seconds: dict[str, list[float]] = {"in_process": [], "pool_not_locked": [], "pool_locked": []}
    starts: list[float] = []
    tier = ""
    for _ in range(rounds):
        seconds["in_process"].append(in_process(files))
        for name, is_locked in (("pool_not_locked", False), ("pool_locked", True)):
            start, _ = in_pool([("empty.html", b"")], is_locked=is_locked)
            spent, tier = in_pool(files, is_locked=is_locked)
            starts.append(start)
            seconds[name].append(spent - start)
    per_file = {name: statistics.median(values) / len(files) * 1000 for name, values in seconds.items()}
    base = per_file["in_process"]
    return {
        "files": len(files),
        "rounds": rounds,
        "tier": tier,
        "cpu_ms_per_file": {name: round(value, 3) for name, value in per_file.items()},
        "over_in_process": {name: round(value / base - 1, 3) for name, value in per_file.items() if value != base},
        "start_of_a_worker_cpu_s": round(statistics.median(starts), 2),
    }


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure, print, and with ``--write`` record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    figures = measure(options.rounds)
    print(json.dumps(figures, indent=1))
    if options.write:
        (HERE / "sandbox.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
