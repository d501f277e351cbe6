"""One language: a query and its filters find the same notices in the terminal, at an address, in Python, in a list and a watch."""

from __future__ import annotations

import csv
from urllib.parse import parse_qsl, urlsplit

import pytest

from sousveil.ask.filters import FIELDS
from sousveil.cli import main

QUERIES = [
    ("", {}),
    ("face recognition", {}),
    ('"人脸识别系统" OR 声纹 -门禁', {"place": ["Sichuan", "新疆"]}),
    ("near:10 (人像 OR 人脸) 库", {"date": "2015..2024", "language": "zh"}),
    ("（声纹 采集） OR 虹膜", {"cap": ["FAC", "iris", "voiceprint"]}),
    ("raw:人脸识别 100% a&b=c+d", {}),
    ("C++ #1 a;b 人脸", {}),
    ("type:award OR type:contract 公安", {"amount": ">1m", "kind": ["scale", "link"]}),
    ('buyer:"岷阳市公安局"', {"type": "tender"}),
    ("", {"buyer": "公安局", "supplier": "公司", "date": "2019"}),
    ("-人脸识别 公安", {"source": "sample"}),
    ("the use of drones", {"cap": "MOB"}),
]


@pytest.fixture
def run(capfd, demo):
    """Run a search in the terminal, and return the ids it prints."""

    def ids_of(*words):
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["search", "--ids", "--limit", "1000", "--dataset", str(demo.paths.root), *words])
        assert left.value.code == 0
        return capfd.readouterr().out.split()

    return ids_of


@pytest.fixture
def ask_list(demo, tmp_path):
    """Ask a search as the one line of a list."""

    def answer(query, filters, *, raw):
        path = tmp_path / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["query", *filters])
            table.writerow([query, *("; ".join(values) for values in filters.values())])
        (row,) = demo.batch(str(path), raw=raw)
        return row

    return answer


def as_lists(filters):
    return {name: [value] if isinstance(value, str) else value for name, value in filters.items()}


@pytest.mark.parametrize("case", QUERIES, ids=str)
@pytest.mark.parametrize("raw", [False, True])
def test_the_same_notices_everywhere(run, ask_list, client, demo, case, raw):  # noqa: PLR0917 (fixtures)
    query, filters = case
    found = demo.search(query, raw=raw, limit=1000, facets=False, passages=0, **filters)
    ids = [hit.notice for hit in found]
    assert len(ids) == found.total

    options = [f"--{name}={one}" for name, values in as_lists(filters).items() for one in values]
    assert run(*options, *(["--raw"] if raw else []), "--", query) == ids

    row = ask_list(query, as_lists(filters), raw=raw)
    if not query and not filters:
        assert "empty" in row.problem
        return
    assert (row.notices, row.problem) == (len(ids), "")
    answer = client.get(f"/api/v1{row.address}&limit=1000").json()
    assert [hit["notice"] for hit in answer["hits"]] == ids
    assert {name for name, _ in parse_qsl(urlsplit(row.address).query)} <= {"q", "raw", *FIELDS}


def test_some_of_these_find_something_and_not_everything(demo):
    totals = [demo.search(query, limit=0, facets=False, **filters).total for query, filters in QUERIES]
    of = demo.words.count()
    assert sum(0 < total < of for total in totals) >= 8, totals
