"""Counts and sums by field, and what they leave out."""

from __future__ import annotations

import pytest

from sousveil.ask.stats import _JOINS, FIELDS, stats
from sousveil.dataset import Dataset
from sousveil.exceptions import UsageError
from tests.ask.conftest import ids


def test_counts_by_province(dataset: Dataset) -> None:
    table = stats(dataset.store, ["province"])
    assert [(row.values, row.notices) for row in table.rows] == [(("四川",), 2), (("新疆",), 1), ((None,), 1)]


def test_sums_hold_what_was_spent_only(dataset: Dataset) -> None:
    table = stats(dataset.store, ["country"])
    china = next(row for row in table.rows if row.values == ("CN",))
    assert (china.notices, china.purchases) == (3, 3)
    assert [(one.currency, one.amount, one.purchases) for one in china.sums] == [("CNY", 4_250_000.0, 2)]
    italy = next(row for row in table.rows if row.values == ("IT",))
    assert not italy.sums


def test_several_values_count_under_each(dataset: Dataset) -> None:
    table = stats(dataset.store, ["capability", "year"])
    counted = {row.values: row.notices for row in table.rows}
    assert counted[("voiceprint", "2019")] == 1
    assert counted[("voiceprint", "2018")] == 1
    assert counted[("face_recognition", "2019")] == 1
    assert any("do not add up" in note for note in table.notes)


def test_time_stands_in_order_and_undated_last(dataset: Dataset) -> None:
    assert [row.values[0] for row in stats(dataset.store, ["month"]).rows] == ["2018-11", "2019-05", "2020-01", None]


def test_covered_names_are_one_value(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    named = "(SELECT notice, 'ФОП ' || substr('██████', 1, 2 + length(name) % 3) AS name FROM suppliers)"
    monkeypatch.setitem(_JOINS, "supplier", f"LEFT JOIN {named} AS suppliers ON suppliers.notice = notices.id")
    assert {row.values[0] for row in stats(dataset.store, ["supplier"]).rows} == {"███", None}


def test_only_the_notices_asked_for(dataset: Dataset) -> None:
    table = stats(dataset.store, ["type"], sorted(ids(1, 2)))
    assert {row.values[0]: row.notices for row in table.rows} == {"award": 1, "tender": 1}
    assert table.coverage.notices == 2
    assert stats(dataset.store, ["type"], []).rows == ()


def test_coverage(dataset: Dataset) -> None:
    coverage = stats(dataset.store, ["type"]).coverage
    assert (coverage.notices, coverage.purchases, coverage.spent, coverage.planned) == (4, 4, 2, 2)
    assert (coverage.undated, coverage.unplaced) == (1, 0)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_counts_every_notice(dataset: Dataset, name: str) -> None:
    rows = stats(dataset.store, [name]).rows
    assert sum(row.notices for row in rows) >= 4


@pytest.mark.parametrize("fields", [["colour"], []])
def test_an_unknown_field_is_refused(dataset: Dataset, fields: list[str]) -> None:
    with pytest.raises(UsageError, match="province"):
        stats(dataset.store, fields)
