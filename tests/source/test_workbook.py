"""Workbooks of notices. All bodies, persons and numbers are invented."""

import datetime as dt
import io
import random
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.parse.sniff import sniff
from sousveil.pipeline import Order, process, to_document
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source.mapping import UNKNOWN, Source
from tests.parse.samples import make_xlsx
from tests.source.checks import amount, check, values

# project, buyer, number, day, budget in ten thousand yuan, supplier, contact, telephone
HEADS = ["项目名称", "采购人", "项目编号", "发布日期", "预算金额（万元）", "中标供应商", "联系人", "联系电话"]
ROWS = [
    ["榆树县视频监控项目", "榆树县公安局", "YS-1", dt.date(2024, 3, 5), 342.5, "甲乙丙科技有限公司", "虚构人", "13800000000"],
    ["榆树县门禁项目", "榆树县教育局", "YS-2", 45292, 12, "丁戊科技有限公司", "虚构二", "13900000000"],
]  # fmt: skip
BILL = [
    ["序号", "项目编码", "项目名称", "计量单位", "工程量", "综合单价", "合价"],  # a bill of quantities
    [1, "030507001001", "网络摄像机", "台", 120, 850, 102000],
    [2, "030507002001", "交换机", "台", 8, 4200, 33600],
]


def read(sheets, limits: Limits = DEFAULT_LIMITS, source: Source = UNKNOWN):
    """Return the document of a workbook; what stands outside of notices is checked with the rest."""
    return read_bytes(make_xlsx(sheets), limits, source)


def read_bytes(raw: bytes, limits: Limits = DEFAULT_LIMITS, source: Source = UNKNOWN):
    document = to_document(
        raw, file="0" * 64, name="d.xlsx", kind=sniff(raw, "d.xlsx"), order=Order(limits=limits, source=source)
    )
    for record in document.records:
        for _, found in record.fields:
            for value in found:
                assert document.pages[value.span.page - 1].text[value.span.start : value.span.end] == value.span.quote
    return document


def test_a_sheet_of_notices_is_read_row_by_row():
    document = read({"汇总": [HEADS, *ROWS]})
    check(document)
    assert [page.label for page in document.pages] == ["汇总, row 2", "汇总, row 3"]
    assert values(document, "title") == ["榆树县视频监控项目"]
    assert values(document, "buyer", 1) == ["榆树县教育局"]
    assert values(document, "publication_date") == ["2024-03-05"]
    assert amount(document, "budget")[0] == 3_425_000
    assert values(document, "suppliers", 1) == ["丁戊科技有限公司"]


def test_a_day_kept_as_a_number_is_a_day():
    assert values(read({"s": [HEADS, *ROWS]}), "publication_date", 1) == ["2024-01-01"]


def test_columns_of_persons_are_not_rendered():
    text = "".join(page.text for page in read({"s": [HEADS, *ROWS]}).pages)
    assert not re.search("虚构|13800000000|13900000000|联系", text)


def test_heads_below_a_title_line_and_blank_rows_tell_the_unit():
    heads = [head.replace("（万元）", "") for head in HEADS]
    document = read({"s": [["榆树县采购项目汇总表"], [], ["", "", "", "单位：万元"], heads, *ROWS]})
    assert [page.label for page in document.pages] == ["s, row 5", "s, row 6", "s"]
    assert amount(document, "budget")[0] == 3_425_000
    assert document.pages[2].text == "榆树县采购项目汇总表\n单位：万元"
    assert len(document.records) == 2


def test_heads_merged_over_two_lines():
    upper = ["项目信息", "", "采购人", "中标信息", ""]
    lower = ["项目名称", "项目编号", "", "中标供应商", "中标金额"]
    rows = [
        ["视频监控", "A-1", "榆树县公安局", "甲乙丙有限公司", 3_000_000],
        ["门禁", "A-2", "榆树县教育局", "丁戊有限公司", 50_000],
    ]
    document = read({"s": [upper, lower, *rows]})
    assert [page.label for page in document.pages] == ["s, row 3", "s, row 4"]
    assert values(document, "buyer") == ["榆树县公安局"]
    assert values(document, "suppliers", 1) == ["丁戊有限公司"]
    assert amount(document, "award_amount")[0] == 3_000_000


def test_other_sheets_stay_tables_and_are_one_more_notice():
    raw = make_xlsx({"汇总": [HEADS, *ROWS], "清单": BILL})
    document = read_bytes(raw)
    assert [page.label for page in document.pages] == ["汇总, row 2", "汇总, row 3", "清单"]
    assert "网络摄像机 | 台 | 120" in document.pages[2].text
    assert {table.page for table in document.tables} == {3}
    *_, part = process(raw, name="d.xlsx")
    assert [notice.id.partition("#")[2] for notice in part.notices] == ["1", "2", "3"]
    assert part.notices[2].first_page == part.notices[2].last_page == 3


@pytest.mark.parametrize(
    "rows",
    [
        BILL,
        # a form: labels beside their values
        [["项目名称", "榆树县视频监控", "采购人", "榆树县公安局"], ["项目编号", "YS-1", "预算金额", "100万元"], ["联系人", "某", "发布日期", "2024-01-01"]],
        # one row only
        [HEADS, ROWS[0]],
        # titles without anything else
        [["序号", "项目名称", "备注"], [1, "甲", ""], [2, "乙", ""]],
        # heads without rows
        [HEADS],
        [HEADS, ["", "", "", "", "", "", "", ""]],
    ],
)  # fmt: skip
def test_bills_of_quantities_and_forms_are_no_dumps(rows):
    document = read({"s": rows})
    assert document.records == ()
    assert [page.label for page in document.pages] == ["s"]


def test_rows_without_a_title_and_sums_are_text_and_marked():
    document = read({"s": [HEADS, *ROWS, ["合计", "", "", "", 354.5], ["", "备注：以上为公开信息"]]})
    assert len(document.records) == 2
    assert document.pages[2].text == "合计 |  |  |  | 354.5\n备注：以上为公开信息"
    assert document.marks == ("2 rows of sheet s have no title: text, no notices",)


def test_rows_beyond_the_limit_are_counted():
    document = read({"s": [HEADS, *ROWS * 5]}, Limits(max_pages=3))
    assert len(document.records) == 3
    assert document.marks == ("7 further rows of sheet s were not read: limit of 3 records (max_pages)",)


def test_a_workbook_without_dimension_element():
    raw, out = make_xlsx({"s": [HEADS, *ROWS]}), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<dimension [^>]*/>", b"", old.read(name)))
    assert out.getvalue() != raw
    assert [page.text for page in read_bytes(out.getvalue()).pages] == [page.text for page in read_bytes(raw).pages]


def test_a_mapping_names_sheet_row_and_columns():
    rows = [
        ["x", "y"],
        ["标的", "甲方单位", "数额", "备注"],
        ["视频监控", "榆树县公安局", 12, "无"],
        ["门禁", "榆树县教育局", 3, "无"],
    ]
    mapping = {"标的": "title", "甲方单位": "buyer", "数额": "budget", "备注": "skip"}
    source = Source(sheet="二", head_row=2, unit="万元", country="CN", mapping=mapping)
    document = read({"一": [HEADS, *ROWS], "二": rows}, source=source)
    assert [page.label for page in document.pages] == ["二, row 3", "二, row 4", "一", "二"]
    assert document.pages[0].text == "标的: 视频监控\n甲方单位: 榆树县公安局\n数额: 12"
    assert amount(document, "budget") == (120_000, "CNY")


def test_a_table_without_heads_is_mapped_by_letters():
    rows = [["视频监控", "榆树县公安局", 3000000], ["门禁", "榆树县教育局", 50000]]
    source = Source(head_row=0, mapping={"A": "title", "B": "buyer", "C": "budget"})
    document = read({"s": rows}, source=source)
    assert [values(document, "title", number) for number in (0, 1)] == [["视频监控"], ["门禁"]]
    assert amount(document, "budget", 1)[0] == 50_000


def test_suppliers_that_are_natural_persons_are_covered():
    heads = ["OBJETO", "ENTIDAD", "TIPOPROVEEDOR", "RUCPROVEEDOR", "PROVEEDOR"]
    rows = [
        ["Cámaras", "Municipalidad de Olmo", "Persona Natural", "10123456789", "ANA INVENTADA"],
        ["Radios", "Municipalidad de Olmo", "Persona Juridica", "20123456789", "VIGILA S.A.C."],
        ["Focos", "Municipalidad de Olmo", "", "10123456780", "LUIS INVENTADO"],
    ]
    document = read({"s": [heads, *rows]})
    check(document)
    text = "".join(page.text for page in document.pages)
    assert not re.search("INVENTAD|1012345678", text)
    assert values(document, "suppliers", 1) == ["VIGILA S.A.C."]


NOTICES = st.lists(
    st.tuples(
        st.text("视频监控门禁系统采购项目", min_size=3, max_size=12),
        st.sampled_from(["榆树县公安局", "榆树县教育局", "松河市交通局"]),
        st.dates(dt.date(2000, 1, 1), dt.date(2049, 12, 31)),
        st.integers(1000, 10**9),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=30, deadline=None)
@given(NOTICES, st.randoms(use_true_random=False))
def test_rows_come_back_in_any_order_of_columns(notices, chance: random.Random):
    order = [0, 1, 2, 3]
    chance.shuffle(order)
    heads = ["项目名称", "采购人", "发布日期", "预算金额（元）"]
    rows = [[row[place] for place in order] for row in notices]
    document = read({"s": [[heads[place] for place in order], *rows]})
    check(document)
    assert len(document.records) == len(notices)
    for number, (title, buyer, day, budget) in enumerate(notices):
        assert values(document, "title", number) == [title]
        assert values(document, "buyer", number) == [buyer]
        assert values(document, "publication_date", number) == [day.isoformat()]
        assert amount(document, "budget", number) == (budget, None)


def test_the_real_workbook_of_peru(shared):
    raw = (shared / "corpus/office/peru_CONOSCE_CONTRATACIONDIRECTA.xlsx").read_bytes()
    document = read_bytes(raw, Limits(max_pages=400))
    check(document)
    assert len(document.records) == 400
    assert "9257 further rows" in document.marks[0]
    for name in ("title", "buyer", "publication_date", "project_number"):
        assert all(values(document, name, number) for number in range(400)), name
    naturals = [page for page in document.pages if "TIPOPROVEEDOR: Persona Natural" in page.text]
    assert naturals
    for page in naturals:
        assert re.search("^PROVEEDOR: █+$", page.text, re.MULTILINE)
        assert "RUCPROVEEDOR" not in page.text


def test_real_workbooks_in_two_formats_say_the_same(shared):
    documents = []
    for name in ("ingest_rom.xls", "ingest_rom.ods"):
        raw = (shared / "corpus/office" / name).read_bytes()
        documents.append(to_document(raw, file="0" * 64, name=name, kind=sniff(raw, name)))
    xls, ods = documents
    assert len(xls.records) == 335
    assert [page.text for page in xls.pages] == [page.text for page in ods.pages]
    assert all(values(xls, "buyer", number) and amount(xls, "award_amount", number) for number in range(300))


def test_real_workbooks_of_other_kinds_are_no_dumps(shared):
    for name in ("zh_function_list.xlsx", "zh_tianh_3.xlsx", "zh_DataSource.xlsx", "ingest_staff_list.xlsx", "tika_testEXCEL.xls", "ro_companies_matches.xls"):  # fmt: skip
        raw = (shared / "corpus/office" / name).read_bytes()
        document = to_document(raw, file="0" * 64, name=name, kind=sniff(raw, name))
        assert document.records == (), name
