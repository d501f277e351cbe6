"""From pieces on a page to lines and cells: every letter once, every box at its words."""

from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import TextBox
from sousveil.parse.layout import Layout, Row, text_of
from sousveil.parse.ruling import Line, find_grids
from sousveil.parse.scan.lay import Piece, aligned_grids, lay_pieces
from sousveil.settings import Limits


def piece(text, left, top, right=None, height=12.0):
    right = left + 12.0 * len(text) if right is None else right
    return Piece(text, left, top - height, right, top, TextBox(0, 0, left / 600, 0.1, right / 600, 0.2, 0.9))


WORDS = (
    st.text("人脸识别摄像机台套120AB ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
)
PIECES = st.lists(st.builds(piece, WORDS, st.floats(10, 500), st.floats(20, 700)), min_size=1, max_size=25)
GRID = find_grids([Line(at, 40, 460) for at in (100, 300, 500)], [Line(at, 100, 500) for at in (40, 180, 320, 460)])


def letters(text):
    return sorted("".join(text.split()))


@given(PIECES, st.booleans())
def test_every_letter_comes_once_and_boxes_hold_their_words(pieces, has_table):
    items = lay_pieces(pieces, GRID if has_table else [])
    assert letters("".join(text_of(item) for item in items)) == letters("".join(one.text for one in pieces))
    layout = Layout(Limits())
    layout.start_page()
    for item in items:
        layout.add(item)
    pages, _, _ = layout.finish()
    text = pages[0].text
    for box in pages[0].boxes:
        assert text[box.start : box.end].strip() == text[box.start : box.end] != ""
    assert letters("".join(text[box.start : box.end] for box in pages[0].boxes)) == letters(text.replace(" | ", ""))


def test_a_piece_over_two_cells_is_parted_at_the_border():
    (row,) = [item for item in lay_pieces([piece("人脸摄像机120台", 96, 450, 222)], GRID) if isinstance(item, Row)]
    assert [box.text for box in row.boxes] == ["人脸摄像机", "120台"]
    assert row.boxes[0].seen[0].right <= row.boxes[1].seen[0].left


def test_lines_follow_from_the_top_and_words_from_the_left():
    found = lay_pieces([piece("乙", 200, 500), piece("丙", 50, 400), piece("甲", 50, 502)], [])
    assert [text_of(item) for item in found] == ["甲 乙", "丙"]


def test_columns_without_borders_are_told_by_their_heads():
    rows = [
        ("序号", "货物名称", "单位", "数量"),
        ("1", "人脸识别摄像机", "台", "120"),
        ("2", "视频存储服务器", "台", "8"),
        ("3", "管理平台", "套", "1"),
    ]
    pieces = [
        piece(text, left, 600 - 24 * number)
        for number, row in enumerate(rows)
        for left, text in zip((40, 100, 300, 400), row, strict=True)
    ]
    grids = aligned_grids(pieces)
    found = [tuple(box.text for box in item.boxes) for item in lay_pieces(pieces, grids) if isinstance(item, Row)]
    assert found == rows
    assert not aligned_grids([piece("本项目采购人脸识别系统", 40, 500), piece("预算八十万元", 300, 500)])
