"""A real ingest in another process is looked at, paused, killed, and taken up again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

import sousveil as sv
from sousveil.ingest import keep, telling
from sousveil.ingest.options import Options
from sousveil.live import ask, look, look_going
from sousveil.paths import DatasetPaths
from tests.ingest.conftest import write_inputs

_FILES = 60


def sousveil(*words, wait=True):
    command = [sys.executable, "-m", "sousveil", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    return child.communicate(timeout=300) if wait else child


def until(check, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@pytest.fixture
def dataset(tmp_path):
    sv.init(tmp_path / "dataset").close()
    return DatasetPaths(tmp_path / "dataset")


@pytest.fixture
def paused(tmp_path, dataset):
    """An ingest that was asked to pause as soon as it began, and does."""
    folder = write_inputs(tmp_path / "in", _FILES)
    child = sousveil("ingest", folder, "--dataset", dataset.root, "--jobs", 1, wait=False)
    until(lambda: look_going(dataset))
    ask(dataset, "pause")  # at once: a command takes longer to start than a quick run to end
    out, error = sousveil("runs", "pause", "--dataset", dataset.root)
    assert "runs resume" in out, error
    until(lambda: look(dataset).state == "paused")
    yield child
    if child.poll() is None:
        child.kill()
    child.communicate()


def kept(dataset):
    with sqlite3.connect(f"file:{dataset.store}?mode=ro", uri=True) as rows:
        return {row[0] for row in rows.execute("SELECT file FROM files")}


def test_a_paused_run_does_nothing_and_goes_on_to_the_end(tmp_path, dataset, paused):
    live = look(dataset)
    assert (live.process, live.total) == (paused.pid, _FILES)
    before = kept(dataset)
    assert len(before) == live.counts["read"] < _FILES
    assert "(paused)" in sousveil("runs", "list", "--dataset", dataset.root)[0]
    assert "paused" in sousveil("runs", "now", "--dataset", dataset.root)[0]
    assert kept(dataset) == before
    sousveil("runs", "resume", "--dataset", dataset.root)
    out, error = paused.communicate(timeout=300)
    assert paused.returncode == 0, error
    assert f"{_FILES} files seen" in out
    told = look(dataset)
    assert (told.state, told.done, told.total, told.step) == ("finished", _FILES, _FILES, "gathering")
    assert look_going(dataset) is None


def test_a_paused_run_that_is_killed_is_taken_up_where_it_was(tmp_path, dataset, paused):
    before = kept(dataset)
    os.kill(paused.pid, signal.SIGKILL)
    paused.wait()
    assert look(dataset).state == "interrupted"
    with sv.open(dataset.root) as opened:
        assert len(opened.search("人脸识别", limit=100).hits) == len(before)  # what was kept can be searched
        report = opened.ingest([tmp_path / "in"])
        assert report.counts.unchanged == len(before)
        assert report.counts.read == _FILES - len(before)
        assert opened.counts()["notices"] == _FILES
    assert look(dataset).state == "finished"


def test_a_run_that_is_stopped_ends_as_with_an_interrupt(tmp_path, dataset, paused):
    sousveil("runs", "stop", "--dataset", dataset.root)
    paused.communicate(timeout=300)
    assert paused.returncode == 130
    assert look(dataset).state == "interrupted"
    with sv.open(dataset.root) as opened:
        assert opened.store.rows("SELECT finished_at FROM runs")[0][0] is None


def test_a_run_that_fails_says_why(dataset, tmp_path, monkeypatch):
    monkeypatch.setattr("sousveil.ingest.keep._MIN_FREE_BYTES", 1 << 62)
    folder = write_inputs(tmp_path / "in", 1)
    with sv.open(dataset.root) as opened, pytest.raises(sv.exceptions.StorageFullError):
        opened.ingest([folder])
    told = look(dataset)
    assert told.state == "failed"
    assert "is full" in told.error


def test_files_that_failed_are_tried_again_wherever_they_are(dataset, inputs):
    with sv.open(dataset.root) as opened:
        opened.ingest([inputs])
    (inputs / "empty.pdf").unlink()
    out, error = sousveil("ingest", "--retry-failed", "--dataset", dataset.root)
    assert "0 read" in out, error
    with sv.open(dataset.root) as opened:
        tries = dict(opened.store.rows("SELECT address, tries FROM failures"))
    assert tries.pop(str(inputs / "empty.pdf")) == 1
    assert min(tries.values()) >= 2


def test_reading_does_not_wait_for_who_writes(dataset):
    with sv.open(dataset.root) as writer, writer.store.transaction(), sv.open(dataset.root) as reader:
        assert reader.counts()["files"] == 0


def test_what_was_kept_just_before_a_pause_can_be_searched(tmp_path, dataset, monkeypatch):
    """Each file is kept as it comes, as on a slow machine; the run itself looks while it rests."""
    monkeypatch.setattr(keep, "_BATCH_SECONDS", 0.0)
    monkeypatch.setattr(telling, "_HEED_S", 0.0)
    folder = write_inputs(tmp_path / "in", 8)
    asked, seen = [], []

    def progress(counts):
        if counts.read >= 2 and not asked:
            asked.append(ask(dataset, "pause"))
        elif look(dataset).state == "paused" and not seen:
            with sv.open(dataset.root) as reader:
                seen.append((reader.search("人脸识别", limit=100).total, len(kept(dataset))))
            ask(dataset, "")

    with sv.open(dataset.root) as opened:
        assert opened.ingest([folder], Options(jobs=1), progress).counts.read == 8
    ((found, read),) = seen
    assert found == read >= 2
