import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import EmptyFileError, EncryptedError, UnsupportedTypeError
from sousveil.parse.sniff import sniff
from tests.parse.ole_samples import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    depth,
    edges,
    make_doc,
    make_ole,
    row_end,
)
from tests.parse.support import cell_texts, check_document, check_fate, parse_bytes, text_of

TITLE = ("岷阳市公安局视频监控项目采购需求\r", b"")
THIRDS = (0, 3000, 6000, 9000)


def cell(text):
    return f"{text}\x07", IN_TABLE


TABLE = [
    *(cell("序号"), cell("名称"), cell("数量"), ("\x07", row_end(*THIRDS))),
    *(cell("1"), cell("高清摄像机"), cell("120台"), ("\x07", row_end(*THIRDS))),
    *(cell("合计"), cell("120台"), ("\x07", row_end(0, 6000, 9000))),
]


def test_paragraphs_in_chinese():
    data = make_doc([TITLE, ("一、预算：50万元\x0b二、工期：30天\r", b""), ("不间断\x1e连字符\x1f符\r", b"")])
    assert sniff(data, "a.wps").name == "doc"
    assert text_of(data) == "岷阳市公安局视频监控项目采购需求\n一、预算：50万元\n二、工期：30天\n不间断-连字符符"


def test_tables_keep_their_columns():
    data = make_doc([TITLE, *TABLE, ("以上。\r", b"")])
    document = parse_bytes(data)
    check_document(document)
    assert document.pages[0].text.split("\n")[1:] == [
        "序号 | 名称 | 数量",
        "1 | 高清摄像机 | 120台",
        "合计 | 120台",
        "以上。",
    ]
    assert cell_texts(document)[2] == [(0, "合计"), (2, "120台")]


def test_an_empty_cell_is_no_end_of_a_row():
    data = make_doc([cell("甲"), cell(""), cell("丙"), ("\x07", row_end(*THIRDS))])
    assert text_of(data) == "甲 |  | 丙"


def test_a_table_inside_a_cell():
    inner = IN_TABLE + depth(2) + INNER_CELL
    paragraphs = [
        cell("外"),
        ("内一\r", inner),
        ("内二\r", inner),
        ("\r", inner + INNER_ROW_END + edges(0, 1000, 2000)),
        cell("后"),
        ("\x07", row_end(0, 3000, 9000)),
    ]
    assert text_of(make_doc(paragraphs)).split("\n") == ["外", "内一 | 内二", "后"]


def test_pieces_in_any_order_are_read_in_theirs():
    paragraphs = [TITLE, ("第二段\r", b""), *TABLE]
    assert text_of(make_doc(paragraphs, pieces=5)) == text_of(make_doc(paragraphs))


def test_what_is_not_shown_is_left_out():
    text = "可见藏起来的删除的也可见\r"
    data = make_doc([(text, b"")], hidden=[(2, 6, HIDDEN), (6, 9, DELETED)])
    assert text_of(data) == "可见也可见"
    field = "详见\x13 HYPERLINK http://x.example \x14采购文件\x15。\r"
    assert text_of(make_doc([(field, b"")])) == "详见采购文件。"
    nested = "\x13 TOC \x14目录\x13 PAGEREF _1 \x143\x15\x15尾\r"
    assert text_of(make_doc([(nested, b"")])) == "目录3尾"


def test_notes_then_different_headers():
    data = make_doc([TITLE], notes="\x02注一\r", margins="页眉\r页眉\r3\r页脚\r")
    assert text_of(data).split("\n")[1:] == ["注一", "页眉", "页脚"]


def test_a_western_piece_has_bytes():
    data = bytearray(make_doc([("Caf\xe9\r", b"")]))
    place = data.index(b"\x02" + struct.pack("<I", 16)) + 5 + 8 + 2
    offset = struct.unpack_from("<I", data, place)[0]
    struct.pack_into("<I", data, place, offset * 2 | 0x40000000)
    data[512 + offset : 512 + offset + 5] = b"Caf\xe9\r"
    assert text_of(bytes(data)) == "Café"


def test_password():
    for flags in (0x0100, 0x8000):
        with pytest.raises(EncryptedError, match="password"):
            parse_bytes(make_doc([TITLE], flags=flags))


def test_nothing_to_read():
    with pytest.raises(EmptyFileError):
        parse_bytes(make_doc([("\x01\r", b"")]))
    with pytest.raises(UnsupportedTypeError, match="older than version 6"):
        parse_bytes(b"\xdb\xa5\x2d\x00" + bytes(2000), "old.doc")


def test_word_95_in_a_code_page():
    text = "采购公告\r预算50万元\r".encode("gbk")
    stream = bytearray(0x400) + text
    struct.pack_into("<HHHH", stream, 0, 0xA5DC, 0x68, 0, 0x0804)
    struct.pack_into("<II", stream, 0x18, 0x400, 0x400 + len(text))
    struct.pack_into("<I", stream, 0x34, len(text))
    data = make_ole({"WordDocument": bytes(stream)})
    assert text_of(data) == "采购公告\n预算50万元"


@given(st.data())
def test_mutated_documents_end(data):
    sample = bytearray(make_doc([TITLE, *TABLE], pieces=3, hidden=[(2, 4, HIDDEN)], notes="注\r"))
    for _ in range(data.draw(st.integers(1, 12))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    check_fate(bytes(sample[: data.draw(st.integers(1, len(sample)))]), "a.doc")


def test_every_word_file_of_the_corpus_ends_well(shared):
    paths = [*(shared / "corpus").rglob("*.doc"), *(shared / "corpus").rglob("*.wps")]
    assert paths
    for path in paths:
        check_fate(path.read_bytes(), path.name)
    assert "Nested table" in text_of((shared / "corpus/office/tika_testWORD.doc").read_bytes())
    assert "quick brown fox" in text_of((shared / "corpus/office/tika_testWORD6.doc").read_bytes())
