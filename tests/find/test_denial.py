"""Denials: what is named but not bought, checks of bidders, former works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.find.denial import denied
from sousveil.find.lexicon import even

FACE = "人脸识别"


def why(text: str, word: str = FACE) -> str | None:
    evened = even(text)
    at = evened.rindex(word)
    return denied(evened, at, at + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "只采用刷卡方式，不含指纹、人脸识别",
        "本期不建设人脸识别",
        "系统不涉及人脸识别等功能",
        "不包括：\n(1)门禁；(2)人脸识别",
        "人脸识别不在本次采购范围",
        "带有人脸识别模块的产品须永久关闭",
        "人脸识别终端另行采购",
        "投标文件由法定代表人以人脸识别方式签署",
        "供应商首次登录需通过人脸识别",
        "评委进入评标区须经人脸识别",
        "所附业绩为“某社区人脸识别门禁”",
        "人脸识别、雪亮等监控类不作为本项目业绩",
    ],
)
def test_it_is_denied(text: str) -> None:
    assert why(text)


@pytest.mark.parametrize(
    "text",
    [
        "不少于40台人脸识别终端",
        "不停车通过，人脸识别放行",
        "最高限价(不含税)的人脸识别系统",
        "限价不含税人脸识别终端10台",
        "不含支架；人脸识别终端10台",
        "不含支架，人脸识别终端10台",
        "不包括：门禁。\n\n二、采购内容\n人脸识别终端",
        "包括但不限于人脸识别",
        "人脸识别终端，质保三年",
        "投标人须提供人脸识别终端",
    ],
)
def test_it_is_not_denied(text: str) -> None:
    assert why(text) is None


def test_the_reason_names_the_word() -> None:
    assert why("不含人脸识别") == "not bought: 不含"
    assert why("曾承担某县人脸识别项目") == "former works: 曾承担"


def test_a_negation_inside_a_description_denies_it() -> None:
    text = even("监室不新增收音装置")
    assert denied(text, 0, len(text)) == "not bought: 不新增"


@given(
    st.text(alphabet="不含人脸识别业绩。，；：\n法定代表人甲", max_size=300), st.integers(0, 300), st.integers(1, 20)
)
def test_it_never_fails(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    reason = denied(even(text), start, min(len(text), start + length))
    assert reason is None or ": " in reason
