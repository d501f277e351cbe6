"""Numbers: what is read, what is left alone, and that writing and reading agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.fold import fold
from sousveil.text.numerals import iter_numbers, parse_han, parse_number

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLAIN = "零一二三四五六七八九"


def written(value: int, digits: str, units: tuple[str, str, str]) -> str:
    """The formal way to write a whole number below 10**12 in Chinese, as on a cheque."""
    if value == 0:
        return digits[0]
    parts = []
    for step, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, value = divmod(value, size)
        if not section:
            parts.append(digits[0] if parts else "")
            continue
        text = ""
        for power, unit in ((3, units[2]), (2, units[1]), (1, units[0]), (0, "")):
            digit = section // 10**power % 10
            text += digits[digit] + unit if digit else digits[0]
        text = text.rstrip(digits[0])
        while digits[0] * 2 in text:
            text = text.replace(digits[0] * 2, digits[0])
        parts.append((text if parts else text.lstrip(digits[0])) + step)
    joined = "".join(parts).rstrip(digits[0])
    while digits[0] * 2 in joined:
        joined = joined.replace(digits[0] * 2, digits[0])
    return joined.lstrip(digits[0])


def values(text: str) -> list[Decimal]:
    return [number.value for number in iter_numbers(fold(text))]


@given(st.integers(0, 10**12 - 1))
def test_capitals_round_trip(value: int) -> None:
    assert parse_han(fold(written(value, CAPITALS, ("拾", "佰", "仟")))) == value


@given(st.integers(0, 10**12 - 1))
def test_plain_chinese_round_trip(value: int) -> None:
    assert parse_number(written(value, PLAIN, ("十", "百", "千"))) == value


@given(st.integers(0, 10**11))
def test_thousands_separators_round_trip(value: int) -> None:
    assert parse_number(f"{value:,}") == value
    assert parse_number(f"{value:,}".replace(",", "，")) == value
    assert parse_number(f"{value:,}".replace(",", "\u2009")) == value


@given(st.integers(1, 99999), st.integers(0, 9), st.sampled_from(["万", "亿", "千万", "百万"]))
def test_scaled_forms(whole: int, tenth: int, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6}[scale]
    assert parse_number(f"{whole}.{tenth}{scale}") == Decimal(f"{whole}.{tenth}") * factor


@given(st.text(alphabet="0123456789.,，万亿千百十一二零壹拾 -/:*xkA路元█", max_size=40))
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    folded = fold(text)
    last = 0
    for number in iter_numbers(folded):
        assert last <= number.start < number.end <= len(folded)
        assert folded[number.start].isdigit() or folded[number.start] in "一二零十壹拾廿"
        last = number.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("采购金额1.2亿元", ["120000000"]),
        ("3000千元", ["3000000"]),
        ("1亿2000万", ["120000000"]),
        ("１２３萬", ["1230000"]),
        ("壹佰贰拾萬", ["1200000"]),
        ("叁佰参拾元", ["330"]),
        ("二十三台", ["23"]),
        ("兩套", ["2"]),
        ("统一平台一套", ["1"]),
        ("1.234.567,89", ["1234567.89"]),
        ("1 234 567,89 руб.", ["1234567.89"]),
        ("12,34,567", ["1234567"]),
        ("3.5 million and 2bn", ["3500000", "2000000000"]),
        ("20 mil cámaras, 4 millones", ["20000", "4000000"]),
        ("5 тыс. и 1,5 млн", ["5000", "1500000"]),
        ("3 Mio.", ["3000000"]),
        ("٣٢ كاميرا", ["32"]),
        ("50k accounts", ["50000"]),
    ],
)
def test_forms_read(text: str, expected: list[str]) -> None:
    assert values(text) == [Decimal(value) for value in expected]


@pytest.mark.parametrize(
    "text",
    [
        "ICT2026XA7550",
        "A02091107",
        "2021-34",
        "192.168.1.1",
        "09:30",
        "1920*1080",
        "1280x720",
        "12**.00",
        "4??8",
        "13█████████",
        "十四五规划",
        "三百五",
        "统一 唯一 第一 三亚 九江",
        "3.2.1",
        "DN-100-22",
    ],
)
def test_left_alone(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24千兆交换机", "24"),
        ("3 万用表", "3"),
        ("100兆光纤", "100"),
        ("2万兆光口", "2"),
        ("4K高清", "4"),
        ("5千瓦", "5"),
    ],
)
def test_scale_belongs_to_the_unit(text: str, expected: str) -> None:
    assert values(text) == [Decimal(expected)]


@pytest.mark.parametrize("text", ["", "abc", "1 2 3", "12 路", "零零", "万", "百"])
def test_no_single_number(text: str) -> None:
    assert parse_number(text) is None


def test_hostile_line_is_read_in_one_pass() -> None:
    assert len(list(iter_numbers("1" * 200_000))) == 0
    assert len(list(iter_numbers("1,111" * 40_000))) == 0
    assert len(list(iter_numbers("万" * 200_000))) == 0
