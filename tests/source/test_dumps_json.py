"""Records in JSON: where they stand, how they nest, web pages inside of them. All names are invented."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.parse.sniff import sniff
from sousveil.pipeline import Order, to_document
from sousveil.source.mapping import UNKNOWN, Source
from tests.source.checks import amount, check, values

RECORDS = [
    {"id": "k1", "title": "视频监控项目", "buyer": {"name": "榆树县公安局", "contact": {"name": "虚构人"}}, "date": "2024-03-05"},
    {"id": "k2", "title": "门禁项目", "buyer": {"name": "榆树县教育局"}, "date": "2024-04-02", "电话": "13800000000"},
]  # fmt: skip


def read(value, source: Source = UNKNOWN):
    raw = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()
    kind = sniff(raw, "d.json")
    assert kind.name == "table-json"
    document = to_document(raw, file="0" * 64, name="d.json", kind=kind, order=Order(source=source))
    check(document)
    return document


@pytest.mark.parametrize(
    "value",
    [
        RECORDS,
        {"items": RECORDS},
        {"code": 200, "data": {"total": 2, "list": RECORDS}},
        {"success": True, "result": {"data": {"records": RECORDS, "page": 1}}},
        {record["id"]: {key: part for key, part in record.items() if key != "id"} for record in RECORDS},
        "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
        # a longer list that is none of notices: the one of notices is read
        {"facets": {"years": [{"value": year, "count": 1} for year in range(9)]}, "data": {"list": RECORDS}},
    ],
    ids=["list", "items", "data.list", "result.data.records", "by id", "lines", "beside facets"],
)
def test_records_are_found_wherever_they_stand(value):
    document = read(value)
    assert [record.key for record in document.records] == ["k1", "k2"]
    assert [values(document, "title", number) for number in (0, 1)] == [["视频监控项目"], ["门禁项目"]]
    assert values(document, "publication_date", 1) == ["2024-04-02"]
    text = "".join(page.text for page in document.pages)
    assert "榆树县公安局" in text
    assert "虚构人" not in text
    assert "13800000000" not in text


def test_what_else_the_file_lists_is_counted():
    document = read({"facets": [{"value": year} for year in range(9)], "data": {"list": RECORDS}})
    assert document.marks == ("9 records of other lists in the file, which have other columns, were not read",)


def test_one_record_alone_is_not_its_attachments():
    document = read({"title": "视频监控项目", "buyer": "榆树县公安局", "files": [{"name": "a.pdf"}, {"name": "b.pdf"}]})
    assert [values(document, "title")] == [["视频监控项目"]]


def test_a_web_page_in_a_record_is_read_with_its_tables():
    page = (
        "<div><p>采购公告</p><table><tr><td>名称</td><td>数量</td></tr><tr><td>摄像机</td><td>120台</td></tr></table>"
        "<p>联系人：张三</p><script>x()</script></div>"
    )
    document = read([{"title": "视频监控项目", "buyer": "榆树县公安局", "content": page}] * 2)
    text = document.pages[1].text
    assert "content\n采购公告\n名称 | 数量\n摄像机 | 120台\n" in text
    assert "<" not in text
    cells = [text[cell.start : cell.end] for table in document.tables if table.page == 2 for cell in table.cells]
    assert cells == ["名称", "数量", "摄像机", "120台"]


def test_nested_columns_are_mapped_by_parent_and_child():
    rows = [{"a": {"b": "视频监控"}, "c": {"b": "榆树县公安局", "d": "12"}, "e": "秘密"} for _ in range(2)]
    mapping = {"a.b": "title", "c.b": "buyer", "c.d": "budget", "e": "skip"}
    document = read(rows, Source(mapping=mapping, unit="万元", country="CN"))
    assert values(document, "title") == ["视频监控"]
    assert values(document, "buyer", 1) == ["榆树县公安局"]
    assert amount(document, "budget") == (120_000, "CNY")
    assert "秘密" not in document.pages[0].text


def test_nameless_columns_are_told_by_values_only_where_they_are_sure():
    rows = [
        {"项目名称": f"项目{n}", "预算金额（元）": 5000 + n, "col_1": f"第{n}县公安局", "F2": f"2024-03-0{n}", "F3": f"https://a.example/{n}", "F4": f"甲{n}有限公司", "F5": 70000 + n}
        for n in range(1, 7)
    ]  # fmt: skip
    document = read(rows)
    assert values(document, "buyer") == ["第1县公安局"]
    assert values(document, "publication_date", 2) == ["2024-03-03"]
    assert values(document, "suppliers") == []
    assert amount(document, "award_amount") is None
    twice = read([{**row, "F6": "2024-05-01"} for row in rows])
    assert values(twice, "publication_date") == []  # two columns of days: either may be the deadline


def test_the_later_stage_counts_where_two_columns_tell_one():
    rows = [{"title": "T", "buyer": "B", "Notice Type": "Invitation to Bid", "Notice Status": "Awarded"}] * 2
    document = read(rows)
    assert values(document, "notice_type") == ["award"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text("视频监控门禁采购", min_size=2, max_size=9), st.integers(1000, 10**8)), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
    st.integers(0, 3),
)  # fmt: skip
def test_order_and_nesting_do_not_matter(notices, chance: random.Random, depth):
    rows = []
    for title, budget in notices:
        members = list({"title": title, "budget": budget, "buyer": "榆树县公安局", "url": "x"}.items())
        chance.shuffle(members)
        rows.append(dict(members))
    value = rows
    for level in range(depth):
        value = {"code": 0, f"level{level}": value}
    document = read(value)
    assert [values(document, "title", number) for number in range(len(rows))] == [[title] for title, _ in notices]
    assert [amount(document, "budget", number)[0] for number in range(len(rows))] == [budget for _, budget in notices]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("zh_notices/huadong_radar/unicom-notices.json", 91),
        ("zh_notices/jiangxi/bid_records.jsonl", 105),
        ("ocds/ocds-philgeps-primer/examples_poc_etl_source_rows.json", 11),
    ],
)
def test_real_dumps(shared, path, count):
    document = read((shared / "corpus" / path).read_text(encoding="utf-8"))
    assert len(document.records) == count
    assert all(values(document, "title", number) for number in range(count))
