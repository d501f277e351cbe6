"""``sousveil original``: a file for its owner alone, and a line in the log."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.dataset import init_dataset
from tests.ask.conftest import NOTICES, add
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
WHY = "figure on page 2 unclear"


@pytest.fixture
def notice(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    with init_dataset(tmp_path / "d") as dataset:
        found = add(dataset, NOTICES[0], 1)
    monkeypatch.setenv("SOUSVEIL_DATASET", str(tmp_path / "d"))
    return found.id


def test_writes_the_bytes_and_the_log(run: Run, notice: str, tmp_path: Path) -> None:
    target = tmp_path / "original.txt"
    ran = run("original", notice, "--why", WHY, "-o", str(target))
    assert ran.code == 0
    assert "NOT masked" in ran.err
    assert target.read_bytes() == "\f".join(NOTICES[0]["pages"]).encode()  # type: ignore[arg-type]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    (line,) = json.loads(run("original", "--log", "--json").out)["unlocks"]
    assert (line["unlock"]["asked"], line["unlock"]["why"]) == (notice, WHY)
    assert WHY in run("original", "--log").out


@pytest.mark.parametrize("arguments", [(), ("-o", "x"), ("--why", WHY), ("--why", "short", "-o", "x")])
def test_refuses_what_is_not_whole(run: Run, notice: str, arguments: tuple[str, ...]) -> None:
    assert run("original", notice, *arguments).code == 2
    assert run("original", "--log").out == ""
    assert not Path("x").exists()


def test_writes_over_nothing(run: Run, notice: str, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("kept")
    assert run("original", notice, "--why", WHY, "-o", str(tmp_path / "there")).code == 2
    assert (tmp_path / "there").read_text() == "kept"
