"""Cells of flat records: which field a column head means, and the values of amounts, dates, types and places."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import combining, normalize

from sousveil.data.columns import columns, null_words, type_cells
from sousveil.data.divisions import divisions
from sousveil.data.notice_types import notice_type_words
from sousveil.text.fold import fold
from sousveil.text.money import iter_money, unit_of
from sousveil.text.numerals import parse_number

_UNIT = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]$")
_NO_LETTER = re.compile(r"[\W_]+")
HIDDEN = frozenset({"person", "skip"})
"""Roles that are not rendered: persons, and bookkeeping of whoever made the dump."""
_MAX_HEAD = 80
"""Longer heads are data, not names of columns."""
_LOCAL = "本级"  # "the level itself": the city's own bodies, as opposed to its counties
_LEAST_BARE_YUAN = 1000
"""A bare number below stands for ten thousands of yuan or is a slip: no notice announces a smaller budget."""


def role_of(parent: str, head: str) -> tuple[str, int]:
    """Return the field or role that a column head means and its rank in it (0 is best); ``("", 0)`` for others.

    >>> role_of("", "PROJECT_NO"), role_of("", "预算金额（万元）"), role_of("", "contactPhone"), role_of("", "colour")
    (('project_number', 0), ('budget', 0), ('person', 0), ('', 0))
    """
    return _role(parent[:_MAX_HEAD], head) if len(head) <= _MAX_HEAD else ("", 0)


@lru_cache(maxsize=4096)
def _role(parent: str, head: str) -> tuple[str, int]:
    name = _bare(head)
    return _exact().get(_bare(parent) + name) or _part(name) or _exact().get(name) or ("", 0)


def is_hidden(parent: str, head: str) -> bool:
    """Return whether a column, and all that is nested in it, is not rendered: persons and bookkeeping."""
    return role_of(parent, head)[0] in HIDDEN


def _bare(head: str) -> str:
    """Return a head folded, without its unit in brackets and accents, letters and digits only."""
    plain = "".join(char for char in normalize("NFD", _UNIT.sub("", fold(head.strip()))) if not combining(char))
    return _NO_LETTER.sub("", plain)


@cache
def _exact() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for column in columns():
        if not column.is_part:
            for rank, name in enumerate(column.names):
                found.setdefault(name, (column.field, rank))
    return found


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    return tuple((name, column.field) for column in columns() if column.is_part for name in column.names)


def _part(name: str) -> tuple[str, int] | None:
    return next(((field, 0) for part, field in _parts() if part in name), None)


def is_null(text: str) -> bool:
    """Return whether a cell says nothing: empty, a dash, or a word such as 未公告 (not announced)."""
    folded = fold(text).strip()
    return not folded or folded in null_words()


def money_in(text: str, head: str, country: str | None) -> tuple[float, str | None] | None:
    """Return the one sum a cell tells, with its currency if printed in the cell or in its head; None where unsure.

    >>> money_in("23.5 万元", "budget", "CN"), money_in("342", "预算金额（万元）", "CN"), money_in("30", "budget", "CN")
    ((235000.0, None), (3420000.0, None), None)
    """
    folded = fold(text)
    found = {(float(money.value), money.currency) for money in iter_money(folded) if money.per is None}
    if len(found) == 1:
        value, currency = found.pop()
        return (value, currency) if value > 0 else None
    number = parse_number(text) if not found else None
    if number is None or number <= 0:
        return None
    unit = unit_of(fold(head))
    if unit is None and country == "CN" and number < _LEAST_BARE_YUAN:
        return None
    factor, currency = unit or (1, None)
    return float(number * factor), currency


@cache
def _type_words() -> tuple[tuple[str, str, int], ...]:
    return tuple((word, row.type, row.weight) for row in notice_type_words() for word in row.words)


def type_of(text: str) -> str | None:
    """Return the notice type that a type cell tells: the heaviest word wins, among equals the last, then the longest.

    >>> type_of("招标公告"), type_of("決標公告"), type_of("7")
    ('tender', 'award', None)
    """
    return _type(text) if len(text) <= _MAX_HEAD else None


@lru_cache(maxsize=4096)
def _type(text: str) -> str | None:
    folded = fold(text)
    whole = type_cells().get(_NO_LETTER.sub("", folded))
    if whole:
        return whole
    found = [
        (weight, folded.rfind(word) + len(word), len(word), kind)
        for word, kind, weight in _type_words()
        if word in folded
    ]
    return max(found)[3] if found else None


@cache
def _places() -> dict[str, str]:
    """Return ``province`` or ``city`` by folded name of a Chinese division, with and without its class word."""
    found: dict[str, str] = {}
    for division in divisions():
        level = "province" if division.code.endswith("0000") else "city"
        for name in (division.name, division.short):
            found.setdefault(fold(name), level)
        for name in division.counties.values():
            found.setdefault(fold(name), "city")
    return found


def place_of(text: str) -> tuple[str, str]:
    """Return ``province`` or ``city`` and the name of the place; a place outside China is a province.

    >>> place_of("浙江省"), place_of("萍乡市本级"), place_of("LIMA")
    (('province', '浙江'), ('city', '萍乡市'), ('province', 'LIMA'))
    """
    return _place(text.strip()) if len(text) <= _MAX_HEAD else ("province", text)


@lru_cache(maxsize=4096)
def _place(text: str) -> tuple[str, str]:
    name = text.removesuffix(_LOCAL)
    level = _places().get(fold(name), "")
    if level == "province":
        short = next((division.short for division in divisions() if division.name == name), name)
        return level, short
    return level or "province", name
