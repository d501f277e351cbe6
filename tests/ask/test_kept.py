"""Answers are kept until rows or index change; slow ones may be a while behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

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


def test_an_answer_that_others_are_made_of_is_never_behind(dataset, monkeypatch):
    monkeypatch.setattr(kept, "may_wait", lambda *_: True)
    held, made = Kept(dataset.store, dataset.words), []
    ask(held, "a", made)
    write(dataset)
    assert held.get("a", lambda: "behind") == "A"
    assert held.get("a", lambda: "exact", is_patient=False) == "exact"


def test_the_oldest_goes_when_there_are_too_many(dataset, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    held, made = Kept(dataset.store, dataset.words), []
    for one in ("a", "b", "a", "c", "a", "b"):
        ask(held, one, made)
    assert made == ["a", "b", "c", "b"]


def test_what_another_reader_makes_is_kept_for_all(dataset):
    held, made = Kept(dataset.store, dataset.words), []
    with dataset.reader() as reading:
        assert ask(held.seen_by(reading.store, held.stamp()), "a", made) == "A"
    assert ask(held, "a", made) == "A"
    assert made == ["a"]


def test_what_another_reader_makes_counts_as_of_when_it_began_to_read(dataset):
    held, made = Kept(dataset.store, dataset.words), []
    stamp = held.stamp()
    with dataset.reader() as reading:
        write(dataset)
        ask(held.seen_by(reading.store, stamp), "a", made)
    ask(held, "a", made)
    assert made == ["a", "a"]


def test_two_who_ask_at_once_make_an_answer_once(dataset):
    held, made, begun, go_on = Kept(dataset.store, dataset.words), [], Event(), Event()

    def slow():
        begun.set()
        go_on.wait(30)
        return made.append("slow") or len(made)

    with ThreadPoolExecutor(2) as pool, dataset.reader() as reading:
        first = pool.submit(held.get, "slow", slow)
        begun.wait(30)
        second = pool.submit(held.seen_by(reading.store, held.stamp()).get, "slow", slow)
        go_on.set()
        assert (first.result(30), second.result(30)) == (1, 1)


def test_an_answer_that_failed_is_made_by_who_waited(dataset):
    held, made = Kept(dataset.store, dataset.words), []
    with pytest.raises(ZeroDivisionError):
        held.get("a", lambda: 1 // 0)
    assert ask(held, "a", made) == "A"


def test_what_is_made_of_an_answer_stands_as_long_as_that_one(dataset):
    held, made = Kept(dataset.store, dataset.words), []

    def drawn(answer):
        return held.get("drawing", lambda: made.append(answer) or len(made), of=answer)

    first, second = ["first"], ["second"]
    assert [drawn(first), drawn(first)] == [1, 1]
    write(dataset)
    assert [drawn(first), drawn(second), drawn(second)] == [1, 2, 2]
