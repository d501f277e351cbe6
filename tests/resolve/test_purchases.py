"""The labelled purchases: floors under what bench/stitching.md says."""

from sousveil.resolve import stitch
from tests.resolve.labelled import CASES, SUMMARIES, TRUTHS, stitching

FOUND = stitch(SUMMARIES)


def test_the_set_is_large_and_every_trap_is_in_it():
    assert len(CASES) >= 300
    assert len(TRUTHS) >= 100


def test_pairs():
    score = stitching.compare({case.id: case.purchase for case in CASES}, FOUND)
    assert score.precision >= 0.98, score.wrong
    assert score.recall >= 0.95, score.missed


def test_sums():
    assert stitching.error_of_total(TRUTHS, FOUND) <= 0.01
    assert len(stitching.wrong_amounts(TRUTHS, FOUND)) <= 3
