"""Folding: one character for one character, once and for all."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.fold import fold


@given(st.text(max_size=120))
def test_no_offset_moves(text):
    assert len(fold(text)) == len(text)


def test_what_is_folded_stays():
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
    once = fold(every)
    changed = [(char, after) for char, after in zip(once, fold(once), strict=True) if char != after]
    assert changed == []


def test_radicals_of_fonts_are_the_characters_they_stand_for():
    assert fold("⼈脸识别⻔禁 ⻋牌 ⾞辆 ⻢⻰ ⻅证 ⺠警") == "人脸识别门禁 车牌 车辆 马龙 见证 民警"
