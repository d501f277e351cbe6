"""Numbers taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.numbers import is_end_more, read_numbers, squash


@pytest.mark.parametrize(
    ("printed", "base", "lot", "attempt"),
    [
        ("HYGP-2024-0151", "hygp20240151", "", 1),
        ("HYGP-2024-0151（第二次）", "hygp20240151", "", 2),
        ("HYGP-2024-0151-重", "hygp20240151", "", 2),
        ("HYGP-2024-0151-2", "hygp20240151", "2", 1),
        ("HYGP-2024-0151（包3）", "hygp20240151", "3", 1),
        ("洛采竞磋-2024-28", "洛采竞磋202428", "", 1),
        ("JQ2026-CS-02", "jq2026cs02", "", 1),
        ("采购项目编号：YLZC2024-G1-00233-YLGC", "ylzc2024g100233ylgc", "", 1),
        ("EXP-2023/000841", "exp2023000841", "", 1),
    ],
)
def test_lot_and_call_are_parted(printed, base, lot, attempt):
    (number,) = read_numbers(printed)
    assert (number.base, number.lot, number.attempt) == (base, lot, attempt)


@pytest.mark.parametrize(
    ("printed", "is_specific"),
    [("2024-01", False), ("1150801", False), ("ZB001", False), ("20240115001", False), ("ZC2024-001", False),
     ("FJBXWJ20260820003", True), ("SDGP370000000202602000616", True), ("洛采竞磋-2026-28", True), ("23RC014", True)],
)  # fmt: skip
def test_what_a_number_tells(printed, is_specific):
    assert read_numbers(printed)[0].is_specific == is_specific


def test_one_series_is_known_whatever_the_method():
    families = {read_numbers(number)[0].family for number in ("DPZC2024-GK-0112", "DPZC2024-CS-0139", "DPZC2023-XJ-1")}
    assert len(families) == 1
    assert read_numbers("ZHAJZBNX-2024-01")[0].family not in families


def test_a_section_is_its_project_and_three_digits():
    assert is_end_more("gc530100202600193001", "gc530100202600193001001")
    assert not is_end_more("2024001", "2024001001")


def test_words_without_digits_are_no_number():
    assert read_numbers("见招标文件") == ()


@given(st.text(max_size=60))
def test_any_text_can_be_read(printed):
    for number in read_numbers(printed):
        assert any(char.isdigit() for char in number.base)
        assert number.attempt >= 1


@given(st.text(alphabet="ABC-/（）[]0123456789 号第", max_size=30))
def test_squashing_twice_is_squashing(text):
    assert squash(squash(text)) == squash(text)
