"""The tables of terms: order, doubles, what can never match, what no case tests."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from sousveil.data.terms import LANGUAGES, Term, capabilities, contexts, subjects, terms
from sousveil.find.lexicon import Lexicon, even, is_whole, lexicon
from sousveil.text.fold import fold

DATA = Path(__file__).parents[2] / "src" / "sousveil" / "data"
UNTESTED_LIMIT = 2_490
"""Terms that no case of ``cases/capabilities.yml`` contains. Lower it when cases are added; never raise it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_ordered(language: str) -> None:
    rows = yaml.safe_load((DATA / "terms" / f"{language}.yml").read_text(encoding="utf-8"))
    order = [leaf.id for leaf in capabilities()]
    keys = [(order.index(row["capability"]), row["term"]) for row in rows]
    assert keys == sorted(keys)


def test_there_are_enough_terms() -> None:
    counts = Counter(row.language for row in terms())
    assert len(terms()) >= 2_500
    assert counts["zh"] >= 1_000
    assert len(counts) >= 30


def test_every_leaf_has_terms_in_chinese_and_english() -> None:
    for language in ("zh", "en"):
        missing = {leaf.id for leaf in capabilities()} - {row.capability for row in terms() if row.language == language}
        assert missing == set()


def test_no_term_stands_twice_folded() -> None:
    keys = Counter((even(row.term), row.capability, row.language) for row in terms())
    assert [key for key, count in keys.items() if count > 1] == []


def test_chinese_terms_are_written_simplified() -> None:
    assert [row.term for row in terms() if row.language == "zh" and fold(row.term) != row.term.lower()] == []


def test_every_term_has_gloss_and_source() -> None:
    assert [row.term for row in terms() if not row.gloss.strip() or not row.source.strip()] == []


def test_weak_terms_name_the_company_they_need() -> None:
    assert [row.term for row in terms() if (row.strength == "weak") != bool(row.needs)] == []


@pytest.mark.parametrize("row", [row for row in terms() if "*" in row.term], ids=lambda row: row.term)
def test_stars_stand_at_an_end_or_after_a_word(row: Term) -> None:
    assert not re.search(r"\*\S", row.term.lstrip("*"))


def test_every_term_matches_itself() -> None:
    missed = []
    for row in terms():
        text = even(f"。{row.term.replace('*', '')}。")
        if not any(hit.term == row for hit in lexicon().scan(text)):
            missed.append(row.term)
    assert missed == []


def test_no_term_is_argued_away_by_its_own_words() -> None:
    wrong = []
    for row in terms():
        text = even(row.term.replace("*", ""))
        hit = next(hit for hit in lexicon().scan(text) if hit.term == row)
        if hit.entry.unless.standing(text, hit.start, hit.end, text):
            wrong.append(row.term)
    assert wrong == []


def test_groups_that_rows_name_exist_and_are_used() -> None:
    named = set()
    for language in LANGUAGES:
        raw = (DATA / "terms" / f"{language}.yml").read_text(encoding="utf-8")
        named |= set(re.findall(r'"@(\w+)"', raw))
    assert named <= set(contexts())
    assert set(contexts()) - named == {"people"}


def test_subjects_argue_against_leaves_that_exist() -> None:
    leaves = {leaf.id for leaf in capabilities()}
    assert {value for row in subjects() for value in row.capabilities} <= leaves


def test_untested_terms_do_not_grow() -> None:
    cases = yaml.safe_load((Path(__file__).parent / "cases" / "capabilities.yml").read_text(encoding="utf-8"))
    text = even("\n".join(case["text"] for case in cases))
    tested = {hit.term for hit in lexicon().scan(text)}
    assert len(terms()) - len(tested) <= UNTESTED_LIMIT


def test_whole_words_in_scripts_with_spaces() -> None:
    assert not is_whole("carpas", 2, 6)
    assert is_whole("某rpas图", 1, 5)
    assert is_whole("видеонаблюдение", 0, 14, open_right=True)


def test_a_star_lets_the_word_go_on() -> None:
    rows = (
        Term(term="*kamera*", capability="video_surveillance", gloss="camera", source="test"),
        Term(term="drone", capability="satellite_drone", gloss="drone", source="test"),
    )
    found = {hit.term.term for hit in Lexicon(rows).scan("überwachungskameras dronefly")}
    assert found == {"*kamera*"}


def test_evening_keeps_the_length() -> None:
    text = "ÁÉñ ﷲ İ ㎡ 無 ё й ـة Ǆ"
    assert len(even(text)) == len(text)
