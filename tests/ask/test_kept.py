"""Answers are kept until rows or index change; slow ones may be a while behind."""

from pathlib import Path

import pytest

from sousveil.ask import kept
from sousveil.ask.kept import Kept
from sousveil.dataset import Dataset, init_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return init_dataset(tmp_path / "ds")


def ask(held: Kept, question: str, made: list[str]) -> str:
    return held.get(question, lambda: made.append(question) or question.upper())


@pytest.fixture(autouse=True)
def _everything_is_kept(monkeypatch):
    monkeypatch.setattr(kept, "_QUICK_S", 0.0)


def write(dataset: Dataset) -> None:
    with dataset.store.transaction():
        dataset.store.connection.execute("INSERT INTO runs (started_at, paths, versions) VALUES ('', '', '')")


def test_an_answer_is_made_once_and_again_after_a_change(dataset):
    held, made = Kept(dataset.store, dataset.words), []
    assert [ask(held, one, made) for one in ("a", "b", "a")] == ["A", "B", "A"]
    assert made == ["a", "b"]
    write(dataset)
    assert ask(held, "a", made) == "A"
    assert made == ["a", "b", "a"]


def test_a_slow_answer_may_be_behind_but_not_for_ever(dataset, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: clock[0])
    held, made = Kept(dataset.store, dataset.words), []

    def slow():
        clock[0] += 2.0
        made.append("slow")
        return len(made)

    assert held.get("slow", slow) == 1
    write(dataset)
    clock[0] = 39.0
    assert held.get("slow", slow) == 1
    clock[0] = 40.5
    assert held.get("slow", slow) == 2


def test_the_oldest_goes_when_there_are_too_many(dataset, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    held, made = Kept(dataset.store, dataset.words), []
    for one in ("a", "b", "a", "c", "a", "b"):
        ask(held, one, made)
    assert made == ["a", "b", "c", "b"]
