"""Flat record dumps. Bodies, persons and numbers are invented."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, FileFailure, UnsupportedTypeError
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source import table
from sousveil.source.cells import is_null, money_in, place_of, role_of, type_of
from sousveil.source.roles import NO_MAPPING
from tests.source.checks import amount, read, values


def to_csv(rows, delimiter=",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


ZH = [
    # project name, buyer, notice type, number, publication, budget (10,000 yuan), region, contact, phone, remark, link
    ["项目名称", "采购人", "公告类型", "项目编号", "发布日期", "预算金额（万元）", "地区", "联系人", "联系电话", "备注", "原文链接"],
    ["榆树县视频监控项目", "榆树县公安局", "招标公告", "YS-2024-01", "2024年3月5日", "342.5", "浙江省", "虚构人", "13800000000", "无", "https://zfcg.example.gov.cn/1"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("delimiter", "charset"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "gb18030"), (",", "utf-16")]
)
def test_a_chinese_table_is_read_by_its_heads(delimiter, charset):
    document = read(table, to_csv(ZH, delimiter).encode(charset))
    assert values(document, "title") == ["榆树县视频监控项目"]
    assert values(document, "buyer") == ["榆树县公安局"]
    assert values(document, "notice_type") == ["tender"]
    assert values(document, "project_number") == ["YS-2024-01"]
    assert values(document, "publication_date") == ["2024-03-05"]
    assert amount(document, "budget") == (3_425_000.0, "CNY")
    assert values(document, "province") == ["浙江"]
    assert values(document, "country") == ["CN"]
    assert document.records[0].key == "row 1"


def test_columns_of_persons_are_not_rendered():
    text = read(table, to_csv(ZH)).pages[0].text
    assert "虚构人" not in text
    assert "13800000000" not in text
    row = {
        "title": "T",
        "buyer": "B",
        "contact": {"a": {"name": "Ann Invented"}},
        "contactPhone": "555",
        "Author": "X Y",
    }
    text = read(table, json.dumps([row])).pages[0].text
    assert text == "title: T\nbuyer: B"


def test_a_mexican_contract_table():
    rows = [
        ["DEPENDENCIA", "RESPONSABLE", "NUMERO_EXPEDIENTE", "TITULO_EXPEDIENTE", "NUMERO_PROCEDIMIENTO", "PROC_F_PUBLICACION",
         "CODIGO_CONTRATO", "TITULO_CONTRATO", "IMPORTE_CONTRATO", "MONEDA", "PROVEEDOR_CONTRATISTA", "ANUNCIO"],
        ["Puerto Olmo", "Ana Inventada", "77", "CAMARAS", "LA-1-2014", "2014-10-30 17:20", "9", "SERVICIO DE CCTV", "1025.5", "MXN",
         "VIGILA SA DE CV", "https://compranet.example.gob.mx/x"],
    ]  # fmt: skip
    document = read(table, to_csv(rows))
    assert values(document, "title") == ["SERVICIO DE CCTV"]
    assert values(document, "project_number") == ["LA-1-2014", "77"]
    assert values(document, "notice_type") == ["contract"]
    assert values(document, "publication_date") == ["2014-10-30"]
    assert values(document, "suppliers") == ["VIGILA SA DE CV"]
    assert amount(document, "award_amount") == (1025.5, "MXN")
    assert values(document, "country") == ["MX"]
    assert "Inventada" not in document.pages[0].text


def test_nested_records_and_candidates():
    rows = [
        {
            "infoid": "k1",
            "parsed": {"project_name": "道路工程", "bidders_and_prices": [{"bidder": "甲公司"}, {"bidder": "乙公司"}]},
            "raw": json.dumps({"infodate": "2024-01-02"}),
        }
    ]
    document = read(table, json.dumps({"meta": {}, "items": rows}))
    assert document.records[0].key == "k1"
    assert values(document, "suppliers") == ["甲公司", "乙公司"]
    assert values(document, "notice_type") == ["award"]
    assert values(document, "publication_date") == ["2024-01-02"]
    notes = [field.note for name, found in document.records[0].fields if name == "suppliers" for field in found]
    assert notes == ["ranked candidate, no award yet"] * 2
    assert values(document, "has_candidates_only") == [True]


def test_lists_of_the_same_columns_are_read_together_and_others_counted():
    row = {"title": "T", "buyer": "B"}
    document = read(table, json.dumps({"first": [row, row], "second": [row], "errors": [{"code": 7}]}))
    assert len(document.pages) == 3
    assert document.marks == ("1 records of other lists in the file, which have other columns, were not read",)


def test_texts_in_several_languages_are_read_in_english_else_in_the_first():
    row = {"notice-title": {"fra": "Caméras", "eng": "Cameras"}, "buyer-name": {"fra": ["Ville d'Orme"]}}
    document = read(table, json.dumps({"notices": [row]}))
    assert values(document, "title") == ["Cameras"]
    assert values(document, "buyer") == ["Ville d'Orme"]


def test_an_agency_column_alone_is_the_buyer():
    assert values(read(table, json.dumps([{"title": "T", "agency": "Police of Elm"}])), "buyer") == ["Police of Elm"]
    both = read(table, json.dumps([{"title": "T", "agency": "Tender Ltd", "issuer": "Elm"}]))
    assert (values(both, "buyer"), values(both, "agency")) == (["Elm"], ["Tender Ltd"])


def test_the_notice_itself_outranks_the_portals_case_number():
    body = "项目编号：YS-2024-01 预算金额：100000元。" + "采购内容。" * 60
    row = {"title": "T", "project_code": "E350610060110071", "content_text": body, "date": "2024-01-01"}
    assert values(read(table, json.dumps([row])), "project_number") == []
    row["project_code"] = "YS-2024-01"
    assert values(read(table, json.dumps([row])), "project_number") == ["YS-2024-01"]


def test_json_lines_and_limits():
    lines = "\n".join(json.dumps({"title": f"T{n}", "buyer": "B"}) for n in range(5))
    assert len(read(table, lines).pages) == 5
    document = read(table, to_csv([["title", "buyer"], *([["T", "B"]] * 5)]), replace(DEFAULT_LIMITS, max_pages=2))
    assert len(document.pages) == 2
    assert document.marks == ("3 further rows were not read: limit of 2 records",)
    assert (
        "3 further rows"
        in read(table, json.dumps([{"title": "T", "buyer": "B"}] * 5), replace(DEFAULT_LIMITS, max_pages=2)).marks[0]
    )


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("name,age\nAnn,3\n", UnsupportedTypeError),
        ("1,Supply of chairs,2000\n2,Supply of desks,3000\n", UnsupportedTypeError),
        ("title,buyer\n", EmptyFileError),
        ("   ", EmptyFileError),
        ("[]", EmptyFileError),
        ("[1, 2", DamagedError),
        ('[{"colour": "red"}]', UnsupportedTypeError),
    ],
)
def test_what_is_refused(raw, error):
    with pytest.raises(error) as failure:
        read(table, raw)
    assert "Ann" not in str(failure.value)


def test_heads():
    assert NO_MAPPING.are_of_notices([("", head) for head in ZH[0]])
    assert not NO_MAPPING.are_of_notices([("", "姓名"), ("", "电话")])  # name, telephone
    assert role_of("", "contractingAuthority") == role_of("", "Contracting authority")
    assert role_of("", "x" * 5000) == ("", 0)


def test_cells():
    assert is_null("公告未明确列示")  # not stated clearly in the notice
    assert is_null(" N/A ")
    assert money_in("1,436,000.00元", "budget", "CN") == (1_436_000.0, None)
    assert money_in("10万元、20万元", "budget", "CN") is None  # two sums
    assert type_of("采购意见征求公告") == "requirements"  # call for opinions
    assert place_of("萍乡市本级") == ("city", "萍乡市")


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["title", "buyer", "预算金额", "date", "url", "contact", "status", "x"]),
            st.text() | st.floats() | st.integers() | st.none() | st.lists(st.text(), max_size=2),
            max_size=6,
        ),
        max_size=4,
    )
)
def test_any_rows_keep_their_spans(rows):
    try:
        read(table, json.dumps([{"title": "T", "buyer": "B"}, *rows]))
    except FileFailure as failure:
        assert failure.reason  # noqa: PT017


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_document_or_a_reason(raw):
    try:
        read(table, b"title,buyer\n" + raw)
    except FileFailure as failure:
        assert failure.reason  # noqa: PT017
