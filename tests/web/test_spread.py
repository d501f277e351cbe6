"""The map of how a capability spread: each province by the first purchase that is told, and nothing of other countries."""

from __future__ import annotations

from sousveil.ask.spread import Arrival
from sousveil.chart import spread_chart


def arrival(code: str, date: str, capability: str = "iris") -> Arrival:
    names = {
        "510000": ("四川省", "Sichuan"),
        "650000": ("新疆维吾尔自治区", "Xinjiang"),
        "GB-ENG": ("England", "England"),
    }
    return Arrival(capability, code, *names[code], date, f"p-{code}-{date}", 1)


def test_the_earliest_purchase_of_a_family_is_told():
    chart = spread_chart([arrival("510000", "2019-03"), arrival("510000", "2017-01-02", "dna")], "BIO")
    assert [(row[2].value, row[3].value, row[3].href) for row in chart.rows] == [
        ("510000", "2017-01-02", "/p/p-510000-2017-01-02")
    ]


def test_tints_go_from_the_first_years_to_the_last():
    chart = spread_chart([arrival("510000", "2020"), arrival("650000", "2017-05-22")], "iris")
    assert [key.name for key in chart.keys] == ["until 2017", "2018–2020"]
    assert [row[1].value for row in chart.rows] == ["Xinjiang", "Sichuan"]
    assert "2017-05-22" in chart.drawing
    assert chart.summary == "2 provinces; first seen in Xinjiang (2017-05-22), last in Sichuan (2020)."


def test_other_countries_are_on_no_map_of_china():
    chart = spread_chart([arrival("GB-ENG", "2016")], "iris", "zh")
    assert (chart.rows, chart.drawing) == ((), "")
