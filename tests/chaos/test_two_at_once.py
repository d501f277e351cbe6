"""Two who want the same dataset: one writes, the other is told who; readers read."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import sousveil as sv
from tests.chaos.checks import check_every_file_is_kept, check_order
from tests.chaos.scale import choose, note
from tests.ingest.conftest import write_inputs

_MAIN = "import sys; from sousveil.cli import main; main(sys.argv[1:])"
_AGAIN = """
import sys, time, sousveil as sv
from sousveil.exceptions import DatasetLockedError
from sousveil.ingest.options import Options
waits = 0
while True:
    try:
        with sv.open(sys.argv[1]) as dataset:
            with dataset.writing():
                print("in", time.monotonic_ns(), flush=True)
                print("out", time.monotonic_ns(), flush=True)
            dataset.ingest([sys.argv[2]], Options(jobs=1))
        break
    except DatasetLockedError as error:
        assert "process" in str(error), error
        waits += 1
        time.sleep(0.05)
print("waits", waits)
"""


def start(*words: str | Path, code: str = _MAIN) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_the_second_is_told_who_holds_the_lock(tmp_path):
    folder = write_inputs(tmp_path / "in", 2)
    with sv.init(tmp_path / "dataset") as dataset:
        with dataset.writing():
            second = start("ingest", folder, "--dataset", dataset.paths.root)
            _, error = second.communicate(timeout=300)
        assert second.returncode == 4
        assert re.fullmatch(
            rf"sousveil: \S+ is being written by process {os.getpid()} since \S+\. Wait until it is done, or stop it\.\n",
            error,
        )
        assert dataset.counts()["files"] == 0


def test_of_many_starters_one_writes_at_a_time(tmp_path):
    folder = write_inputs(tmp_path / "in", choose(60, 400))
    root = tmp_path / "dataset"
    sv.init(root).close()
    starters = [start(root, folder, code=_AGAIN) for _ in range(choose(3, 8))]
    spans = []
    waits = 0
    for starter in starters:
        out, error = starter.communicate(timeout=300)
        assert starter.returncode == 0, error
        words = out.split()
        marks = [int(words[at + 1]) for at, word in enumerate(words) if word in {"in", "out"}]
        spans += list(zip(marks[::2], marks[1::2], strict=True))
        waits += int(words[-1])
    spans.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    with sv.open(root) as dataset:
        check_order(dataset)
        check_every_file_is_kept(dataset, folder)
        runs = dataset.store.rows("SELECT sum(read) AS read, count(*) AS n FROM runs")[0]
        assert runs["read"] == len(list(folder.iterdir()))  # each file was read once, by whomever
        assert runs["n"] == len(starters)
        assert dataset.words.count() == dataset.counts()["notices"]
    note("starters at once", done=len(starters), refused=waits, lost=0, doubled=0)


def test_a_reader_reads_while_a_run_writes(tmp_path):
    folder = write_inputs(tmp_path / "in", choose(120, 3_000))
    root = tmp_path / "dataset"
    with sv.init(root) as dataset:
        dataset.ingest([folder / "0000.html"])
    writer = start("ingest", folder, "--dataset", root, "--jobs", "1", "--quiet")
    totals, rows = [], []
    while writer.poll() is None:
        with sv.open(root) as reader:
            totals.append(reader.search("人脸识别", limit=5).total)
            rows.append(reader.counts()["notices"])
            assert list(reader.examine())  # doctor looks at the ledger, and leaves it alone
    _, error = writer.communicate(timeout=300)
    assert writer.returncode == 0, error
    assert min(totals) >= 1
    assert totals == sorted(totals)
    assert rows == sorted(rows)
    with sv.open(root) as dataset:
        check_order(dataset)
        assert dataset.search("人脸识别", limit=5).total == len(list(folder.iterdir()))
    note("searches while a run writes", done=len(totals), failed=0)
