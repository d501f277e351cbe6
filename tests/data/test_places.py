"""The table of places: what every row keeps to, sums of the census, renamings, and finding by any name."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.codes import countries
from sousveil.data.divisions import divisions
from sousveil.data.place_names import find_place, fold_name, names_of
from sousveil.data.places import LEVELS, contains, iter_places, living, parents, place
from sousveil.data.provinces import provinces

EVERY = list(iter_places(with_gone=True))
BOX = {"CN": (3.0, 54.0, 73.0, 136.0), "US": (18.0, 72.0, -180.0, -66.0), "TW": (21.0, 27.0, 118.0, 123.0)}
"""South, north, west, east of a country, generously."""


def test_every_code_stands_once_and_every_parent_and_successor_exists():
    codes = {row.code for row in EVERY}
    assert len(codes) == len(EVERY) > 11_000
    for row in EVERY:
        assert (row.parent == "") is (row.level == "country"), row
        assert not row.parent or row.parent in codes
        assert not row.successor or row.successor in codes


def test_a_parent_is_larger():
    for row in EVERY:
        if row.parent:
            above = place(row.parent)
            assert LEVELS.index(above.level) < LEVELS.index(row.level), row
            assert parents(row.code)[-1].level == "country"


def test_coordinates_lie_in_the_box_of_the_country():
    counted = 0
    for row in EVERY:
        assert (row.latitude is None) is (row.longitude is None)
        if row.latitude is not None:
            south, north, west, east = BOX.get(row.country, (-90.0, 90.0, -180.0, 180.0))
            assert south <= row.latitude <= north, row
            assert west <= row.longitude <= east, row
            counted += row.country == "CN"
    assert counted > 3_000


def test_a_county_lies_near_its_prefecture():
    far = []
    for row in iter_places(level="county", country="CN"):
        above = place(row.parent)
        if row.latitude and above.level == "prefecture" and above.latitude:
            apart = max(abs(row.latitude - above.latitude), abs(row.longitude - above.longitude))
            if apart > 8:  # degrees: the widest prefectures lie in Xinjiang and Inner Mongolia
                far.append((row.code, row.name, apart))
    assert far == []


def test_the_divisions_of_china_have_points():
    found = [row for row in iter_places(country="CN") if row.code[0].isdigit()]
    bare = [row for row in found if row.latitude is None]
    assert [row.code for row in bare if row.level != "county"] == []
    assert len(bare) < 0.012 * len(found)  # districts of 2016 and later that the tables of coordinates lack


def test_the_provinces_make_up_the_nation():
    found = list(iter_places(level="province", country="CN"))
    assert len(found) == 31
    assert {row.population_year for row in found} == {2020}
    assert sum(row.population for row in found) + 2_000_000 == place("CN").population == 1_411_778_724


def test_prefectures_make_up_their_province():
    for province in iter_places(level="province", country="CN"):
        inside = [row for row in iter_places(level="prefecture", country="CN") if row.parent == province.code]
        if not inside or province.code == "650000":
            continue
        direct = [row for row in iter_places(level="county", country="CN") if row.parent == province.code]
        people = sum(row.population or 0 for row in (*inside, *direct) if row.code != "133100")
        people += place("610403").population if province.code == "610000" else 0
        is_whole = all(row.population is not None for row in inside)
        assert people == province.population if is_whole else people < province.population, province.name


def test_every_figure_has_its_source_and_year():
    for row in EVERY:
        assert (row.population is None) is (row.population_year is None) is (row.population_source == "")


def test_no_figure_where_none_is_known():
    assert place("110108").population is None


def test_what_has_gone_tells_since_when():
    for row in EVERY:
        assert not row.successor or row.gone_since is not None
        assert row.gone_since is None or 1980 < row.gone_since < 2024


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("110104", "110102"),  # 宣武区 (Xuanwu) to 西城区, 2010
        ("542421", "540602"),  # 那曲县 (Nagqu) to 色尼区
        ("542400", "540600"),
        ("370634", "370614"),
        ("140227", "140215"),
        ("652101", "650400"),
    ],
)
def test_renamings_lead_to_the_place_of_today(old, new):
    found = living(old)
    assert found is not None
    assert found.code == new or contains(new, found.code)


def test_a_former_name_tells_its_last_year():
    (former,) = [item for item in place("130111").former if item.name == "栾城县"]
    assert (former.until, former.code) == (2014, "130124")


def test_a_split_county_has_no_successor():
    assert place("130421").name == "邯郸县"
    assert (place("130421").successor, living("130421")) == ("", None)


def test_every_code_the_readers_know_is_a_place():
    codes = [code for division in divisions() for code in (division.code, *division.counties)]
    lost = {code for code in codes if place(code) is None}
    assert lost <= {"460321", "460322", "460323", "139001", "139002"}  # codes of other lists than GB/T 2260


def test_every_country_the_readers_know_is_a_place():
    assert [code for code in set(countries().values()) if place(code) is None] == []


def test_every_name_of_a_province_finds_it():
    for row in provinces():
        for name in (row.short, *row.names):
            assert place(row.code) in find_place(name), name


@given(st.sampled_from([row for row in EVERY if row.gone_since is None]))
def test_every_name_finds_its_place(row):
    for name in names_of(row):
        if fold_name(name):
            assert row in find_place(name, country=row.country) or place(name) is not None or row.level != "country", (
                name
            )
    assert row in find_place(row.name, country=row.country)
    assert find_place(row.code)[0] == row


@pytest.mark.parametrize(("name", "code"), [("Est", "BF-08"), ("Sur", "ES6")])
def test_a_region_called_like_a_code_of_another_country_is_found(name, code):
    row = place(code)
    assert row in find_place(name, country=row.country)
    assert row in find_place(name)
    assert find_place(name.upper())[0].level == "country"


@given(st.text(max_size=30))
def test_folding_names_is_stable_and_finding_never_fails(words):
    assert fold_name(fold_name(words)) == fold_name(words)
    find_place(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Kashgar", "653100"),
        ("Kashi", "653100"),
        ("喀什", "653100"),
        ("喀什地区", "653100"),
        ("653100", "653100"),
        ("Ürümqi", "650100"),
        ("urumqi", "650100"),
        ("Wulumuqi", "650100"),
        ("Tibet", "540000"),
        ("Xizang", "540000"),
        ("Lhasa", "540100"),
        ("Shigatse", "540200"),
        ("Hohhot", "150100"),
        ("Xi'an", "610100"),
        ("Shaanxi", "610000"),
        ("Yarkant", "653125"),
        ("CN-XJ", "650000"),
        ("Taiwan", "TW"),
        ("810000", "HK"),
        ("DEU", "DE"),
        ("Deutschland", "DE"),
        ("德国", "DE"),
        ("Bavaria", "DE-BY"),
        ("California", "US-CA"),
        ("England", "GB-ENG"),
        ("栾城县", "130111"),
        ("新疆喀什疏附县", "653121"),
        ("Yarkant, Kashgar", "653125"),
    ],
)
def test_find(words, code):
    assert find_place(words)[0].code == code


def test_names_that_several_share_are_all_told():
    assert {row.code[:2] for row in find_place("鼓楼区")} == {"32", "35", "41"}
    assert [row.code for row in find_place("鼓楼区, 福建")] == ["350102"]


def test_another_country_finds_nothing():
    assert find_place("California", country="CN") == ()
    assert find_place("no such place") == ()


def test_workers_do_not_load_the_table():
    program = (
        "import json, sys; from sousveil.pipeline import warm_up; warm_up();"
        "print(json.dumps([name for name in sys.modules if name.startswith('sousveil.data.place')]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert "sousveil.data.places" not in json.loads(done.stdout)
