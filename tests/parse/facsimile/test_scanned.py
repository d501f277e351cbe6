"""Of a page that was recognised only sure lines without persons are seen; whatever else it shows stays paper."""

import hashlib
import re
import zlib

import numpy as np
import pytest

from sousveil.exceptions import WithheldError
from sousveil.mask import mask
from sousveil.model import Mask, Page, TextBox
from sousveil.parse import parse
from sousveil.parse.facsimile.draw import draw_page
from sousveil.parse.facsimile.pixels import pack, to_png
from sousveil.parse.facsimile.scanned import announces_person, draw_scanned
from sousveil.parse.layout import text_of
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits
from tests.parse.facsimile.pages import NAMES

LINES = ("Tender notice", "Contact person: {name}", "120 cameras", "Buyer (signature):")
TEXT = "\n".join(LINES)
HEIGHT, WIDTH = 400, 800


def stored(name="", *, sure=1.0):
    """The page as it is stored: one box for each line, a hundred pixels apart, the name masked."""
    boxes, at = [], 0
    text = TEXT.format(name="\u2588" * 8)
    for number, line in enumerate(text.split("\n")):
        top = (number * 100 + 30) / HEIGHT
        boxes.append(TextBox(at, at + len(line), 0.05, top, 0.5, top + 0.1, sure if number == 2 else 1.0))
        at += len(line) + 1
    start = text.index("\u2588")
    return Page(1, text, masks=(Mask(start, start + 8, "name"),), boxes=tuple(boxes))


def paper():
    return np.full((HEIGHT, WIDTH, 3), 255, dtype=np.uint8)


def inked(*areas, colour=(0, 0, 0)):
    picture = paper()
    for left, top, right, bottom in areas:
        picture[top:bottom, left:right] = colour
    return picture


def sheet(drawn):
    rows = np.frombuffer(zlib.decompress(drawn.pixels), dtype=np.uint8)
    return rows.reshape(drawn.height, drawn.width + 1)[:, 1:]


BLANK = sheet(draw_scanned(paper(), stored()))
WORDS = {0: (60, 35, 300, 65), 1: (60, 135, 300, 165), 2: (60, 235, 300, 265), 3: (60, 335, 300, 365)}


def test_sure_lines_without_persons_are_seen():
    for number in (0, 2):
        assert (sheet(draw_scanned(inked(WORDS[number]), stored())) == 0).sum() == 240 * 30


@pytest.mark.parametrize(
    "ink",
    [WORDS[1], WORDS[3], (420, 320, 700, 380), (500, 30, 780, 390), (60, 80, 300, 90)],
    ids=["masked line", "line to sign on", "signature behind it", "photograph", "between lines"],
)
def test_nothing_else_is(ink):
    assert np.array_equal(sheet(draw_scanned(inked(ink), stored())), BLANK)


def test_lines_that_were_read_badly_are_covered():
    drawn = [sheet(draw_scanned(picture, stored(sure=0.7))) for picture in (paper(), inked(WORDS[2]))]
    assert np.array_equal(*drawn)


def test_ink_in_colour_over_a_line_is_not_seen():
    seal = inked((40, 20, 400, 280), colour=(40, 40, 220))
    assert np.array_equal(sheet(draw_scanned(seal, stored())), BLANK)


@pytest.mark.parametrize(
    ("line", "is_announcing"),
    [("授权代表（签字）：", True), ("联系人：", True), ("采购人（盖章）", True), ("本项目联系人", True), ("摄像机120台", False), ("甲方：某市公安局", False)],
)  # fmt: skip
def test_words_beside_which_people_sign(line, is_announcing):
    assert announces_person(line) is is_announcing


def test_pixels_that_are_none_are_refused():
    picture = np.zeros((3, 5), dtype=np.uint8)
    packed = pack(picture)
    assert to_png(packed, 5, 3).startswith(b"\x89PNG")
    bad = zlib.compress(b"\x01" + b"\0" * 17)
    for data, width, height in ((packed, 5, 4), (packed, 6, 3), (packed[:-4], 5, 3), (packed + b"x", 5, 3), (bad, 5, 3), (b"", 5, 3), (packed, 5, 90_000), (zlib.compress(bytes(10**6)), 5, 3)):  # fmt: skip
        with pytest.raises(ValueError, match=r"pixels|packed"):
            to_png(data, width, height)


def test_files_without_a_fixed_look_have_no_picture():
    page = b"<html><body>Tender notice</body></html>"
    with pytest.raises(WithheldError, match="no fixed look"):
        draw_page(page, sniff(page, "a.html"), Page(1, "Tender notice"), Limits(), count=1)


def test_no_name_is_recognised_on_the_picture_of_a_scan(recogniser):
    drawing = pytest.importorskip("tests.parse.scan.drawing", reason="the extra `ocr` is not installed")
    words = ["Tender notice for the city of Minyang", f"Contact person: {NAMES[0]}", "Budget 3,400,000 for 120 cameras"]
    data = drawing.encode(drawing.draw_lines(words), "PNG")
    kind = sniff(data, "scan.png")
    pictures = Pictures(Limits(), "auto", recogniser)
    file = hashlib.sha256(data).hexdigest()
    document = mask(parse(data, file=file, name="scan.png", kind=kind, limits=Limits(), pictures=pictures))
    assert document.pages[0].masks
    drawn = sheet(draw_page(data, kind, document.pages[0], Limits(), count=1))
    found = " ".join(text_of(item) for item in recogniser.read(np.stack([drawn] * 3, axis=2)).items)
    assert "120 cameras" in found
    assert not set(re.findall(r"\w{4,}", found)) & {*NAMES[0].split(), "Contact", "person"}
