"""Places found by any of their names: Chinese, English, pinyin, short, former, or a code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from sousveil.data.places import LEVELS, Place, contains, iter_places, place

_CLASS_EN = re.compile(
    r" (?:Province|Prefecture|County|District|City|League|Banner|New Area|Autonomous Region|Municipality"
    r"|(?:[A-Z][a-z]+ )+Autonomous (?:Prefecture|County|Banner))$"
)
_CLASSES = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "省", "市", "盟", "县", "区", "旗",
)  # fmt: skip
_PEOPLES = re.compile(
    "(?:(?:壮|回|满|苗|彝|土家|藏|蒙古|侗|瑶|白|傣|哈尼|黎|朝鲜|羌|布依|哈萨克|景颇|傈僳|畲|水|仡佬|土|撒拉|东乡|保安|裕固|达斡尔"
    "|佤|拉祜|纳西|布朗|普米|怒|独龙|毛南|仫佬|各)族|维吾尔|哈萨克|柯尔克孜|蒙古|锡伯|塔吉克)+$"
)  # names of peoples before the word for autonomous
_PARTS = re.compile(r"[,;/·、，]\s*|\s+-\s+")
_MOST_PARTS = 4
_EASTERN = "\u2e80"
"""First character of the radicals, ideographs, kana and syllables of East Asia."""


def fold_name(words: str) -> str:
    """Return a name as it is compared: without case, accents, marks and spaces.

    >>> fold_name("Ürümqi"), fold_name("Xi'an"), fold_name("Île-de-France")
    ('urumqi', 'xian', 'iledefrance')
    """
    if words.isalnum() and (words.isascii() or min(words) >= "\u2e80"):
        return words.lower()
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(char for char in plain if char.isalnum())


def short_name(name: str) -> str:
    """Return a Chinese name without its class word and peoples, or the name where less than two characters would stay.

    >>> short_name("喀什地区"), short_name("内蒙古自治区"), short_name("唐县")
    ('喀什', '内蒙古', '唐县')
    """
    for word in _CLASSES:
        if name.endswith(word) and len(name) > len(word):
            cut = name[: -len(word)]
            if word.startswith("自治"):
                cut = _PEOPLES.sub("", cut) if len(_PEOPLES.sub("", cut)) > 1 else cut
            return cut if len(cut) > 1 else name
    return name


def names_of(row: Place) -> Iterable[str]:
    """Yield the names of a place, the official ones first."""
    yield row.name
    yield row.name_en
    yield short_name(row.name)
    yield _CLASS_EN.sub("", row.name_en)
    yield from row.names


@cache
def _index(*, is_eastern: bool) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return for each folded name its places as (rank, code): 0 official, 1 another name, 2 a name before, 3 gone.

    Names in Chinese and other eastern scripts have a table of their own: whoever reads Chinese notices alone never
    waits for the other one, which takes most of the time.
    """
    table: dict[str, dict[str, int]] = {}
    for row in iter_places(with_gone=True):
        gone = 3 if row.gone_since is not None else 0
        for number, name in enumerate(names_of(row)):
            if _is_eastern(name) == is_eastern:
                _put(table, name, row.code, gone or int(number > 3))
        for before in row.former if is_eastern else ():
            for name in (before.name, short_name(before.name)):
                _put(table, name, row.code, gone or 2)
    return {key: tuple(sorted((rank, code) for code, rank in codes.items())) for key, codes in table.items()}


def _is_eastern(name: str) -> bool:
    return bool(name) and name[0] >= _EASTERN


def _put(table: dict[str, dict[str, int]], name: str, code: str, rank: int) -> None:
    key = fold_name(name)
    if key:
        codes = table.setdefault(key, {})
        codes[code] = min(rank, codes.get(code, rank))


def find_place(words: str, *, country: str | None = None) -> tuple[Place, ...]:
    """Return the places called so, the likeliest first; empty where none is.

    A living place stands before one that has gone, an official name before another one, a large place before a small
    one. Parts of an address narrow each other, whatever their order: ``Yarkant, Kashgar``, 新疆喀什. Chinese is taken
    in simplified characters: fold it before.

    Args:
        words: name or code.
        country: ISO 3166-1 alpha-2 code; only places in it.

    >>> [row.code for row in find_place("Kashgar")], [row.code for row in find_place("新疆喀什疏附县")]
    (['653100', '653101'], ['653121'])
    >>> [row.code for row in find_place("EST")], [row.code for row in find_place("Est", country="BF")]
    (['EE'], ['BF-08'])
    """
    whole = place(words.strip())
    coded = (whole,) if whole is not None and country in {None, whole.country} else ()
    if coded and words.strip() in {words.strip().upper(), coded[0].code}:
        return coded
    found = _called(words, country) or coded  # 'Est', 'Sur' are names of regions before they are codes of countries
    if found:
        return found
    parts = [part for part in _PARTS.split(words.strip()) if part]
    if len(parts) < 2:
        parts = _chinese_parts(words.strip())
    if not 1 < len(parts) <= _MOST_PARTS:
        return ()
    return _inside([_called(part, country) for part in parts])


def _called(name: str, country: str | None) -> tuple[Place, ...]:
    places = _index(is_eastern=_is_eastern(name.strip())).get(fold_name(name), ())
    ranked = [(rank, row) for rank, code in places if (row := place(code)) is not None]
    if country is not None:
        ranked = [(rank, row) for rank, row in ranked if row.country == country]
    living = [item for item in ranked if item[0] < 3]
    order = sorted(living or ranked, key=lambda item: (LEVELS.index(item[1].level), item[0], item[1].code))
    best = min((rank for rank, _ in order), default=0)
    return tuple(row for rank, row in order if rank == best or best < 2 > rank)


def _inside(groups: list[tuple[Place, ...]]) -> tuple[Place, ...]:
    """Return the smallest places that lie in a place of every other group."""
    found = []
    for group in groups:
        for row in group:
            others = [other for other in groups if other is not group]
            if others and all(any(contains(large.code, row.code) for large in other) for other in others):
                found.append(row)
    return tuple(dict.fromkeys(found))


def _chinese_parts(words: str) -> list[str]:
    """Return a Chinese address cut into names of places, the longest first at each place; empty where one is none."""
    parts: list[str] = []
    begin = 0
    while begin < len(words):
        end = next(
            (end for end in range(len(words), begin + 1, -1) if fold_name(words[begin:end]) in _index(is_eastern=True)),
            0,
        )
        if not end or len(parts) == _MOST_PARTS:
            return []
        parts.append(words[begin:end])
        begin = end
    return parts
