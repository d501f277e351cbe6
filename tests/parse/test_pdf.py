import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError, PicturesOnlyError
from sousveil.parse.noise import is_garbage
from sousveil.parse.page_numbers import list_numbers
from sousveil.parse.ruling import Line, find_grids
from sousveil.parse.wrapped import body_width, join_cell, join_wrapped, split_lines
from sousveil.settings import Limits
from tests.parse.samples import make_pdf, ruled_grid, text_at
from tests.parse.support import cell_texts, check_document, check_fate, parse_bytes, text_of

HELLO = text_at(72, 700, "Tender notice")
PICTURE = "72 400 100 100 re f\n"


def test_pages_in_order():
    document = parse_bytes(make_pdf(HELLO + text_at(72, 680, "for cameras"), text_at(72, 700, "Second page")))
    check_document(document)
    assert [page.text for page in document.pages] == ["Tender notice\nfor cameras", "Second page"]
    assert document.marks == ()


def test_pages_without_text_are_kept_and_marked():
    document = parse_bytes(make_pdf(HELLO, PICTURE, PICTURE, " ", HELLO, PICTURE))
    assert [page.text for page in document.pages] == ["Tender notice", "", "", "", "Tender notice", ""]
    assert document.marks == ("pages 2-3, 6 have no text layer: scans, not read yet",)


def test_scan_fails_with_advice():
    with pytest.raises(PicturesOnlyError, match="scan without text layer: 2 pages") as caught:
        parse_bytes(make_pdf(PICTURE, PICTURE))
    assert "ocr" in caught.value.advice
    assert caught.value.pictures == 2
    with pytest.raises(EmptyFileError, match="blank"):
        parse_bytes(make_pdf(" "))


def test_damaged_and_encrypted(monkeypatch):
    with pytest.raises(DamagedError, match="damaged or cut off"):
        parse_bytes(b"%PDF-1.4 and then nothing")
    import pypdfium2

    def refuse(_data):
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr("sousveil.parse.pdf.pdfium.PdfDocument", refuse)
    with pytest.raises(EncryptedError, match="password"):
        parse_bytes(make_pdf(HELLO))


def test_page_limit_is_marked():
    document = parse_bytes(make_pdf(HELLO, HELLO, HELLO), limits=Limits(max_pages=2))
    assert len(document.pages) == 2
    assert document.marks == ("pages 3 to 3 not read: limit of 2 pages",)


def test_ruled_table_is_read_by_cells_and_between_the_text():
    xs, ys = (72, 172, 372, 472), (600, 570, 540, 510)
    cells = [("No", "Item", "Number"), ("1", "Camera with", "120"), ("2", "Server", "4")]
    content = text_at(72, 650, "Before") + ruled_grid(xs, ys) + text_at(72, 450, "After")
    for row, words in enumerate(cells):
        for column, word in enumerate(words):
            content += text_at(xs[column] + 5, ys[row] - 14, word)
    content += text_at(177, 545, "night vision")
    document = parse_bytes(make_pdf(content))
    check_document(document)
    assert document.pages[0].text.split("\n") == [
        "Before",
        "No | Item | Number",
        "1 | Camera with night vision | 120",
        "2 | Server | 4",
        "After",
    ]
    assert cell_texts(document)[1] == [(0, "1"), (1, "Camera with night vision"), (2, "120")]


def test_frame_around_text_is_no_table():
    content = "50 50 m 550 50 l 550 800 l 50 800 l h S\n" + HELLO
    document = parse_bytes(make_pdf(content))
    assert (document.pages[0].text, document.tables) == ("Tender notice", ())


def test_grid_with_merged_cells():
    # 3 columns, 2 rows; the wall between column 2 and 3 is missing in the first row
    rows = [Line(100, 0, 90), Line(80, 0, 90), Line(60, 0, 90)]
    columns = [Line(0, 60, 100), Line(30, 60, 100), Line(60, 60, 80), Line(90, 60, 100)]
    (grid,) = find_grids(rows, columns)
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells] == [
        (0, 0, 1, 1),
        (0, 1, 1, 2),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    assert grid.find(75, 90) == 1
    assert grid.find(75, 70) == 4
    assert grid.find(95, 90) is None


def test_grid_with_a_cell_over_two_rows():
    rows = [Line(100, 0, 60), Line(80, 30, 60), Line(60, 0, 60)]
    columns = [Line(0, 60, 100), Line(30, 60, 100), Line(60, 60, 100)]
    (grid,) = find_grids(rows, columns)
    assert [(cell.row, cell.column, cell.row_span) for cell in grid.cells] == [(0, 0, 2), (0, 1, 1), (1, 1, 1)]


LINES = st.lists(
    st.builds(
        lambda at, start, length: Line(at, start, start + length),
        st.integers(0, 60),
        st.integers(0, 60),
        st.integers(0, 60),
    ),
    max_size=14,
)


@given(LINES, LINES, st.floats(-5, 130), st.floats(-5, 130))
def test_any_lines_give_grids_whose_fields_belong_to_their_cells(horizontal, vertical, x, y):
    for grid in find_grids(horizontal, vertical):
        for number, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                assert set(grid.fields[row][cell.column : cell.column + cell.column_span]) == {number}
        found = grid.find(x, y)
        assert found is None or 0 <= found < len(grid.cells)


def test_wrapped_chinese_lines_are_joined_and_paragraphs_are_not():
    full = "本项目为云溪市公安局视频监控系统三年运行维护服务采购项目包括前端摄像"
    lines = [full, "机及后端平台。", full, "二、预算金额", full, "联系人：某某", "短行", "下一行"]
    width = body_width([lines, [full] * 5])
    assert join_wrapped(lines, width) == [
        full + "机及后端平台。",
        full,
        "二、预算金额",
        full,
        "联系人：某某",
        "短行",
        "下一行",
    ]
    assert join_wrapped(["an English line that is rather long and full of words", "goes on"], 50)[1] == "goes on"


def test_cells_are_joined_by_what_broke_them():
    assert join_cell(["人脸识别摄", "像机（含安", "装）"]) == "人脸识别摄像机（含安装）"
    assert join_cell(["YX-2025-", "017"]) == "YX-2025-017"
    assert join_cell(["4 megapixel", "camera"]) == "4 megapixel camera"
    assert join_cell([]) == ""


def test_hyphens_at_line_ends():
    assert split_lines("sur\ufffeveillance 2025\x02017\r\nx") == ["surveillance 2025-017", "x"]


def test_garbage_is_noticed():
    assert is_garbage("\ue001\ue002\ue003 \ufffd\x01")
    assert not is_garbage("采购人：某局 \uf0b7 第一条")


def test_list_numbers_is_cut():
    assert list_numbers(range(1, 100, 2)).endswith("23 and 38 more")


@given(st.data())
def test_mutated_pdf_never_raises_anything_else(data):
    sample = bytearray(make_pdf(HELLO + ruled_grid((72, 172, 372), (600, 570, 540)), HELLO))
    for _ in range(data.draw(st.integers(1, 12))):
        sample[data.draw(st.integers(9, len(sample) - 1))] = data.draw(st.integers(0, 255))
    check_fate(bytes(sample))


def test_text_of_a_long_page_is_split_not_lost():
    text = text_of(make_pdf(HELLO), limits=Limits(max_page_chars=5))
    assert text.replace("\f", "") == "Tender notice"
