"""Sentences of answers in Chinese: every one of an indicator has its own, and none loses a figure."""

from __future__ import annotations

from string import Formatter

from sousveil.data.interface import messages, retell, sentences
from sousveil.flag import INDICATORS


def test_every_word_of_an_indicator_has_chinese():
    told = [
        words
        for one in INDICATORS
        for words in (one.title, one.question, one.formula, *one.needs, *one.limits)
        if retell("zh", words) == words
    ]
    assert told == []


def test_no_wording_loses_or_invents_a_gap():
    glosses = {"names {} ({})", "unit: {}", "opened by words for: {}", "words for: {}"}  # in English only
    late = "The {} of {} was published on {}, {} after it was {}; the law asks for {} ({})."  # the kind says it
    for en, zh in sentences().items():
        gaps = en.count("{}")
        used = [name for _, name, _, _ in Formatter().parse(zh) if name is not None]
        assert all(used) or not any(used), en
        places = {int(name) for name in used} if all(used) else set(range(len(used)))
        assert places == set(range(gaps)) or en in {*glosses, late}, en


def test_sentences_keep_their_figures():
    assert retell("zh", "The award of CNY 1,000 is 99.9 % of the budget of CNY 1,001.") == (
        "中标金额 CNY 1,000 为预算 CNY 1,001 的 99.9 %。"
    )
    assert retell("zh", "a sheet reaches over 1,048,576 rows and 9 columns, more than 5,000,000 cells") == (
        "工作表跨 1,048,576 行 9 列，超过 5,000,000 个单元格"
    )


def test_what_no_wording_fits_stays_as_it_is():
    for words in ("x is y", "", "notices of nobody"):
        assert retell("zh", words) == words


def test_no_message_is_there_twice():
    assert sorted(name for name in set(messages()) & set(sentences()) if messages()[name] != sentences()[name]) == []
