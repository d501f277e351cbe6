"""Text layers that mean nothing, and those that only look strange."""

import pytest

from sousveil.exceptions import FileFailure
from sousveil.parse.noise import is_garbage
from sousveil.parse.pdfium import pdfium

SOUND = (
    "湟洱县公安局公安检查站智能化查控设备采购项目公开招标公告，预算金额：一百二十万元。" * 4,
    "臺北市政府警察局錄影監視系統維護採購案，決標公告，預算金額新臺幣參佰萬元整，履約地點臺北市。" * 4,
    "監視カメラの調達に関する入札公告について、次のとおり一般競争入札に付します。検査図面" * 4,
    "Hệ thống giám sát giao thông thông minh và nhận diện khuôn mặt tại các nút giao của thành phố" * 3,
    "Öffentliche Ausschreibung: Lieferung von Überwachungskameras für öffentliche Plätze der Stadt" * 3,
    "Соглашение о поставке системы распознавания лиц для нужд управления внутренних дел города" * 3,
)


@pytest.mark.parametrize("text", SOUND, ids=["zh", "zh-Hant", "ja", "vi", "de", "ru"])
def test_languages_are_no_noise(text):
    assert not is_garbage(text)


def test_a_shifted_map_of_characters_is_noise():
    shifted = "".join(chr(0x4E00 + (ord(char) * 7919) % 0x51A0) for char in SOUND[0])
    assert is_garbage(shifted)


def test_bytes_taken_for_letters_are_noise():
    assert is_garbage(SOUND[0].encode("gb18030").decode("latin-1"))


def test_no_sound_page_of_the_corpus_is_taken_for_noise(shared):
    noisy = {}
    for file in sorted((shared / "corpus" / "pdf").rglob("*.pdf")):
        try:
            document = pdfium.PdfDocument(file.read_bytes())
        except (pdfium.PdfiumError, FileFailure):
            continue
        for number in range(min(len(document), 30)):
            if is_garbage(document[number].get_textpage().get_text_range()):
                noisy.setdefault(file.name, []).append(number + 1)
    assert noisy == {}
