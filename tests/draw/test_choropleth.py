"""Maps: every value has a tint that its legend tells, nothing from outside becomes markup, points stay inside."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import example, given
from hypothesis import strategies as st

from sousveil.draw.choropleth import Area, Ground, Spot, choropleth
from sousveil.draw.classes import MOST, class_limits, class_of, tint_of

EVIL = "\"><script>alert(1)</script>&'"
GROUND = Ground(200, 100, "m0 0l200 0 0 100z", "m5 5l10 10")
SQUARE = "m10 10l40 0 0 40-40 0z"


def area(**told):
    return Area(**{"path": SQUARE, "x": 30, "y": 30, **told})


def marks(svg, class_):
    return [one for one in ET.fromstring(svg).iter() if class_ in (one.get("class") or "").split()]


@example([5e-324, 2e-308, 1.0], MOST)
@given(st.lists(st.floats(0, 1e7) | st.integers(0, 10**6)), st.integers(1, MOST))
def test_every_value_has_a_class_and_no_class_is_empty(values, most):
    limits = class_limits(values, most)
    assert list(limits) == sorted(set(limits))
    assert len(limits) <= most
    numbers = [class_of(value, limits) for value in values if value > 0]
    assert all(0 <= number < len(limits) for number in numbers)
    assert set(numbers) == set(range(len(limits)))
    by_value = [class_of(value, limits) for value in sorted(values)]
    assert by_value == sorted(by_value)


def test_limits_are_figures_to_keep_in_mind():
    assert class_limits([0.0123, 0.0456, 1234, 99_999]) == (0.012, 0.045, 1200, 99_000)


@given(st.integers(1, MOST))
def test_tints_of_classes_are_apart(number):
    limits = tuple(range(1, number + 1))
    tints = [tint_of(place, limits) for place in range(number)]
    assert tints == sorted(set(tints))
    assert set(tints) <= set(range(MOST))


def test_words_from_outside_stay_words():
    spots = [Spot(50, 50, 2, EVIL, EVIL, EVIL)]
    svg = choropleth(GROUND, [area(name=EVIL, value=1, href=EVIL, tip=EVIL)], (1,), EVIL, spots=spots)
    assert "<script" not in svg
    assert ET.fromstring(svg).get("aria-label") == EVIL
    assert {one.get("href") for one in ET.fromstring(svg).iter("a")} == {EVIL}


def test_what_leads_somewhere_is_a_link_in_a_group():
    svg = choropleth(GROUND, [area(value=3, href="/x", tip="A: 3"), area()], (1, 2), "x")
    assert ET.fromstring(svg).get("role") == "group"
    (one,) = ET.fromstring(svg).iter("a")
    assert one.get("aria-label") == "A: 3"
    assert [path.get("class") for path in marks(svg, "area")] == ["area s5", "area none"]


def test_a_place_too_small_for_a_shape_is_a_dot_where_it_has_a_value():
    small = {"path": "", "x": 100, "y": 50}
    svg = choropleth(GROUND, [area(value=2, **small), area(**small)], (1,), "x")
    (dot,) = marks(svg, "area")
    assert (dot.tag, float(dot.get("cx")), float(dot.get("cy"))) == ("circle", 360, 180)


def test_a_map_without_figures_marks_its_place():
    svg = choropleth(GROUND, [area(is_here=True), area()], (), "x")
    assert [path.get("class") for path in marks(svg, "area")] == ["area here", "area beside"]


def test_a_view_shows_its_part_only():
    spots = [Spot(60, 50, 4, "", "in"), Spot(160, 50, 1, "", "out")]
    svg = choropleth(GROUND, [area(value=1, name="A")], (1,), "x", spots=spots, view=(50, 25, 100, 50))
    assert len(marks(svg, "city")) == 1
    assert marks(svg, "plab") == []


def test_the_area_of_a_point_grows_with_its_count():
    svg = choropleth(GROUND, [], (), "x", spots=[Spot(60, 50, 1, "", ""), Spot(160, 50, 100, "", "")])
    large, small = (float(one.get("r")) for one in marks(svg, "city"))
    assert large > 3 * small


def test_a_map_of_nothing_has_its_ground():
    svg = choropleth(GROUND, [], (), "x")
    assert ET.fromstring(svg).get("role") == "img"
    assert len(marks(svg, "near")) == len(marks(svg, "claims")) == 1
