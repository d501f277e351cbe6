"""Names taken apart: place, organ, parts, kind, level; on Chinese bodies, companies, operators, names abroad."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.bodies import bodies, body_kinds, renamings
from sousveil.data.vendors import vendors
from sousveil.resolve import parse_name
from sousveil.resolve.organ import find_organ
from sousveil.resolve.spelling import split_members, tidy


@pytest.mark.parametrize(
    ("name", "kind", "level", "place"),
    [
        ("浙江省公安厅", "police", "province", "330000"),
        ("杭州市公安局西湖区分局", "police", "county", "330106"),
        ("杭州市公安局", "police", "prefecture", "330100"),
        ("上海市公安局", "police", "province", "310000"),
        ("中共岷阳市委政法委员会", "political-legal", "prefecture", ""),
        ("杭州市西湖区北山街道办事处", "township", "township", "330106"),
        ("大河县城关镇东风村村民委员会", "village", "village", ""),
        ("公安部第三研究所", "police", "national", ""),
        ("中国电信股份有限公司杭州分公司", "operator", "", "330100"),
        ("岷阳市第一人民医院", "health", "prefecture", ""),
        ("四川省岷阳监狱", "prison", "province", "510000"),
        ("第八师石河子市公安局", "police", "county", "659001"),
        ("岷阳经济技术开发区管理委员会", "zone", "", ""),
        ("岷阳市大河县教育局", "education", "county", ""),
        ("武警岷阳支队", "military", "", ""),
        ("臺北市政府警察局", "police", "prefecture", "TW-TPE"),
        ("岷阳锐视科技有限公司", "company", "", ""),
        ("岷阳市融媒体中心", "media", "prefecture", ""),
    ],
)
def test_kind_level_and_place_follow_from_the_name(name, kind, level, place):
    parts = parse_name(name)
    assert (parts.kind, parts.level, parts.place) == (kind, level, place)
    assert parts.reasons


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Wexmoor Constabulary", "GB", "police"),
        ("Policía Local de Valdehonda", "ES", "police"),
        ("Polizeipräsidium Mittelfurt", "DE", "police"),
        ("Fiscalía General de San Telmo", "MX", "procuratorate"),
        ("Ministerio del Interior", "PE", "interior"),
        ("HM Prison Harrowden", "GB", "prison"),
        ("Ayuntamiento de Valdehonda", "ES", "government"),
        ("Kalvia Systems Ltd", "GB", "company"),
    ],
)
def test_kinds_abroad(name, country, kind):
    assert parse_name(name, country=country).kind == kind


def test_a_place_of_the_notice_helps_a_buyer_and_no_supplier():
    told = {"province": "浙江", "city": "杭州市"}
    assert parse_name("西湖区教育局", **told).place == "330106"
    assert parse_name("西湖区教育局", **told, is_buyer=False).form == "vague"


def test_the_number_of_a_public_body_tells_its_place():
    assert parse_name("西湖区教育局", identifier="CN-USCC:11330106002482123C").place == "330106"


def test_former_names_of_places_lead_to_the_place_of_today():
    assert parse_name("富阳市公安局").key == parse_name("富阳区公安局").key


def test_a_proper_name_keeps_the_word_that_means_and():
    assert parse_name("岷阳市和平中学").key != parse_name("岷阳市平中学").key
    assert parse_name("岷阳市住房和城乡建设局").key == parse_name("岷阳市住房城乡建设局").key


@pytest.mark.parametrize(
    ("value", "members"),
    [
        ("甲河科技有限公司、乙河设计院（联合体）", ("甲河科技有限公司", "乙河设计院")),
        ("甲河科技有限公司/乙河科技有限公司", ("甲河科技有限公司", "乙河科技有限公司")),
        ("联合体：甲河科技有限公司（牵头人），乙河大学", ("甲河科技有限公司（牵头人）", "乙河大学")),
        ("甲河科技有限公司与乙河科技有限公司联合体", ("甲河科技有限公司", "乙河科技有限公司")),
        ("甲河科技（上海）有限公司", ("甲河科技（上海）有限公司",)),
        ("岷阳市住房、城乡建设局", ("岷阳市住房、城乡建设局",)),
        ("Smith, Jones & Co Ltd", ("Smith, Jones & Co Ltd",)),
    ],
)
def test_lists_are_taken_apart_and_names_are_not(value, members):
    assert split_members(value) == members


@given(st.text(max_size=60))
def test_any_text_is_parsed_and_tidying_is_done_once(text):
    parts = parse_name(text)
    assert parts.form in {"public", "company", "foreign", "person", "vague"}
    assert bool(parts.key) == (parts.form in {"public", "company", "foreign"})
    assert tidy(tidy(text)) == tidy(text)
    assert "".join(split_members(text)).strip() == "" or all(member in text for member in split_members(text))


def test_the_tables_of_bodies_agree():
    kinds = set(body_kinds())
    assert {row.kind for row in bodies().values()} <= kinds
    for row in renamings():
        old, new = find_organ(row.old)[0], find_organ(row.new)[0]
        assert (old == new) == (row.effect == "renamed") or not old, row


def test_vendors_are_many_sourced_and_distinct():
    rows = vendors()
    assert len(rows) >= 150
    assert all(row.source and row.makes for row in rows)
    keys = [parse_name(row.name).key for row in rows]
    assert keys == [f"v|{row.id}" for row in rows]


def test_a_name_costs_far_less_than_a_millisecond():
    names = [f"杭州市公安局西湖区分局第{number}派出所" for number in range(2_000)]
    parse_name(names[0])
    start = time.process_time()
    for name in names:
        parse_name(name)
    assert (time.process_time() - start) / len(names) < 0.001
