"""Reading commands: what goes to standard output, what to standard error, and the exit codes of the contract."""

from __future__ import annotations

import json
import shlex
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.cli import COMMANDS, main
from sousveil.dataset import Dataset
from tests.ask.conftest import ids
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def test_search_shows_what_matched_and_where_to_go_on(run: Run) -> None:
    ran = run("search", "声纹", "--type", "award")
    assert ran.code == 0
    assert not ran.err
    assert "searched as 声纹" in ran.out
    assert "1 of 4 notices" in ran.out
    assert "[声纹采集]" in ran.out or "[声纹]" in ran.out
    assert f"sousveil show notice {next(iter(ids(1)))}" in ran.out


def test_lines_are_not_broken_in_a_pipe(run: Run) -> None:
    line = next(line for line in run("search", "face recognition").out.splitlines() if line.startswith("searched as"))
    assert "人脸识别" in line
    assert "+" in line


def test_search_json_is_one_object(run: Run) -> None:
    ran = run("search", "人脸识别", "--json")
    shape = json.loads(ran.out)
    assert (shape["v"], shape["total"]) == (1, 2)
    assert "人脸识别" in shape["searched_as"]
    assert ran.out.count("\n") == 1


def test_search_jsonl_and_ids(run: Run) -> None:
    rows = [json.loads(line) for line in run("search", "--jsonl").out.splitlines()]
    assert {row["notice"] for row in rows} == ids(1, 2, 3, 4)
    assert set(run("search", "--ids", "--place", "Sichuan").out.split()) == ids(1, 3)


def test_the_next_page_is_asked_for_in_the_same_way(run: Run) -> None:
    out = run("search", "采购", "--raw", "--sort", "date", "--place", "Sichuan", "--limit", "1").out
    (line,) = [line for line in out.splitlines() if line.startswith("more: ")]
    again = shlex.split(line.removeprefix("more: sousveil "))
    assert again == ["search", "采购", "--place", "Sichuan", "--raw", "--sort", "date", "--limit", "1", "--offset", "1"]
    assert "more:" not in run(*again).out


def test_words_to_leave_out_need_no_trick(run: Run) -> None:
    assert set(run("search", "声纹", "-步态识别", "--ids").out.split()) == ids(4)
    assert run("search", "声纹", "--plcae", "四川").code == 2


def test_an_empty_result_helps(run: Run) -> None:
    ran = run("search", "声纹", "--type", "tender", "--fail-empty")
    assert ran.code == 3
    assert "without --type: 2" in ran.out
    assert run("search", "声纹", "--type", "tender").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (("search", '"声纹'), 2, "not closed"),
        (("search", "--cap", "face"), 2, "glossary"),
        (("search", "--sort", "size"), 2, "size"),
        (("stats", "by", "colour"), 2, "province"),
        (("show", "notice", "nothing"), 1, "sousveil search"),
        (("show", "document", "nothing"), 1, "sousveil search"),
        (("show", "finding", "nothing"), 1, "sousveil show notice"),
        (("why", "nothing"), 1, "No finding"),
        (("search", "x", "--dataset", "/nowhere"), 4, "sousveil init"),
        (("export", "--format", "docx"), 2, "xlsx"),
    ],
)
def test_errors_go_to_standard_error_with_their_code(
    run: Run, arguments: tuple[str, ...], code: int, part: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert part in ran.err
    assert "Traceback" not in ran.err


def test_show(run: Run) -> None:
    (notice,) = ids(1)
    text = run("show", "notice", notice).out
    assert "CNY 1,250,000.00" in text
    assert "Face recognition" in text
    assert "seen 2026-01-01" in text
    shape = json.loads(run("show", "notice", notice, "--json").out)
    assert shape["notice"]["buyer"]["span"]["quote"] == "澄川市公安局"
    assert "步态识别" in run("show", "document", notice, "--page", "2").out
    assert run("show", "document", notice, "--page", "9").code == 1
    finding = shape["findings"][0]["id"]
    assert "named in the need" in run("show", "finding", finding).out


def test_why_without_proof(run: Run, dataset: Dataset) -> None:
    (notice,) = ids(1)
    finding = dataset.store.findings_of(notice)[0].id
    text = run("why", finding, "--no-proof").out
    assert "[人脸识别系统]" in text
    assert "/data/1.txt" in text
    shape = json.loads(run("why", f"{notice}:buyer", "--no-proof", "--json").out)
    assert shape["span"]["quote"] == "澄川市公安局"


def test_why_reads_the_bytes_again(run: Run) -> None:
    (notice,) = ids(4)
    ran = run("why", f"{notice}:buyer", "--json")
    checks = {check["name"]: check for check in json.loads(ran.out)["checks"]}
    assert checks["evidence"]["ok"]
    assert checks["text"]["ok"], checks["text"]["text"]
    assert ran.code == 0


def test_stats_always_say_what_they_leave_out(run: Run) -> None:
    ran = run("stats", "by", "province,type")
    assert "四川" in ran.out
    assert "4 notices of 4 purchases; 2 state what was spent, 2 only a budget" in ran.out
    shape = json.loads(run("stats", "by", "capability", "--json").out)
    assert shape["coverage"]["notices"] == 4
    assert "state what was spent" in run("stats", "by", "capability", "--jsonl").err


def test_export_to_a_file_and_to_standard_output(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--query", "声纹", "-o", str(tmp_path / "f.jsonl"), "--json")
    assert json.loads(ran.out)["notices"] == 2
    assert "2 notices to export" in ran.err
    assert len((tmp_path / "f.jsonl").read_text(encoding="utf-8").splitlines()) == json.loads(ran.out)["rows"]
    piped = run("export", "--rows", "notices", "--format", "csv", "-o", "-")
    assert piped.out.startswith("\ufeffnotice,")
    assert piped.out.count("\n") == 5


def test_glossary(run: Run) -> None:
    assert "gait recognition" in run("glossary", "步态识别").out
    shape = json.loads(run("glossary", "--cap", "gait_recognition", "--language", "zh", "--json").out)
    assert [entry["id"] for entry in shape["capabilities"]] == ["gait_recognition"]
    assert run("glossary", "--language", "xx").code == 2
    assert run("glossary", "--cap", "xx").code == 2


def test_doctor_finds_a_whole_dataset_well(run: Run) -> None:
    shape = json.loads(run("doctor", "--all", "--json").out)
    assert [check for check in shape["checks"] if not check["is_ok"] and check["name"] != "free space"] == []


def test_doctor_without_a_dataset_looks_at_the_machine(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SOUSVEIL_DATASET")
    monkeypatch.chdir(tmp_path)
    assert "python" in run("doctor").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert len(capsys.readouterr().out) > 80


def test_rebuild_makes_derived_again_from_evidence_alone(run: Run, tmp_path: Path) -> None:
    folder, dataset = tmp_path / "in", str(tmp_path / "d")
    folder.mkdir()
    (folder / "a.txt").write_text(
        "澄川市公安局人脸识别系统采购项目公开招标公告\n采购人：澄川市公安局\n采购内容：人脸识别系统一套",
        encoding="utf-8",
    )
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr(
            "c/inner.txt", "望东区公安分局声纹库建设项目招标公告\n采购人：望东区公安分局\n采购内容：声纹采集终端10台"
        )
    run("init", dataset)
    assert run("ingest", str(folder), "--source", "paper", "--dataset", dataset, "-q").code == 0
    before = run("export", "--format", "jsonl", "-o", "-", "-q", "--dataset", dataset).out
    assert before
    ledger = (tmp_path / "d" / "evidence" / "ledger.jsonl").read_bytes()
    shutil.rmtree(folder)
    shutil.rmtree(tmp_path / "d" / "derived")
    shape = json.loads(run("rebuild", "--json", "--dataset", dataset).out)
    assert (shape["seen"], shape["read"], shape["indexed"]) == (3, 3, 2)
    assert run("export", "--format", "jsonl", "-o", "-", "-q", "--dataset", dataset).out == before
    assert (tmp_path / "d" / "evidence" / "ledger.jsonl").read_bytes() == ledger
    assert json.loads(run("rebuild", "--json", "--dataset", dataset).out)["unchanged"] == 3
    assert json.loads(run("rebuild", "--index-only", "--json", "--dataset", dataset).out)["indexed"] == 2
    (notice,) = run("search", "声纹", "--ids", "--dataset", dataset).out.split()
    why = json.loads(run("why", f"{notice}:title", "--json", "--dataset", dataset).out)
    assert all(check["ok"] for check in why["checks"]), why["checks"]
    assert why["sightings"][0]["member"] == "c/inner.txt"
