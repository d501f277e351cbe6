"""Heads of tables: where they stand, in CSV too. All names are invented."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.settings import DEFAULT_LIMITS
from sousveil.source import table
from sousveil.source.heads import find_head, head_at, letters
from sousveil.source.mapping import Source
from sousveil.source.roles import NO_MAPPING, Roles
from tests.source.checks import amount, check, values

HEADS = ["项目名称", "采购人", "预算金额"]
ROWS = [["视频监控项目", "榆树县公安局", "342.5"], ["门禁项目", "榆树县教育局", "12"]]


def read_csv(rows, source):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    raw = out.getvalue().encode()
    document = table.to_document(raw, file="0" * 64, name="d.csv", limits=DEFAULT_LIMITS, source=source)
    check(document)
    return document


@given(st.lists(st.sampled_from([[], [""], ["榆树县采购汇总"], ["", "2024年"]]), max_size=8))
def test_lines_above_the_heads_do_not_matter(above):
    head = find_head([*above, HEADS, *ROWS], NO_MAPPING, least=2)
    assert head is not None
    assert head.first == len(above) + 1
    assert [column.head for column in head.columns] == HEADS


def test_the_last_unit_above_counts_and_one_elsewhere_does_not():
    rows = [["采购单位：榆树县公安局"], ["金额单位：元"], ["单位：万元"], HEADS, *ROWS]
    found = find_head(rows, NO_MAPPING, least=2)
    assert found is not None
    assert found.unit == "万元"
    plain = find_head([["采购单位：榆树县公安局"], HEADS, *ROWS], NO_MAPPING, least=2)
    assert plain is not None
    assert plain.unit == ""


def test_a_row_of_values_under_plain_heads_is_no_second_line_of_heads():
    heads = ["项目名称", "采购人", "", "预算金额"]
    rows = [["视频监控", "榆树县公安局", "x", "1"], ["门禁", "榆树县教育局", "y", "2"]]
    head = find_head([heads, *rows], NO_MAPPING, least=2)
    assert head is not None
    assert (head.first, head.lines) == (1, 1)


@pytest.mark.parametrize("rows", [[], [[]], [HEADS], [["a", "b"], ["c", "d"]], [[""] * 3] * 40 + [HEADS, *ROWS]])
def test_no_heads(rows):
    assert find_head(rows, NO_MAPPING, least=1) is None


def test_heads_at_a_row_and_none_at_all():
    assert [column.head for column in head_at([["x"], HEADS, *ROWS], 1).columns] == HEADS
    without = head_at(ROWS, -1)
    assert [column.head for column in without.columns] == ["A", "B", "C"]
    assert without.first == 0
    assert head_at([], 3).columns == ()


@given(st.integers(0, 20_000))
def test_letters_count_as_in_a_spreadsheet(place):
    number = 0
    for letter in letters(place):
        number = number * 26 + ord(letter) - 64
    assert number == place + 1


def test_a_csv_with_title_lines_and_one_without_heads():
    below = read_csv([["榆树县采购汇总"], ["单位：万元"], HEADS, *ROWS], Source())
    assert values(below, "title", 1) == ["门禁项目"]
    assert amount(below, "budget")[0] == 3_425_000
    assert below.marks == ("2 lines above the heads of the columns are no rows of notices",)
    bare = read_csv(ROWS, Source(head_row=0, unit="万元", mapping={"A": "title", "B": "buyer", "C": "budget"}))
    assert values(bare, "buyer", 1) == ["榆树县教育局"]
    assert amount(bare, "budget", 1)[0] == 120_000


def test_a_column_named_by_somebody_comes_before_known_heads():
    rows = [["采购人", "实际用户", "项目名称"], ["榆树县采购中心", "榆树县公安局", "视频监控"]]
    assert values(read_csv(rows, Source(mapping={"实际用户": "buyer"})), "buyer") == ["榆树县公安局"]
    assert values(read_csv(rows, Source()), "buyer") == ["榆树县采购中心"]


def test_a_list_of_items_with_a_buyer_for_each_row_is_a_dump():
    columns = [("", head) for head in ("项目名称", "数量", "单价", "预算金额")]
    assert not Roles().are_of_notices(columns)
    assert Roles().are_of_notices([*columns, ("", "采购人")])
