"""The labelled cases as floors: ground that was won is not lost. Persons in them are invented."""

import json

import pytest
from bench.masking import FLOORS, FOLDER, load_cases, score_cases, under_floor

WANTED = json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=WANTED)
def measured(request):
    return request.param, score_cases(load_cases(FOLDER / f"{request.param}.txt")).to_dict()


def test_cases_are_many_enough_to_mean_something(measured):
    _, rates = measured
    assert rates["lines"] >= 100
    assert sum(rates["wanted"].values()) >= 290
    assert rates["institutions"] >= 80


def test_no_figure_is_under_its_floor(measured):
    name, rates = measured
    assert under_floor(name, rates, WANTED[name]) == []


def test_every_set_has_floors():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(WANTED)


def test_a_figure_under_its_floor_is_told():
    rates = {"recall": {"name": 0.9}, "precision": 1.0, "institutions_damaged": 0.01, "others_damaged": 0.0}
    told = under_floor("x", rates, {"name": 0.97, "institutions_damaged": 0.005, "precision": 0.99})
    assert len(told) == 2


def test_the_notices_are_as_many_as_promised():
    sets = [score_cases(load_cases(FOLDER / f"notices_{name}.txt")) for name in ("dev", "test")]
    assert sum(score.documents for score in sets) >= 300
