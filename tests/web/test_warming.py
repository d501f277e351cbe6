"""Slow answers are made again beside the others when the dataset has changed; small datasets need none of it."""

import time

import pytest
from starlette.datastructures import QueryParams

from sousveil.ask import kept
from sousveil.dataset import open_dataset
from sousveil.web import warming
from sousveil.web.asked import Answer, Asked
from sousveil.web.warming import Warmer


@pytest.fixture
def made():
    return []


@pytest.fixture
def dataset(demo):
    """Return a handle that has kept nothing yet."""
    with open_dataset(demo.paths.root) as opened:
        yield opened


@pytest.fixture
def warmer(dataset, made, monkeypatch):
    monkeypatch.setattr(kept, "_QUICK_S", 0.0)
    monkeypatch.setattr(warming, "_FEW_NOTICES", 1)

    def screen(asked):
        asked.dataset.kept.get(("whole", asked.language), lambda: made.append("whole"))
        return Answer("", dict)

    def place(asked):
        asked.dataset.kept.get(("place", asked.path["code"]), lambda: made.append(asked.path["code"]))
        return Answer("", dict)

    return Warmer(dataset, (screen,), place)


def test_the_whole_and_the_largest_place_are_made_beforehand(dataset, warmer, made):
    assert warmer.warm() == 2
    assert made == ["whole", "CN"]
    dataset.kept.get(("place", "CN"), lambda: made.append("asked"))
    assert made == ["whole", "CN"]
    warmer.warm()
    assert made == ["whole", "CN"]


def test_pages_that_took_long_are_learnt(dataset, warmer, made):
    for code, seconds in (("510000", 1.0), ("530000", 0.01)):
        warmer.note(warmer._place, Asked(dataset, {"code": code}, QueryParams("")), seconds)
    warmer.warm()
    assert made == ["whole", "CN", "510000"]


def test_a_small_dataset_is_left_alone(warmer, made, monkeypatch):
    monkeypatch.setattr(warming, "_FEW_NOTICES", 5_000)
    assert warmer.warm() == 0
    assert not made


def test_the_thread_makes_them_and_ends(warmer, made):
    warmer.start()
    until = time.monotonic() + 30
    while len(made) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    warmer.stop()
    assert made == ["whole", "CN"]
