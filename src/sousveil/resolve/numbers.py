"""Numbers of purchases: what is the same number in another spelling, its lot and call, and whether it tells enough."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sousveil.resolve.marks import ordinal, take
from sousveil.text.fold import even, fold

_LABEL = re.compile(r"^[^:]{0,12}(?:编号|号|number|no\.?|nº|n°|№) ?: ?")
_NUMERIC_LOT = re.compile(r"(?P<rest>.*?)[-_/( ]+(?:p|lot|包|标段|标)?[-_ ]?(?P<n>\d{1,2}|[a-h])[)包标段]*$")
"""A last part of one or two digits, parted from the rest: ``GZNB2026-NK-J001-1``."""
_LAST_DIGITS = re.compile(r"\d+(?=\D*$)")
_YEAR = re.compile(r"(?:19|20)\d\d|(?<!\d)1[01]\d(?=\d{2,5}(?!\d))")
"""A year, or one of the Republic of China (115 is 2026) before a few more digits."""
_DAY = re.compile(r"(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DIGITS = re.compile(r"\d+")
_NO_WORD = re.compile(r"[第号年]")
"""Ordinal prefix, number sign, year: left out of a number, for one portal prints them and another one does not."""
_LETTERS = re.compile(r"[^\W\d_]+")
_PREFIX, _HAN_PREFIX = 4, 2
_LONG = 12
"""Digits from which a number that begins like a year is a platform's code."""
_LEAST_SERIAL = 3
"""Digits of a serial number; a shorter end behind a year is the serial itself (``2026-28``), not a lot."""
SPECIFIC = 7.0
"""Weight from which a number belongs to one purchase wherever it stands; shorter ones need the buyer beside them."""
_LEAST_LETTERS = 3
"""Letters in front of which eight digits are a year and a serial; behind fewer they may be a day: ZB20240115-001."""
MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a purchase, taken apart."""

    stem: str
    """Letters and digits only, with lot and call."""
    base: str
    """The stem without lot and call."""
    family: str
    """Its first letters, which say who counts: two numbers of one family are two purchases, or two calls of one."""
    lot: str = ""
    attempt: int = 1
    is_specific: bool = False


@lru_cache(maxsize=4096)
def read_numbers(printed: str) -> tuple[Number, ...]:
    """Return the numbers that a field holds, several where signs part them.

    >>> [(n.base, n.lot, n.attempt) for n in read_numbers("ＧＺＮＢ2026-NK-J001-2（第二次）")]
    [('gznb2026nkj001', '2', 2)]
    >>> [(n.base, n.is_specific) for n in read_numbers("永财公开招标采购-2026-8；2024-01")]
    [('永财公开招标采购20268', True), ('202401', False)]
    """
    parts = re.split(r"[;,、|\n]", even(fold(printed)).strip())
    found = (_number(_LABEL.sub("", part.strip())) for part in parts[:MAX_PARTS])
    return tuple(dict.fromkeys(number for number in found if number is not None))


def _number(text: str) -> Number | None:
    stem = squash(text)
    if not _DIGITS.search(stem):
        return None
    rest, attempts = take("attempt", text)
    rest, lots = take("lot", rest)
    lot = lots[-1] if lots else ""
    rest = rest.strip(" -_/([")
    if not lot:
        rest, lot = _numeric_lot(rest)
    base = squash(rest)
    if not _DIGITS.search(base):
        base, lot = stem, ""
    attempt = max((int(n) for n in attempts if n.isdigit()), default=1)
    return Number(stem, base, _family(base), lot, attempt, weight(base) >= SPECIFIC)


def _numeric_lot(text: str) -> tuple[str, str]:
    match = _NUMERIC_LOT.match(text)
    if match is None:
        return text, ""
    last = _LAST_DIGITS.search(match["rest"])
    is_serial = last is not None and len(last[0]) >= _LEAST_SERIAL and not re.fullmatch(r"(?:19|20)\d\d", last[0])
    return (match["rest"], ordinal(match["n"])) if is_serial else (text, "")


def squash(text: str) -> str:
    """Return the letters and digits of a folded number.

    >>> squash("洛采竞磋[2026]28号") == squash("洛采竞磋-2026-28")
    True
    """
    return "".join(char for char in _NO_WORD.sub("", text) if char.isalnum())


def _family(base: str) -> str:
    letters = _LETTERS.search(base)
    if letters is None:
        return "year" if re.match(r"(?:19|20)\d\d", base) and len(base) < _LONG else f"9x{len(base)}"
    start = "9" if letters.start() else ""
    return start + letters[0][: _HAN_PREFIX if "\u4e00" <= letters[0][0] <= "\u9fff" else _PREFIX]


def weight(base: str) -> float:
    """Return how much a number tells: digits without year or day, letters, Chinese characters half more each.

    >>> weight("fjbxwj20260820003"), weight("zc2024001"), weight("1150801")
    (13.0, 5.0, 1.0)
    """
    letters = sum(not char.isdigit() for char in base)
    rest = _DAY.sub("", base, count=1) if letters < _LEAST_LETTERS else base
    rest = rest if rest != base else _YEAR.sub("", base, count=1)
    return sum(1.5 if "\u4e00" <= char <= "\u9fff" else 1.0 for char in rest)


def is_end_more(one: str, other: str) -> bool:
    """Return whether one long number is another with up to three digits behind it: a section of a project's code."""
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= 12 and 0 < len(long) - len(short) <= 3 and long.startswith(short) and long[len(short) :].isdigit()
    )
