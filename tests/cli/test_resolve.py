"""``sousveil resolve``: pairs, and judgements that hold when everything else is made again."""

import json
from collections.abc import Callable, Iterator

import pytest

from sousveil.dataset import Dataset
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _without_judgements(dataset: Dataset) -> Iterator[None]:
    """Leave the dataset, which other tests use too, without judgements."""
    yield
    dataset.paths.judgements.unlink(missing_ok=True)


@pytest.fixture
def two(dataset: Dataset) -> tuple[str, str]:
    """Names of two institutions that the notices print."""
    resolution = dataset.names.resolve()
    names = {ids: spelling.name for spelling, ids in sorted(resolution.ids.items()) if len(ids) == 1}
    first, second, *_ = sorted(names.values())
    return first, second


def ids_of(dataset: Dataset, name: str) -> set[str]:
    return {own for spelling, ids in dataset.names.resolve().ids.items() if spelling.name == name for own in ids}


def test_a_merge_is_kept_and_a_later_split_counts_instead(run: Run, dataset: Dataset, two: tuple[str, str]) -> None:
    left, right = two
    assert ids_of(dataset, left) != ids_of(dataset, right)
    ran = run("resolve", "merge", left, right, "--note", "one door", "--by", "M. X.", "--json")
    assert ran.code == 0
    shown = json.loads(ran.out)
    assert (shown["kept"], len(set(shown["before"])), len(set(shown["after"]))) == (True, 2, 1)
    assert ids_of(dataset, left) == ids_of(dataset, right)
    assert run("resolve", "split", left, right).out.startswith("Judgement 2 kept.")
    assert ids_of(dataset, left) != ids_of(dataset, right)
    assert "one door" in run("resolve", "list").out


def test_a_dry_run_keeps_nothing(run: Run, dataset: Dataset, two: tuple[str, str]) -> None:
    assert run("resolve", "merge", *two, "--dry-run").out.startswith("Nothing kept.")
    assert not dataset.paths.judgements.exists()


def test_a_rename_changes_what_is_shown_and_not_the_id(run: Run, dataset: Dataset, two: tuple[str, str]) -> None:
    before = ids_of(dataset, two[0])
    assert run("resolve", "rename", two[0], "the first of them").code == 0
    shown = {item.name for item in dataset.names.resolve().institutions if item.id in before}
    assert shown == {"the first of them"}


def test_an_id_names_an_institution_too(run: Run, dataset: Dataset, two: tuple[str, str]) -> None:
    (left,), (right,) = ids_of(dataset, two[0]), ids_of(dataset, two[1])
    assert run("resolve", "merge", left, right).code == 0
    assert ids_of(dataset, two[0]) == ids_of(dataset, two[1])


def test_a_name_that_no_notice_prints_is_named(run: Run, two: tuple[str, str]) -> None:
    ran = run("resolve", "merge", two[0], "没有这样的局")
    assert ran.code == 1
    assert "No notice names '没有这样的局'" in ran.err


def test_the_same_name_twice_is_no_pair(run: Run, two: tuple[str, str]) -> None:
    assert run("resolve", "merge", two[0], two[0]).code == 2


def test_pairs_come_with_score_and_reasons(run: Run) -> None:
    shown = json.loads(run("resolve", "pairs", "--least", "0", "--json").out)
    assert shown["v"] == 1
    assert all(pair["reasons"] and 0 <= pair["score"] <= 1 for pair in shown["pairs"])
    assert run("resolve", "pairs", "--least", "1").out.strip() == "No pair is worth a look."
