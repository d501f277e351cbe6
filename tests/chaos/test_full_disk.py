"""A disk that fills at any write: a clear error, exit code 1; with room again, the same command ends complete."""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import sousveil as sv
from tests.chaos.checks import check_order
from tests.chaos.inputs import PATIENCE_S, assert_same, contents, write_many
from tests.chaos.scale import IS_LONG, choose, note

_CHILD = """
import sys
from sousveil.ingest import keep
keep._BATCH_FILES, keep._INDEX_EVERY, keep._MIN_FREE_BYTES = 10, 40, int(sys.argv[1])
from sousveil.cli import main
main(sys.argv[2:])
"""
_ROOM = 200 << 20
_DONE = {0, 5}
"""Exit codes of a run that came to its end: without failed files (those were noted by a run before), and with."""
_FLOOR = 64 << 20
"""What a run wants free by itself; 0 lets it run into the wall."""


def sousveil(*words: str | Path, floor: int = _FLOOR, largest_file: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does, in small batches."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-c", _CHILD, str(floor), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=limit if largest_file else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def make(root: Path) -> None:
    sv.init(root).close()
    (root / "sousveil.toml").write_text(f'title = "full"\n[settings]\ntimeout_s = {PATIENCE_S}\n')


def ingest(folder: Path, root: Path, **limits: int) -> subprocess.CompletedProcess[str]:
    return sousveil("ingest", folder, "--dataset", root, "--jobs", "1", "--quiet", **limits)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a disk in memory of so many bytes; skip where that is not allowed."""
    folder.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("mounting a small disk needs root on a machine that allows it")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    base = tmp_path_factory.mktemp("undisturbed")
    folder = write_many(base / "in", choose(30, 90))
    make(base / "dataset")
    assert ingest(folder, base / "dataset").returncode == 5
    return folder, contents(base / "dataset")


def check_told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line that says what to do, no traceback, exit code 1."""
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("sousveil: "), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert any(word in done.stderr for word in words), done.stderr


def test_a_disk_that_fills_again_and_again_loses_nothing(tmp_path, undisturbed):
    folder, expected = undisturbed
    dice = random.Random(26)
    fills = rounds = 0
    while fills < choose(1, 40):
        with small_disk(tmp_path / f"disk-{rounds}", _ROOM) as disk:
            root = disk / "dataset"
            make(root)
            floor = _FLOOR if rounds % 4 == 3 else 0
            size = floor + dice.randrange(40_000, 700_000)
            while True:
                remount(disk, f"size={size}")
                done = ingest(folder, root, floor=floor)
                if done.returncode in _DONE:
                    break
                check_told(done, "Free some space", "free some space")
                fills += 1
                size += dice.randrange(60_000, 900_000)
                remount(disk, f"size={_ROOM}")
                with sv.open(root) as dataset:
                    check_order(dataset)
            remount(disk, f"size={_ROOM}")
            assert_same(contents(root), expected)
        rounds += 1
        note("full disk", done=fills, lost=0, doubled=0, resumed=rounds)


def test_a_limit_on_file_size_loses_nothing(tmp_path, undisturbed):
    """The way to a write that fails which needs no root."""
    folder, expected = undisturbed
    dice = random.Random(27)
    fills = rounds = 0
    while fills < choose(1, 20):
        root = tmp_path / str(rounds)
        make(root)
        largest = dice.randrange(2_000, 400_000)
        while (done := ingest(folder, root, largest_file=largest)).returncode not in _DONE:
            check_told(done, "free some space", "ulimit")
            fills += 1
            largest = largest * 2 + dice.randrange(200_000)
            with sv.open(root) as dataset:
                check_order(dataset)
        assert_same(contents(root), expected)
        rounds += 1
        note("write refused (limit on file size)", done=fills, lost=0, doubled=0, resumed=rounds)


@pytest.mark.parametrize("command", ["ingest", "rebuild", "search"] if IS_LONG else ["ingest"])
def test_a_read_only_disk_is_named(tmp_path, undisturbed, command):
    folder, _ = undisturbed
    with small_disk(tmp_path / "disk", _ROOM) as disk:
        root = disk / "dataset"
        make(root)
        assert ingest(folder / "0001.html", root).returncode == 0
        remount(disk, "ro")
        words = {"ingest": [folder, "--quiet"], "rebuild": [], "search": ["人脸识别"]}[command]
        check_told(sousveil(command, *words, "--dataset", root), "Check its permissions")
        check_told(sousveil("init", disk / "other"), "may write")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(tmp_path, undisturbed):
    folder, _ = undisturbed
    root = tmp_path / "dataset"
    make(root)
    for part in (root, *(path for path in root.rglob("*") if path.is_dir())):
        part.chmod(0o555)
    check_told(ingest(folder, root), "Check its permissions")
