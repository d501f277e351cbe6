"""The query language: what is read, where mistakes are shown, and that nothing typed breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.ask.filters import FIELDS, Filters, make_filters
from sousveil.ask.parts import Every, FieldIs, Near, OneOf, Without, Words, iter_words
from sousveil.ask.query import parse_query
from sousveil.exceptions import UsageError

PIECES = ("人脸", "声纹", "face", '"a b"', "(", ")", "（", "OR", "AND", "NOT", "-", "type:award", "near:5", "raw:", ":", "date:", "“", " ")  # fmt: skip


def shape(part):
    """Return a part as nested tuples without places."""
    match part:
        case Words():
            return part.text
        case FieldIs(name, value):
            return (name, value)
        case Near(distance, parts):
            return ("near", distance, *("|".join(map(shape, choices)) for choices in parts))
        case Without(inner):
            return ("not", shape(inner))
        case Every(parts):
            return ("all", *map(shape, parts))
        case OneOf(parts):
            return ("any", *map(shape, parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a b", ["a", "b"]),
        ("a OR b c", [("any", "a", "b"), "c"]),
        ("a (b c) OR d", ["a", ("any", ("all", "b", "c"), "d")]),
        ("-(a OR b)", [("not", ("all", ("any", "a", "b")))]),
        ("NOT NOT a", ["a"]),
        ("a-b", ["a-b"]),
        ("人脸、声纹，a", ["人脸", "声纹", "a"]),
        ('"人脸、声纹"', ["人脸、声纹"]),
        ("buyer:某局 -type:award", [("buyer", "某局"), ("not", ("type", "award"))]),
        ("BUYER：“某 局”", [("buyer", "某 局")]),
        ("near:10 a b c", [("near", 10, "a", "b"), "c"]),
        ('near:10("a b" c d)', [("near", 10, "a b", "c", "d")]),
        ("near:10 (a OR b) c", [("near", 10, "a|b", "c")]),
        ("near:10 a (b OR c)", [("near", 10, "a", "b|c")]),
        ("GA/T:1400 http://x", ["GA/T:1400", "http://x"]),
        ('"type:award"', ["type:award"]),
        ('"OR"', ["OR"]),
    ],
)
def test_trees(text, expected):
    assert [shape(part) for part in parse_query(text).parts] == expected


def test_words_that_are_one_term_stay_together():
    parts = parse_query("the face recognition camera", lambda words: words == "face recognition").parts
    assert [part.text for part in parts] == ["the", "face recognition", "camera"]


def test_raw_at_the_beginning_is_for_all_and_elsewhere_for_one_word():
    assert [part.is_raw for part in parse_query("raw:a b").parts] == [True, True]
    assert [part.is_raw for part in parse_query("a raw:b c").parts] == [False, True, False]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_is_typed_is_read_or_answered_with_its_place(text):
    try:
        query = parse_query(text)
    except UsageError as error:
        shown = str(error)
    else:
        shown = ""
    if shown:
        assert "^" in shown
        return
    for part in query.parts:
        assert 0 <= part.start < part.end <= len(text)
        parse_query(text[part.start : part.end])
    for words in iter_words(query.parts):
        assert words.text in text


@given(st.lists(st.sampled_from(["a", "b", '"c d"', "type:award", "-e", "(f OR g)"]), min_size=1, max_size=6))
def test_a_part_taken_out_leaves_the_others(pieces):
    query = parse_query(" ".join(pieces))
    for number, part in enumerate(query.parts):
        assert query.without(part).split() == " ".join(pieces[:number] + pieces[number + 1 :]).split()


def test_options_and_fields_are_the_same():
    assert set(FIELDS) == set(Filters.__dataclass_fields__)
    for name, example in FIELDS.items():
        assert make_filters(**{name: example}).active == (name,)
        assert [shape(part) for part in parse_query(f"{name}:{example}").parts] == [(name, example)]
