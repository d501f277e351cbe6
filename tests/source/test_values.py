"""Values of structured files."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.source.values import to_country, to_currency, to_iso_date, to_language, to_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (12, 12.0),
        ("2165471.94", 2165471.94),
        ("2 165 471,94", 2165471.94),
        ("1,234,567.5", 1234567.5),
        ("1.234.567", None),
        ("-1", None),
        (-5, None),
        ("unpublished", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (True, None),
        (None, None),
        ("9" * 60, None),
    ],
)
def test_numbers(raw, value):
    assert to_number(raw) == value


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_any_input_gives_a_finite_number_or_none(raw):
    number = to_number(raw)
    assert number is None or (math.isfinite(number) and number >= 0)
    to_iso_date(raw)
    to_currency(raw)
    to_country(raw)
    assert to_language(raw)


def test_dates_keep_the_printed_day_and_refuse_placeholders():
    assert to_iso_date("2023-06-05+02:00") == "2023-06-05"
    assert to_iso_date("20230230") is None
    assert to_iso_date("9999-12-31") is None
    assert to_iso_date("2023-06-051") is None


def test_codes():
    assert to_country("México") == "MX"
    assert to_country("EL") == "GR"
    assert to_country("1A0") == "XK"
    assert to_country("United Kingdom") == "GB"
    assert to_currency("Dólar Norteamericano") == "USD"
    assert to_language("NOR") == "no"
    assert to_language("zh-TW") == "zh-Hant"
