"""Drawings: nothing from outside becomes markup, sizes tell the numbers, empty input draws nothing odd."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

import sousveil.web
from sousveil.draw import Bar, Gap, Lane, Mark, Stack, histogram, stacked, swimlanes
from sousveil.draw.alone import Told, alone
from sousveil.draw.layout import layout
from sousveil.draw.line import Moment, line_of_time
from sousveil.draw.palette import COLOURS
from sousveil.draw.sides import End, two_sides
from sousveil.draw.svg import ceiling

EVIL = "\"><script>alert(1)</script>&'"


def read(svg):
    return ET.fromstring(svg)


def test_words_from_outside_stay_words():
    drawings = [
        histogram([Bar(EVIL, 3, EVIL, EVIL)], EVIL),
        stacked([Stack(EVIL, (("c-FAC", 2),), EVIL, EVIL)], EVIL),
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
    svg = read(stacked([Stack("2020", (("c-FAC", 4), ("c-VID", 2)), "#", "t")], "x"))
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


def boxes_of(count):
    return tuple((float(60 + 13 * number % 120), 54.0) for number in range(count))


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
@settings(max_examples=25, deadline=None)
def test_no_label_of_a_graph_covers_another_and_all_lie_in_the_drawing(edges):
    boxes = boxes_of(12)
    places, height = layout(boxes, tuple(edges), 900.0)
    for one in range(12):
        x, y = places[one]
        assert boxes[one][0] / 2 - 0.2 <= x <= 900 - boxes[one][0] / 2 + 0.2
        assert boxes[one][1] / 2 - 0.2 <= y <= height - boxes[one][1] / 2 + 0.2
        for other in range(one):
            across, down = abs(x - places[other][0]), abs(y - places[other][1])
            needed = (boxes[one][0] + boxes[other][0]) / 2
            assert across >= needed - 0.5 or down >= 53.5


def test_a_graph_has_the_same_places_every_time():
    edges = tuple((one, (one * 7 + 3) % 40) for one in range(40))
    first = layout(boxes_of(40), edges, 1360.0)
    layout.cache_clear()
    assert layout(boxes_of(40), edges, 1360.0) == first


def test_notices_of_one_day_do_not_cover_one_another():
    moments = [Moment(date(2020, 5, day), "Correction", "CNY 5.00m", "#", "t") for day in (1, 1, 2, 30)]
    svg = read(line_of_time(moments, "x"))
    words = [(float(one.get("x")), one.get("y")) for one in svg.iter("text") if one.get("class") == "rowl halo"]
    assert len(words) == 4
    assert all(
        high != other_high or abs(x - other) > 60
        for number, (x, high) in enumerate(words)
        for other, other_high in words[:number]
    )


def test_who_gives_stands_at_the_left_and_who_receives_at_the_right():
    giver = End("a", "faces", "FAC", "c-FAC", 3, "/a", "a")
    taker = End("b", "", "DAT", "c-MON", 1, "/b", "b")
    svg = read(two_sides([giver], [taker], "subject", ("gives", "receives"), "x"))
    places = {one.text: float(one.get("x")) for one in svg.iter("text")}
    assert places["a"] < places["subject"] < places["b"]
    narrow = read(two_sides([giver], [taker], "subject", ("gives", "receives"), "x", is_narrow=True))
    assert float(narrow.get("viewBox").split()[2]) <= 390
    assert {"FAC", "DAT"} <= {one.text for one in narrow.iter("text")}


def test_a_hatched_stretch_lies_within_its_columns():
    columns = [Stack("", (("c-FAC", 1),), "#", "t")] * 4
    svg = read(stacked(columns, "x", width=434, gaps=[Gap(1, 3, "less is known")]))
    path = next(one.get("d") for one in svg.iter("path") if one.get("class") == "gap")
    across = [float(one.split()[0]) for one in path.replace("M", "L").split("L") if one]
    assert min(across) >= 34 + 100
    assert max(across) <= 34 + 300


def test_a_file_breaks_long_notes_and_keeps_every_word():
    words = "a note of many words " * 20
    svg = read(alone("", Told("title", "summary", notes=(words,))))
    lines = [one.text for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert len(lines) > 4
    assert " ".join(lines).split() == ["title", "summary", *words.split()]
