"""What every caller relies on: length, lines, cells, masks that say what is covered, no second thoughts."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sousveil.mask import mask_text

PIECES = [
    "联系人：", "张晓明", "李 四", "、", "，", "\n", " | ", "姓名", "电话：", "13800138000", "0991-2935817", "（采购人代表）", "评审专家名单：", "某某有限公司",
    "先生", "a.b@example.org", "Contact: ", "Jane Doe", "Mr ", "Иванов И.И.", "李宁体育用品有限公司", "身份证号：11010519491231002X", "█", "██", " ", "\u3000",
    "法定代表人", "买买提·吐尔逊", "京A12345", "账号：", "62220210011234567", "Herr Müller", "السيد محمد", "主持", "由", "92420100MA4KXXXX12", "店", "\r\n", "𠀀", "é",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=80)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_offsets_stay_and_masks_are_exactly_the_blocks(text):
    masked, masks = mask_text(text)
    assert len(masked) == len(text)
    assert [(mask.start, mask.end) for mask in masks] == [match.span() for match in re.finditer("█+", masked)]
    covered = {place for mask in masks for place in range(mask.start, mask.end)}
    assert all(masked[place] == char for place, char in enumerate(text) if place not in covered)
    assert not any(text[place] in "\n\r|" for place in covered)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_what_was_covered_stays_covered(text):
    once, _ = mask_text(text)
    twice, _ = mask_text(once)
    assert all(again == "█" for char, again in zip(once, twice, strict=True) if char == "█")


@settings(max_examples=120, deadline=None)
@given(TEXTS)
@example("Иванов И.И.张晓明联系人：张晓明")
def test_masking_twice_changes_nothing(text):
    once, masks = mask_text(text)
    twice, again = mask_text(once)
    assert twice == once
    assert [(mask.start, mask.end) for mask in again] == [(mask.start, mask.end) for mask in masks]


UNITS = [
    "1", "86-", "138 0013 ", "0571-", "a@", "a.", "A", "Aa ", "Aa de la ", "Mr. Aa ", "Contact: Aa Bb, ", "联系人:", "联系人张", "张", "张三、", "(", "姓名 \n", "姓名\n",
    "局", "买·", "ES12 ", "京A", "电话 1 ", " ", "X-1234567", "O'", "（", "Tel.1-", "评委\n", "92", "+1 ", "И.И.", "Иван ", "السيد محمد ", " | ", "姓名 | ", "\n", "█", "#a.", " at ",
    "由张三", "证书编号", "先生", "公司", "身份证", "账号1 ", "1-", "1 ", "0", "[at]", "张三(", "12 34 56 ",
    "工程师", "工程师张三、", "我", "本人张三", "(姓名)", "证书", "证书编号:", "张三,大学,教授", "人 ", "联 系 人 : ", "| 姓名 | 电话 |\n", "a|", "联系人--", "王\n", "拟稿:张三 ",
    "92420100MA4KXXXX12(", "个体工商户 地址:", "09", "8(495)", "Li Wei(",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_only(unit):
    """Four times the text costs about four times the time; a squared pattern costs sixteen. The better of two counts."""

    def cost(size):
        text = (unit * (size // len(unit) + 1))[:size]
        times = []
        for _ in range(2):
            started = time.process_time()
            mask_text(text)
            times.append(time.process_time() - started)
        return min(times)

    mask_text(unit)
    assert cost(16_000) < 12 * max(cost(4_000), 0.002)
