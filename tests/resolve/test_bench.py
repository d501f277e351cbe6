"""The labelled institutions: the aims hold, and the score can fall below them."""

import importlib.util
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_institutions", BENCH / "institutions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["dev", "measure"])
def test_precision_and_recall_reach_the_aims(bench, name):
    figures, wrong = bench.score(BENCH / "institutions" / f"{name}.yml")
    assert figures["precision"] >= 0.99, wrong
    assert figures["recall"] >= 0.95, wrong
    assert figures["parts"] >= 0.95, wrong
    assert figures["none"] == 1, wrong


def test_the_sets_are_as_large_as_asked(bench):
    rows = [label for name in bench.SETS for label, _ in bench.load(BENCH / "institutions" / f"{name}.yml")[0]]
    assert len(rows) >= 400
    assert len(set(rows)) >= 150


def test_wrong_labels_cost(bench, tmp_path):
    path = tmp_path / "wrong.yml"
    path.write_text(
        "- {id: a, names: [岷阳市公安局, 岷阳市教育局]}\n- {id: b, names: [岷阳市公安局（盖章）]}\n- {id: none, names: [岷阳市民政局]}\n",
        encoding="utf-8",
    )
    figures, wrong = bench.score(path)
    assert (figures["precision"], figures["recall"], figures["none"]) == (0, 0, 0)
    assert any(line.startswith("merged: ") for line in wrong)
    assert any(line.startswith("parted: ") for line in wrong)
