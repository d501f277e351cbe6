"""The map of the overview and of places: figures add up, each place leads to its notices, files say whose borders."""

from __future__ import annotations

import csv
import gzip
import io
import re
from xml.etree import ElementTree as ET

import pytest

from sousveil.ask.map import METRICS
from sousveil.data.maps import SHEETS, sheet
from tests.web.test_pages import Read

SVG = "{http://www.w3.org/2000/svg}"


def rows_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def lands(page):
    """Return the links of the map: address and words."""
    return {attrs["href"]: attrs["aria-label"] for attrs in Read(page).named("a") if attrs.get("class") == "land"}


@pytest.mark.parametrize("name", SHEETS)
def test_the_table_adds_up_to_all_notices_with_a_capability(client, demo, name):
    rows = rows_of(client, f"/map.csv?map={name}")
    found = demo.store.rows("SELECT count(DISTINCT notice) AS n FROM findings WHERE kind = 'capability'")[0]["n"]
    bought = demo.store.rows("SELECT count(DISTINCT procurement) AS n FROM procurement_capabilities")[0]["n"]
    assert sum(int(row["notices"]) for row in rows) == found
    assert sum(int(row["purchases"]) for row in rows) == bought


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", SHEETS)
def test_what_is_told_beside_the_map_and_what_is_on_it_make_up_the_whole(client, name, metric):
    page = client.get("/", params={"map": name, "metric": metric}).text
    shown, whole = re.search(r"(\d+) of (\d+) (?:notices|purchases) with a capability are on this map", page).groups()
    counted = "purchases" if metric == "purchases" else "notices"
    told = [int(re.search(rf"(\d+) {counted}?\b", words)[1]) for words in lands(page).values()]
    assert sum(told) == int(shown)
    if counted == "notices":
        left = re.search(r"Notices that are not on this map: ([^.]*)\.", page)
        beside = [int(one) for one in re.findall(r"\d+", left[1])] if left else []
        assert int(shown) + sum(beside) == int(whole)


@pytest.mark.parametrize("name", SHEETS)
def test_every_place_with_a_figure_leads_to_its_notices(client, name):
    page = client.get(f"/?map={name}").text
    assert len(lands(page)) > 4
    for href, words in lands(page).items():
        figure = int(re.search(r": (\d+) notices?\b", words)[1])
        found = client.get(href.replace("/search?", "/search.json?"))
        assert found.status_code == 200
        assert found.json()["total"] == figure, (href, words)


def test_the_matrix_has_the_rows_of_the_map(client):
    for name in SHEETS:
        page = client.get(f"/?map={name}").text
        matrix = page.partition('id="chart-matrix"')[2].partition("</section>")[0]
        heads = set(re.findall(r'<th scope="row"><a [^>]*href="([^"]+)"', matrix))
        assert {href.replace("&", "&amp;") for href in lands(page)} <= heads


def test_the_largest_is_reached_first(client):
    told = [
        int(re.search(r": (\d+) notices?\b", words)[1]) for words in lands(client.get("/?metric=notices").text).values()
    ]
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize("name", SHEETS)
def test_the_note_stands_on_the_page_and_in_the_file(client, name):
    note = sheet(name).note
    assert note in client.get(f"/?map={name}").text
    root = ET.fromstring(client.get(f"/map.svg?map={name}").content)
    assert note in root.find(f"{SVG}desc").text
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "not who owns land" in words


def test_one_capability_is_asked_for(client, demo):
    rows = rows_of(client, "/map.csv?cap=voiceprint")
    found = demo.store.rows("SELECT count(DISTINCT notice) AS n FROM findings WHERE value = 'voiceprint'")[0]["n"]
    assert sum(int(row["notices"]) for row in rows) == found
    assert client.get("/api/v1/map?cap=voiceprint").json()["whole"]["notices"] == found


@pytest.mark.parametrize("query", ["map=mars", "metric=luck", "cap=umbrella"])
def test_a_map_that_is_none_is_told(client, query):
    assert client.get(f"/?{query}").status_code == 400
    assert client.get(f"/map.svg?{query}").status_code == 400


@pytest.mark.parametrize("code", ["430000", "CN", "DE", "TW", "HK", "GB-ENG", "US-CA", "653100"])
def test_every_place_has_a_map_where_there_is_anything_on_it(client, code):
    page = client.get(f"/place/{code}")
    assert page.status_code == 200
    rows = rows_of(client, f"/place/{code}/map.csv")
    has_any = any(int(row["notices"]) for row in rows)
    assert ('id="chart-map"' in page.text) == has_any
    assert client.get(f"/place/{code}/map.svg").status_code == 200
    if code != "CN" and has_any:
        told = re.search(r"(\d+) notices? with a capability in", page.text)
        assert int(told[1]) == sum(int(row["notices"]) for row in rows)


def test_the_overview_is_light(client):
    for name in SHEETS:
        assert len(gzip.compress(client.get(f"/?map={name}").content)) < 120_000


def test_a_notebook_draws_the_same_map(demo, client, tmp_path):
    drawing = demo.map("notices", cap="FAC", sheet="world")
    kept = drawing.save(tmp_path / "map.svg")
    assert sheet("world").note in kept.read_text("utf-8")
    told = {row["place"]: row["notices"] for row in rows_of(client, "/map.csv?cap=FAC&map=world")}
    assert told == {row["place"]: str(row["notices"]) for row in drawing.table}
