"""Figures as people read them."""

from __future__ import annotations

Value = str | int | float | None
"""What a table has in a cell; None for nothing."""


def several(count: int, word: str) -> str:
    """Return how many of something there are.

    >>> several(1, "page"), several(2300, "notice")
    ('1 page', '2,300 notices')
    """
    return f"{count:,} {word}{'s' * (count != 1)}"


_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000
"""Steps by which Chinese counts: 万 and 亿."""


def money(amount: float | None, currency: str | None, language: str = "en") -> str:
    """Return a sum, rounded to what a reader keeps in mind; the exact figure stands where it was printed.

    >>> money(42_860_000, "CNY"), money(233_962.26, None), money(None, "EUR")
    ('CNY 42.86m', '233,962', '')
    >>> money(42_860_000, "CNY", "zh"), money(256_270_000, "EUR", "zh"), money(860.5, "CNY", "zh")
    ('4,286 万元', 'EUR 2.56 亿', '860.5 元')
    """
    if amount is None:
        return ""
    if language == "zh":
        return _chinese_money(amount, currency)
    if amount >= 1_000_000_000:
        number = f"{amount / 1_000_000_000:,.2f}bn"
    else:
        number = f"{amount / 1_000_000:,.2f}m" if amount >= 1_000_000 else f"{amount:,.0f}"
    return f"{currency} {number}" if currency else number


_HUNDREDTH = 0.005
"""Below it two decimals would be zeros."""


def figure(value: Value) -> str:
    """Return a value with separators, to hundredths; what is less than one keeps a figure, for it is not nothing.

    >>> figure(1234567.5), figure(12), figure("a"), figure(None), figure(0.0042), figure(0.0)
    ('1,234,567.5', '12', 'a', '', '0.004', '0')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if 0 < abs(value) < _HUNDREDTH:
            return f"{value:.1g}"
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else value


def _chinese_money(amount: float, currency: str | None) -> str:
    """Return a sum in 万 or 亿; that of China in yuan, any other behind its code."""
    if amount >= _HUNDRED_MILLION:
        figure = f"{amount / _HUNDRED_MILLION:,.2f} 亿"
    elif amount >= _TEN_THOUSAND:
        figure = f"{amount / _TEN_THOUSAND:,.2f}".rstrip("0").rstrip(".") + " 万"
    else:
        figure = f"{amount:,.2f}".rstrip("0").rstrip(".")
    if currency != "CNY":
        return f"{currency} {figure}" if currency else figure
    return f"{figure}元" if figure[-1] in "万亿" else f"{figure} 元"


_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


def duration(seconds: float, language: str = "en") -> str:
    """Return a time that is left or was taken, as exactly as a reader can use it.

    >>> duration(3_790), duration(52), duration(3_790, "zh"), duration(180_000)
    ('1 h 3 min', '52 s', '1 小时 3 分', '2 d 2 h')
    """
    names = ("天", "小时", "分", "秒") if language == "zh" else ("d", "h", "min", "s")  # days, hours, minutes, seconds
    whole = round(seconds)
    if whole < _MINUTE_S:
        return f"{whole} {names[3]}"
    if whole < _HOUR_S:
        return f"{round(whole / _MINUTE_S)} {names[2]}"
    if whole < _DAY_S:
        return f"{whole // _HOUR_S} {names[1]} {whole % _HOUR_S // _MINUTE_S} {names[2]}"
    return f"{whole // _DAY_S} {names[0]} {whole % _DAY_S // _HOUR_S} {names[1]}"
