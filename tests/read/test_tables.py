"""Lots, suppliers and sums from tables: by the grid, over page ends, and one cell to a line; all names are invented."""

import pytest

from sousveil.model import Document, Page
from sousveil.read import read
from tests.parse.samples import make_pdf, ruled_grid, text_at
from tests.parse.support import parse_bytes

LEAD = "<h1>云溪市公安局视频监控项目中标公告</h1><p>采购人：云溪市公安局</p>"
A, B, C = "甲视安防科技有限公司", "乙联智能系统有限公司", "丙江数据服务有限公司"


def table(*rows):
    cells = ("".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def notice_of(html):
    document = parse_bytes((LEAD + html).encode(), "a.html")
    notice = read(document)[0]
    for field in (*notice.suppliers, notice.award_amount):
        if field is not None:
            text = document.pages[field.span.page - 1].text
            assert text[field.span.start : field.span.end] == field.span.quote
    return notice


def stated(notice):
    return [field.value for field in notice.suppliers], notice.award_amount and notice.award_amount.value


def test_a_lot_number_hangs_down_over_two_rows():
    html = table(
        ["标段", "标的", "中标供应商", "中标金额(元)"],
        ["<td rowspan=2>1", "摄像机", A, "100000"],
        ["服务器", B, "200000"],
        ["2", "立杆", C, "50000"],
    )
    assert stated(notice_of(html)) == ([A, B, C], 350000.0)


def test_an_empty_cell_at_the_end_shifts_nothing():
    html = table(
        ["标段", "中标供应商", "中标金额(元)", "质保期", "备注"],
        ["1", A, "100000", "三年", ""],
        ["2", B, "200000", "", ""],
        ["3", C, "50000", "一年", "含税"],
    )
    assert stated(notice_of(html)) == ([A, B, C], 350000.0)


def test_a_merged_head_keeps_what_it_says():
    html = table(
        ["<td rowspan=2>标段", "<td rowspan=2>中标供应商", "<td colspan=2>标的", "<td rowspan=2>中标金额(元)"],
        ["名称", "数量"],
        ["1", A, "摄像机", "12", "100000"],
        ["2", B, "服务器", "3", "200000"],
    )
    assert stated(notice_of(html)) == ([A, B], 300000.0)


def test_the_head_of_the_first_page_serves_the_second():
    xs, ys = (50, 150, 330, 450), (760, 740, 720)
    first = text_at(50, 800, "Contract award notice") + text_at(50, 785, "Cameras for the Northmere police")
    heads = ("Lot", "Supplier", "Award amount")
    for y, row in zip((745, 725), (heads, ("1", "Alder Vision Ltd", "EUR 100,000")), strict=True):
        first += "".join(text_at(x + 4, y, words) for x, words in zip(xs, row, strict=False))
    second = ruled_grid(xs, ys[:2])
    second += "".join(
        text_at(x + 4, 745, words) for x, words in zip(xs, ("2", "Birch Systems Ltd", "EUR 50,000"), strict=False)
    )
    document = parse_bytes(make_pdf(first + ruled_grid(xs, ys), second))
    assert [part.continues for part in document.tables] == [False, True]
    (notice,) = read(document)
    assert [(field.value, field.span.page) for field in notice.suppliers] == [
        ("Alder Vision Ltd", 1),
        ("Birch Systems Ltd", 2),
    ]


@pytest.mark.parametrize(
    "lots", [("第1包", "第2包"), ("1", "2"), ("包1", "包2"), ("第一标段", "第二标段"), ("A包", "B包")]
)
@pytest.mark.parametrize("head", ["标段", "包号", "采购包"])
def test_lots_one_cell_to_a_line(head, lots):
    rows = [
        head,
        "供应商名称",
        "地址",
        "成交金额（元）",
        lots[0],
        A,
        "云溪市东山路1号",
        "1285000.00",
        lots[1],
        B,
        "云溪市西湖路2号",
        "2560000",
    ]
    text = "\n".join(("云溪市公安局视频监控项目成交公告", *rows))
    notice = read(Document("0" * 64, "text/plain", "a.txt", (Page(1, text),), language="zh"))[0]
    assert stated(notice) == ([A, B], 3845000.0)
