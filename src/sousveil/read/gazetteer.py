"""Names of Chinese divisions in a short text: which province, which prefecture or county.

Full names count anywhere. Short names (福州, 福建) count where a body or a work follows, not in street names; short
names of counties only at the head of a name (云霄电信), because many are words of everyday Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.divisions import MUNICIPALITIES, divisions
from sousveil.text.fold import is_han

Level = Literal["province", "prefecture", "county", "district"]
_STREET = re.compile(r"[东西南北中]?[一二三]?(?:路|大道|街|大街|巷|里|号)")
_LARGE = frozenset(("province", "prefecture"))
"""What may be named inside letters that are the name of no place here: too many names of counties are such letters."""
_HEAD = 24
_BRANCH = re.compile(r"电信|移动|联通|铁塔|广电|分公司|供电")
"""What follows the short name of a county in the name of a company's branch: telecoms, power, a branch."""
_LONGER = re.compile(r"(?![城超都夜门本全上各我该两集])[\u4e00-\u9fff][市县旗州]")
"""A short name that goes on is part of another: 玉树河县 is not 玉树."""
_BEFORE_COUNTY = "省市区州盟受由于在为"
"""What may stand before the name of a county of two characters: a class word, by, in, for; 随漳县 is not 漳县."""
_CLASS_WORDS = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "特别行政区",
    "地区",
    "林区",
    "省",
    "市",
    "盟",
    "县",
    "区",
    "旗",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A division as named in a text.

    Attributes:
        code: GB/T 2260 code.
        name: official name.
        level: ``district`` for 区 inside a city, ``county`` for 县, 旗 and county-level 市.
        province: name of the province without its class word.
        prefecture: official name of the prefecture, or of the municipality.
        start: first character.
        end: end, exclusive.
    """

    code: str
    name: str
    level: Level
    province: str
    prefecture: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    level: Level
    province: str
    prefecture: str


@cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    """Return all divisions by each of their names."""
    table: dict[str, list[_Row]] = {}
    provinces: dict[str, tuple[str, str, str]] = {}
    for item in divisions():
        key = "TW" if item.code.startswith("TW") else item.code[:2]
        if item.code.endswith("0000"):
            provinces[key] = (item.short, item.name, item.code)
            row = _Row(item.code, item.name, "province", item.short, item.name if item.code in MUNICIPALITIES else "")
            _put(table, row, item.name, item.short)
            continue
        province, province_name, province_code = provinces.get(key, ("台湾", "", ""))
        in_city = province_code in MUNICIPALITIES
        prefecture = province_name if in_city else item.name
        if (
            not in_city
            and item.name != "省直辖"
            and len(item.name) > 1
            and not item.name.startswith(("省直辖", "自治区直辖"))
        ):
            _put(table, _Row(item.code, item.name, "prefecture", province, item.name), item.name, item.short)
        for code, name in item.counties.items():
            _put_county(table, code, name, province, prefecture)
        for name in item.former:
            _put(table, _Row(item.code, name, "district", province, prefecture), name)
    return {name: tuple(found) for name, found in table.items()}


def _put(table: dict[str, list[_Row]], row: _Row, *names: str) -> None:
    for name in dict.fromkeys(names):
        table.setdefault(name, []).append(row)


def _put_county(table: dict[str, list[_Row]], code: str, name: str, province: str, prefecture: str) -> None:
    level: Level = "district" if name.endswith("区") else "county"
    direct = prefecture.startswith(("省直辖", "自治区直辖"))
    row = _Row(code, name, level, province, name if direct else prefecture)
    short = _short(name)
    _put(table, row, name, *([short] if len(short) > 1 else []))


def _short(name: str) -> str:
    for word in _CLASS_WORDS:
        if name.endswith(word) and len(name) > len(word):
            cut = name[: -len(word)]
            return re.sub(r"(?:[\u4e00-\u9fff]{1,3}族){1,3}$", "", cut) or cut
    return name


@cache
def _matcher() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(_rows())
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@lru_cache(maxsize=2_000)
def find_places(folded: str, *, at_head: bool = True) -> tuple[Place, ...]:
    """Return the divisions that a short folded text names, in order of position; the buyers of a portal are kept.

    Args:
        folded: a name, a title, an address.
        at_head: whether short names of counties count in the first characters.

    >>> [(p.name, p.level, p.province) for p in find_places("青岛市黄岛区教育局")]
    [('青岛市', 'prefecture', '山东'), ('黄岛区', 'district', '山东')]
    """
    places: list[Place] = []
    known: _Row | None = None
    reached = begin = hidden = 0
    while begin < len(folded):
        is_refused = False
        for name, start, end in _names_from(folded, begin):
            if start and not is_han(folded[start - 1]):
                reached = start
            is_apart = start == reached or folded[start - 1] in _BEFORE_COUNTY
            span = (start, end)
            rows = [
                row
                for row in _rows()[name]
                if (start >= hidden or row.level in _LARGE)
                and _counts(row, name, folded, span, is_apart=is_apart, at_head=at_head)
            ]
            if not rows:
                begin, hidden, is_refused = start + 1, end, True  # 征集宁德: 集宁 is none here, and hides 宁德
                break
            reached = end
            row = _choose(rows, known)
            if row is None:
                continue
            known = row if known is None or row.province == known.province else known
            places.append(Place(row.code, row.name, row.level, row.province, row.prefecture, start, end))
        if not is_refused:
            break
    return tuple(places)


def _names_from(folded: str, begin: int) -> list[tuple[str, int, int]]:
    """Return the names in a text from an offset on, longest first at each place, with start and end."""
    matcher, names = _matcher()
    found = matcher.find_matches_as_indexes(folded[begin:])
    return [(names[number], begin + start, begin + end) for number, start, end in found]


def _goes_on(folded: str, end: int) -> bool:
    """Return whether a short name is only the beginning of another name that ends in a class word."""
    return _LONGER.match(folded, end) is not None and folded[end : end + 2] not in _rows()


def _counts(row: _Row, name: str, folded: str, span: tuple[int, int], *, is_apart: bool, at_head: bool) -> bool:
    """Return whether a name counts as this division; ``is_apart`` tells that no other name runs into it."""
    start, end = span
    if name == row.name and len(name) > 2:
        return True
    if _STREET.match(folded, end):
        return False
    if row.level in {"province", "prefecture"}:
        return name == row.name or row.level == "province" or not _goes_on(folded, end)
    if name == row.name:  # two characters with class word: 唐县, 郊区
        return name.endswith("县") and is_apart
    return at_head and start <= _HEAD and row.level == "county" and _BRANCH.match(folded, end) is not None


def _choose(rows: list[_Row], known: _Row | None) -> _Row | None:
    """Return the division meant: one inside the place named before, else the only one, else the highest."""
    if known is not None:
        inside = [row for row in rows if row.prefecture and row.prefecture == known.prefecture] or [
            row for row in rows if row.province == known.province
        ]
        if inside:
            return inside[0]
    order = {"province": 0, "prefecture": 1, "county": 2, "district": 3}
    best = min(order[row.level] for row in rows)
    top = [row for row in rows if order[row.level] == best]
    return top[0] if len(top) == 1 else None
