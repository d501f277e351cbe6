"""Nothing of a person is on a picture: pages that differ in a name alone have the same picture, pixel by pixel."""

import re
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.dataset import sample_folder
from sousveil.exceptions import WithheldError
from sousveil.model import Document, Mask, Page
from sousveil.parse.drawn import order_in_cells, sort_into_cells
from sousveil.parse.facsimile.letters import find_letters, match_letters, match_stored
from sousveil.parse.facsimile.typeset import _check_places
from sousveil.parse.layout import text_of
from sousveil.parse.pdf import open_pdf
from sousveil.parse.ruling import Line, find_grids
from sousveil.settings import Limits
from tests.parse.facsimile.pages import NAMES, NOTICE, draw, drawing, image, make_page, png, read, stream
from tests.parse.samples import ruled_grid

AWARD = sample_folder() / "cn" / "huyang-xueliang-award.pdf"


def pixels(drawn):
    rows = np.frombuffer(zlib.decompress(drawn.pixels), dtype=np.uint8).reshape(drawn.height, drawn.width + 1)
    return rows[:, 1:]


def area(drawn, start, end):
    """What the picture shows at the places of a passage."""
    boxes = [place[2:] for place in drawn.places if start <= place[0] < end]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return pixels(drawn)[top : max(box[3] for box in boxes), left : max(box[2] for box in boxes)]


def annotation(words, kind="FreeText", more=""):
    stamp = drawing(f"BT /F1 11 Tf 72 600 Td ({words}) Tj ET")
    head = f"<</Type/Annot/Subtype/{kind}/Rect[0 0 595 842]/F 4/Contents({words})/T({words})/V({words}){more}/AP<</N 6 0 R>>>>"
    return {"page": "/Annots[7 0 R]", "others": (stamp, head.encode())}


def scribble(name):
    """A picture that no two names share."""
    marks = np.random.default_rng(zlib.crc32(name.encode())).integers(0, 2, (60, 200), dtype=np.uint8)
    return {
        "content": NOTICE.format(name=name) + "q 200 0 0 60 72 500 cm /X Do Q\n",
        "resources": "/XObject<</X 6 0 R>>",
        "others": (image(marks * 255),),
    }


WITH_NAME = {
    "in the text": lambda name: {"content": NOTICE.format(name=name)},
    "turned": lambda name: {"content": NOTICE.format(name=name), "page": "/Rotate 90"},
    "upside down": lambda name: {"content": NOTICE.format(name=name), "page": "/Rotate 180"},
    "cropped": lambda name: {"content": NOTICE.format(name=name), "page": "/CropBox[60 640 420 730]"},
    "white": lambda name: {"content": "1 g\n" + NOTICE.format(name=name)},
    "in a picture": scribble,
    "in a drawing inside the page": lambda name: {
        "content": NOTICE.format(name=NAMES[0]) + "/X Do\n",
        "resources": "/XObject<</X 6 0 R>>",
        "others": (drawing(f"BT /F1 11 Tf 72 600 Td (Contact person: {name}) Tj ET"),),
    },
    "in a comment": lambda name: {"content": NOTICE.format(name=name), **annotation(name)},
    "in a stamp": lambda name: {"content": NOTICE.format(name=name), **annotation(name, "Stamp")},
    "in a form field": lambda name: {"content": NOTICE.format(name=name), **annotation(name, "Widget", "/FT/Tx")},
    "drawn as lines": lambda name: {
        "content": NOTICE.format(name=NAMES[0])
        + "".join(f"{80 + 9 * at} 500 m {82 + 9 * at} {500 + ord(char) % 17} l S\n" for at, char in enumerate(name))
    },
    "in a picture inside a drawing": lambda name: {
        "content": NOTICE.format(name=NAMES[0]) + "/X Do\n",
        "resources": "/XObject<</X 6 0 R>>",
        "others": (
            drawing("q 200 0 0 60 72 500 cm /Y Do Q", resources="/XObject<</Y 7 0 R>>"),
            scribble(name)["others"][0],
        ),
    },
    "in a picture inside the text": lambda name: {
        "content": NOTICE.format(name=NAMES[0])
        + f"q 80 0 0 20 72 500 cm BI /W {len(name)} /H 1 /BPC 8 /CS /G ID {name} EI Q\n"
    },
    "as the pattern of a letter": lambda name: {
        "content": NOTICE.format(name=NAMES[0]) + "/Pattern cs /P scn BT /F1 300 Tf 72 300 Td (M) Tj ET\n",
        "resources": "/Pattern<</P 6 0 R>>",
        "others": (
            stream(
                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 90 14]/XStep 90/YStep 14"
                "/Resources<</Font<</F1 3 0 R>>>>",
                f"BT /F1 11 Tf 0 2 Td ({name}) Tj ET",
            ),
        ),
    },
    "in a font that draws": lambda name: {
        "content": NOTICE.format(name=NAMES[0]) + "BT /F2 200 Tf 72 300 Td (A) Tj ET\n",
        "fonts": "/F2 6 0 R",
        "others": (
            (
                b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 65/LastChar 65"
                b"/Widths[1000]/CharProcs<</A 7 0 R>>/Encoding<</Type/Encoding/Differences[65/A]>>"
                b"/Resources<</Font<</F1 3 0 R>>>>>>"
            ),
            stream("", f"1000 0 0 0 1000 1000 d1 BT /F1 120 Tf 10 400 Td ({name}) Tj ET"),
        ),
    },
    "printed twice": lambda name: {
        "content": NOTICE.format(name=name) + f"BT /F1 11 Tf 73.5 680.7 Td (Contact person: {name}) Tj ET\n"
    },
    "spread": lambda name: {"content": "3 Tc\n" + NOTICE.format(name=name)},
    "outlined": lambda name: {"content": "2 Tr 3 w\n" + NOTICE.format(name=name)},
    "sheared": lambda name: {
        "content": NOTICE.format(name=NAMES[0]) + f"BT /F1 11 Tf 1 0 0.9 1 72 600 Tm (Contact person: {name}) Tj ET\n"
    },
    "slanted": lambda name: {
        "content": NOTICE.format(name=NAMES[0])
        + f"BT /F1 11 Tf 0.94 0.34 -0.34 0.94 72 500 Tm (Contact person: {name}) Tj ET\n"
    },
    "over another word": lambda name: {
        "content": NOTICE.format(name=NAMES[0])
        + f"BT /F1 11 Tf 72 600 Td (Budget for the police cameras 2) Tj 0 2 Td (Contact person: {name}) Tj ET\n"
    },
    "close to other lines": lambda name: {
        "content": f"BT /F1 11 Tf 72 700 Td (120 cameras gqy) Tj 0 -7 Td (Contact person: {name}) Tj 0 -7 Td (TTTTTT) Tj ET\n"
    },
    "spoken instead of what is drawn": lambda name: {
        "content": NOTICE.format(name=NAMES[0])
        + f"/Span <</ActualText (Budget: two)>> BDC BT /F1 11 Tf 72 600 Td ({name}) Tj ET EMC\n"
    },
}


@pytest.mark.parametrize("where", WITH_NAME)
def test_pages_that_differ_in_a_name_have_the_same_picture(where):
    one, other = (make_page(**WITH_NAME[where](name)) for name in NAMES)
    assert one != other
    pictures = [draw(data) for data in (one, other)]
    assert png(pictures[0]) == png(pictures[1])
    assert (pixels(pictures[0]) < 100).any()


@pytest.mark.parametrize("where", ["in the text", "turned", "upside down", "cropped"])
def test_the_rest_of_the_line_is_shown(where):
    made = WITH_NAME[where](NAMES[0])
    data = make_page(**made)
    other = make_page(**made | {"content": made["content"].replace("120", "745")})
    text = read(data).pages[0].text
    drawn, changed = draw(data), draw(other)
    number, person = text.index("120"), text.index("Contact")
    assert (area(drawn, number, number + 3) < 100).any()
    assert not np.array_equal(area(drawn, number, number + 3), area(changed, number, number + 3))
    assert np.array_equal(area(drawn, person, person + 14), area(changed, person, person + 14))
    assert (area(drawn, person, person + 14) < 100).any()


def test_words_someone_laid_over_a_scan_are_no_picture():
    """Rendering mode 3 over an image: what the image shows is known from somebody else's reading of it only."""
    scan = scribble(NAMES[0])
    content = "q 595 0 0 842 0 0 cm /X Do Q 3 Tr\n" + NOTICE.format(name=NAMES[0])
    with pytest.raises(WithheldError, match="over a scan, invisible") as caught:
        draw(make_page(content, resources=scan["resources"], others=scan["others"]))
    assert "--ocr all" in caught.value.advice


def test_a_font_that_is_not_in_the_file_is_named():
    tender = sample_folder() / "cn" / "minyang-face-2-tender-document.pdf"
    with pytest.raises(WithheldError, match="does not hold the font"):
        draw(tender.read_bytes())


def test_letters_that_are_little_drawings_are_not_drawn():
    """A Type 3 font draws what it likes, where it likes."""
    glyph = b"<</Length 48>>stream\n1000 0 0 0 10 10 d1 3000 -9000 9000 9000 re f   \nendstream"
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 65/LastChar 65"
        b"/Widths[1000]/CharProcs<</A 7 0 R>>/Encoding<</Differences[65/A]>>/Resources<<>>>>"
    )
    page = make_page(
        NOTICE.format(name=NAMES[0]) + "BT /F2 11 Tf 72 600 Td (A) Tj ET\n",
        fonts="/F2 6 0 R",
        others=(font, glyph),
    )
    assert png(draw(page)) == png(draw(make_page(NOTICE.format(name=NAMES[0]))))


def test_ink_outside_the_boxes_of_letters_is_no_picture():
    drawn = np.full((100, 100), 255, dtype=np.uint8)
    drawn[10:20, 10:20] = 0
    _check_places(drawn, [(10, 10, 20, 20)])
    drawn[60:61, 60:80] = 0
    with pytest.raises(WithheldError, match="do not stand where"):
        _check_places(drawn, [(10, 10, 20, 20)])


def test_pages_other_than_those_stored_are_no_picture():
    data = make_page(NOTICE.format(name=NAMES[0]))
    other = read(make_page(NOTICE.format(name=NAMES[0]).replace("Tender", "Notice")))
    with pytest.raises(WithheldError, match="other words than are stored"):
        draw(data, stored=other)
    page = read(data).pages[0]
    two = Document("0" * 64, "application/pdf", "x", (page, Page(2, "more")))
    with pytest.raises(WithheldError, match="not those of the file"):
        draw(data, stored=two)


def test_a_covered_word_without_a_place_is_no_picture():
    with pytest.raises(WithheldError, match="no words were read"):
        draw(make_page(" "), stored=Document("0" * 64, "application/pdf", "x", (Page(1, " "),)))


@pytest.mark.parametrize("path", [AWARD], ids=lambda path: path.name)
def test_text_under_each_box_is_the_letter_at_its_offset(path):
    data = path.read_bytes()
    masked = read(data)
    document = open_pdf(data)
    for index, page in enumerate(masked.pages):
        textpage = document[index].get_textpage()
        covered = {offset for mask in page.masks for offset in range(mask.start, mask.end)}
        letters = [one for one in find_letters(document, index, page, Limits()) if one.offset >= 0]
        assert {one.offset for one in letters} >= {
            at for at, char in enumerate(page.text) if not char.isspace() and char != "|"
        }
        for one in letters:
            left, bottom, right, top = one.tight
            under = textpage.get_text_bounded(left + 0.1, bottom + 0.1, right - 0.1, top - 0.1)
            if one.offset not in covered and right - left > 1 and top - bottom > 1:
                assert page.text[one.offset] in under
    document.close()


def test_a_png_holds_pixels_and_nothing_else():
    data = png(draw(AWARD.read_bytes()))
    chunks = []
    at = 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        chunks.append(data[at + 4 : at + 8])
        at += 12 + size
    assert chunks == [b"IHDR", b"IDAT", b"IEND"]


def test_no_name_is_recognised_on_a_picture(recogniser):
    """Our own engine reads the picture as it would a scan, and finds what the masked text has."""
    for name in NAMES:
        drawn = draw(make_page(NOTICE.format(name=name)))
        found = " ".join(text_of(item) for item in recogniser.read(np.stack([pixels(drawn)] * 3, axis=2)).items)
        assert "120 cameras" in found
        assert not set(re.findall(r"\w{4,}", found)) & set(name.split())


@given(st.text("ab \n|-", max_size=40), st.data())
def test_stored_text_is_matched_whatever_lines_were_joined(text, data):
    cut = data.draw(st.sets(st.sampled_from([at for at, char in enumerate(text) if char == "\n"] or [-1])))
    kept = [at for at in range(len(text)) if at not in cut]
    hidden = data.draw(st.sets(st.sampled_from(kept))) if kept else set()
    stored = "".join("\u2588" if at in hidden and text[at] != "\n" else text[at] for at in kept)
    masks = tuple(Mask(at, at + 1, "name") for at, char in enumerate(stored) if char == "\u2588")
    offsets = match_stored(Page(1, stored, masks=masks), text)
    assert offsets is not None
    assert all(stored[offset] in (text[place], "\u2588") for place, offset in offsets.items())
    assert sorted(offsets.values()) == list(range(len(stored)))


@given(st.text("ab-", max_size=30), st.text("ab-", max_size=30))
def test_letters_that_disagree_are_never_matched(text, other):
    matched = match_letters(text, list(other))
    assert (matched is not None) == (text == other)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=40))
def test_letters_are_counted_in_the_order_in_which_they_are_written(places):
    grids = find_grids([Line(at, 20, 80) for at in (20, 50, 80)], [Line(at, 20, 80) for at in (20, 50, 80)])
    chars = [chr(0x4E00 + number) for number in range(len(places))]
    items = sort_into_cells(zip(chars, places, strict=True), grids)
    written = [char for item in items for char in text_of(item) if char >= "\u4e00"]
    assert [chars[number] for number in order_in_cells(places, grids)] == written


def test_letters_of_a_ruled_table_are_found_in_its_cells():
    grid = ruled_grid((72, 272, 472), (720, 690, 640))
    words = (
        (75, 700, "Item"),
        (275, 700, "Contact person"),
        (75, 675, "Camera with"),
        (275, 675, NAMES[0]),
        (75, 655, "night view"),
    )
    data = make_page(grid + "".join(f"BT /F1 9 Tf {x} {y} Td ({word}) Tj ET\n" for x, y, word in words))
    text = read(data).pages[0].text
    assert text == "Item | Contact person\nCamera with night view | " + "\u2588" * 13
    other = make_page(
        grid + "".join(f"BT /F1 9 Tf {x} {y} Td ({word.replace(*NAMES)}) Tj ET\n" for x, y, word in words)
    )
    assert png(draw(data)) == png(draw(other))
    assert (area(draw(data), text.index("night"), text.index("view")) < 100).any()
