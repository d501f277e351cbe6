"""Picture files: every format, many pages, limits, damage."""

import pytest
from PIL import Image

from sousveil.exceptions import DamagedError, EmptyFileError, LimitError, PicturesOnlyError
from sousveil.parse import parse
from sousveil.parse.scan.picture import LONGEST_SIDE, iter_rasters
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.sniff import sniff
from sousveil.settings import DEFAULT_LIMITS, Limits
from tests.parse.scan.drawing import contract, draw_lines, encode
from tests.parse.support import check_document, parse_bytes

LINE = "Licence plate recognition, 40 lanes"


def read(data, recogniser, limits=DEFAULT_LIMITS, mode="auto"):
    pictures = Pictures(limits, mode, recogniser)
    document = parse(data, file="0" * 64, name="scan", kind=sniff(data, "scan"), limits=limits, pictures=pictures)
    check_document(document)
    return document


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_every_format_is_read(recogniser, form):
    document = read(encode(draw_lines([LINE], size=(700, 150)), form), recogniser)
    assert document.pages[0].text == LINE
    box = document.pages[0].boxes[0]
    assert document.pages[0].text[box.start : box.end] == LINE
    assert (document.waiting, document.marks) == (0, ())


def test_every_page_of_a_fax_is_read(recogniser):
    pages = [draw_lines([f"Page number {number}"], size=(500, 150)).convert("1") for number in (1, 2, 3)]
    data = encode(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert [page.text for page in read(data, recogniser).pages] == [f"Page number {number}" for number in (1, 2, 3)]


def test_a_photograph_is_turned_as_the_camera_says(recogniser):
    image = draw_lines([LINE], size=(700, 150))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    data = encode(image.rotate(90, expand=True), "JPEG", exif=exif)
    assert read(data, recogniser).pages[0].text == LINE


def test_clear_parts_are_white(recogniser):
    black_on_white = draw_lines([LINE], size=(700, 150))
    image = Image.new("RGBA", black_on_white.size, (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), mask=black_on_white.point(lambda value: 255 - value))
    assert read(encode(image, "PNG"), recogniser).pages[0].text == LINE


def test_without_an_engine_a_picture_waits():
    with pytest.raises(PicturesOnlyError, match="a picture, not recognised") as caught:
        parse_bytes(encode(draw_lines([LINE], size=(700, 150)), "PNG"))
    assert caught.value.pictures == 1
    assert caught.value.advice.endswith(".")


def test_buttons_and_bombs_are_refused(recogniser):
    with pytest.raises(EmptyFileError, match="too small"):
        read(encode(Image.new("L", (88, 31)), "GIF"), recogniser)
    bomb = encode(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 200_000
    with pytest.raises(LimitError, match=r"30,000 x 30,000 pixels.*100,000,000"):
        read(bomb, recogniser)


def test_damaged_pictures_fail(recogniser):
    data = encode(contract(), "PNG")
    with pytest.raises(DamagedError, match="page 1 of the picture is damaged"):
        read(data[: len(data) // 2], recogniser)
    with pytest.raises(DamagedError, match="no picture"):
        read(data[:20], recogniser)


def test_photographs_without_text_say_so(recogniser):
    with pytest.raises(EmptyFileError, match="no text was recognised"):
        read(encode(Image.new("L", (900, 700), 120), "PNG"), recogniser)


def test_pages_beyond_the_limit_are_named(recogniser):
    pages = [draw_lines([f"Page number {number}"], size=(500, 150)) for number in (1, 2, 3)]
    data = encode(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    document = read(data, recogniser, Limits(max_recognised_pages=2))
    assert [page.text for page in document.pages] == ["Page number 1", "Page number 2", ""]
    assert document.marks == ("page 3: not recognised: limit of 2 pages (max_recognised_pages)",)


def test_large_pictures_are_made_smaller():
    data = encode(Image.new("L", (6000, 300), 255), "PNG")
    (raster,) = iter_rasters(data, 10**8)
    assert raster.shape == (LONGEST_SIDE // 20, LONGEST_SIDE, 3)
