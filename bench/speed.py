"""``make speed``: notices per second and core, and memory, over the whole line; ``--write`` records them in speed.json.

The notices are HTML files repeated with distinct numbers to 5,000: those of the folder named by $SOUSVEIL_SHARED where
it is there, else the shipped sample. One worker process, so that seconds are seconds of one core plus the writer's.

``long_tenders``: processor seconds of each step for invented tender documents of 40, 100 and 400 pages, least of three,
and the exponent of their growth: 1 is linear. ``start``: processor seconds of the process that loads, and of a worker.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import sousveil as sv
from long_tender import make_html
from sousveil.ingest.options import Options
from sousveil.pipeline import Part, process, warm_up
from sousveil.run.pool import Pool

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", HERE.parents[1] / "shared"))
SAMPLE = HERE.parent / "src" / "sousveil" / "sample" / "notices"


def make_notices(folder: Path, count: int) -> int:
    """Write ``count`` distinct HTML notices into ``folder``; return their bytes."""
    real = sorted((SHARED / "corpus" / "zh_notices" / "html_derived").glob("*.html")) if SHARED.is_dir() else []
    sources = [path.read_bytes() for path in real or sorted(SAMPLE.rglob("*.html"))]
    total = 0
    for number in range(count):
        mark = b"<p>No. SV-%06d</p></body>" % number
        data = sources[number % len(sources)].replace(b"</body>", mark)
        if mark not in data:
            data += mark
        (folder / f"{number:06d}.html").write_bytes(data)
        total += len(data)
    return total


def folder_bytes(folder: Path) -> int:
    """Return the size of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(count: int, jobs: int) -> dict[str, object]:
    """Ingest ``count`` notices with ``jobs`` workers and return the figures."""
    with tempfile.TemporaryDirectory() as work:
        inputs, dataset_folder = Path(work, "in"), Path(work, "dataset")
        inputs.mkdir()
        size = make_notices(inputs, count)
        dataset = sv.init(dataset_folder)
        own, children = time.process_time(), _children_cpu()
        begun = time.monotonic()
        report = dataset.ingest([inputs], Options(jobs=jobs))
        wall = time.monotonic() - begun
        parent_cpu, worker_cpu = time.process_time() - own, _children_cpu() - children
        again = time.monotonic()
        dataset.ingest([inputs], Options(jobs=jobs))
        rerun = time.monotonic() - again
        text = dataset.store.rows("SELECT sum(length(cast(text AS BLOB))) AS n FROM pages")[0]["n"]
        questions = {query: _time_search(dataset, query) for query in ("人脸识别", "监控", "公安局", "采购")}
        dataset.close()
        notices = report.counts.notices
        return {
            "notices": notices,
            "input_bytes": size,
            "jobs": jobs,
            "wall_s": round(wall, 2),
            "notices_per_s": round(notices / wall, 1),
            "cpu_s": {"writer": round(parent_cpu, 2), "workers": round(worker_cpu, 2)},
            "notices_per_cpu_s": round(notices / (parent_cpu + worker_cpu), 1),
            "cpu_ms_per_notice": {step: round(seconds / notices * 1000, 3) for step, seconds in report.steps.items()},
            "peak_worker_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
            "peak_writer_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "rerun_unchanged_s": round(rerun, 2),
            "text_bytes": text,
            "index_over_text": round(folder_bytes(dataset_folder / "derived" / "index") / text, 2),
            "store_over_text": round(folder_bytes(dataset_folder / "derived") / text, 2),
            "evidence_over_input": round(folder_bytes(dataset_folder / "evidence") / size, 2),
            "search_ms": questions,
        }


def _time_search(dataset: sv.Dataset, query: str) -> float:
    dataset.search(query)
    begun = time.perf_counter()
    for _ in range(10):
        dataset.search(query)
    return round((time.perf_counter() - begun) * 100, 2)


def measure_long(pages: tuple[int, ...] = (40, 100, 400)) -> dict[str, object]:
    """Return what long tender documents cost, step by step, read in this process."""
    warm_up()
    costs: dict[int, dict[str, float]] = {}
    lengths: dict[int, int] = {}
    for count in pages:
        untrusted = make_html(count)
        for _ in range(3):
            [part] = (part for part in process(untrusted, name="long.html") if isinstance(part, Part))
            assert part.document is not None
            lengths[count] = sum(len(page.text) for page in part.document.pages)
            least = costs.get(count, part.seconds)
            costs[count] = {step: round(min(least[step], spent), 3) for step, spent in part.seconds.items()}
    first, last = pages[0], pages[-1]
    growth = sum(costs[last].values()) / sum(costs[first].values())
    return {
        "characters": lengths,
        "cpu_s": costs,
        "exponent": round(math.log(growth) / math.log(lengths[last] / lengths[first]), 2),
    }


def measure_start() -> dict[str, float]:
    """Return the processor seconds of loading, once for a run, and of a copy until it is locked in."""
    with Pool("sousveil.pipeline:work", jobs=1, cpu_s=60.0) as pool:
        keeper = pool._keepers[0]  # noqa: SLF001 (the bench looks inside)
        worker = keeper.prepare()
        zygote = pool.nursery._zygote  # noqa: SLF001
        assert zygote is not None
        loaded = clock_of(zygote.number)
        copy = worker.spent()
        keeper.end()
        before = clock_of(zygote.number)
        copy = min(copy, keeper.prepare().spent()) + clock_of(zygote.number) - before
    return {"loading_cpu_s": round(loaded, 2), "worker_cpu_s": round(copy, 3)}


def clock_of(process_number: int) -> float:
    """Return the processor seconds of a process of Linux, of all its threads."""
    return time.clock_gettime((~process_number << 3) | 2)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure, print, and with ``--write`` record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    figures = measure(options.count, options.jobs)
    figures |= {"start": measure_start(), "long_tenders": measure_long()}
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    if options.write:
        (HERE / "speed.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
