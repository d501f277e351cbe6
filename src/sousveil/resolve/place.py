"""Places in the names of bodies: divisions of China by every name they have or had, with codes.

Read only at the head of a name, from the outside in (浙江省 杭州市 西湖区): what is inside a place must lie in it,
and of several divisions of one name only the one that fits counts. A place that no table has is told by its form
and stays a word: 岷阳市.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.division_pinyin import division_pinyin
from sousveil.data.divisions import MUNICIPALITIES, divisions
from sousveil.data.place_words import place_words
from sousveil.data.xpcc import corps_divisions

PlaceLevel = Literal["province", "prefecture", "county"]
_RANK = {"province": 0, "prefecture": 1, "county": 2}
_PEOPLES = (
    "壮族|回族|满族|维吾尔|苗族|彝族|土家族|藏族|蒙古族?|侗族|瑶族|白族|傣族|哈尼族|黎族|朝鲜族|羌族|布依族|哈萨克族?|"
    "柯尔克孜|景颇族|傈僳族|畲族|水族|仡佬族|土族|撒拉族|东乡族|保安族|裕固族|锡伯族?|塔吉克族?|达斡尔族|鄂温克族?|"
    "鄂伦春|佤族|拉祜族|纳西族|布朗族|普米族|怒族|独龙族|毛南族|仫佬族|各族|阿昌族|德昂族"
)
"""Peoples of China in the names of autonomous divisions."""
_CLASS = re.compile(rf"(?:特别行政区|(?:{_PEOPLES})*自治(?:区|州|县|旗)|林区|地区|新区|[省市盟县区旗])$")
_CONJUNCTIONS = frozenset("和及与")
"""Words for *and* that no name of a place holds in prose; a name that begins with a place may: 顺和区."""
_STREET = re.compile(r"[东西南北中]?[一二三]?(?:路|大道|大街|街|巷)")
_GOES_ON = re.compile(r"(?:[\u4e00-\u9fff]{0,2}(?:新区|[县旗])|[市区州盟省])(?!委|政|公安|教|人民)")
"""What makes a short name the beginning of another name: 海南 in 海南区, 大同 in 大同新荣县."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division.

    Attributes:
        code: GB/T 2260 code, ISO 3166-2 for Taiwan; empty for a place that no table has.
        name: its name today.
        short: without class word.
        level: which it has by its code.
        province: code of its province.
        prefecture: code of its prefecture, its own for one; that of the province in municipalities.
    """

    code: str
    name: str
    short: str
    level: PlaceLevel
    province: str
    prefecture: str


@dataclass(frozen=True, slots=True)
class _Entry:
    division: Division
    is_short: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Head:
    """The places that a name begins with.

    Attributes:
        division: the innermost one that a table has, if any.
        formed: the innermost one told by its form, if it is further in.
        end: where the rest of the name begins.
        reasons: one for each place.
        is_shared: whether the innermost name belongs to several divisions and nothing says which.
        printed: the innermost place as printed.
        is_short: whether that was printed without its class word.
    """

    division: Division | None
    formed: str
    end: int
    reasons: tuple[str, ...]
    is_shared: bool = False
    printed: str = ""
    is_short: bool = False


def short_name(name: str) -> str:
    """Return a place's name without its class word, or the name where only one character would stay.

    >>> short_name("西湖区"), short_name("唐县"), short_name("积石山保安族东乡族撒拉族自治县")
    ('西湖', '唐县', '积石山')
    """
    cut = _CLASS.sub("", name)
    return cut if len(cut) > 1 else name


@cache
def _tables() -> tuple[dict[str, tuple[_Entry, ...]], dict[str, Division]]:
    names: dict[str, dict[str, _Entry]] = {}
    codes: dict[str, Division] = {}

    def put(name: str, division: Division, reason: str, *, is_short: bool = False) -> None:
        names.setdefault(name, {}).setdefault(division.code, _Entry(division, is_short, reason))

    for row in divisions():
        level: PlaceLevel = "province" if row.code.endswith("0000") else "prefecture"
        province = "710000" if row.code.startswith("TW") else row.code[:2] + "0000"
        is_real = "直辖" not in row.name and "市辖" not in row.name and row.name != "县"
        prefecture = row.code if is_real else province
        if is_real:
            division = Division(row.code, row.name, row.short, level, province, row.code)
            codes[row.code] = division
            put(row.name, division, f"{row.name} is {row.code}")
            if row.short != row.name:
                put(row.short, division, f"{row.short} is {row.name} ({row.code})", is_short=True)
            for name in _other_names(row.name, row.short):
                put(name, division, f"{name} is {row.name} ({row.code})")
        inside: dict[str, Division] = {}
        for code, name in row.counties.items():
            short = short_name(name)
            own = code if "直辖" in row.name else prefecture
            county = Division(code, name, short, "county", province, own)
            codes[code] = inside[short] = county
            put(name, county, f"{name} is {code}")
            for other in _other_names(name, short):
                put(other, county, f"{other} is {name} ({code})")
            if short != name and len(short) > 1:
                put(short, county, f"{short} is {name} ({code})", is_short=True)
        for name in row.former:
            now = inside.get(short_name(name))
            if now is not None:
                put(name, now, f"{name} is {now.name} ({now.code}) today")
    for corps in corps_divisions():
        if corps.city:
            known = codes.get(corps.code) or Division(
                corps.code, corps.city, short_name(corps.city), "county", "650000", corps.code
            )
            codes.setdefault(corps.code, known)
            put(corps.city, known, f"{corps.city} is {corps.code}")
    return {name: tuple(found.values()) for name, found in names.items()}, codes


def _other_names(name: str, short: str) -> Iterable[str]:
    """Yield short forms of autonomous divisions: 甘孜州, 积石山县, 新疆自治区, 阿坝自治州."""
    for word, kept in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "自治区")):
        if name.endswith(word) and short != name:
            if short + kept != name:
                yield short + kept
            if word in {"自治州", "自治县"} and short + word != name:
                yield short + word


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the names that begin with two characters, longest first."""
    found: dict[str, set[int]] = {}
    for name in _tables()[0]:
        found.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def division_of(code: str) -> Division | None:
    """Return the division of a code, or None."""
    return _tables()[1].get(code)


def find_divisions(name: str) -> tuple[Division, ...]:
    """Return every division that has or had this name, with or without its class word.

    >>> [division.code for division in find_divisions("西湖区")]
    ['330106', '360103']
    """
    return tuple(entry.division for entry in _tables()[0].get(name, ()))


def find_context(province: str, city: str) -> Division | None:
    """Return the innermost division that a notice's province and city name, where they name one.

    >>> find_context("浙江", "杭州市").code, find_context("浙江省", "").code, find_context("", "鼓楼区")
    ('330100', '330000', None)
    """
    outer = [found for found in find_divisions(province.strip()) if found.level == "province"] if province else []
    inner = list(find_divisions(city.strip())) if city else []
    if outer:
        inner = [found for found in inner if found.province == outer[0].province]
    full = [found for found in inner if found.name == city.strip()]
    if len(full or inner) == 1:
        return (full or inner)[0]
    return outer[0] if len(outer) == 1 else None


def is_inside(inner: Division, outer: Division) -> bool:
    """Return whether a division lies in another, or is it."""
    if outer.level == "province":
        return inner.province == outer.code
    return outer.code in (inner.prefecture, inner.code)


def read_head(text: str, context: Division | None = None, *, is_company: bool = False) -> Head:
    """Return the places that a folded name without blanks begins with.

    Args:
        text: the name.
        context: the place of the notice, which decides between divisions of one name and never adds one.
        is_company: whether short names of counties are left alone, for companies bear them as words.

    >>> head = read_head("杭州市西湖区教育局"); head.division.code, head.end
    ('330106', 6)
    >>> read_head("鼓楼区教育局").is_shared, read_head("岷阳市公安局").formed
    (True, '岷阳市')
    """
    known: Division | None = None
    printed, is_shared, is_short = "", False, False
    reasons: list[str] = []
    pos = 0
    while True:
        step = _step(text, pos, known, context, is_company=is_company)
        if step is None:
            break
        entry, pos_next, is_shared = step
        printed, is_short = text[pos:pos_next], entry.is_short
        pos = pos_next
        if is_shared:
            reasons.append(f"{printed} is the name of several divisions, and nothing says which")
            break
        reasons.append(entry.reason)
        known = entry.division
        if known.level == "county":
            break
    formed, end = ("", pos) if is_shared else _formed(text, pos, known)
    if formed:
        reasons.append(f"{formed} is a place by its form; no table has it")
        printed, is_short = formed, False
    return Head(known, formed, end, tuple(reasons), is_shared, printed, is_short)


def _step(
    text: str, pos: int, known: Division | None, context: Division | None, *, is_company: bool
) -> tuple[_Entry, int, bool] | None:
    """Return the place at ``pos``, its end, and whether it is one of several; the longest name counts."""
    names = _tables()[0]
    for length in _lengths().get(text[pos : pos + 2], ()):
        entries = names.get(text[pos : pos + length])
        if not entries:
            continue
        end = pos + length
        fitting = [item for item in entries if _fits(item, text, end, known, context, is_company=is_company)]
        if not fitting:
            continue
        if len(fitting) > 1:
            fitting = _nearest(fitting, context)
        if len(fitting) == 1:
            return fitting[0], end, False
        return fitting[0], end, True
    return None


def _fits(
    item: _Entry, text: str, end: int, known: Division | None, context: Division | None, *, is_company: bool
) -> bool:
    division = item.division
    if known is not None and (_RANK[division.level] <= _RANK[known.level] or not is_inside(division, known)):
        return False
    if not item.is_short:
        return end < len(text)
    if end >= len(text) or _STREET.match(text, end) or _GOES_ON.match(text, end):
        return False
    if division.level != "county":
        return True
    if is_company:
        return False
    return (known is not None and known.level == "prefecture") or (context is not None and is_inside(division, context))


def _nearest(items: list[_Entry], context: Division | None) -> list[_Entry]:
    """Return those of several divisions that fit the place of the notice best, else those of the highest level."""
    if context is not None:
        inside = [item for item in items if is_inside(item.division, context)] or [
            item for item in items if is_inside(context, item.division)
        ]
        if inside:
            items = inside
    full = [item for item in items if not item.is_short] or items
    best = min(_RANK[item.division.level] for item in full)
    return [item for item in full if _RANK[item.division.level] == best]


@cache
def _form() -> re.Pattern[str]:
    never = "|".join(re.escape(word) for word in place_words("never") if word not in _CONJUNCTIONS)
    classes = "市县区旗盟省"  # class words: city, county, district, banner, league, province
    organs = "|".join(map(re.escape, place_words("organ")))
    towns = r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|村|社区)"
    ends = r"自治县|自治旗|自治州|省|市|县|区|旗|州|盟|地区"
    return re.compile(
        rf"(?P<name>(?:(?!{never})(?![{classes}])[\u4e00-\u9fff]){{2,4}}?)"
        rf"(?:(?:{ends})(?={organs}|[\u4e00-\u9fff]{{1,20}}(?:[局厅委办院所校处队站馆园]|中心|大队|支队|公司|办公室|集团|政府)|{towns}|第?[一二三四五六七八九十]{{1,2}}中$)"
        r"(?!场|值|域|镇|民(?!族|政)|政(?!府|协|法|务|数)))"
    )


def _formed(text: str, pos: int, known: Division | None) -> tuple[str, int]:
    """Return a place at ``pos`` told by its form, and its end; a second one inside it counts instead."""
    if known is not None and known.level == "county":
        return "", pos
    names: list[str] = []
    for _ in range(2):
        match = _form().match(text, pos)
        if match is None or match.group().endswith(place_words("stop")) or (names and names[-1][-1] in "县旗区"):
            break
        names.append(match.group())
        pos = match.end()
    return "/".join(names), pos


@cache
def _roman_names() -> dict[str, tuple[Division, ...]]:
    codes = _tables()[1]
    return {name: tuple(codes[code] for code in found if code in codes) for name, found in division_pinyin().items()}


def find_roman(name: str, level: PlaceLevel | None = None) -> tuple[Division, ...]:
    """Return the divisions that a name in Latin letters may mean, those of the level asked for where one is known.

    >>> [division.name for division in find_roman("hangzhou")]
    ['杭州市']
    """
    found = _roman_names().get(name.replace("'", "").replace("’", ""), ())
    if level is not None:
        found = tuple(item for item in found if item.level == level)
    return found


def level_of(division: Division) -> PlaceLevel:
    """Return the level of a division's bodies; a municipality's are those of a province."""
    return "province" if division.code in MUNICIPALITIES else division.level
