"""``sousveil list``: purchases, institutions, systems; the same as the pages."""

import json
import shutil

import pytest

from sousveil.ask.purchase_list import PurchaseFilters, list_purchases
from sousveil.cli import main
from sousveil.dataset import open_dataset


@pytest.fixture(scope="module")
def demo(demonstration, tmp_path_factory):
    opened = open_dataset(shutil.copytree(demonstration, tmp_path_factory.mktemp("list") / "demo"))
    yield opened
    opened.close()


def told(capfd, demo, *arguments, code=0):
    capfd.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["list", *arguments, "--dataset", str(demo.paths.root)])
    assert left.value.code == code
    out, err = capfd.readouterr()
    return out if code == 0 else err


def test_purchases_and_their_sum(capfd, demo):
    found = json.loads(told(capfd, demo, "procurements", "--cap", "FAC", "--json"))
    mine = list_purchases(demo.store, PurchaseFilters(cap=("FAC",)))
    assert found == json.loads(json.dumps(mine.to_json()))
    assert found["total"] > 5
    lines = told(capfd, demo, "procurements", "--cap", "FAC", "--jsonl", "--limit", "3").splitlines()
    assert [json.loads(line) for line in lines] == found["procurements"][:3]
    text = told(capfd, demo, "procurements", "--cap", "FAC", "--limit", "2")
    assert mine.totals.coverage in text
    assert "more: --offset 2" in text


def test_institutions_and_systems(capfd, demo):
    found = json.loads(told(capfd, demo, "institutions", "公安", "--as", "buyer", "--json"))
    assert found["total"] > 3
    assert all("公安" in row["name"] and row["bought"] for row in found["institutions"])
    assert f"{found['total']} institutions" in told(capfd, demo, "institutions", "公安", "--as", "buyer")
    systems = json.loads(told(capfd, demo, "systems", "--json"))["systems"]
    assert systems[0]["id"] in told(capfd, demo, "systems")


def test_a_value_that_is_none_is_told(capfd, demo):
    assert "Did you mean awarded" in told(capfd, demo, "procurements", "--status", "awardd", code=2)
    assert "sousveil list institutions" in told(capfd, demo, "procurements", "--buyer", "zzz", code=2)
