"""``sousveil batch``: files, streams, balance, exit codes."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.dataset import Dataset
from tests.cli.conftest import Ran

Run = Callable[..., Ran]

LIST = "query;place\n声纹;\n人脸识别;四川\numbrella;\n"


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_becomes_a_table(run: Run, terms: Path, tmp_path: Path) -> None:
    ran = run("batch", str(terms), "-o", str(tmp_path / "out.csv"))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"3 lines = 2 with hits + 1 without + 0 not asked; 3 rows in {tmp_path / 'out.csv'}\n"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["line"], row["notices"]) for row in rows] == [("2", "2"), ("3", "1"), ("4", "0")]


def test_bad_lines_end_with_five_and_everything_else_is_there(run: Run, terms: Path, tmp_path: Path) -> None:
    terms.write_text(LIST + "(;\n;nowhere\n", encoding="utf-8")
    ran = run("batch", str(terms), "-o", str(tmp_path / "out.csv"), "--json")
    assert ran.code == 5
    report = json.loads(ran.out)
    assert report == {
        "v": 1, "path": str(tmp_path / "out.csv"), "lines": 5, "found": 2, "empty": 2, "failed": 1, "rows": 5, "held_back": 0,
    }  # fmt: skip
    assert "why lines were not asked stands in the column problem" in ran.err


def test_from_and_to_streams(run: Run, terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def given() -> None:
        stream = io.TextIOWrapper(io.BytesIO(LIST.encode("gb18030")))
        monkeypatch.setattr(sys, "stdin", stream)

    given()
    out = run("batch", "-", "-o", "-", "-q")
    assert (out.code, out.err) == (0, "")
    assert out.out.lstrip("\ufeff").startswith("line,query,")
    given()
    lines = [json.loads(line) for line in run("batch", "-", "--jsonl").out.splitlines()]
    given()
    whole = json.loads(run("batch", "-", "--json").out)
    assert whole["answers"] == lines
    assert (whole["v"], whole["lines"], whole["found"], whole["empty"]) == (1, 3, 2, 1)
    assert [row["line"] for row in json.loads(run("batch", str(terms), "--hits", "--json").out)["answers"]] == [2, 2, 3]


def test_without_a_place_it_goes_to_the_exports(run: Run, terms: Path, dataset: Dataset) -> None:
    ran = run("batch", str(terms), "--format", "jsonl")
    (written,) = dataset.paths.exports.glob("batch-*.jsonl")
    assert str(written) in ran.err
    written.unlink()


def test_what_cannot_be_read_or_written_is_said(run: Run, terms: Path, tmp_path: Path) -> None:
    ran = run("batch", str(tmp_path / "none.csv"))
    assert (ran.code, ran.out) == (2, "")
    assert "none.csv cannot be read: No such file or directory" in ran.err
    ran = run("batch", str(terms), "-o", str(tmp_path / "no" / "out.csv"))
    assert ran.code == 1
    assert "cannot be written" in ran.err
