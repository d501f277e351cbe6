"""Pages written line by line. Texts and names are invented."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sousveil.settings import DEFAULT_LIMITS
from sousveil.source.render import clean_block, clean_line, format_number, to_document
from tests.source.checks import amount, check

FILE = "0" * 64


def make(write, items, **limits):
    return to_document(
        items, write, file=FILE, media_type="text/plain", name="n", limits=replace(DEFAULT_LIMITS, **limits)
    )


@given(st.lists(st.tuples(st.text(), st.text(max_size=40), st.floats(0.01, 1e14)), max_size=8), st.integers(1, 300))
def test_every_span_stands_word_for_word_whatever_is_written_and_cut(rows, max_chars):
    def write(page, row):
        page.field("title", "Title", row[0], rule="test")
        page.person("suppliers", "Supplier", row[1], rule="test")
        page.block("Description", row[0] + "\r\n" + row[1])
        page.amount("budget", "Budget", row[2], "EUR", rule="test")

    check(make(write, rows, max_page_chars=max_chars, max_text_chars=900))


@given(st.text())
def test_clean_texts_hold_no_control_characters_and_encode(text):
    line = clean_line(text)
    line.encode("utf-8")
    assert "\n" not in line
    assert line == clean_line(line)
    clean_block(text).encode("utf-8")


def test_a_natural_person_is_covered_wherever_the_name_stands():
    def write(page, _):
        page.field("title", "Title", "Contract with anna example-person, second try", rule="t")
        page.person("suppliers", "Supplier", "ФОП Anna Example-Person", rule="t", visible=4)

    document = make(write, [0])
    text = document.pages[0].text
    assert "xample" not in text
    assert text == "Title: Contract with ███████████████████, second try\nSupplier: ФОП ███████████████████"
    assert document.records[0].fields[1][1][0].value == "ФОП ███████████████████"
    assert [mask.kind for mask in document.pages[0].masks] == ["name", "name"]


def test_short_names_cover_only_their_own_place():
    def write(page, _):
        page.field("title", "Title", "Ana and Canal works", rule="t")
        page.person("suppliers", "Supplier", "Ana", rule="t")

    assert make(write, [0]).pages[0].text == "Title: Ana and Canal works\nSupplier: ███"


def test_what_is_beyond_the_limits_is_counted_not_dropped_in_silence():
    def write(page, item):
        page.line("Title", item)

    document = make(write, ["a", "b", "", "c", "d"], max_pages=3)
    assert [page.text for page in document.pages] == ["Title: a", "Title: b", "Title: c"]
    assert document.marks == (
        "1 further records were not read: limit of 3 records or of the text's length",
        "1 records hold nothing that can be read",
    )
    assert "cut at the limit" in make(write, ["long title"], max_page_chars=12).marks[0]


def test_a_sum_says_what_it_adds_and_what_it_leaves_out():
    def write(page, values):
        page.total("budget", "Total of lots", values, rule="t")

    assert amount(make(write, [[(0.1, "EUR"), (0.2, "EUR"), None]]), "budget") == (0.3, "EUR")
    note = make(write, [[(1.0, "EUR"), (2.0, "EUR"), None]]).records[0].amounts[0][1].note
    assert note == "sum of 2, not printed in the file; 1 more without a value"
    assert make(write, [[(1.0, "EUR"), (2.0, "USD")]]).records == ()


@given(st.floats(0, 1e15, allow_nan=False))
def test_numbers_are_printed_without_exponent_and_read_back(value):
    text = format_number(value)
    assert "e" not in text
    assert abs(float(text) - value) <= max(1e-9, value * 1e-12)
