"""``sousveil review``: a finding is judged, listed, taken back; what is no finding is told."""

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
def finding(dataset: Dataset) -> str:
    return str(dataset.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0]["id"])


def test_a_finding_is_judged_listed_found_and_taken_back(run: Run, dataset: Dataset, finding: str) -> None:
    ran = run("review", finding, "rejected", "--note", "an address", "--by", "M. X.")
    assert (ran.code, ran.out) == (0, f"Decision 1 kept: finding {finding} is rejected.\n")
    assert json.loads(run("review", finding, "confirmed", "--json").out)["review"]["number"] == 2
    listed = run("review", "list").out
    assert f"confirmed  {finding}" in listed
    assert "1 confirmed, 0 rejected, 0 unsure" in listed
    assert "confirmed" in run("show", "finding", finding).out
    assert run("search", "--state", "confirmed", "--json").code == 0
    assert json.loads(run("search", "state:confirmed", "--json").out)["total"] == 1
    back = run("review", "undo", finding)
    assert (back.code, back.out) == (0, f"Decision 2 taken back: finding {finding} is rejected.\n")
    only = json.loads(run("review", "list", "--state", "rejected", "--json").out)
    assert [(row["finding"], row["state"], row["by"], row["note"]) for row in only["reviews"]] == [
        (finding, "rejected", "M. X.", "an address")
    ]
    assert json.loads(run("review", "undo", finding, "--json").out)["review"]["state"] == "unreviewed"
    assert run("review", "list").out.startswith("Nothing was decided here yet.")


def test_what_is_no_finding_or_no_verdict_is_told(run: Run, dataset: Dataset, finding: str) -> None:
    unknown = run("review", "nosuchfinding", "confirmed")
    assert (unknown.code, "Ids are shown by: sousveil show notice ID" in unknown.err) == (1, True)
    assert run("review", finding, "perhaps").code == 2
    assert run("review", "list", "--state", "unreviewed").code == 2
    nothing = run("review", "undo", finding)
    assert (nothing.code, "See: sousveil review list" in nothing.err) == (1, True)
    assert not dataset.paths.judgements.exists()
