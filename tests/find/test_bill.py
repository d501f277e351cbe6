"""Bills of quantities: by their grid, over page ends, and without borders; all names are invented."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.find import find
from sousveil.find.bill import read_bills
from sousveil.find.flattened import _role, flattened_tables
from sousveil.find.item_rows import role_of
from sousveil.find.lexicon import even
from sousveil.model import Cell, Document, Notice, Page, Table
from tests.find.pages import findings

LEAD = "临江市公安局人脸识别视频监控系统采购项目\n"


def grid(page, lines, *, first_row=0, heads=0, continues=False, lead="", columns=None):
    """A page of rows, and its table; '' leaves a cell out, as a merged cell above does."""
    text, cells = lead, []
    for number, line in enumerate(lines):
        filled = [(column, words) for column, words in enumerate(line) if words]
        for place, (column, words) in enumerate(filled):
            text += " | " if place else ""
            start = len(text)
            text += words
            row = number if number < heads else first_row + number
            cells.append(Cell(row, column, start, len(text), is_header=number < heads))
        text += "\n"
    return Page(page, text.rstrip("\n")), Table(page, tuple(cells), continues)


def scales(*parts, explain=False):
    """(value, object, quotation, page) of the scale findings of a document made of pages with one table each."""
    document = Document("ab" * 32, "text/plain", "a.txt", tuple(p for p, _ in parts), tuple(t for _, t in parts))
    notice = Notice("n", document.id, document.file, 1, len(parts))
    found = []
    for finding in find(document, notice, explain=explain):
        if finding.kind == "scale":
            span = finding.span
            assert document.pages[span.page - 1].text[span.start : span.end] == span.quote
            found.append((finding.value, dict(finding.details)["object"], span.quote, span.page))
    return found


HEAD = ["序号", "货物名称", "技术参数", "单位", "数量", "单价"]


def test_unit_before_the_number_prices_and_sums():
    rows = [
        HEAD,
        ["1", "人脸抓拍摄像机", "星光级", "台", "120", "3200台"],
        ["2", "视频存储服务器", "48盘位", "套", "6", "86000"],
        ["合计", "", "", "台", "126", "900000"],
    ]
    assert scales(grid(1, rows, heads=1, lead=LEAD)) == [
        ("120 台", "人脸抓拍摄像机", "台 | 120", 1),
        ("6 套", "视频存储服务器", "套 | 6", 1),
    ]


def test_the_head_of_the_first_page_serves_the_rows_of_the_second():
    first = grid(1, [HEAD, ["1", "人脸抓拍摄像机", "星光级", "台", "120", "1"]], heads=1, lead=LEAD)
    second = grid(2, [["2", "视频存储服务器", "48盘位", "套", "6", "2"]], first_row=2, continues=True)
    assert scales(first, second)[1] == ("6 套", "视频存储服务器", "套 | 6", 2)
    alone = grid(2, [["2", "视频存储服务器", "48盘位", "套", "6", "2"]])
    assert ("6 套", "视频存储服务器", "套 | 6", 2) not in scales(first, alone)


def test_a_row_that_a_page_end_cut_is_one_row():
    first = grid(1, [HEAD, ["1", "人脸抓拍摄像机", "星光级，", "", "", ""]], heads=1, lead=LEAD)
    second = grid(2, [["", "", "防护等级IP66", "台", "120", "1"]], first_row=1, continues=True)
    assert scales(first, second) == [("120 台", "人脸抓拍摄像机", "台 | 120", 2)]


def test_a_name_hangs_down_and_a_head_names_the_unit():
    page, table = grid(
        1,
        [
            ["货物名称", "型号", "数量(台)"],
            ["人脸抓拍摄像机", "A型", "12"],
            ["", "B型", "30"],
            ["枪式摄像机", "C型", "7"],
        ],
        heads=1,
        lead=LEAD,
    )
    hanging = tuple(
        Cell(
            cell.row,
            cell.column,
            cell.start,
            cell.end,
            2 if page.text[cell.start : cell.end] == "人脸抓拍摄像机" else 1,
            1,
            cell.is_header,
        )
        for cell in table.cells
    )
    assert [found[:2] for found in scales((page, Table(1, hanging)))] == [
        ("12 台", "人脸抓拍摄像机"),
        ("30 台", "人脸抓拍摄像机"),
        ("7 台", "枪式摄像机"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "序号\n货物名称\n技术参数\n单位\n数量\n单价\n1\n人脸抓拍摄像机\n星光级\n台\n120\n3200\n2\n视频存储服务器\n48盘位\n套\n6\n86000\n合计\n900000",
        "序号\n货物名称\n数量\n单位\n1\n人脸抓拍摄像机\n120\n台\n2\n视频存储服务器\n6\n套",
        "序号 货物名称 单位 数量\n1 人脸抓拍摄像机 台 120\n2 视频存储服务器 套 6",
        "标的清单（名称/品牌/型号/数量/单位）\n1 人脸抓拍摄像机/甲/A-1/120/台\n2 视频存储服务器/乙/B-2/6/套",
        "名称/数量/单位\n人脸抓拍摄像机/120/台\n视频存储服务器/6/套\n合计：900000元",
        "设备名称\n人脸抓拍摄像机\n数量\n120台\n设备名称\n视频存储服务器\n数量\n6套",
        "设备名称：\n人脸抓拍摄像机\n数量：\n120\n单位：\n台\n设备名称：\n视频存储服务器\n数量：\n6\n单位：\n套",
    ],
)
def test_flattened_bills(lines):
    found = [(finding.value, dict(finding.details)["object"]) for finding in findings(LEAD + lines, "scale")]
    assert found == [("120 台", "人脸抓拍摄像机"), ("6 套", "视频存储服务器")]


@pytest.mark.parametrize(
    "text",
    [
        "数量\n名称\n某某说明文字很长很长很长很长很长很长\n其他",
        "序号\n货物名称\n数量\n2\n摄像机\n120台",  # does not begin to count
        "序号\n货物名称\n数量\n1\n摄像机\n若干",
        "设备名称\n数量\n设备名称\n数量",
        "采购数量以合同为准\n设备名称见附件\n无",
        "名称/数量/单位\n人脸抓拍摄像机/若干/台",
        "名称/品牌/数量\n人脸抓拍摄像机/120/台/新",
    ],
)
def test_lines_that_are_no_bill(text):
    assert flattened_tables(1, text) == []


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("采购数量(台)", "quantity"),
        ("计量单位", "unit"),
        ("投标单位", "party"),
        ("综合单价(元)", "price"),
        ("货物名称", "name"),
        ("设备参数", "text"),
        ("unit price", "price"),
        ("备注", "note"),
        ("某某", ""),
    ],
)
def test_roles_of_heads(head, role):
    assert role_of(head) == role


@given(st.text(alphabet="序号数量名称单位台12\n |", max_size=80))
def test_flattened_cells_stand_where_they_say(text):
    for table in flattened_tables(1, text):
        places = [(cell.start, cell.end) for cell in table.cells]
        assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in places)
        ordered = sorted(places)
        assert all(left[1] <= right[0] for left, right in pairwise(ordered))
        assert len({(cell.row, cell.column) for cell in table.cells}) == len(places)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", "台", "数量", "名称", "合计", "摄像机", "12台"]), min_size=1, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_rows_of_a_bill_lie_on_their_page(lines):
    if not any(any(line) for line in lines):
        return
    page, table = grid(1, [line for line in lines if any(line)])
    document = Document(hashlib.sha256(b"").hexdigest(), "text/plain", "a", (page,), (table,))
    for row in read_bills(document.tables, {1: (page, even(page.text))}).get(1, ()):
        assert 0 <= row.start < row.end <= len(page.text)
        if row.count:
            assert row.start <= row.count.start < row.count.end <= row.end


def test_an_empty_line_is_no_head():
    assert _role("数量", (1, 1)) == ""
