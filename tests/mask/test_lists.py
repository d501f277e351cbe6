"""Names that stand free between marks, and texts in the dress of markup. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.mask import mask_text
from sousveil.mask.lexicon import lexicon
from sousveil.mask.lists import iter_dotted_names
from sousveil.mask.plain import plain_view
from sousveil.text.fold import fold


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("遴选结果：刘建华、陈志明、赵丽。", "遴选结果：███、███、██。"),
        ("<td>联系人</td><td>赵铎</td>", "<td>联系人</td><td>██</td>"),
        ('{"专家名单": ["刘铎", "陈志明"]}', '{"专家名单": ["██", "███"]}'),
        ("【联系人】刘铎　【电话】0991-2935817", "【联系人】██　【电话】████████████"),
        ("联系人......刘铎", "联系人......██"),
        ("**联系人**：刘铎", "**联系人**：██"),
        ("刘志明（项目负责人）到场", "███（项目负责人）到场"),
        ("评审专家：①刘铎；②陈砺。", "评审专家：①██；②██。"),
        ("买买提江·沙吾提同意", "████████同意"),
        ("采购单位,采购单位联系人,电话\n某某局,刘铎,12", "采购单位,采购单位联系人,电话\n某某局,██,12"),
        ("序号\t专业\t名字\n1\t通信\t刘铎", "序号\t专业\t名字\n1\t通信\t██"),
        ("成交供应商：东湖崔铎百货店（经营者：武荣）", "成交供应商：███████（经营者：██）"),
        ("电话：0571-\n86281366", "电话：█████\n████████"),
    ],
)
def test_names_are_covered_in_any_dress(text: str, masked: str) -> None:
    assert mask_text(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "地点：和平路、胜利街、方家山、安宁庄、马家堡",  # places
        "品牌：王老吉、张小泉",  # brands
        "按（鄂建文〔2023〕33号）的39%计取",  # the sign of an office
        "详见《第五章》供货要求",
        "石家庄、连云港、景德镇",
        "成交供应商：金利来招标代理有限公司",
    ],
)
def test_what_only_looks_like_names_stays(text: str) -> None:
    assert mask_text(text)[0] == text


@given(st.text(alphabet="<td>/联系人王某:：【】[]\"'*_`\\nrt.…→·-&nbsp; \n0123abc│", max_size=80))
def test_the_plain_view_keeps_every_place(text: str) -> None:
    folded = fold(text)
    view = plain_view(folded)
    assert len(view) == len(folded)
    kept = [(old, new) for old, new in zip(folded, view, strict=True) if old.isdecimal() or "\u4e00" <= old <= "\u9fff"]
    assert all(old == new for old, new in kept if old != "丨")


@given(st.text("艾买提沙· •吐局a\n", max_size=80))
def test_looking_around_dots_finds_what_looking_everywhere_finds(text):
    words = lexicon()
    everywhere = [
        match.span() for match in words.dotted.finditer(text) if not words.institution.match(text, match.end())
    ]
    assert [(found.start, found.end) for found in iter_dotted_names(text)] == everywhere
