"""Sums of money in folded text, with the currency that is printed beside them.

Only a number that touches a currency sign, word or code is money here; a bare number under a label with a unit
(``预算金额（万元）：698``, budget in ten thousands) is for the reader of labels, who asks ``unit_of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sousveil.text.numerals import Number, iter_numbers, parse_han

_CURRENCY_ROWS: tuple[tuple[str | None, str], ...] = (
    # words that several currencies share, the country decides: yuan, dollar, pound, crown, peso, rupee;
    # riyal, dinar, dirham, Egyptian or Sudanese pound in Arabic
    (None, "¥|元|圆|$|dollars|pounds|kr|pesos|reales|rs|ريال|دينار|درهم|جنيه"),
    # Chinese names: renminbi; Taiwan, Hong Kong, Macau, US, Canada, Australia, Singapore dollar; euro, pound, yen,
    # rouble, won
    ("CNY", "人民币|rmb|cny"),
    ("TWD", "新台币|台币|nt$|ntd|twd"),
    ("HKD", "港币|港元|hk$|hkd"),
    ("MOP", "澳门元|mop"),
    ("USD", "美元|美金|usd|us$|usd$|u$s|us dollars"),
    ("CAD", "加元|cad"),
    ("AUD", "澳元|aud"),
    ("SGD", "新元|sgd"),
    ("EUR", "欧元|eur|€|euro|euros"),
    ("GBP", "英镑|gbp|£"),
    ("JPY", "日元|jpy"),
    ("RUB", "卢布|руб|рублей|рубля|₽|rub"),
    ("KRW", "韩元|krw"),
    # hryvnia, tenge, lev written in Cyrillic
    ("UAH", "грн|гривень|uah|₴"),
    ("KZT", "тенге|kzt"),
    ("BGN", "лв|bgn"),
    # Saudi riyal, Egyptian pound in Arabic
    ("SAR", "ريال سعودي|sar"),
    ("EGP", "جنيه مصري|egp"),
    ("LYD", "دينار ليبي|د.ل|lyd"),
    ("MAD", "درهم مغربي|mad"),
    # franc of the West African union, whose sign Central Africa shares
    ("XOF", "fcfa|f cfa|francs cfa|xof"),
    ("XAF", "xaf"),
    ("PLN", "pln|zł"),
    ("CZK", "czk|kč"),
    ("TRY", "try|tl|₺"),
    ("INR", "inr|₹"),
    ("BDT", "bdt|tk|taka"),
    ("MXN", "mxn|mx$|m.n"),
    ("PEN", "pen|s/|s/.|soles"),
    ("BRL", "brl|r$|reais"),
    *((code, code.lower()) for code in ("NZD", "CHF", "NOK", "SEK", "DKK", "HUF", "RON", "ZAR", "COP", "CLP", "ARS")),
    *(
        (code, code.lower())
        for code in ("NGN", "KES", "PKR", "LKR", "GHS", "TZS", "UGX", "MAD", "TND", "DZD", "AED", "QAR", "JOD", "IQD")
    ),
    *((code, code.lower()) for code in ("HRK", "RSD", "ISK", "KWD", "BHD", "ILS", "PHP", "IDR", "THB", "VND", "ETB")),
    *((code, code.lower()) for code in ("UYU", "BOB", "PYG", "GTQ")),
)
_CURRENCIES = {word: code for code, words in _CURRENCY_ROWS for word in words.split("|")}
_LETTER = "a-zа-яёіїєґα-ωء-ي"


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# codes and words that are ordinary words too once case is folded: they count beside four digits or more
_DOUBTFUL = frozenset(("try", "pen", "cop", "ron", "tl", "mop", "rs", "sar", "cad", "aud", "all", "tk", "s/", "pounds"))
_ENOUGH_DIGITS = 4
# 元 and 圆 (yuan) stand behind the sum only; 元件 (component), 元器件, 元素 (element), 元旦, 元月 (January) are words
_ONLY_AFTER = frozenset(("元", "圆", "dollars", "kr", "лв", "рублей", "рубля"))
_WORDS = _alternatives([word for word in _CURRENCIES if word not in ("元", "圆")]) + r"|[元圆](?![件器素旦月])"
_WORDS_BEFORE = _alternatives([word for word in _CURRENCIES if word not in _ONLY_AFTER])
_BEFORE = re.compile(
    rf"(?:^|[^{_LETTER}])(?P<currency>{_WORDS_BEFORE})[.]?[ ]{{0,2}}[:(]?(?:大写|小写)?[):]{{0,2}}[ ]{{0,2}}¥?$"
)
_SUB = "0-9零〇壹贰叁肆伍陆柒捌玖一二三四五六七八九角分"  # tenths (角) and hundredths (分) after the yuan
_AFTER = re.compile(
    rf"[ ]{{0,2}}[.]?[ ]?(?:de[ ]|d['’])?\(?(?P<currency>{_WORDS})(?![{_LETTER}])(?P<sub>[{_SUB}]{{2,6}})?"
    r"(?:[ ]?/[ ]?(?P<per>[a-z]{1,12}|[\u4e00-\u9fff]{1,4}))?"
)
_SHORT_SCALE = re.compile(r"[ ]?m(?![a-z²³0-9]|\.n)")  # £2.5m: only beside a currency sign, elsewhere metres
_COVERED = re.compile(r"[*×?█x]")
_CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
_UNIT = re.compile(rf"(?P<scale>百万|千万|万|亿|千|百)?(?P<currency>{_WORDS})(?![{_LETTER}])")
_UNIT_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PAIR_GAP = 24
"""Characters between digits and the same sum in words: ``元 (大写：人民币`` with a label and marks."""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money; ``folded[start:end]`` is what is printed, currency included.

    Attributes:
        value: in whole currency units.
        currency: ISO 4217, or None where the printed word serves several (元, $, pesos, ريال riyal).
        start: first character, inclusive.
        end: last character, exclusive.
        symbol: the currency word as printed, folded.
        per: what a rate is counted by (年 year, 台 device, month), or None: a unit price is no total.
        words_agree: whether the same sum written out beside it in capitals says the same; None without such a pair.
    """

    value: Decimal
    currency: str | None
    start: int
    end: int
    symbol: str = ""
    per: str | None = None
    words_agree: bool | None = None


def iter_money(folded: str) -> Iterator[Money]:
    """Yield the sums of folded text in order of position; digits and their written-out twin are one sum.

    >>> from sousveil.text.fold import fold
    >>> found = iter_money(fold("人民币 120.5万元（大写：壹佰贰拾万伍仟元整）"))
    >>> [(str(m.value), m.currency, m.words_agree) for m in found]
    [('1205000', 'CNY', True)]
    """
    held: Money | None = None
    held_in_words = False
    for number in iter_numbers(folded):
        money = _money(number, folded)
        if money is None or (held and money.start < held.end):
            continue
        in_words = any(char in _CAPITALS for char in folded[number.start : number.end])
        if held and in_words != held_in_words and _is_pair(held, money, folded):
            yield _joined(held, money, in_words)
            held = None
            continue
        if held:
            yield held
        held, held_in_words = money, in_words
    if held:
        yield held


def unit_of(folded: str) -> tuple[int, str | None] | None:
    """Return factor and currency of a unit printed in a label or column head, or None where none is printed.

    >>> unit_of("预算金额(万元)"), unit_of("单位:人民币元"), unit_of("金额")
    ((10000, None), (1, 'CNY'), None)
    """
    found = list(_UNIT.finditer(folded))
    if not found:
        return None
    scale = next((_UNIT_SCALES[unit["scale"]] for unit in found if unit["scale"]), 1)
    return scale, next((_CURRENCIES[unit["currency"]] for unit in found if _CURRENCIES[unit["currency"]]), None)


def _money(number: Number, folded: str) -> Money | None:
    """Return the number as money when a currency touches it and no digit of it is covered, else None."""
    start, end, value = number.start, number.end, number.value
    before = _BEFORE.search(folded, max(0, start - 20), start)
    short = _SHORT_SCALE.match(folded, end) if before else None
    if short:
        value, end = value * 10**6, short.end()
    after = _AFTER.match(folded, end)
    if not (before or after) or _is_covered(folded, start, end):
        return None
    words = [found["currency"] for found in (after, before) if found]
    if all(word in _DOUBTFUL for word in words) and value < 10 ** (_ENOUGH_DIGITS - 1):
        return None
    currency = next((_CURRENCIES[word] for word in words if _CURRENCIES[word]), None)
    if after:
        value += _sub_units(after["sub"])
        end = after.end("per") if after["per"] else max(after.end("currency"), after.end("sub"))
    return Money(
        _european(value, folded[number.start : number.end], currency),
        currency,
        before.start("currency") if before else start,
        end,
        words[0],
        after["per"] if after else None,
    )


def _is_covered(folded: str, start: int, end: int) -> bool:
    return bool(_COVERED.match(folded, end)) or (start > 0 and folded[start - 1] in "*?█")


def _european(value: Decimal, printed: str, currency: str | None) -> Decimal:
    """Return ``value`` read again when it is like 12.500 in a currency written with points between thousands."""
    is_grouped = re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", printed)
    return (
        value * 1000
        if is_grouped and currency in {"EUR", "GBP", "BRL", "DKK", "NOK", "CLP", "COP", "ARS", "TRY"}
        else value
    )


def _sub_units(printed: str | None) -> Decimal:
    """Return tenths and hundredths written out: 肆角肆分 is 0.44."""
    total = Decimal(0)
    for word, part in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        head, found, tail = (printed or "").partition(word)
        if found and head:
            digit = int(head[-1]) if head[-1].isascii() and head[-1].isdigit() else parse_han(head[-1])
            total += part * (digit or 0)
            printed = tail
    return total


def _is_pair(first: Money, second: Money, folded: str) -> bool:
    gap = folded[first.end : second.start]
    return len(gap) <= _PAIR_GAP and "\n\n" not in gap and ("写" in gap or "(" in gap or ":" in gap)


def _joined(first: Money, second: Money, second_in_words: bool) -> Money:
    """Return the sum in digits, told whether the one in words agrees."""
    digits = first if second_in_words else second
    currency = first.currency or second.currency
    agree = first.value == second.value
    return Money(digits.value, currency, digits.start, digits.end, digits.symbol, digits.per, agree)
