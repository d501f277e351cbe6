import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import EmptyFileError, EncryptedError
from sousveil.parse.sniff import sniff
from tests.parse.ole_samples import make_ppt, record, words
from tests.parse.support import check_fate, parse_bytes, text_of


def box(text):
    return record(0xF004, [record(0xF00D, [words(text)])])


def reference(number):
    return record(0xF00D, [record(0x0F9E, struct.pack("<I", number))])


def test_a_slide_is_a_page():
    data = make_ppt([["雪亮工程"], ["二、投资"]], [[reference(0), box("岷阳市公安局\r2024年")], [box("概算：50万元")]])
    assert sniff(data, "a.dps").name == "ppt"
    document = parse_bytes(data)
    assert [page.text for page in document.pages] == ["雪亮工程\n岷阳市公安局\n2024年", "二、投资\n概算：50万元"]


def test_text_in_bytes_and_page_numbers():
    data = make_ppt([[]], [[record(0x0FA8, b"Plain text\x0bline"), words("*")]])
    assert text_of(data) == "Plain text\nline"


def test_notes_follow_and_old_saves_do_not_count():
    data = make_ppt([["甲"]], [[reference(0)]], notes=["讲稿"], dead=["旧稿"])
    assert text_of(data) == "甲\f讲稿"


def test_password_and_no_text():
    with pytest.raises(EncryptedError):
        parse_bytes(make_ppt([["甲"]], [[]], token=0xF3D1C4DF))
    with pytest.raises(EmptyFileError):
        parse_bytes(make_ppt([[]], [[]]))


@given(st.data())
def test_mutated_presentations_end(data):
    sample = bytearray(make_ppt([["甲"], ["乙"]], [[reference(0)], [box("丙")]], notes=["丁"]))
    for _ in range(data.draw(st.integers(1, 12))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    check_fate(bytes(sample[: data.draw(st.integers(1, len(sample)))]), "a.ppt")
