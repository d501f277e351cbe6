"""Pieces of a page: joined they are its text, whatever lies over what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import Cell, Finding, Mask, Page, Span, Table
from sousveil.web.marks import Layers, Line, cut, glosses_of, lay_out, number_quotes

FILE = "0" * 64


def finding(page, start, end, name="f", **other):
    span = Span(FILE, page.number, start, end, page.text[start:end])
    told = {"kind": "capability", "value": "face_recognition", "rule": "zh:人脸识别", "score": 0.9} | other
    return Finding(id=f"{name}{start}-{end}", span=span, notice="n", **told)


texts = st.text("人脸识别系统a1 |\n<&", min_size=1, max_size=60)


@st.composite
def pages(draw):
    text = draw(texts)
    place = st.integers(0, len(text))
    stretch = st.tuples(place, place).map(sorted).filter(lambda pair: pair[0] < pair[1])
    masks = tuple(Mask(start, end, "name") for start, end in draw(st.lists(stretch, max_size=3)))
    page = Page(1, text, masks=masks)
    found = [finding(page, start, end) for start, end in draw(st.lists(stretch, max_size=6))]
    return page, number_quotes(found), tuple(tuple(pair) for pair in draw(st.lists(stretch, max_size=3)))


@given(pages())
def test_pieces_are_the_text(drawn):
    page, quoted, found = drawn
    pieces = list(cut(page, Layers(quoted, found)))
    assert "".join(piece.text for piece in pieces) == page.text
    for one in quoted:
        inside = "".join(piece.text for piece in pieces if one in piece.quoted)
        assert inside == page.text[one.start : one.end]
        assert sum(one in piece.begins for piece in pieces) == sum(one in piece.ends for piece in pieces) == 1


@given(pages())
def test_lines_hold_every_word_of_the_page(drawn):
    page, quoted, found = drawn
    lines = list(lay_out(page, (), Layers(quoted, found)))
    shown = "".join(piece.text for line in lines for piece in line.pieces)
    assert shown.replace(" ", "").replace("|", "") == "".join(page.text.split()).replace("|", "")


def test_cells_of_a_table_stand_in_a_table():
    page = Page(1, "前言\n名称 | 数量\n人脸识别终端 | 12台\n结尾")
    cells = [(0, 0, "名称"), (0, 1, "数量"), (1, 0, "人脸识别终端"), (1, 1, "12台")]
    at = [(row, column, page.text.index(text), text) for row, column, text in cells]
    table = Table(1, tuple(Cell(row, column, start, start + len(text)) for row, column, start, text in at))
    quoted = number_quotes([finding(page, at[2][2], at[2][2] + 6)])
    before, rows, after = lay_out(page, (table,), Layers(quoted))
    assert isinstance(before, Line)
    assert [["".join(piece.text for piece in cell.pieces) for cell in row] for row in rows.rows] == [
        ["名称", "数量"],
        ["人脸识别终端", "12台"],
    ]
    assert rows.rows[1][0].pieces[0].quoted == quoted
    assert after.pieces[0].text == "结尾"


def test_findings_of_one_stretch_share_a_number_and_capabilities_come_first():
    page = Page(1, "人脸识别终端12台")
    both = [finding(page, 0, 9, "s", kind="scale", value="12 台", score=0.99), finding(page, 0, 9, "c")]
    (one,) = number_quotes([*both])
    assert one.number == 1
    assert one.code == "FAC"
    assert [found.kind for found in one.findings] == ["capability", "scale"]


def test_the_most_precise_statement_gives_the_colour():
    page = Page(1, "车牌识别和人脸识别")
    wide = finding(page, 0, 9, value="vehicle_lpr", rule="zh:车牌识别")
    quoted = number_quotes([wide, finding(page, 5, 9)])
    assert [piece.code for piece in cut(page, Layers(quoted))] == ["VEH", "FAC"]


def test_terms_have_their_gloss_where_they_stand():
    page = Page(1, "建设人脸识别系统")
    why = ("人脸识别: face recognition (GA/T 1400)",)
    quoted = number_quotes([finding(page, 2, 8, reasons_for=why)])
    assert glosses_of(page, quoted) == ((2, 6, "face recognition"),)
