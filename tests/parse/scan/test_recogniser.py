"""Recognising: words, their places, the way up, the skew, tables."""

import sys

import pytest
from PIL import Image

from sousveil.parse.layout import Row, Seen, text_of
from sousveil.parse.scan.upright import mean_confidence, read_upright
from tests.parse.scan.drawing import CONTRACT_WORDS, contract, draw_lines, draw_table, raster

LINES = (
    "Procurement notice of the invented town of Altenwerra",
    "Facial recognition cameras: 120 pieces",
    "Budget 1,268,000",
)


def words(found):
    return "\n".join(text_of(item) for item in found.items)


def test_chinese_words_are_read_exactly(recogniser):
    found = recogniser.read(raster(contract()))
    assert CONTRACT_WORDS in words(found)
    assert found.confidence > 0.9
    assert not found.is_doubtful


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_righted(recogniser, degrees):
    image = contract().rotate(degrees, expand=True)
    found = recogniser.read(raster(image))
    assert CONTRACT_WORDS in words(found)


@pytest.mark.parametrize("degrees", [-7, 2])
def test_a_skewed_page_is_levelled(recogniser, degrees):
    image = contract().rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert CONTRACT_WORDS in words(recogniser.read(raster(image)))


def test_boxes_lie_over_their_words(recogniser):
    image = draw_lines(LINES)
    found = recogniser.read(raster(image))
    for number, line in enumerate(item for item in found.items if isinstance(item, Seen)):
        box = line.boxes[0]
        assert line.text[box.start : box.end] == line.text
        middle = (50 + number * 68 + 20) / image.height
        assert box.top < middle < box.bottom
        assert 0 <= box.left < 0.1


def test_boxes_of_a_turned_page_lie_on_the_page_as_it_is(recogniser):
    image = draw_lines(LINES)
    upright = recogniser.read(raster(image)).items
    turned = recogniser.read(raster(image.rotate(180))).items
    for one, other in zip(upright, turned, strict=True):
        assert abs(one.boxes[0].top - (1 - other.boxes[0].bottom)) < 0.03
        assert abs(one.boxes[0].left - (1 - other.boxes[0].right)) < 0.03


@pytest.mark.parametrize("skew", [0.0, 1.5])
def test_a_ruled_table_keeps_its_cells(recogniser, skew):
    rows = (("No", "Item", "Number"), ("1", "Face camera", "120"), ("2", "Video server", "8"), ("3", "Licence", "1"))
    image = draw_table(rows).rotate(skew, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    found = recogniser.read(raster(image))
    table = [tuple(box.text for box in item.boxes) for item in found.items if isinstance(item, Row)]
    assert table == list(rows)
    for item in found.items:
        for box in item.boxes if isinstance(item, Row) else ():
            assert [box.text[seen.start : seen.end] for seen in box.seen] == [box.text]


def test_a_page_without_text_has_no_items(recogniser):
    found = recogniser.read(raster(Image.new("L", (800, 600), 255)))
    assert (found.items, found.confidence, found.is_doubtful) == ((), 0.0, False)


def test_letters_as_large_as_posters_are_read(recogniser):
    found = recogniser.read(raster(draw_lines(("Example",), size=(900, 420), height=160)))
    assert "Example" in words(found)


def test_upside_down_reads_with_less_confidence(engine):
    lines, _, quarters = read_upright(engine, raster(contract().rotate(180)))
    assert quarters == 2
    assert mean_confidence(lines) > 0.9


def test_the_engine_brings_no_telemetry(engine):
    assert engine is not None
    assert sys.modules.get("openvino_telemetry") is None
    assert not any(name.startswith("openvino_telemetry.") for name in sys.modules)
