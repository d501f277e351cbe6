"""Dates in every form of notices, with the precision they are printed in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.dates import iter_dates, parse_date
from sousveil.text.fold import fold

FORMS = [
    ("2026年06月25日 09:00", "2026-06-25"),
    ("2026 年 6 月 5 日", "2026-06-05"),
    ("2026\n年\n03\n月\n16\n日", "2026-03-16"),
    ("2026-6-25", "2026-06-25"),
    ("2026/6/25", "2026-06-25"),
    ("2026.6.25", "2026-06-25"),
    ("２０２６年６月２５号", "2026-06-25"),
    ("26年6月1日", "2026-06-01"),
    ("二〇二六年六月二十五日", "2026-06-25"),
    ("二○一五年十二月三十一日", "2015-12-31"),
    ("20260625", "2026-06-25"),
    ("2026-03-05T13:30:32+01:00", "2026-03-05"),
    ("Mar 16, 2026", "2026-03-16"),
    ("16th March, 2012", "2012-03-16"),
    ("16th day of August, 2022", "2022-08-16"),
    ("19-Oct-2022", "2022-10-19"),
    ("JULY 7, 2020", "2020-07-07"),
    ("16 марта 2026", "2026-03-16"),
    ("10 сентября 2019 года", "2019-09-10"),
    ("5 березня 2024", "2024-03-05"),
    ("3 de marzo de 2026", "2026-03-03"),
    ("26 abr 2026", "2026-04-26"),
    ("3 mars 2022", "2022-03-03"),
    ("12 marca 2023", "2023-03-12"),
    ("23 نوفمبر 2025", "2025-11-23"),
    ("05.03.2014", "2014-03-05"),
    ("26-02-2009", "2009-02-26"),
    ("民國115年8月20日", "2026-08-20"),
    ("115/08/20", "2026-08-20"),
    ("民國98年12月1日", "2009-12-01"),
]


@pytest.mark.parametrize(("text", "value"), FORMS)
def test_form(text, value):
    folded = fold(text)
    found = list(iter_dates(folded))
    assert [item.value for item in found] == [value]
    assert found[0].precision == "day"


@pytest.mark.parametrize(
    ("text", "value"),
    [("2026年6月", "2026-06"), ("二〇二六年四月", "2026-04"), ("June 2021", "2021-06"), ("marzo de 2020", "2020-03")],
)
def test_month_only(text, value):
    (found,) = iter_dates(fold(text))
    assert (found.value, found.precision) == (value, "month")
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2020年6月31日",
        "FJBXWJ20260820003",
        "192.168.10.12",
        "第3章1节",
        "1.2.3",
        "2026年度",
        "20261340",
        "共115路",
        "2.5.2026.7",
    ],
)
def test_no_date(text):
    assert [item.value for item in iter_dates(fold(text)) if item.precision == "day"] == []


def test_month_first_where_told():
    assert parse_date("11/12/2019") == "2019-12-11"
    assert parse_date("11/12/2019", day_first=False) == "2019-11-12"
    assert parse_date("25/12/2019", day_first=False) == "2019-12-25"


@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2049, 12, 31)), st.text(alphabet="，。至 ：\n", max_size=4))
def test_every_day_is_read_where_it_stands(day, mark):
    printed = f"{day.year}年{day.month}月{day.day}日"
    text = f"发布日期{mark}{printed}起"
    found = [item for item in iter_dates(fold(text)) if item.precision == "day"]
    assert [item.value for item in found] == [day.isoformat()]
    assert text[found[0].start : found[0].end] == printed


@given(st.text(alphabet="0123456789年月日-/. 二〇一marMAR,de", max_size=80))
def test_found_dates_never_overlap(text):
    reached = 0
    for item in iter_dates(fold(text)):
        assert reached <= item.start < item.end <= len(text)
        assert item.value[:4].isdigit()
        reached = item.end


def test_long_hostile_input_is_linear():
    for text in ("1" * 200_000, "2026-" * 40_000, "年月日" * 60_000, "mar " * 50_000, "二〇" * 90_000):
        assert all(item.end <= len(text) for item in iter_dates(text))
