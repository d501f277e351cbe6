"""Damaged files cost themselves, and nothing of them is lost."""

import os
from collections import Counter
from pathlib import Path

import pytest

import sousveil as sv
from sousveil.dataset import sample_folder
from sousveil.ingest.options import Options
from sousveil.settings import Limits
from tests.chaos.checks import check_every_failure_is_told, check_every_file_is_kept, check_order, unforeseen
from tests.chaos.mutants import Original, make_mutants
from tests.chaos.scale import IS_LONG, choose, note
from tests.parse.container_samples import CONTAINERS

_CHUNK = 250
_LIMITS = Limits(timeout_s=30.0, max_memory_bytes=1_500_000_000)
_MAX_BYTES = 60_000 if not IS_LONG else 400_000
"""Larger originals take their time and show nothing new."""


def own_originals() -> list[Original]:
    """The shipped notices, and one container of each kind."""
    found = [(path.name, path.read_bytes()) for path in sorted(sample_folder().rglob("*")) if path.is_file()]
    found += [(f"built.{kind}", data) for kind, (data, _) in CONTAINERS.items()]
    return [(name, data) for name, data in found if len(data) <= _MAX_BYTES]


def shared_originals() -> list[Original]:
    """Real files beside the repository; none where they are not there."""
    root = Path(os.environ.get("SOUSVEIL_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "corpus"
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and path.stat().st_size <= _MAX_BYTES]
    return [(path.name, path.read_bytes()) for path in paths]


@pytest.mark.parametrize("source", ["own", "shared"])
def test_damaged_files_cost_themselves(tmp_path, source):
    originals = own_originals() if source == "own" else shared_originals()
    if not originals:
        pytest.skip("no real files beside the repository; set SOUSVEIL_SHARED to run this")
    count = choose(500, 6_000) if source == "own" else choose(40, 6_000)
    mutants = list(make_mutants(originals, count, seed=20_261_126))
    fates: Counter[str] = Counter()
    bugs: list[str] = []
    for first in range(0, count, _CHUNK):
        folder = tmp_path / f"in-{first}"
        folder.mkdir()
        for name, data in mutants[first : first + _CHUNK]:
            (folder / name).write_bytes(data)
        with sv.init(tmp_path / f"dataset-{first}") as dataset:
            report = dataset.ingest([folder], Options(jobs=2, limits=_LIMITS))
            assert report.counts.is_balanced
            check_every_file_is_kept(dataset, folder)
            check_every_failure_is_told(dataset)
            check_order(dataset)
            bugs += unforeseen(dataset)
            fates.update({row["status"]: row["n"] for row in _count(dataset, "files", "status")})
            fates.update({f"stage {row['stage']}": row["n"] for row in _count(dataset, "failures", "stage")})
    assert bugs == []
    note(f"mutants of {source} files", done=count, lost=0, **fates)


def _count(dataset, table, column):
    return dataset.store.rows(f"SELECT {column}, count(*) AS n FROM {table} GROUP BY {column}")
