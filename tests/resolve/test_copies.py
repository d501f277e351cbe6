"""Fingerprints: alike for copies, unlike for others, whatever the script."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.copies import bands, containment, likeness
from sousveil.text.fingerprint import BINS, fingerprint

WORDS = {
    "zh": "视频监控系统建设采购公安局教育局前端设备平台存储网络传输人脸识别门禁验收付款质保安装调试供应商投标文件开标时间地点",
    "latin": "camera supply police control room number plate recognition storage network tender award contract council",
}


def text_of(script: str, seed: int, size: int = 1300) -> str:
    rng = random.Random(seed)
    if script == "zh":
        return "".join(rng.choice(WORDS["zh"]) for _ in range(size))
    words = WORDS["latin"].split()
    return " ".join(f"{rng.choice(words)}{rng.randrange(40)}" for _ in range(size // 7))


@pytest.mark.parametrize("script", ["zh", "latin"])
def test_a_copy_in_a_frame_is_known(script):
    text = text_of(script, 1)
    copy = f"首页 | Home | 公告 {text} 版权所有 | Contact us | All rights reserved"
    assert containment(fingerprint(text), fingerprint(copy)) > 0.9
    cut = text[: len(text) * 6 // 10]
    assert containment(fingerprint(text), fingerprint(cut)) > 0.85
    assert likeness(fingerprint(text), fingerprint(cut)) < 0.75


@pytest.mark.parametrize("script", ["zh", "latin"])
def test_others_are_not(script):
    assert likeness(fingerprint(text_of(script, 1)), fingerprint(text_of(script, 2))) < 0.15


def test_layout_width_and_masks_are_of_no_weight():
    text = text_of("zh", 3)
    spaced = "　".join(text[at : at + 20] for at in range(0, len(text), 20)).replace("0", "０")
    assert fingerprint(text) == fingerprint(spaced) == fingerprint(f"{text[:50]}██，{text[50:]}")


def test_short_texts_have_none():
    assert fingerprint("") == fingerprint("中标公告") == b""
    assert bands(b"") == ()
    assert likeness(b"", fingerprint(text_of("zh", 1))) == 0.0


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint_or_none(text):
    found = fingerprint(text)
    assert len(found) in {0, BINS + 2}
    assert likeness(found, found) == (1.0 if found else 0.0)


@given(st.integers(0, 999), st.floats(0.0, 0.6))
def test_likeness_is_the_share_of_common_pieces(seed, share):
    rng = random.Random(seed)
    common = "".join(chr(rng.randrange(0x4E00, 0x9F00)) for _ in range(int(1500 * (1 - share)) + 4))
    rest = ["".join(chr(rng.randrange(0x4E00, 0x9F00)) for _ in range(int(1500 * share) + 4)) for _ in "ab"]
    pieces = [{text[at : at + 4] for at in range(len(text) - 3)} for text in (common + rest[0], common + rest[1])]
    true = len(pieces[0] & pieces[1]) / len(pieces[0] | pieces[1])
    assert abs(likeness(fingerprint(common + rest[0]), fingerprint(common + rest[1])) - true) < 0.2
