"""Counts by place: what is on a map, what is beside it and what has no place make up the whole, on every map."""

from __future__ import annotations

import pytest

from sousveil.ask.filters import capability_ids
from sousveil.ask.map import METRICS, PlaceCount, PlaceCounts, check_metric, check_sheet, map_counts
from sousveil.data.maps import SHEETS
from sousveil.data.places import place
from sousveil.data.terms import capabilities
from sousveil.exceptions import UsageError


def counts(*rows):
    return PlaceCounts(cap="", places=tuple(PlaceCount(code, n, 1, {"FAC": n}) for code, n in rows))


def told(rows):
    return [(row.code, row.notices) for row in rows]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("cap", ["", "FAC", "voiceprint"])
def test_map_and_beside_and_unknown_are_the_whole(demo, name, cap):
    found = map_counts(demo.store, cap)
    rows = [*found.on(name), *found.beside(name), found.unknown]
    counted = set(capability_ids(cap)) if cap else {leaf.id for leaf in capabilities()}
    findings = demo.store.rows("SELECT DISTINCT notice, value FROM findings WHERE kind = 'capability'")
    assert found.whole.notices == len({row["notice"] for row in findings if row["value"] in counted})
    assert sum(row.notices for row in rows) == found.whole.notices > 0
    assert sum(row.purchases for row in rows) == found.whole.purchases > 0
    families: dict[str, int] = {}
    for row in rows:
        for family, count in row.families.items():
            families[family] = families.get(family, 0) + count
    assert families == found.whole.families


def test_purchases_are_those_that_stats_counts(demo):
    whole = map_counts(demo.store).whole
    (row,) = demo.store.rows("SELECT count(DISTINCT procurement) AS n FROM procurement_capabilities")
    assert whole.purchases == row["n"]


def test_a_place_counts_under_the_province_or_country_that_it_lies_in():
    found = counts(("653125", 2), ("650000", 1), ("TW-TPE", 4), ("HK", 1), ("CN", 5), ("DE7", 3), ("", 6), ("zz", 1))
    assert told(found.on("china")) == [("650000", 3), ("HK", 1)]
    assert told(found.beside("china")) == [("CN", 5), ("TW", 4), ("DE", 3), ("zz", 1)]
    assert told(found.on("world")) == [("CN", 8), ("TW", 4), ("DE", 3), ("HK", 1)]
    assert told(found.on("europe")) == [("DE", 3)]
    assert found.unknown.notices == 6
    assert found.whole.notices == 23


def test_a_division_that_has_gone_counts_where_it_is_today():
    assert place("542421").gone_since is not None
    (row,) = counts(("542421", 2)).inside("540000")
    assert (row.code, row.place.name) == ("540600", "那曲市")


def test_what_lies_deeper_counts_under_its_division():
    found = counts(("653125", 2), ("653100", 1), ("650100", 4), ("650000", 9), ("540100", 1))
    assert told(found.inside("650000")) == [("650100", 4), ("653100", 3), ("650000", 9)]
    assert told(found.inside("653100")) == [("653125", 2), ("653100", 1)]
    assert told(found.inside("CN")) == [("650000", 16), ("540000", 1)]
    assert found.inside("510000") == ()


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("510000", 3), ("DE", 2)], "china"),
        ([("510000", 2), ("DE", 3), ("", 9)], "europe"),
        ([("510000", 2), ("DE", 2), ("US", 3)], "world"),
        ([("", 3)], "china"),
        ([], "china"),
    ],
)
def test_the_first_map_is_that_of_most_notices(rows, name):
    assert counts(*rows).default_sheet() == name


def test_a_million_people_where_people_are_counted():
    row = PlaceCount("540000", 41, 10, {})
    assert row.value("notices") == 41
    assert row.value("purchases") == 10
    assert round(row.value("per_million"), 1) == 11.2
    assert PlaceCount("", 3, 1, {}).value("per_million") is None


def test_what_is_no_map_and_no_metric_is_told():
    assert [check_metric(name) for name in METRICS] == list(METRICS)
    with pytest.raises(UsageError, match="per_million, notices, purchases"):
        check_metric("luck")
    with pytest.raises(UsageError, match="china, europe, world"):
        check_sheet("mars")


def test_json_has_every_map(demo):
    told = map_counts(demo.store).to_json()
    assert told["default"] == "china"
    assert set(told["sheets"]) == set(SHEETS)
    assert "de facto" in told["sheets"]["china"]["note"]
