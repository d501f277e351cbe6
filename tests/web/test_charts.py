"""Every chart of every page: table, drawing, SVG file and CSV file say the same numbers, and the file stands alone."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from starlette.datastructures import QueryParams
from starlette.routing import compile_path

from sousveil.chart import chart_csv, chart_svg, words
from sousveil.data.interface import messages
from sousveil.draw.chart import Cell, Chart, Column
from sousveil.draw.figures import figure
from sousveil.exceptions import LeakError
from sousveil.web.asked import Answer, Asked
from sousveil.web.routes import SCREENS
from tests.web.routes import addresses

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text):
    return {one.replace(",", "") for one in NUMBER.findall(text)}


@pytest.fixture(scope="module")
def charts(asking, demo):
    """Return, for each page of the demonstration, the page and its charts as its screen makes them."""
    asking.cookies.clear()
    found = []
    for address in addresses(demo):
        page = asking.get(address)
        made = []
        for name in re.findall(r'aria-labelledby="chart-([a-z]+)"><div class="ch">', page.text):
            path, _, query = address.partition("?")
            base = f"{path.rstrip('/')}/{name}"
            files = [asking.get(f"{base}.{ending}?{query}") for ending in ("csv", "svg")]
            made.append((name, *files))
        found.append((address, page, made))
    return found


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def every(charts):
    for address, page, made in charts:
        for name, table, svg in made:
            yield address, page, name, rows_of(table), svg


def test_there_are_charts_on_every_screen_that_counts(charts):
    named = {name for _, _, made in charts for name, *_ in made}
    assert {"map", "timeline", "matrix", "years", "lanes", "partners", "flows", "kinds", "graph", "line"} <= named
    assert sum(len(made) for _, _, made in charts) > 12


def test_the_table_of_a_page_is_the_csv(charts):
    for address, page, name, rows, _ in every(charts):
        cut = page.text.partition(f'id="chart-{name}"')[2].partition("</section>")[0]
        told = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", cut, re.DOTALL)
        shown = [re.sub(r"<[^>]+>", "", one).replace(",", "").strip() for one in told]
        cells = [[cell.removeprefix("'") for cell in row] for row in rows[1:]]
        body = shown[len(rows[0]) :]
        if name in OWN_TABLE:
            told = {float(one) for one in numbers(cut)}
            given = {float(cell) for row in rows[1:] for cell in row if re.fullmatch(r"\d+(\.\d+)?", cell)}
            assert given <= told, (address, name)
            continue
        assert len(body) == sum(map(len, cells)), (address, name)
        for was, given in zip(body, (cell for row in cells for cell in row), strict=True):
            if re.fullmatch(r"-?\d+(\.\d+)?", given):
                number = float(given)
                assert (was or "0") == figure(number).replace(",", "") or float(was or 0) == number, (address, name)


def test_every_number_of_the_csv_is_in_the_drawing(charts):
    for address, _, name, rows, svg in every(charts):
        if len(rows) == 1:
            continue
        root = ET.fromstring(svg.content)
        drawn = set()
        for tag in ("text", "title"):
            for element in root.iter(f"{SVG}{tag}"):
                drawn |= numbers(element.text or "")
        hidden = {"share_percent"}
        more = re.search(r"(\d+) more stand in the table only", svg.text)
        shown = rows[1 : len(rows) - int(more[1])] if more else rows[1:]
        if name == "map":  # what is on no shape stands below the map; tests/web/test_map.py adds it up
            titles = " ".join(element.text or "" for element in root.iter(f"{SVG}title"))
            shown = [row for row in shown if row[1] and row[1] in titles]
        for row in shown:
            for column, cell in zip(rows[0], row, strict=True):
                if (
                    re.fullmatch(r"\d+(\.\d+)?", cell)
                    and float(cell)
                    and column not in hidden | ROUNDED.get(name, set())
                ):
                    assert figure(float(cell)).replace(",", "") in drawn, (address, name, column, cell)


OWN_TABLE = {"capabilities"}
"""Charts of which the page has a table of another shape: with bars, with rounded sums and the exact ones as titles."""
ROUNDED = {"partners": {"amount"}, "map": {"code", "notices_per_million"}}
"""Columns of which the drawing has a rounded figure."""


def test_a_file_stands_alone(charts):
    for _, page, name, _, svg in every(charts):
        assert svg.headers["content-type"] == "image/svg+xml"
        assert svg.headers["content-disposition"] == f'attachment; filename="{name}.svg"'
        root = ET.fromstring(svg.content)
        assert root.tag == f"{SVG}svg"
        assert "font-family" in root.attrib
        for element in root.iter():
            assert not {"class", "href", "style"} & element.attrib.keys()
            assert not any("var(" in value or "color-mix" in value for value in element.attrib.values())
            assert element.tag.removeprefix(SVG) not in ("a", "script", "style", "image", "use", "foreignObject")
        words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
        assert "Source: official procurement notices" in words
        assert re.search(r"Data of \d{4}-\d{2}-\d{2}", words)
        assert root.find(f"{SVG}title").text in page.text


def test_every_chart_says_what_it_shows_and_has_its_table_without_scripts(charts):
    for address, page, name, *_ in every(charts):
        cut = page.text.partition(f'id="chart-{name}"')[2].partition("</section>")[0]
        assert re.search(r'<p class="note">[^<]{20,}</p>', cut), (address, name)
        assert "<table" in cut or "none" in cut, (address, name)
        assert f"{name}.svg" in cut
        assert f"{name}.csv" in cut


def test_a_chart_that_is_not_there_is_named(client):
    answer = client.get("/nothing.svg")
    assert answer.status_code == 404
    assert "It has: map, timeline, matrix" in answer.text


def test_a_hostile_name_stays_a_word(charts):
    for *_, svg in every(charts):
        assert "<script" not in svg.text


def test_numbers_that_tell_of_a_person_do_not_leave():
    row = (Cell("联系人：张三丰 电话 13812345678"), Cell(1))
    columns = (Column("what", "What"), Column("n", "n"))
    chart = Chart(name="x", title="t", summary="s", columns=columns, rows=(row,), drawing="")
    for leave in (chart_csv, chart_svg):
        with pytest.raises(LeakError):
            leave(chart)


def test_a_cell_is_no_formula():
    chart = Chart(name="x", title="t", summary="s", columns=(Column("what", "W"),), rows=((Cell("=1+1"),),), drawing="")
    assert chart_csv(chart).decode("utf-8-sig").splitlines() == ["what", "'=1+1"]


def test_every_word_of_a_chart_has_chinese(demo, monkeypatch):
    missing = set()
    say = words.say

    def telling(language, told):
        if language == "zh" and told not in messages() and re.search("[a-z]{3}", told):
            missing.add(told)
        return say(language, told)

    monkeypatch.setattr(words, "say", telling)
    made = 0
    for address in [*addresses(demo), "/?when=rows&matrix=million"]:
        path, _, query = address.partition("?")
        for route, screen in SCREENS:
            if match := compile_path(route)[0].match(unquote(path)):
                answer = screen(Asked(demo, match.groupdict(), QueryParams(query), "zh"))
                made += len(answer.charts) if isinstance(answer, Answer) else 0
                break
    assert made > 12
    assert missing == set()
