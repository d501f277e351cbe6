"""Sums of money: currency, pairs of digits and words, rates, covered digits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.fold import fold
from sousveil.text.money import iter_money, unit_of


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("预算金额：698万元", "6980000", None),
        ("人民币壹佰陆拾柒万壹仟叁佰贰拾柒元肆角肆分", "1671327.44", "CNY"),
        ("￥1,234.50元", "1234.50", None),
        ("RMB 345,000", "345000", "CNY"),
        ("新臺幣 3,000,000 元整", "3000000", "TWD"),
        ("NT$ 1,200,000", "1200000", "TWD"),
        ("12.500 €", "12500", "EUR"),
        ("€ 12.500,00", "12500", "EUR"),
        ("1 234 567,89 руб.", "1234567.89", "RUB"),
        ("5 млн руб.", "5000000", "RUB"),
        ("£2.5m", "2500000", "GBP"),
        ("US$ 1.2 million", "1200000", "USD"),
        ("$ 300,000", "300000", None),
        ("1,200,000 MXN", "1200000", "MXN"),
        ("S/ 45,000.00", "45000", "PEN"),
        ("3000 ريال", "3000", None),
        ("120万美元", "1200000", "USD"),
        ("3 850 000 000 FCFA", "3850000000", "XOF"),
        ("$62,000,000.00 M.N.", "62000000", "MXN"),
        ("BDT 450,000", "450000", "BDT"),
    ],
)
def test_one_sum(text: str, value: str, currency: str | None) -> None:
    found = list(iter_money(fold(text)))
    assert [(money.value, money.currency) for money in found] == [(Decimal(value), currency)]


@pytest.mark.parametrize(
    "text",
    [
        "12**.00元",
        "***元",
        "1?3万元",
        "共3单元",
        "12元件",
        "元2000 套",
        "4 try again",
        "2021-34元",
        "100路",
        "5██,000元",
    ],
)
def test_no_sum(text: str) -> None:
    assert list(iter_money(fold(text))) == []


@pytest.mark.parametrize(
    ("text", "agree"),
    [
        ("金额（大写）：人民币叁拾万元整（小写）：¥300000.00", True),
        ("小写：107958291.72元 （大写：壹亿零柒佰玖拾伍万捌仟贰佰玖拾壹元柒角贰分）", True),
        ("大写：叁拾万元整 小写：¥310000.00", False),
    ],
)
def test_pair_is_one_sum(text: str, agree: bool) -> None:
    (money,) = iter_money(fold(text))
    assert money.words_agree is agree


def test_rate_names_what_it_is_counted_by() -> None:
    (money,) = iter_money("850元/路/年")
    assert (money.value, money.per) == (850, "路")


@given(
    st.integers(1, 10**9), st.sampled_from(["元", "万元", "亿元", "美元"]), st.text(alphabet="预算是。 ", max_size=6)
)
def test_span_is_what_is_printed(value: int, unit: str, lead: str) -> None:
    folded = fold(f"{lead}{value}{unit}。")
    (money,) = iter_money(folded)
    assert folded[money.start : money.end] == f"{value}{unit}"


@pytest.mark.parametrize(
    ("label", "unit"),
    [("预算金额(万元)", (10_000, None)), ("单位:人民币元", (1, "CNY")), ("报价 usd", (1, "USD")), ("数量", None)],
)
def test_unit_of_a_label(label: str, unit: tuple[int, str | None] | None) -> None:
    assert unit_of(label) == unit


@pytest.mark.parametrize(
    ("text", "value"),
    [("la licitación por 19 millones de pesos", 19_000_000), ("annual funding is £323.000 for", 323_000)],
)
def test_words_between_sum_and_currency_and_points_between_thousands(text, value):
    assert [int(money.value) for money in iter_money(text)] == [value]
