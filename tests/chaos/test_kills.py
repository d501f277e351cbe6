"""kill -9 at any moment: the same command goes on to the same end, and no worker outlives the run."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sousveil as sv
from tests.chaos.checks import check_every_failure_is_told, check_every_file_is_kept, check_order
from tests.chaos.inputs import assert_same, contents, write_many
from tests.chaos.scale import IS_LONG, choose, note

_ROOT = Path(__file__).resolve().parents[2]
_BATCHES = (1, 3, 10, 40)
_LONGEST_DELAY_S = choose(2, 3)
"""An undisturbed run takes about this long: later kills would find nothing to kill."""


def start(
    root: Path, folder: Path, *, jobs: int = 2, batch: int = 10, memory: int = 2 << 30, step: int = 0
) -> subprocess.Popen[str]:
    """Start an ingest and return it when it is about to begin."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.child", *map(str, (root, folder, jobs, batch, memory, step))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    if child.stdout.readline() != "ready\n":
        raise AssertionError(child.communicate()[1])
    return child


def finish(child: subprocess.Popen[str]) -> int:
    """Wait for the end of a run that must succeed; return how many steps it took."""
    out, error = child.communicate(timeout=300)
    assert child.returncode == 0, error
    return int(out.split()[-1])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The folder, what a run that nobody disturbed makes of it, and how many steps it takes in small batches."""
    base = tmp_path_factory.mktemp("undisturbed")
    folder = write_many(base / "in", choose(25, 90))
    sv.init(base / "dataset").close()
    steps = finish(start(base / "dataset", folder))
    with sv.open(base / "dataset") as dataset:
        check_every_file_is_kept(dataset, folder)
    return folder, contents(base / "dataset"), steps


@pytest.mark.parametrize("way", ["clock", "step"])
def test_a_killed_run_goes_on_to_the_same_end(tmp_path, undisturbed, way):
    folder, expected, steps = undisturbed
    dice = random.Random(f"kills {way}")
    kills = runs = 0
    while kills < (choose(2, 60) if way == "clock" else choose(2, 150)):
        root = tmp_path / str(runs)
        sv.init(root).close()
        for _ in range(dice.choice((1, 3, 6, 12)) if IS_LONG else 6):
            kills += kill_once(root, folder, dice, steps if way == "step" else 0)
            with sv.open(root) as dataset:
                check_order(dataset)
        finish(start(root, folder))
        with sv.open(root) as dataset:
            check_order(dataset)
            check_every_file_is_kept(dataset, folder)
            check_every_failure_is_told(dataset)
        assert_same(contents(root), expected)
        shutil.rmtree(root)
        runs += 1
        note(f"kill -9, by {way}", done=kills, lost=0, doubled=0, resumed=runs)


def kill_once(root: Path, folder: Path, dice: random.Random, steps: int) -> bool:
    """Start a run and kill it at a random moment; return whether it was still running."""
    memory = (2 << 30) + dice.randrange(1 << 20)  # by this number its workers are known
    step = dice.randrange(1, steps) if steps else 0
    child = start(root, folder, jobs=dice.choice((1, 1, 2)), batch=dice.choice(_BATCHES), memory=memory, step=step)
    if not step:
        time.sleep(dice.uniform(0, _LONGEST_DELAY_S))
        child.kill()
    child.communicate(timeout=300)
    assert child.returncode in {0, -9}
    wait_for_the_end_of(memory)
    return child.returncode != 0


def wait_for_the_end_of(memory: int) -> None:
    """Wait until no worker is left that was started with this limit; fail when one stays."""
    for _ in range(300):
        if not living_workers(memory):
            return
        time.sleep(0.1)
    raise AssertionError(f"workers outlived their run: {living_workers(memory)}")


def living_workers(memory: int) -> list[str]:
    """Return the worker processes that were started with this limit of memory."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"sousveil.run" in command and str(memory).encode() in command:
            found.append(process.name)
    return found


def test_the_look_for_workers_can_find_one(tmp_path):
    folder = write_many(tmp_path / "in", 3)
    sv.init(tmp_path / "dataset").close()
    memory = (2 << 30) + 7
    child = start(tmp_path / "dataset", folder, memory=memory)
    try:
        for _ in range(6_000):
            if living_workers(memory):
                break
            time.sleep(0.02)
        else:
            raise AssertionError("no worker was seen")
    finally:
        child.kill()
        child.communicate()
    wait_for_the_end_of(memory)
