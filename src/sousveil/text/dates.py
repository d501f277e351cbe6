"""Dates in folded text: 2026年06月25日, 2026-6-25, 二〇二六年四月, 115年8月20日, Mar 16, 2026, 16 марта 2026.

A date is read with the precision it is printed in. Days and months that do not exist are no dates. Two figures for
the year are read only in the long Chinese form; years of the Republic of China (民国, counted from 1912) from 60 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sousveil.text.fold import fold

Precision = Literal["day", "month"]

_FIRST_YEAR, _LAST_YEAR = 1990, 2050
"""Years outside are no dates of notices; the oldest electronic notices in any corpus seen are of 1996."""
_ROC = 1911
"""Year of the Republic of China + 1911 = common era."""

_MONTH_WORDS = (
    # English, Spanish, Portuguese, French, Italian, German; Russian, Ukrainian (genitive), Polish (genitive);
    # Arabic (Egypt, then Levant)
    "january jan enero janeiro janvier gennaio januar января січня stycznia يناير",
    "february feb febrero fevereiro février fevrier febbraio februar февраля лютого lutego فبراير شباط",
    "march mar marzo março marco mars märz марта березня marca مارس آذار",
    "april apr abril avril aprile апреля квітня kwietnia أبريل ابريل نيسان",
    "may mayo maio mai maggio мая травня maja مايو أيار",
    "june jun junio junho juin giugno juni июня червня czerwca يونيو حزيران",
    "july jul julio julho juillet luglio juli июля липня lipca يوليو تموز",
    "august aug agosto août aout ago августа серпня sierpnia أغسطس اغسطس آب",
    "september sept sep septiembre setembro septembre settembre setiembre set сентября вересня września سبتمبر أيلول",
    "october oct octubre outubro octobre ottobre oktober okt октября жовтня października أكتوبر اكتوبر",
    "november nov noviembre novembro novembre ноября листопада listopada نوفمبر",
    "december dec diciembre dezembro décembre decembre dicembre dezember dez dic декабря грудня grudnia ديسمبر",
)
_MONTHS = {word: month for month, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_MONTHS |= {"abr": 4, "ene": 1, "out": 10, "dez.": 12}  # short forms of Spanish and Portuguese
_MONTHS |= {"janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "déc": 12, "mär": 3}  # of French and German
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "o": 0, "0": 0}

_S = r"\s{0,3}"
_NUMERIC = re.compile(
    rf"(?<![\d./])(?<!(?<![\u4e00-\u9fff])-)(?:民国{_S})?(?P<year>(?:19|20)\d\d|1[0-4]\d|[6-9]\d|[0-3]\d)(?:"
    rf"{_S}年{_S}(?P<month>1[0-2]|0?[1-9]){_S}月(?:份?{_S}(?P<day>3[01]|[12]\d|0?[1-9]){_S}[日号]?(?!\d))?"
    rf"|(?P<mark>{_S}[-/.]{_S})(?P<month2>1[0-2]|0?[1-9])(?P=mark)(?P<day2>3[01]|[12]\d|0?[1-9])(?![\d年月])"
    rf"|(?<=20\d\d)(?P<month3>1[0-2]|0[1-9])(?P<day3>3[01]|[12]\d|0[1-9])(?![\d-])"
    r")"
)
_DAY_FIRST = re.compile(
    r"(?<![\d./-])(?P<a>3[01]|[12]\d|0?[1-9])(?P<mark>[-/.])(?P<b>3[01]|[12]\d|0?[1-9])(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d|[-/.]\d)"
)
_HAN = re.compile(
    rf"(?P<year>[二一][〇○零o0九]{_S}[〇○零o0一二三四五六七八九]{_S}[〇○零o0一二三四五六七八九]){_S}年{_S}"
    rf"(?P<month>十[一二]?|[一二三四五六七八九]){_S}月(?:{_S}(?P<day>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]){_S}日)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_BEFORE_YEAR = re.compile(  # 16 March, 16 de marzo de, March 16th, or a month alone
    r"(?<!\w)(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º|\.)?[ ]{1,2}(?:de |of |day of )?)?"
    r"(?P<month>[^\W\d_]{3,11})"
    r"\.?,?[ ]{1,2}(?:(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?[ ]{1,2}|de |del )?$"
)
_MAX_BEFORE = 28
"""Characters of a day and a month's name before the year: ``16th day of September, `` has 23."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date and where it stands.

    Attributes:
        value: ISO 8601, ``2026-06-25`` or ``2026-06``.
        precision: whether a day is printed.
        start: first character, inclusive.
        end: last character, exclusive.
    """

    value: str
    precision: Precision
    start: int
    end: int


def iter_dates(folded: str, *, day_first: bool = True) -> Iterator[Date]:
    """Yield the dates of folded text in order of position; they never overlap.

    Args:
        folded: text as ``fold`` returns it.
        day_first: how 05/03/2014 is read where both are possible; False for the United States.

    >>> from sousveil.text.fold import fold
    >>> [d.value for d in iter_dates(fold("２０２６年６月２５日 二〇二六年四月 Mar 16, 2026 16 марта 2026 115/08/20"))]
    ['2026-06-25', '2026-04', '2026-03-16', '2026-03-16', '2026-08-20']
    """
    found = [*_numeric(folded), *_day_first(folded, day_first), *_words(folded), *_dashed(folded)]
    if "月" in folded:
        found += _han(folded)
    found.sort(key=lambda item: (item.start, -item.end))
    reached = 0
    for item in found:
        if item.start >= reached:
            yield item
            reached = item.end


def parse_date(text: str, *, day_first: bool = True) -> str | None:
    """Return the first full date of a text as ISO 8601, or None.

    >>> parse_date("发布日期：2026/6/5 09:00"), parse_date("2026年6月"), parse_date("民國98年12月1日")
    ('2026-06-05', None, '2009-12-01')
    """
    return next((item.value for item in iter_dates(fold(text), day_first=day_first) if item.precision == "day"), None)


def _make(year: int, month: int, day: int | None, span: tuple[int, int]) -> Date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= 12:
        return None
    if day is None:
        return Date(f"{year:04d}-{month:02d}", "month", *span)
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return Date(value.isoformat(), "day", *span)


def _numeric(folded: str) -> Iterator[Date]:
    for match in _NUMERIC.finditer(folded):
        year = int(match["year"])
        month = match["month"] or match["month2"] or match["month3"]
        day = match["day"] or match["day2"] or match["day3"]
        is_republic = match.group().startswith("民国") or 60 <= year < 150
        if year < 60 and not is_republic and not (match["month"] and match["day"]):
            continue
        if 60 <= year < 100 and match["mark"]:
            continue
        item = _make(_full_year(year, is_republic), int(month), int(day) if day else None, match.span())
        if item:
            yield item


def _full_year(year: int, is_republic: bool) -> int:
    if is_republic:
        return year + _ROC
    return year if year >= 100 else year + 2000


def _day_first(folded: str, day_first: bool) -> Iterator[Date]:
    for match in _DAY_FIRST.finditer(folded):
        first, second = int(match["a"]), int(match["b"])
        is_day_first = (day_first or first > 12) and second <= 12
        day, month = (first, second) if is_day_first else (second, first)
        item = _make(int(match["year"]), month, day, match.span())
        if item:
            yield item


def _han_number(word: str) -> int:
    """Return 1 to 31 from a numeral with 十 (ten)."""
    head, ten, tail = word.partition("十")
    if not ten:
        return _HAN_DIGITS[head]
    return (_HAN_DIGITS[head] if head else 1) * 10 + (_HAN_DIGITS[tail] if tail else 0)


def _han(folded: str) -> Iterator[Date]:
    for match in _HAN.finditer(folded):
        year = int("".join(str(_HAN_DIGITS[char]) for char in match["year"] if not char.isspace()))
        day = _han_number(match["day"]) if match["day"] else None
        item = _make(year, _han_number(match["month"]), day, match.span())
        if item:
            yield item


_DASHED = re.compile(
    r"(?<![\w-])(?P<day>3[01]|[12]\d|0?[1-9])[-/](?P<month>[^\W\d_]{3,9})[-/](?P<year>(?:19|20)\d\d)(?!\d)"
)


def _dashed(folded: str) -> Iterator[Date]:
    """Yield dates whose month is a word between dashes: 19-Oct-2022."""
    for match in _DASHED.finditer(folded):
        month = _MONTHS.get(match["month"])
        item = _make(int(match["year"]), month, int(match["day"]), match.span()) if month else None
        if item:
            yield item


def _words(folded: str) -> Iterator[Date]:
    """Yield dates whose month is a word, found from their year backwards."""
    for year in _YEAR.finditer(folded):
        begin = max(0, year.start() - _MAX_BEFORE)
        if not folded[year.start() - 1 : year.start()].isspace():
            continue
        match = _BEFORE_YEAR.search(folded[begin : year.start()])
        month = _MONTHS.get(match["month"]) if match else None
        if match is None or month is None:
            continue
        day = match["day"] or match["day2"]
        item = _make(int(year.group()), month, int(day) if day else None, (begin + match.start(), year.end()))
        if item:
            yield item
