"""Words of a purchase: where they count, where they do not, and that every quotation stands at its place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.data.flag_words import flag_words
from sousveil.data.legal_limits import bid_periods, legal_limit
from sousveil.flag.brands import clean, split_names
from sousveil.flag.case import winners
from sousveil.flag.days import days_between
from sousveil.flag.ethnic_or_religious import in_place_name
from sousveil.flag.words import heard, is_denied, listen
from sousveil.model import Section
from tests.flag.purchases import case_of

KINDS = {
    "whole_population", "biometric", "ethnic", "religious", "place_name", "minors", "school", "emotion", "attribute",
    "covert", "scoring", "conduct", "bulk_signal", "negation", "kept_for_ever", "keeps", "kept_thing", "kept_other",
    "kept_day", "kept_month", "kept_year", "police", "civil_source", "flow", "reason_single", "only_one",
    "failed_twice", "free", "zero", "brand_label", "equivalent", "no_brand", "rejected", "demand", "operator",
    "company_form", "company_tail",
}  # fmt: skip


def words(text, kind):
    return [said.word for said in heard(case_of([text])).get(kind, ())]


def test_the_table_has_the_kinds_its_head_names_and_a_gloss_and_source_for_each_row():
    assert {row.kind for row in flag_words()} == KINDS
    assert all(row.gloss and row.source and row.words for row in flag_words())


def test_limits_name_their_law_and_source():
    assert all(row.law and row.source.startswith("http") and row.days > 0 for row in bid_periods())
    assert legal_limit("open_tender", "CN").currency == "CNY"
    assert legal_limit("open_tender", "ZZ") is None


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("采集全县常住人口指纹", "whole_population", ["常住人口"]),
        ("常住人口60万，本项目采购路灯", "whole_population", []),  # nobody's biometrics
        ("全民健身中心人脸识别门禁", "whole_population", []),
        ("covertly installed units", "covert", ["covertly"]),
        ("the unit was recovertly built", "covert", []),
        ("隐蔽工程验收后安装摄像机", "covert", []),
        ("распознавание эмоций посетителей", "emotion", ["распознавание эмоций"]),
        ("retain all footage indefinitely", "kept_for_ever", []),
        ("footage is retained indefinitely", "kept_for_ever", ["retained indefinitely"]),
        ("少数民族用品采购，给予价格扣除优惠", "ethnic", []),
        ("采集ＤＮＡ，應采盡采", "whole_population", ["應采盡采"]),
    ],
)
def test_words_need_their_company_and_are_whole(text, kind, expected):
    assert words(text, kind) == expected


def test_words_in_silent_sections_do_not_count():
    case = case_of(["人脸识别系统\n人脸图片永久保存\n"])
    notice = case.notices[0]
    text = case.pages[notice.file][0].text
    silent = replace(notice, sections=(Section("contract", 1, 0, len(text)),))
    speaking = replace(notice, sections=(Section("body", 1, 0, len(text)),))
    assert "kept_for_ever" not in heard(replace(case, notices=(silent,)))
    assert "kept_for_ever" in heard(replace(case, notices=(speaking,)))


def test_words_of_some_types_of_notice_only():
    case = case_of(["青石县公安局人脸识别系统中标公告\n中标供应商：甲乙丙科技有限公司\n人脸图片永久保存\n"])
    assert list(listen(case, "kept_for_ever", "award"))
    assert not list(listen(case, "kept_for_ever", "tender"))


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("视频布控识别：涉疆、藏族人员", False),
        ("识别点位设于某某藏族自治县", True),
        ("识别系统用于回族自治州民族中学", True),
        ("识别回族人员", False),
    ],
)
def test_names_of_places_and_schools_are_no_targets(text, is_part):
    (first, *_) = heard(case_of([text]))["ethnic"]
    assert in_place_name(first) is is_part


@pytest.mark.parametrize(("text", "denied"), [("不含情绪识别模块", True), ("支持情绪识别，不得外传", False)])
def test_what_is_denied_before_a_word_is_not_wanted(text, denied):
    (said,) = heard(case_of([text]))["emotion"]
    assert is_denied(said) is denied


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="人脸，。；\n a|．公安局Ａ́é", max_size=40), st.text(alphabet="数据、，\n. x", max_size=400))
def test_quotations_stand_at_their_places(before, after):
    case = case_of([f"{before}人脸图片永久保存{after}"])
    page = next(iter(case.pages.values()))[0]
    for items in heard(case).values():
        for said in items:
            assert page.text[said.span.start : said.span.end] == said.span.quote
            assert 0 < len(said.span.quote) <= 160
            assert "\n" not in said.span.quote


def test_a_covered_supplier_is_no_winner():
    text = "青石县公安局视频监控系统中标公告\n中标供应商：█████\n中标金额：9万元\n"
    assert winners(case_of([text])) == ()


def test_brands_and_what_names_none():
    assert clean("国产") == clean("详见附件") == clean("无") == ""
    assert split_names("青鸾/云雀、山隼") == ["青鸾", "云雀", "山隼"]


@given(st.dates(), st.dates())
def test_working_days_are_at_most_all_days_and_turn_with_their_ends(first, last):
    working = days_between(first, last, is_working=True)
    assert abs(working) <= abs(days_between(first, last))
    assert working == -days_between(last, first, is_working=True)
