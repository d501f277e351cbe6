"""Clauses: quotations are short, of one line, and trimmed."""

from hypothesis import given
from hypothesis import strategies as st

from sousveil.find.clauses import clause_bounds, sentence_bounds, tidy

TEXTS = st.text(alphabet="甲乙,。;:\n |()（）《》 ab.-★\u3000", min_size=1, max_size=300)


@given(TEXTS, st.data())
def test_bounds_hold_the_place(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for bounds in (sentence_bounds, clause_bounds):
        left, right = bounds(text, start, end)
        assert 0 <= left <= start <= end <= right <= len(text)


@given(TEXTS)
def test_tidy_is_short_and_inside(text: str) -> None:
    left, right = tidy(text, 0, len(text))
    assert 0 <= left <= right <= len(text)
    assert right - left <= 120
    assert text[left:right] == text[left:right].strip()


def test_tidy_cuts_at_words() -> None:
    text = "word " * 60
    left, right = tidy(text, 0, len(text), keep=150)
    assert text[left:right].startswith("word")
    assert text[left:right].endswith("word")
    assert left <= 150 < right


def test_closing_bracket_stays_with_its_opening_one() -> None:
    assert tidy("系统(一期)。", 0, 7) == (0, 6)
    assert tidy("系统)。", 0, 4) == (0, 2)
