"""What the user sees of the sandbox: the doctor, the record of a run, and a run that must not start."""

import json
from pathlib import Path

import pytest

from sousveil.bulk import read_files
from sousveil.dataset import init_dataset
from sousveil.exceptions import SandboxError, UsageError
from sousveil.run import pool as pool_module
from sousveil.run import sandbox as sandbox_module
from sousveil.run.sandbox import Sandbox
from sousveil.settings import Limits


@pytest.fixture
def marker(run, tmp_path, monkeypatch):
    """The settings file of an empty dataset, which commands use."""
    monkeypatch.setenv("SOUSVEIL_DATASET", str(tmp_path / "inquiry"))
    with init_dataset(tmp_path / "inquiry") as made:
        return made.paths.marker


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text("澄川市公安局人脸识别系统采购项目公开招标公告\n采购人：澄川市公安局\n")
    return str(path)


def weaken(monkeypatch):
    """Make pools take every worker for one of tier C, as a system without seccomp would give."""
    note = pool_module.Pool.note
    weak = Sandbox(missing=("seccomp: Function not implemented",))
    monkeypatch.setattr(pool_module.Pool, "note", lambda self, _: note(self, weak))


def test_the_doctor_shows_the_tier_and_each_layer(run):
    checks = {one["name"].strip(): one for one in json.loads(run("doctor", "--json").out)["checks"]}
    assert checks["sandbox"]["text"].startswith("tier ")
    assert checks["sandbox"]["is_ok"] == (not checks["sandbox"]["text"].startswith("tier C"))
    assert {"seccomp", "landlock", "nobody", "limits", "end"} <= set(checks)
    assert checks["sandbox"]["text"][8:] in " ".join(sandbox_module.TIERS.values())


def test_the_doctor_says_what_is_missing(run, monkeypatch):
    weaken(monkeypatch)
    out = run("doctor").out
    assert "WRONG sandbox" in out
    assert "not in force (seccomp: Function not implemented)" in out
    assert "--require-sandbox A" in out


def test_a_run_records_its_tier(run, marker, notice):
    assert run("ingest", notice).code == 0
    assert " sandbox=" in run("runs", "show", "1").out


@pytest.mark.parametrize("command", ["ingest", "read"])
def test_a_run_refuses_to_start_below_what_is_required(run, marker, notice, monkeypatch, command):
    weaken(monkeypatch)
    done = run(command, notice, "--require-sandbox", "A")
    assert done.code == 1
    assert "Tier A is required, and this machine gives tier C" in done.err
    assert "sousveil doctor" in done.err
    assert done.out == ""
    assert json.loads(run("runs", "list", "--json").out)["runs"] == []


def test_the_setting_of_the_dataset_counts(run, marker, notice, monkeypatch):
    weaken(monkeypatch)
    marker.write_text('title = "x"\n[settings]\nrequire_sandbox = "B"\n')
    assert "Tier B is required" in run("ingest", notice).err
    marker.write_text('title = "x"\n[settings]\nrequire_sandbox = "Z"\n')
    done = run("ingest", notice)
    assert done.code == UsageError.exit_code
    assert "'Z' is no tier" in done.err


def test_reading_from_python_can_require_it_too(notice, monkeypatch):
    weaken(monkeypatch)
    with pytest.raises(SandboxError):
        list(read_files([Path(notice)], limits=Limits(require_sandbox="A")))
