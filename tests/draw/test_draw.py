"""Drawings: nothing from outside becomes markup, sizes tell the numbers, empty input draws nothing odd."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

import sousveil.web
from sousveil.draw import Bar, Column, Lane, Mark, histogram, stacked, swimlanes
from sousveil.draw.palette import COLOURS
from sousveil.draw.svg import ceiling

EVIL = "\"><script>alert(1)</script>&'"


def read(svg):
    return ET.fromstring(svg)


def test_words_from_outside_stay_words():
    drawings = [
        histogram([Bar(EVIL, 3, EVIL, EVIL)], EVIL),
        stacked([Column(EVIL, (("c-FAC", 2),), EVIL, EVIL)], EVIL),
        swimlanes([Lane("FAC", EVIL, (Mark(2020.5, None, EVIL, EVIL),))], EVIL),
    ]
    for svg in drawings:
        assert "<script" not in svg
        assert read(svg).get("aria-label") == EVIL
        assert [link.get("href") for link in read(svg).iter("a")] == [EVIL]


def test_bars_are_as_high_as_their_counts():
    svg = read(histogram([Bar(str(year), count, "#", "t") for year, count in ((2019, 2), (2020, 4))], "x"))
    low, high = [float(rect.get("height")) for rect in svg.iter("rect") if rect.get("class") == "b"]
    assert high == 2 * low


def test_parts_of_a_column_stand_on_one_another():
    svg = read(stacked([Column("2020", (("c-FAC", 4), ("c-VID", 2)), "#", "t")], "x"))
    first, second = [rect for rect in svg.iter("rect") if rect.get("class").startswith("part")]
    assert float(first.get("y")) > float(second.get("y"))
    assert abs(float(first.get("y")) - float(second.get("y")) - float(second.get("height"))) < 1
    assert float(first.get("height")) > float(second.get("height"))


def test_a_sum_is_an_area_and_a_tender_alone_is_a_ring():
    marks = (Mark(2019.5, None, "#", "t", is_award=False), Mark(2020.5, 4e6, "#", "t"))
    svg = read(swimlanes([Lane("FAC", "Face", marks)], "x"))
    ring, spot = svg.iter("circle")
    assert "ring" in ring.get("class")
    assert "ring" not in spot.get("class")
    assert float(spot.get("r")) > float(ring.get("r"))


def test_nothing_is_drawn_of_nothing():
    assert swimlanes([], "x") == ""
    assert list(read(histogram([], "x")).iter("a")) == []
    assert list(read(stacked([], "x")).iter("a")) == []


@given(st.integers(0, 10**9))
def test_an_axis_ends_at_or_above_the_value_and_not_far_above(value):
    end = ceiling(value)
    assert end >= value
    assert end <= max(4, 2 * value)


def test_colours_of_files_are_those_of_the_pages_in_light():
    sheet = (Path(sousveil.web.__file__).parent / "static" / "page.css").read_text(encoding="utf-8")
    for name, colour in COLOURS.items():
        assert f"--{name}:light-dark({colour}," in sheet, name
