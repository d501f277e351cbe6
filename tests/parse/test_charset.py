import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.parse.charset import decode, is_binary

CHINESE = "云溪市公安局视频监控扩容项目公开招标公告，预算金额为人民币三百二十万元，采购高清摄像机一百二十台。"
TRADITIONAL = "雲溪市政府警察局監視錄影系統擴充採購案，預算金額新臺幣三百二十萬元，採購高畫質攝影機一百二十支。"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_simplified_chinese(name):
    page = f"<html><meta charset=big5>{CHINESE}</html>"
    decoded = decode(page.encode(name))
    assert decoded.text == page
    assert not decoded.mark


@pytest.mark.parametrize("name", ["utf-8", "big5", "cp950", "utf-16-le"])
def test_traditional_chinese(name):
    page = f'<?xml version="1.0" encoding="gb2312"?>{TRADITIONAL}'
    assert decode(page.encode(name)).text == page


def test_declaration_is_only_a_hint():
    assert decode(f"<meta charset=utf-8>{CHINESE}".encode("gb18030")).charset == "gb18030"
    assert decode(f"<meta charset=gb2312>{CHINESE}".encode()).charset == "utf-8"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Закупка систем видеонаблюдения для нужд городского управления", "koi8-r"),
        ("Закупівля систем відеоспостереження для потреб міської ради", "windows-1251"),
        ("경찰청 영상 감시 시스템 구매 공고를 다음과 같이 안내합니다", "euc-kr"),
        ("防犯カメラの購入について、次のとおり公告します。", "euc-jp"),
        ("防犯カメラの購入について、次のとおり公告します。", "shift_jis"),
        ("شراء نظام المراقبة بالفيديو لصالح مديرية الشرطة", "windows-1256"),
    ],
)
def test_declared_legacy_sets_are_believed_where_the_bytes_fit(text, name):
    page = f"<html><meta charset={name}><p>{text}</p></html>"
    assert decode(page.encode(name)).text == page


def test_western_text_is_not_taken_for_chinese():
    text = (
        "Der Auftrag umfasst Überwachungskameras für das Straßenverkehrsamt in Köln; die Prüfung erfolgt jährlich. " * 3
    )
    assert decode(text.encode("cp1252")).text == text
    text = "Adquisición de cámaras de videovigilancia para la policía municipal de León y señalización. " * 3
    assert decode(text.encode("cp1252")).text == text


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8():
    decoded = decode(CHINESE.encode()[:-1])
    assert (decoded.charset, decoded.text[:10]) == ("utf-8", CHINESE[:10])
    assert decoded.mark == "1 character could not be decoded as utf-8 and was replaced"


def test_utf8_with_a_stray_byte_stays_utf8():
    decoded = decode(CHINESE.encode() + b"\xe9 caf" + CHINESE.encode())
    assert decoded.charset == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert decoded.mark


def test_rare_characters_of_gb18030_survive():
    text = CHINESE + "㐀䶮𠮷"  # names of places and people use characters outside GBK
    assert decode(text.encode("gb18030")).text == text


def test_binary():
    assert is_binary(bytes(range(256)) * 4)
    assert not is_binary(CHINESE.encode("utf-16-le"))
    assert not is_binary(CHINESE.encode("gb18030"))


@given(st.binary(max_size=300))
def test_never_fails(data):
    decoded = decode(data)
    assert isinstance(decoded.text, str)
    assert decoded.charset


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=200))
def test_utf8_is_kept_word_for_word(text):
    assert decode(("视频监控" + text).encode()).text == "视频监控" + text
