"""Every term is proved: found where it should be, and argued away by each word that is there to do so.

The sentences are made from the row itself: a purchase of the term, with a word it needs, with a false friend.
"""

from collections.abc import Iterator

import pytest
import yaml

from sousveil.data.terms import LANGUAGES, Term, contexts, terms
from sousveil.find import find
from sousveil.find.function import find_functions
from sousveil.find.lexicon import even, lexicon
from sousveil.model import Document, Finding, Notice, Page
from tests.find.test_lexicon import DATA

FRAMES = {"zh": "购置{}", "ja": "{}の購入", "ko": "{} 구매", "th": "จัดซื้อ {}", "ar": "توريد {}", "ru": "Поставка {}"}
"""A neutral purchase; other languages have a line of a list."""
MOST_SHARED = 4
"""Words of one shared group that are tried beside a row; the group itself is tried in full below."""


def capability_findings(text: str) -> list[Finding]:
    document = Document("0" * 64, "text/plain", "a.txt", (Page(1, text),))
    found = find(document, Notice("a", "a", "0" * 64, 1, 1), explain=True)
    return [finding for finding in found if finding.kind == "capability"]


def purchase(row: Term, words: str) -> str:
    return FRAMES.get(row.language, "1) {}").format(words)


def plain(row: Term) -> str:
    return row.term.replace("*", "")


def states(row: Term, text: str) -> set[str]:
    """Return the states in which this row, and no other, stands in a text."""
    rule = f"{row.language}:{row.term}"
    return {found.state for found in capability_findings(text) if (found.rule, found.value) == (rule, row.capability)}


def beside(row: Term, word: str) -> str:
    """Return the term with a word of its company: around it where the word marks its place with ~."""
    if "~" in word:
        return word.replace("~", plain(row))
    mark = "" if row.language in {"zh", "ja"} and not word[-1].isascii() else " "
    return f"{word}{mark}{plain(row)}"


def own_words(row: Term, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words of a row, of those shared by many rows the first ones only."""
    shared = {word for group in contexts().values() for word in group}
    left = MOST_SHARED
    for word in words:
        if word in shared:
            left -= 1
        if word not in shared or left >= 0:
            yield word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_in_a_purchase(language: str) -> None:
    missed = []
    for row in (row for row in terms() if file_of(row) == language):
        words = plain(row) if row.strength == "strong" else beside(row, row.needs[0])
        if "stated" not in states(row, purchase(row, words)) and not shadowed(row, purchase(row, words)):
            missed.append(row.term)
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_weak_term_alone_is_not_found(language: str) -> None:
    wrong = []
    for row in (row for row in terms() if file_of(row) == language and row.strength == "weak"):
        text = purchase(row, plain(row))
        if "stated" in states(row, text):
            wrong.append(row.term)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_term_needs_gives_it_company(language: str) -> None:
    dead = [
        f"{row.term}: {word}"
        for row in terms()
        if file_of(row) == language
        for word in own_words(row, row.needs)
        if not has_company(row, word)
    ]
    assert dead == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_false_friend_argues_its_term_away(language: str) -> None:
    idle = []
    for row in (row for row in terms() if file_of(row) == language):
        for word in own_words(row, row.unless):
            text = beside(row, word) if row.strength == "strong" else f"{beside(row, word)} {row.needs[0]}"
            if "stated" in states(row, purchase(row, text)):
                idle.append(f"{row.term}: {word}")
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_row_hides_behind_a_shorter_one(language: str) -> None:
    """A word that begins with another of the same list can never be the one that counts."""
    hidden = []
    for row in yaml.safe_load((DATA / "terms" / f"{language}.yml").read_text(encoding="utf-8")):
        for key in ("needs", "unless"):
            words = [even(str(word)) for word in row.get(key, ()) if not str(word).startswith("@")]
            hidden += [
                f"{row['term']}: {word} behind {other}"
                for number, word in enumerate(words)
                for place, other in enumerate(words)
                if "~" not in word + other and word.startswith(other) and (word != other or place < number)
            ]
    assert hidden == []


def test_a_word_is_weak_in_all_languages_or_in_none() -> None:
    """A row finds its word in a text of any language: a strong one would find what weak ones are careful about."""
    strengths: dict[tuple[str, str], set[str]] = {}
    for row in terms():
        strengths.setdefault((even(row.term).strip("*"), row.capability), set()).add(row.strength)
    assert [word for (word, _), found in strengths.items() if len(found) > 1] == []


def file_of(row: Term) -> str:
    return row.language if row.language in LANGUAGES else "other"


def has_company(row: Term, word: str) -> bool:
    """Whether a needed word, put beside the term, is seen as its company."""
    text = even(purchase(row, beside(row, word)))
    return any(
        hit.entry.needs.standing(text, hit.start, hit.end, text[: hit.start] + "\x00" + text[hit.end :]) is not None
        for hit in lexicon().scan(text)
        if hit.term == row
    )


def shadowed(row: Term, text: str) -> bool:
    """Whether a better place of the same capability, stated too, holds the words: then only that one is quoted."""
    described = any(hit.term.capability == row.capability for hit in find_functions(even(text)))
    others = [hit for hit in lexicon().scan(even(text)) if hit.term.capability == row.capability and hit.term != row]
    return bool(described or others) and any(
        found.state == "stated" and found.value == row.capability for found in capability_findings(text)
    )
