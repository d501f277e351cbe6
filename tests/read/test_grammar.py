"""Labels are read by their parts; false friends are told apart."""

import pytest

from sousveil.read.gazetteer import find_places
from sousveil.read.grammar import meaning_of
from sousveil.text.fold import fold

LABELS = [
    ("一、项目编号", "project_number"),
    ("项目编号（建议书编号）", "project_number"),
    ("標案案號", "project_number"),
    ("采 购 人", "buyer"),
    ("建设单位（或招标人）", "buyer"),
    ("采购代理机构名称", "agency"),
    ("中标（成交）金额（万元）", "award_amount"),
    ("总中标成交金额", "award_amount"),
    ("合同包预算金额", "lot_budget"),
    ("预算金额（元）", "budget"),
    ("最高投标限价", "ceiling"),
    ("中标供应商名称", "supplier"),
    ("得標廠商", "supplier"),
    ("第一中标候选人", "candidate"),
    ("投标报价（元）", "bid_amount"),
    ("公告发布时间", "publication_date"),
    ("首次公告日期", "first_published"),
    ("招标公告发布日期", "first_published"),
    ("代理服务费金额", "fee"),
    ("中标服务费", "fee"),
    ("投标保证金金额", "deposit"),
    ("综合单价", "unit_price"),
    ("1.采购人信息", "head_buyer"),
    ("五、评审专家（单一来源采购人员）名单", "panel"),
    ("II.1.1) Title", "title"),
    ("Buena pro ítem 12", "supplier"),
    ("PROC_F_PUBLICACION", "publication_date"),
]


@pytest.mark.parametrize(("label", "field"), LABELS)
def test_label(label, field):
    assert meaning_of(fold(label)).field == field


@pytest.mark.parametrize(
    "text",
    [
        "主管预算单位",
        "青石恒信招标代理有限公司",
        "项目（一期）",
        "中标候选人公示期间如有异议请提出",
        "今天",
        "12",
        "",
        "预算编制说明",
        "某县公安局",
    ],
)
def test_no_label(text):
    assert meaning_of(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("青岛市黄岛区教育局", ["青岛市", "黄岛区"]),
        ("2026年云霄电信监测服务", ["云霄县"]),
        ("新竹縣政府警察局", ["新竹县"]),
        ("内蒙古自治区公安厅", ["内蒙古自治区"]),
        ("宜昌市公安局", ["宜昌市"]),
        ("教育资源平台", []),
        ("位于南京路12号", []),
        ("石家庄市桥西区人民法院", ["石家庄市", "桥西区"]),
        ("邢台市桥西区人民法院", ["邢台市", "桥西区"]),
    ],
)
def test_places(text, names):
    assert [place.name for place in find_places(fold(text))] == names


def test_a_shared_name_is_read_by_what_stands_before():
    first = find_places("石家庄市桥西区")[-1]
    second = find_places("邢台市桥西区")[-1]
    assert first.prefecture == "石家庄市"
    assert second.prefecture == "邢台市"
    assert find_places("桥西区人民法院") == ()


@pytest.mark.parametrize(
    "label",
    [
        "Monto con IVA",
        "Gesamtwert ohne Umsatzsteuer",
        "Montant HT",
        "Valeur totale estimée hors TVA",
        "Contract value excl. VAT",
    ],
)
def test_with_or_without_tax_a_label_says_the_same(label):
    assert meaning_of(fold(label)).field in {"value", "award_amount", "budget"}


def test_the_tax_in_a_label_of_the_table_counts():
    assert meaning_of("value excluding vat").field == "budget"
