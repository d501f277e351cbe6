"""Capabilities: own sentences for every leaf, sections, reasons, spans, and what hostile text costs."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.terms import capabilities
from sousveil.find import find
from sousveil.find.capability import MAX_PER_CAPABILITY
from sousveil.find.clauses import QUOTE_LIMIT
from sousveil.find.ground import grounds, quotation
from sousveil.find.lexicon import lexicon
from sousveil.model import Document, Field, Finding, Notice, Page, Section, make_span
from sousveil.read.sections import split_sections

SHA = "0" * 64


@dataclass(frozen=True)
class Case:
    text: str
    want: tuple[str, ...]
    refuse: tuple[str, ...]


CASES = tuple(
    msgspec.convert(row, Case)
    for name in ("capabilities", "abroad")
    for row in yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yml").read_text(encoding="utf-8"))
)


def stated(
    text: str, *, sections: tuple[Section, ...] = (), title: bool = False, explain: bool = False
) -> list[Finding]:
    page = Page(1, text)
    name = Field(text, make_span(SHA, page, 0, len(text.split("\n", maxsplit=1)[0])), "test") if title else None
    document = Document(SHA, "text/plain", "a.txt", (page,))
    notice = Notice("a", "a", SHA, 1, 1, title=name, sections=sections)
    return [finding for finding in find(document, notice, explain=explain) if finding.kind == "capability"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:30])
def test_case(case: Case) -> None:
    found = {finding.value for finding in stated(case.text)}
    assert set(case.want) <= found
    assert not set(case.refuse) & found


def test_every_leaf_has_a_case_and_a_hard_negative() -> None:
    leaves = {leaf.id for leaf in capabilities()}
    assert leaves == {value for case in CASES for value in case.want}
    assert leaves - {"biometrics_generic"} == {value for case in CASES for value in case.refuse}


def test_boilerplate_is_withheld_with_its_section() -> None:
    text = "一、采购内容：办公家具\n二、资格要求：具有视频监控安装业绩\n三、联系方式：电话"
    sections = split_sections(Page(1, text), "zh")
    assert stated(text, sections=sections) == []
    withheld = stated(text, sections=sections, explain=True)
    assert [finding.state for finding in withheld] == ["withheld"]
    assert withheld[0].reasons_against == ("section: qualification",)


def test_a_title_counts_wherever_it_is_printed() -> None:
    text = "联系方式：柳河县视频监控项目"
    sections = (Section("contact", 1, 0, len(text)),)
    assert stated(text, sections=sections) == []
    assert [finding.section for finding in stated(text, sections=sections, title=True)] == ["subject"]


def test_the_title_tells_who_is_watched() -> None:
    assert stated("清溪水库水质监测项目\n视频监控点位12个", title=True) == []
    assert stated("清溪水库派出所监测点项目\n视频监控点位12个", title=True)


def test_withheld_says_what_argued_against_it() -> None:
    finding = stated("生猪养殖场智能监控系统", explain=True)[0]
    assert finding.state == "withheld"
    assert finding.reasons_against[0].startswith("subject: fish ponds and farm animals")


def test_best_evidence_comes_first_and_places_are_few() -> None:
    body = "\n".join(f"第{number}个点位安装视频监控设备{number}套" for number in range(40))
    text = "项目概述\n" + body + "\n采购需求：城区视频监控建设"
    cut = text.index("采购需求")
    found = stated(text, sections=(Section("body", 1, 0, cut), Section("subject", 1, cut, len(text))))
    assert len(found) == MAX_PER_CAPABILITY
    assert found[0].section == "subject"
    assert len({finding.span.quote for finding in found}) == len(found)


def test_what_is_wanted_comes_before_what_stands_already() -> None:
    text = "项目需求\n目前城区已建卡口车牌识别系统及车牌识别摄像机。\n对过往号牌进行车牌识别,接入28个检测点。"
    best = next(finding for finding in stated(text) if finding.value == "vehicle_lpr")
    assert best.span.quote.startswith("对过往号牌")


def test_the_headline_of_a_report_comes_after_its_sentences() -> None:
    text = "Instalan cámaras de vigilancia en Peñarriba\nLa plaza tendrá 32 cámaras de vigilancia desde el verano."
    best = next(finding for finding in stated(text) if finding.value == "video_surveillance")
    assert "32" in best.span.quote


def test_a_quotation_is_a_whole_clause_of_one_line() -> None:
    text = "为满足业务需要现就下列项目进行采购：包括前端点位的视频监控设备（含立杆及基础施工安装）及配套网络链路租赁服务与三年质量保证。\n下一行"
    assert stated(text)[0].span.quote == text.split("。", maxsplit=1)[0]


def test_a_long_title_is_not_cut_inside_a_word() -> None:
    text = "东棠县公安局" + "采购柳河县城区综合整治提升工程及配套附属设施一期" * 2 + "视频监控系统采购项目公告"
    assert stated(text)[0].span.quote == text


def test_a_long_clause_is_cut_at_marks_and_holds_its_term() -> None:
    text = (
        "，".join(f"第{number}乡镇沿街铺设线缆" for number in range(20))
        + "，安装视频监控设备，"
        + "，".join(["做好绿化"] * 30)
    )
    quote = stated(text)[0].span.quote
    assert "安装视频监控设备" in quote
    assert len(quote) <= QUOTE_LIMIT
    assert {quote[:1], quote[-1:]} == {"第", "化"}


def test_a_quotation_ends_at_covered_characters() -> None:
    assert stated("联系人███视频监控项目组███电话")[0].span.quote == "视频监控项目组"


def test_a_clause_is_quoted_once() -> None:
    text = "视频监控点位120个，含高清摄像机和视频存储。\n视频监控点位120个，含高清摄像机和视频存储，供货期三十天。"
    assert len(stated(text)) == 1


def test_words_with_letters_are_not_cut() -> None:
    text = "The authority intends to purchase from one supplier several dozen closed circuit television installations for its estates"
    quote = stated(text)[0].span.quote
    assert set(quote.split()) <= set(text.split())


def test_traditional_and_full_width_forms_are_found() -> None:
    assert (
        {f.value for f in stated("人臉辨識系統")} == {f.value for f in stated("人脸辨识系统")} == {"face_recognition"}
    )
    assert {f.value for f in stated("ＣＣＴＶ系统")} == {"video_surveillance"}


def test_blanks_between_characters_are_overlooked() -> None:
    assert stated("某县 人脸 识别 平台")[0].span.quote == "某县 人脸 识别 平台"


def test_police_in_the_buyer_is_company() -> None:
    page = Page(1, "大数据平台建设项目\n柳河县公安局")
    buyer = Field("柳河县公安局", make_span(SHA, page, 10, 16), "test")
    document = Document(SHA, "text/plain", "a.txt", (page,))
    assert find(document, Notice("a", "a", SHA, 1, 1)) == ()
    assert [f.value for f in find(document, Notice("a", "a", SHA, 1, 1, buyer=buyer)) if f.kind == "capability"] == [
        "data_fusion_dossier"
    ]


ALPHABET = st.sampled_from("监控视频人脸识别（）()、，。 \nCTVdrone公安水é無")


@given(st.text(ALPHABET, max_size=80))
def test_spans_stand_word_for_word(text: str) -> None:
    page = Page(1, text)
    document = Document(SHA, "text/plain", "a.txt", (page,))
    for finding in find(document, Notice("a", "a", SHA, 1, 1), explain=True):
        assert text[finding.span.start : finding.span.end] == finding.span.quote
        assert finding.span.quote


@given(st.text(ALPHABET, max_size=80))
def test_quotations_hold_their_term(text: str) -> None:
    document = Document(SHA, "text/plain", "a.txt", (Page(1, text),))
    (ground,) = grounds(document, Notice("a", "a", SHA, 1, 1))
    for hit in lexicon().scan(ground.text):
        start, end = quotation(ground, hit.start, hit.end)
        assert start <= hit.start < hit.end <= end


def test_a_word_repeated_without_end_is_bounded() -> None:
    assert len(stated("视频监控" * 20_000)) <= MAX_PER_CAPABILITY
