import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from sousveil.settings import Limits
from tests.parse.ofd_samples import PICTURE, frame, grid, line, make_ofd, page, text
from tests.parse.support import cell_texts, check_document, check_fate, parse_bytes, text_of


def test_pieces_are_joined_to_lines_by_their_places():
    data = make_ofd(
        [page(text(60, 30, "监控项目"), text(20, 50, "预算：50万元"), text(42, 30, "岷阳市"), text(20, 30, "采购人："))]
    )
    assert text_of(data) == "采购人： 岷阳市 监控项目\n预算：50万元"


def test_pieces_that_touch_are_one_word():
    size = 4.5
    data = make_ofd([page(*(text(20 + size * at, 30, char) for at, char in enumerate("人脸识别系统")))])
    assert text_of(data) == "人脸识别系统"


def test_letters_set_wide_apart_are_one_word_and_columns_are_not():
    spaced = make_ofd([page(text(20, 30, "采购公告", deltas="g 3 7.5"), text(20, 50, "Camera 4K", deltas="g 8 2.3"))])
    assert text_of(spaced) == "采购公告\nCamera 4K"
    columns = make_ofd([page(text(20, 30, "序号数量", deltas="4.5 40 4.5"))])
    assert text_of(columns) == "序号 数量"


def test_bold_by_printing_twice():
    assert text_of(make_ofd([page(text(20, 30, "公告"), text(20.2, 30, "公告"))])) == "公告"


def test_transformed_and_turned_text():
    scaled = text(20, 30, "放大", extra=' CTM="2 0 0 2 0 0"')
    turned = text(100, 100, "副本 内部", extra=' CTM="0.7 -0.7 0.7 0.7 0 0"')
    assert text_of(make_ofd([page(turned, scaled)])) == "放大\n副本 内部"


def test_tables_by_their_borders():
    table = [
        grid([20, 60, 120, 180], [40, 50, 60]),
        *(text(22, 48, "序号"), text(62, 48, "名称"), text(122, 48, "数量")),
        *(text(22, 58, "1"), text(62, 58, "高清摄像机"), text(122, 58, "120台")),
    ]
    document = parse_bytes(make_ofd([page(text(20, 30, "采购清单"), *table, text(20, 80, "以上。"))]))
    check_document(document)
    assert document.pages[0].text == "采购清单\n序号 | 名称 | 数量\n1 | 高清摄像机 | 120台\n以上。"
    assert cell_texts(document)[1] == [(0, "1"), (1, "高清摄像机"), (2, "120台")]


def test_borders_of_the_template_and_frames_of_one_path():
    template = page(frame(20, 40, 120, 60), line(70, 40, 70, 60), text(22, 48, "采购人"))
    data = make_ofd([page(text(72, 48, "岷阳市公安局"), template="7")], templates={"7": template})
    assert text_of(data) == "采购人 | 岷阳市公安局"


def test_several_documents_follow_one_another():
    data = make_ofd([page(text(20, 30, "一")), page(text(20, 30, "二"))], [page(text(20, 30, "三"))])
    assert text_of(data) == "一\f二\f三"


def test_attachments_are_named():
    (mark,) = parse_bytes(make_ofd([page(text(20, 30, "正文"))], attachments=["清单.xlsx"])).marks
    assert mark == "files attached to the document not read: 清单.xlsx"


def test_pages_of_pictures_and_of_characters_without_meaning():
    codes = "".join(chr(0xE000 + at) for at in range(20))
    document = parse_bytes(make_ofd([page(text(20, 30, "正文")), page(PICTURE), page(text(20, 30, codes))]))
    assert document.marks == (
        "page 2: no text, only pictures: a scan, not recognised",
        "page 3: text that means nothing without its font",
    )
    with pytest.raises(EmptyFileError, match="1 picture and no text"):
        parse_bytes(make_ofd([page(PICTURE)]))
    with pytest.raises(EmptyFileError, match="no text"):
        parse_bytes(make_ofd([page()]))


def test_password_and_damage():
    with pytest.raises(EncryptedError):
        parse_bytes(make_ofd([page(text(20, 30, "x"))], extra={"Encryptions.xml": b"<x/>"}))
    with pytest.raises(DamagedError, match="no page"):
        parse_bytes(make_ofd(["<broken"]))
    document = parse_bytes(make_ofd(["<broken", page(text(20, 30, "二"))]))
    assert document.marks == ("page 1: damaged or missing, not read",)
    with pytest.raises(DamagedError, match="lists no document"):
        parse_bytes(make_ofd())


def test_limits_hold():
    data = make_ofd([page(text(20, 30, f"第{number}页")) for number in range(5)])
    document = parse_bytes(data, limits=Limits(max_pages=2))
    assert len(document.pages) == 2
    assert "more than 2 pages" in document.marks[0]
    many = make_ofd([page(text(20, 30, "甲乙", deltas="g 999999999999 1"))])
    assert "甲" in text_of(many)


@given(st.data())
def test_mutated_pages_end(data):
    xml = page(
        grid([20, 60, 120], [40, 50]),
        text(22, 48, "甲", deltas="g 2 3"),
        text(62, 48, "乙", extra=' CTM="1 0 0 1 0 0"'),
    )
    sample = bytearray(xml.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.sampled_from(b'<>"= 0195.-eECMg&'))
    check_fate(make_ofd([sample.decode("utf-8", "replace")]), "a.ofd")


@given(
    st.lists(st.tuples(st.floats(0, 200), st.floats(10, 290), st.text("采购a1 ", min_size=1, max_size=8)), max_size=20)
)
def test_no_character_is_lost(pieces):
    data = make_ofd([page(text(20, 5, "始"), *(text(x, y, words) for x, y, words in pieces))])
    found = text_of(data)
    # a letter printed again on the same spot counts once
    assert set("".join(words for *_, words in pieces)) - {" "} <= set(found)
