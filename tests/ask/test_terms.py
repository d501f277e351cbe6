"""What words of a question are searched as: forms, compounds, makers, words that only searching knows."""

import pytest

from sousveil.ask.terms import expand, is_known, is_listed
from sousveil.data.search_words import search_words, word_tails
from sousveil.text.segment import runs_of


def texts(words: str) -> set[str]:
    return {term.text for term in expand(words)}


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        ("распознавание лиц", "人脸识别"),
        ("распознаванием лиц", "人脸识别"),
        ("Gesichtserkennung", "人脸识别"),
        ("Gesichtserkennungssoftware", "人脸识别"),
        ("Videoüberwachungsanlagen", "视频监控"),
        ("huellas dactilares", "指纹"),
        ("empreintes digitales", "指纹"),
        ("отпечатки пальцев", "指纹"),
        ("license plate recognition", "车牌识别"),
        ("emotion recognition", "情绪识别"),
        ("reconnaissance vocale", "声纹"),
        ("bracelet électronique", "电子手环"),
        ("Uyghurs", "维吾尔族"),
        ("schools", "学校"),
        ("IJOP", "一体化联合作战平台"),
        ("Hikvision", "海康"),
    ],
)
def test_words_of_any_language_find_the_chinese_ones(words: str, chinese: str) -> None:
    assert is_known(words)
    assert chinese in texts(words)


@pytest.mark.parametrize(("chinese", "other"), [("海康威视", "Hikvision"), ("学校", "school*"), ("天网", "Skynet")])
def test_chinese_words_find_the_others(chinese: str, other: str) -> None:
    assert other in texts(chinese)


def test_a_maker_is_not_searched_as_its_competitors() -> None:
    assert not {"Dahua", "大华", "Avigilon"} & texts("Hikvision")
    assert texts("UFED") == {"UFED"}


def test_a_compound_with_another_head_is_another_thing() -> None:
    assert texts("Drohnenabwehr") == {"Drohnenabwehr"}  # defence against drones


def test_a_chinese_word_is_not_widened_by_words_that_are_one_in_english() -> None:
    assert "公安分局" not in texts("公安局")  # branch bureau, bureau


def test_forms_are_not_listed() -> None:
    assert is_listed("Drohne")
    assert not is_listed("Aufklärungsdrohnen")


def test_every_word_of_the_table_can_be_found_and_chinese_is_simplified() -> None:
    from sousveil.text.fold import fold

    for row in search_words():
        for language, word in row.by_language:
            assert runs_of(word), word
            assert is_known(word), word
            assert language != "zh" or fold(word) == word.lower(), word
    assert all(runs_of(row.tail) for row in word_tails())


@pytest.mark.parametrize(("people", "region"), [("Uyghur", "新疆维吾尔自治区"), ("Tibetan", "甘孜藏族自治州")])
def test_a_people_is_not_found_in_the_name_of_its_region(people: str, region: str) -> None:
    assert not any(text in region for text in texts(people))
