"""Sections: headings, ordinals, labels, and what they may not swallow. Texts are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.headings import headings
from sousveil.model import Page
from sousveil.read.sections import split_sections


def kinds(text: str) -> list[tuple[str, str]]:
    page = Page(3, text)
    return [(section.kind, text[section.start : section.end].strip()) for section in split_sections(page, "")]


def kind_of(text: str, word: str) -> str:
    place = text.index(word)
    return next(s.kind for s in split_sections(Page(1, text), "") if s.start <= place < s.end)


def test_ordinals_open_and_end_sections() -> None:
    text = "柳河县公告\n一、项目基本情况\n摄像机\n二、申请人的资格要求：\n1.业绩甲\n2.业绩乙\n三、其他补充事宜\n无"
    assert kind_of(text, "摄像机") == "subject"
    assert kind_of(text, "业绩乙") == "qualification"
    assert kind_of(text, "无") == "body"


def test_sections_inside_one_line() -> None:
    text = "公告 一、采购内容：监控设备。二、供应商资格要求：具有门禁业绩。三、联系方式：电话"
    assert kind_of(text, "监控设备") == "subject"
    assert kind_of(text, "门禁") == "qualification"
    assert kind_of(text, "电话") == "contact"


def test_a_chapter_holds_its_inner_headings() -> None:
    text = "第二章 投标人须知\n一、采购内容：详见公告\n第三章 采购需求\n一、技术参数：甲"
    assert kind_of(text, "详见公告") == "platform"
    assert kind_of(text, "甲") == "subject"


def test_a_label_speaks_for_its_line() -> None:
    text = "联系人：王某\n前端摄像机100台\n资格要求 | 2.1 法人\n2.2 业绩\n高清球机20台"
    assert kind_of(text, "前端摄像机") == "body"
    assert kind_of(text, "2.2") == "qualification"
    assert kind_of(text, "高清球机") == "body"


def test_items_after_the_panel() -> None:
    text = "五、评审专家名单：\n甲某、乙某\n主要标的信息\n名称 | 数量\n摄像机 | 5"
    assert kind_of(text, "乙某") == "panel"
    assert kind_of(text, "摄像机") == "items"


def test_a_table_of_contents_is_no_chapter() -> None:
    text = "第四章 评标办法........................48\n采购摄像机\n"
    assert kind_of(text, "采购摄像机") == "body"


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        (
            "## CONTRACTING BODY\nAddress: High Street\nCe activity other: Tags\n## OBJECT\nTitle: CCTV",
            "Tags",
            "contact",
        ),
        ("## CONTRACTING BODY\nAddress: High Street\n## OBJECT CONTRACT\nTitle: CCTV", "CCTV", "subject"),
        ("## LEFTI\nSuitability: cameras fitted before\n", "cameras", "qualification"),
        ("Objeto: cámaras\nSolvencia técnica: cámaras previas\n", "cámaras", "subject"),
        ("Objeto: radios\nSolvencia técnica: cámaras previas\n", "cámaras", "qualification"),
    ],
)
def test_other_languages(text: str, word: str, kind: str) -> None:
    assert kind_of(text, word) == kind


def test_a_word_in_a_sentence_is_no_heading() -> None:
    text = "供应商应当按照采购需求提供设备，业绩不作要求，联系方式另行通知。摄像机"
    assert kinds(text) == [("body", text)]


@given(st.text(st.sampled_from("一二、.1()\n 资格要求采购内容联系方式：|第章。##title:"), max_size=120))
def test_sections_cover_the_page_in_order(text: str) -> None:
    place = 0
    for section in split_sections(Page(1, text), ""):
        assert section.start == place
        assert section.end > section.start
        place = section.end
    assert place == len(text)


def test_heading_words_are_folded_and_stand_once() -> None:
    words = [word for row in headings() for word in row.words]
    assert all(word == word.lower() for word in words)
    assert all(row.example for row in headings())
