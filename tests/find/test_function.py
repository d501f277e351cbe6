"""Descriptions: parts that meet in a clause, every rule with a sentence, and what hostile text costs."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.functions import functions, word_classes
from sousveil.find import find
from sousveil.find.function import find_functions
from sousveil.find.lexicon import MAX_HITS, even
from sousveil.model import Document, Finding, Notice, Page
from sousveil.text.fold import fold

SHA = "0" * 64


@dataclass(frozen=True)
class Case:
    rule: str
    text: str


CASES = tuple(
    msgspec.convert(row, Case)
    for row in yaml.safe_load((Path(__file__).parent / "cases" / "functions.yml").read_text(encoding="utf-8"))
)
WORDS = st.sampled_from(sorted({word for words in word_classes().values() for word in words}))
MARKS = st.sampled_from(["", ",", "。", "\n", " | ", "；", "不含", "、", "x"])


def rules(text: str) -> set[str]:
    return {hit.term.term for hit in find_functions(even(text))}


def stated(text: str) -> list[Finding]:
    document = Document(SHA, "text/plain", "a.txt", (Page(1, text),), language="zh")
    return [finding for finding in find(document, Notice("a", "a", SHA, 1, 1)) if finding.kind == "capability"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_every_rule_finds_its_sentence(case: Case) -> None:
    leaf = next(row.capability for row in functions() if row.name == case.rule)
    assert case.rule in rules(case.text)
    assert leaf in {finding.value for finding in stated(case.text)}


def test_every_rule_has_a_sentence() -> None:
    chinese = [row.name for row in functions() if not row.name.endswith(" abroad")]
    assert chinese == [case.rule for case in CASES]


def test_every_rule_of_other_languages_has_a_sentence() -> None:
    cases = yaml.safe_load((Path(__file__).parent / "cases" / "abroad.yml").read_text(encoding="utf-8"))
    found = {rule for case in cases for rule in rules(case["text"])}
    assert {row.name for row in functions() if row.name.endswith(" abroad")} - found == set()


def test_words_of_classes_are_written_simplified() -> None:
    assert [word for words in word_classes().values() for word in words if fold(word) != word.lower()] == []


def test_every_class_is_used() -> None:
    used = {word[1:] for row in functions() for part in row.parts for word in part if word.startswith("@")}
    assert set(word_classes()) == used


def test_parts_meet_in_any_order() -> None:
    assert "gait" in rules("凭步态检索") & rules("可检索其步态")


def test_parts_meet_over_a_comma_but_not_over_a_full_stop() -> None:
    assert "gait" in rules("以走路姿势为条件，检索目标")
    assert "gait" not in rules("登记其走路姿势。检索目标")
    assert "gait" not in rules("走路姿势 | 检索")


def test_parts_that_stand_far_apart_do_not_meet() -> None:
    assert "gait" not in rules("走路姿势" + "甲" * 40 + "检索")


def test_one_word_is_not_two_parts() -> None:
    assert "conducts listed" not in rules("算法识别徘徊")
    assert "conducts listed" in rules("算法识别徘徊、聚众")


def test_traditional_characters_are_met() -> None:
    assert "plates read" in rules("車道鏡頭須能即時讀取號牌")


def test_a_finding_says_which_rule_and_quotes_the_meeting() -> None:
    finding = next(finding for finding in stated("监室内凭身形区分个体") if finding.value == "gait_recognition")
    assert finding.rule == "function:gait"
    assert finding.span.quote == "监室内凭身形区分个体"
    assert finding.score == 0.8


def test_words_of_another_subject_argue_a_description_away() -> None:
    assert "gait_recognition" not in {finding.value for finding in stated("康复训练中采集患者步态并识别异常")}


@given(st.lists(st.tuples(WORDS, MARKS), max_size=25))
def test_hits_lie_in_the_text_within_their_reach(parts: list[tuple[str, str]]) -> None:
    text = even("".join(word + mark for word, mark in parts))
    reach = {row.name: row.reach for row in functions()}
    for hit in find_functions(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.end - hit.start <= reach[hit.term.term]
        assert not set(text[hit.start : hit.end]) & set("。;\n|")


def test_a_page_of_one_word_gives_few_hits() -> None:
    hits = find_functions(even("人脸比对" * 20_000))
    assert 0 < len([hit for hit in hits if hit.term.term == "face compared"]) <= MAX_HITS
