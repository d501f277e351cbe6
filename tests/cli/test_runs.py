"""Runs and what could not be read, on the command line: no path tells a person. All names are invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import sousveil as sv
from sousveil.cli import main
from sousveil.ingest.options import Options

BROKEN = "授权委托书-张伟.pdf"
COVERED = "授权委托书-██.pdf"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a dataset whose only file is named after a person and cannot be read."""
    folder = tmp_path_factory.mktemp("told")
    (folder / BROKEN).write_bytes(b"%PDF-1.4 x")
    with sv.init(folder / "dataset") as opened:
        opened.ingest([folder / BROKEN], Options())
    return folder / "dataset"


@pytest.fixture
def say(told: Path, capfd: pytest.CaptureFixture[str]):
    def say_of(*arguments: str) -> str:
        with pytest.raises(SystemExit) as left:
            main(["runs", *arguments, "--dataset", str(told)])
        out, err = capfd.readouterr()
        assert (left.value.code, err) == (0, "")
        return out

    return say_of


@pytest.mark.parametrize(
    "command", [("list", "--json"), ("show", "1"), ("failures",), ("failures", "--csv"), ("failures", "--jsonl")]
)
def test_what_runs_prints_names_no_person(say, command):
    out = say(*command)
    assert "张伟" not in out
    assert COVERED in out


def test_what_is_told_of_a_run_names_no_person(told, say):
    assert "张伟" not in (told / "live" / "progress.json").read_text(encoding="utf-8")
    assert json.loads(say("now", "--json")) == {"v": 1, "live": None}
    assert json.loads(say("show", "1", "--json"))["failed"] == 1


def test_failures_are_the_same_as_table_and_as_lines(say):
    (row,) = csv.DictReader(io.StringIO(say("failures", "--csv")))
    line = json.loads(say("failures", "--jsonl"))
    assert {name: str(value) for name, value in line.items()} | {"status": "failed"} == row
    assert row["reason"] in say("failures")
