"""``sousveil glossary``: list, show, import, export."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sousveil.dataset import Dataset
from tests.cli.conftest import Ran

Run = Callable[..., Ran]

FILE = """term,capability,language,gloss,source,needs,unless,state
灵瞳卫士,face_recognition,zh,spirit-eye guard,local press,公安; 监所,展会,
13812345678,iris,zh,a number,,,,
听风者,audio,zh,listener,,,,
步态识别,,,,,,,off
"""


@pytest.fixture(autouse=True)
def _without_terms(dataset: Dataset) -> Iterator[None]:
    """Leave the dataset, which other tests use too, without terms."""
    yield
    dataset.paths.terms.unlink(missing_ok=True)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_good_lines_are_taken_and_bad_ones_named(run: Run, mine: Path, dataset: Dataset) -> None:
    ran = run("glossary", "import", str(mine))
    assert ran.code == 5
    assert ran.out.startswith("2 added, 0 replaced, 2 not taken")
    assert "mine.csv, line 4: there is no capability 'audio'. Did you mean audio_monitoring?" in ran.err
    assert "13812345678" not in ran.err
    assert dataset.paths.terms.is_file()
    again = json.loads(run("glossary", "import", str(mine), "--json").out)
    assert (again["added"], again["replaced"], again["total"]) == (0, 2, 2)


def test_lists_tell_whose_a_term_is(run: Run, mine: Path) -> None:
    run("glossary", "import", str(mine))
    out = run("glossary", "list", "--yours").out
    assert "灵瞳卫士  zh  spirit-eye guard (only near other words) (yours)  your term: local press" in out
    assert "步态识别  zh  gait recognition (put aside)" in out
    assert "虹膜" not in out
    rows = [json.loads(line) for line in run("glossary", "guard", "--language", "zh", "--jsonl").out.splitlines()]
    assert ("灵瞳卫士", "yours") in [(row["term"], row["state"]) for row in rows]


def test_a_term_is_shown_in_full(run: Run, mine: Path) -> None:
    run("glossary", "import", str(mine))
    out = run("glossary", "show", "灵瞳卫士").out
    assert "one of, in its clause: 公安, 监所" in out
    assert "one of, in its item: 展会" in out
    shown = json.loads(run("glossary", "show", "gait", "recognition", "--json").out)["terms"]
    assert shown[0]["capability"] == "gait_recognition"
    assert "步态识别" not in shown[0]["alike"]
    assert run("glossary", "show", "umbrella").code == 1


def test_what_is_exported_can_be_imported(run: Run, mine: Path, tmp_path: Path, dataset: Dataset) -> None:
    run("glossary", "import", str(mine))
    before = dataset.paths.terms.read_text(encoding="utf-8")
    assert run("glossary", "export", "-o", str(tmp_path / "out.csv")).code == 0
    assert run("glossary", "export", "--format", "yaml").out == before
    dataset.paths.terms.unlink()
    assert run("glossary", "import", str(tmp_path / "out.csv")).code == 0
    assert dataset.paths.terms.read_text(encoding="utf-8") == before


def test_all_shipped_terms_can_be_exported_and_taken_again(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    assert run("glossary", "export", "--all", "-o", str(target)).code == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 3_000
    taken = json.loads(run("glossary", "import", str(target), "--json").out)
    assert taken["errors"] == []
    assert taken["added"] == len(rows)


def test_without_a_dataset_the_shipped_terms_are_listed_and_nothing_is_imported(
    run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SOUSVEIL_DATASET")
    monkeypatch.chdir(tmp_path)
    assert "gait recognition" in run("glossary", "步态识别").out
    assert run("glossary", "import", str(mine)).code == 4
    assert run("glossary", "list", "--dataset", str(tmp_path)).code == 4


def test_a_spoilt_file_of_the_dataset_is_named_with_its_line(run: Run, dataset: Dataset) -> None:
    dataset.paths.terms.write_text("- {term: 灵瞳卫士, capability: fase}\n", encoding="utf-8")
    for command in (("glossary",), ("search", "人脸"), ("ingest", str(dataset.paths.root))):
        ran = run(*command)
        assert ran.code == 2
        assert "terms.yml, line 1: there is no capability 'fase'" in ran.err


@pytest.mark.parametrize("term", ["联系人：欧阳知远", "13800138000", "项目经理：独孤行简"])
def test_a_term_that_tells_of_a_person_is_refused_without_repeating_it(run: Run, tmp_path: Path, term: str) -> None:
    file = tmp_path / "hunt.csv"
    file.write_text(f"term,capability,language,gloss,source\n{term},face_recognition,zh,x,test\n", encoding="utf-8")
    taken = json.loads(run("glossary", "import", str(file), "--json").out)
    assert (taken["added"], len(taken["errors"])) == (0, 1)
    assert term not in taken["errors"][0]


def test_words_that_stand_in_no_term_tell_what_a_search_looks_for(run: Run) -> None:
    assert "人脸识别" in run("glossary", "Gesichtserkennung").out
    assert "Did you mean recognition?" in run("glossary", "recogniton").out
