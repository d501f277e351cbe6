"""Fields that stand in tables: what they find, what they count, and what is said to a value that is none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sousveil.ask.filters import Filters
from sousveil.ask.joined import JOINED_FACETS, joined_node
from sousveil.ask.search import find_ids, search
from sousveil.data.places import contains, living
from sousveil.dataset import Dataset, open_dataset
from sousveil.exceptions import UsageError
from sousveil.index.question import Question


def found(dataset: Dataset, query: str) -> set[str]:
    return set(find_ids(dataset.store, dataset.words, query, Filters()))


def of_purchases(dataset: Dataset, purchases: set[str]) -> set[str]:
    return {notice for one in purchases for notice in dataset.procurement(one).procurement.notices}


def raising(dataset: Dataset, rule: str) -> set[str]:
    return {flag.procurement for flag in dataset.flags(rule)}


def test_a_flag_finds_the_notices_of_purchases_that_raise_it(demo: Dataset) -> None:
    rules = {flag.rule for flag in demo.flags()}
    assert len(rules) > 5
    for rule in rules:
        assert found(demo, f"flag:{rule}") == of_purchases(demo, raising(demo, rule)) != set()
    first, second = sorted(rules)[:2]
    either = of_purchases(demo, raising(demo, first) | raising(demo, second))
    assert found(demo, f"flag:{first} OR flag:{second}") == either
    assert found(demo, f"-flag:{first}") == found(demo, "") - of_purchases(demo, raising(demo, first))


def test_a_purchase_finds_its_notices_by_its_id_or_one_of_theirs(demo: Dataset) -> None:
    rows = demo.store.rows("SELECT id FROM procurements WHERE notices > 2 ORDER BY id")
    for row in rows:
        notices = set(demo.procurement(row["id"]).procurement.notices)
        assert found(demo, f"procurement:{row['id']}") == notices
        assert found(demo, f"purchase:{min(notices)}") == notices


def test_a_system_finds_the_notices_that_name_it_or_an_instance(demo: Dataset) -> None:
    systems = {row[0] for row in demo.store.rows("SELECT DISTINCT system FROM system_findings")}
    assert systems
    for one in systems:
        view = demo.system(one)
        named = {demo.finding(finding).notice for every in (view.system, *view.instances) for finding in every.findings}
        assert found(demo, f'system:"{one}"') == named


def test_an_institution_is_found_in_every_spelling_and_role(demo: Dataset) -> None:
    rows = demo.store.rows(
        "SELECT institution, role, notice FROM named JOIN mentions ON mentions.spelling = named.spelling"
    )
    ids = {row["institution"] for row in rows}
    assert len(ids) > 20
    for one in ids:
        mine = [row for row in rows if row["institution"] == one]
        assert found(demo, f"institution:{one}") == {row["notice"] for row in mine}
        for role in ("buyer", "supplier", "agency"):
            assert found(demo, f"{role}:{one}") == {row["notice"] for row in mine if row["role"] == role}


def test_a_code_of_a_place_includes_what_lies_in_it(demo: Dataset) -> None:
    for code in ("510000", "CN-SC", "cn", "GB"):
        inside = {row["notice"] for row in demo.store.rows("SELECT notice, place FROM summaries") if _lies(row, code)}
        assert found(demo, f"place:{code}") == inside != set()
    assert found(demo, "place:510000") < found(demo, "place:CN")
    assert found(demo, "place:510000 OR place:GB") == found(demo, "place:510000") | found(demo, "place:GB")


def _lies(row, code: str) -> bool:
    now = living(row["place"])
    return contains(code.upper(), row["place"]) or bool(now and contains(code.upper(), now.code))


def test_kind_and_level_of_the_buyer(demo: Dataset) -> None:
    for field, column in (("organ", "kind"), ("level", "level")):
        rows = demo.store.rows(
            f"SELECT institutions.{column} AS value, procurements.id FROM procurements"
            f" JOIN institutions ON institutions.id = buyer WHERE institutions.{column} <> ''"
        )
        for value in {row["value"] for row in rows}:
            purchases = {row["id"] for row in rows if row["value"] == value}
            assert found(demo, f"{field}:{value}") == of_purchases(demo, purchases) != set()


@pytest.mark.parametrize(("field", "column"), [("date", "publication_date"), ("type", "notice_type"), ("place", "province"), ("buyer", "buyer")])  # fmt: skip
def test_what_is_not_stated_is_found_by_none(demo: Dataset, field: str, column: str) -> None:
    rows = demo.store.rows(f"SELECT id FROM notices WHERE {column} IS NULL")
    assert found(demo, f"{field}:none") == {row["id"] for row in rows}
    assert found(demo, f"-{field}:none") == found(demo, "") - {row["id"] for row in rows}


def test_lang_is_another_name_of_language(demo: Dataset) -> None:
    assert found(demo, "lang:en") == found(demo, "language:en") != set()


@pytest.mark.parametrize("query", ["", "face recognition", "flag:orphan_award", "organ:police 人脸", "-organ:police", "level:county flag:no_legal_basis"])  # fmt: skip
def test_joined_facets_are_what_their_filters_find(demo: Dataset, query: str) -> None:
    result = demo.search(query, limit=1, passages=0)
    for facet in JOINED_FACETS:
        rest = " ".join(part for part in query.split() if not part.startswith(f"{facet}:"))
        for value, count in result.facets[facet]:
            assert len(found(demo, f'{rest} {facet}:"{value}"')) == count, (facet, value)
    assert any(result.facets[facet] for facet in JOINED_FACETS)
    assert "flag" not in search(demo.store, demo.words, query, joined=False).facets


def test_large_sets_are_asked_for_by_what_is_not_in_them(demo: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sousveil.ask.joined._FEW", 0)
    kinds = [row[0] for row in demo.store.rows("SELECT DISTINCT kind FROM institutions")]
    node = joined_node(demo.store, "organ", kinds)
    everything = demo.words.search(Question(where=node, limit=None)).ids
    assert node.others is not None  # type: ignore[union-attr]
    assert set(everything) == of_purchases(
        demo, {row[0] for row in demo.store.rows("SELECT id FROM procurements WHERE buyer <> ''")}
    )


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("人脸 flag:single_bider", "Did you mean single_bidder"),
        ("flag:single_bider", "^"),
        ("system:zzz", "There is no system 'zzz' here"),
        ("institution:zzz", "There is no institution 'zzz' here"),
        ("procurement:zzz", "There is no purchase 'zzz'"),
        ("organ:polise", "Did you mean police"),
        ("level:countie", "county"),
        ("instituton:x", "Did you mean institution:"),
    ],
)
def test_a_value_that_is_none_is_answered_at_its_place(demo: Dataset, query: str, part: str) -> None:
    with pytest.raises(UsageError, match=re.escape(part)):
        demo.search(query)


def test_judgements_are_followed_at_once(tmp_path: Path, demo: Dataset) -> None:
    shutil.copytree(demo.paths.root, tmp_path / "copy")
    with open_dataset(tmp_path / "copy") as copy:
        one, other = (row[0] for row in copy.store.rows(_BUYERS))
        names = [row[0] for row in copy.store.rows("SELECT name FROM institutions WHERE id IN (?, ?)", (one, other))]
        both = found(copy, f"buyer:{one}") | found(copy, f"buyer:{other}")
        assert found(copy, f"buyer:{one}") != both
        copy.names.judge("merge", one, other)
        for asked in (one, other, *names):
            assert found(copy, f'institution:"{asked}"') >= both, asked
        assert found(copy, f"buyer:{one}") == found(copy, f"buyer:{other}") == both
        purchase = copy.store.rows("SELECT id FROM procurements WHERE notices > 1 ORDER BY id LIMIT 1")[0][0]
        notices = copy.procurement(purchase).procurement.notices
        assert found(copy, f"procurement:{notices[0]}") == set(notices)
        for apart in notices[1:]:
            copy.judge_notices("apart", notices[0], apart)
        assert found(copy, f"procurement:{notices[0]}") == {notices[0]}


_BUYERS = "SELECT buyer FROM procurements WHERE buyer <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2"
