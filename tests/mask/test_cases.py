"""The labelled cases as a floor: ground that was won is not lost. Persons in them are invented."""

from pathlib import Path

import pytest
from bench.masking import load_cases, score_cases

FOLDER = Path(__file__).parent / "cases"


@pytest.fixture(scope="module", params=["dev", "blind", "blind2", "blind3"])
def rates(request):
    return score_cases(load_cases(FOLDER / f"{request.param}.txt")).to_dict()


def test_cases_are_many_enough_to_mean_something(rates):
    assert rates["lines"] >= 100
    assert sum(rates["wanted"].values()) >= 290


@pytest.mark.parametrize("kind", ["id", "phone", "mail", "bank", "plate", "address"])
def test_numbers_with_a_form_do_not_leak(rates, kind):
    assert rates["recall"].get(kind, 1.0) >= 0.99


def test_announced_names_are_covered_whole(rates):
    assert rates["recall"]["name"] >= 0.97


def test_masks_cover_persons_and_little_else(rates):
    assert rates["precision"] >= 0.98


def test_institutions_stay_whole(rates):
    assert rates["institutions"] >= 80
    assert rates["institutions_damaged"] <= 0.005
