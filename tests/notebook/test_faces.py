"""Faces: one line in a terminal; in a notebook whole markup that runs nothing, loads nothing and hides nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sousveil.chart import Drawing
from sousveil.chart.words import FAMILIES
from sousveil.dataset import Dataset
from sousveil.exceptions import StorageFullError, UsageError
from sousveil.notebook import to_html
from sousveil.notebook.markup import Html, said, table, tag
from tests.notebook.conftest import HOSTILE
from tests.notebook.faces import check_picture, faces_of


def test_everything_shows_itself(demo: Dataset) -> None:
    shown = {}
    for name, face in faces_of(demo):
        markup = face._repr_html_()  # type: ignore[attr-defined]
        assert check_picture(markup).strip(), name
        shown[name] = markup
        line = repr(face)
        assert line.startswith("<"), name
        assert "\n" not in line, name
    assert len(shown) > 25
    assert "<mark" in shown["hits"]
    assert "<svg" in shown["institution"]


def test_what_documents_say_is_never_markup(hostile: Dataset) -> None:
    words = ""
    for name, face in faces_of(hostile):
        said_here = check_picture(face._repr_html_())  # type: ignore[attr-defined]
        words += said_here
        assert "\n" not in repr(face), name
    for one in HOSTILE:
        assert one in words, one  # it stands there as it is, as words


def test_covered_persons_stay_covered(demo: Dataset) -> None:
    hit = demo.search("人脸识别", limit=1)[0]
    assert "██" in check_picture(demo.document(hit.document)._repr_html_())


def test_a_small_face_of_a_large_answer(demo: Dataset) -> None:
    everything = demo.search("", limit=95)
    assert len(everything) == 95
    assert everything._repr_html_().count("<tr") == 11
    assert len(repr(everything)) < 200
    assert "1 to 10 shown" in everything._repr_html_()
    assert demo.search("", offset=90, limit=5)._repr_html_().count("91 to 95 shown") == 1


def test_an_empty_result_says_what_stands_in_its_way(demo: Dataset) -> None:
    words = check_picture(demo.search("人脸识别", date="1990")._repr_html_())
    assert "0 notices" in words
    assert "Without" in words


def test_there_is_no_picture_of_other_things() -> None:
    with pytest.raises(TypeError, match="int"):
        to_html(3)


def test_only_markup_is_not_escaped() -> None:
    assert said("<b>") == "&lt;b&gt;"
    assert said(Html("<b/>")) == "<b/>"
    assert tag("span", "a", title='"x"') == '<span title="&quot;x&quot;">a</span>'
    assert "&lt;i&gt;" in table(("<i>",), [("<i>",)])


# ---------------------------------------------------------------- drawings


def drawings(demo: Dataset) -> list[Drawing]:
    return [face for _, face in faces_of(demo) if isinstance(face, Drawing)]


def test_a_drawing_is_saved_with_its_numbers(demo: Dataset, tmp_path: Path) -> None:
    for number, drawing in enumerate(drawings(demo)):
        svg = drawing.save(tmp_path / f"{number}.svg")
        assert ET.parse(svg).getroot().tag == "{http://www.w3.org/2000/svg}svg"
        assert "Demonstration: invented notices" in svg.read_text("utf-8") or drawing.chart.name == "stats"
        heads, *lines = csv.reader(io.StringIO(drawing.to_csv()))
        assert len(lines) == len(drawing.table) == len(drawing.to_polars())
        assert heads == list(drawing.columns()) == drawing.to_polars().columns
        assert drawing.save(tmp_path / f"{number}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert ET.fromstring(drawing._repr_svg_()) is not None


def test_a_drawing_says_where_it_cannot_be_saved(demo: Dataset, tmp_path: Path) -> None:
    drawing = demo.timeline()
    with pytest.raises(UsageError, match=r"\.svg"):
        drawing.save(tmp_path / "x.png")
    with pytest.raises(StorageFullError, match="another place"):
        drawing.save(tmp_path / "none" / "x.svg")
    with pytest.raises(UsageError, match="one field or two"):
        demo.stats("year,province,capability").chart()


def test_what_is_drawn_of_a_search_is_what_it_finds(demo: Dataset) -> None:
    whole, part = demo.timeline(), demo.timeline(place="四川")
    assert 0 < total(part) < total(whole)
    (row,) = demo.matrix(place="四川").table
    assert [place["notices"] for place in demo.map(place="四川").table] == [row["notices"]]
    assert row["notices"] == demo.search(cap=list(FAMILIES), place="四川").total
    assert demo.overview(place="四川").totals.purchases == len(demo.procurements(place="四川"))
    assert demo.overview().to_json() == demo.overview("").to_json()


def total(drawing: Drawing) -> int:
    return sum(value for row in drawing.table for name, value in row.items() if name != "stretch")


def test_stats_are_a_frame_that_mixes_no_currencies(demo: Dataset) -> None:
    found = demo.stats("country")
    frame = found.to_polars()
    assert frame.columns[:3] == ["country", "notices", "purchases"]
    for row, held in zip(found.rows, frame.iter_rows(named=True), strict=True):
        sums = {f"spent_{one.currency or 'unstated'}": one.amount for one in row.sums}
        assert {name: value for name, value in held.items() if name.startswith("spent_") and value is not None} == sums
    assert len(demo.flags().to_polars()) == len(demo.flags()) > 10
