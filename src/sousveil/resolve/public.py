"""Names of public bodies of China and Taiwan: place, organ, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sousveil.data.bodies import bodies
from sousveil.model import Level
from sousveil.resolve.local import TOWNSHIP, VILLAGE, branch_name, find_zone
from sousveil.resolve.organ import find_organ, implied_organ, kind_by_words, split_units, split_whole, usual_core
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, division_of, find_divisions, level_of
from sousveil.resolve.where import Where, is_classed, read_where

_PARTY = re.compile(r"中国共产党|中共")
_STATE = re.compile(r"中华人民共和国(?=..)|国家税务总局(?=..)")
# committee before its department: political-legal, propaganda, organisation, united front, internet, office, …
_COMMITTEE = re.compile(
    r"(?<=[省市县区州旗盟])委员会(?=政法|宣传|组织|统一战线|统战|网络安全|办公|社会工作|党校|老干部)"
)
# state, central, supreme people's, China, State Council, all-China; a ministry, or an institute or bureau of one
_NATIONAL = re.compile(
    r"国家|中央|最高人民|中国(?!电信|移动|联通|铁塔|石|银行|邮政|广电)|国务院|全国|内政部|法务部|国防部"
    r"|[\u4e00-\u9fff]{2,8}部(?=$|机关|.{2,20}(?:研究所|研究院|中心|局|司|厅|学院|署|处|分署)$)"
)
_TAIWAN = (
    "内政部",
    "法务部",
    "卫生福利部",
    "数位发展部",
    "国防部",
    "运动部",
    "环境部",
    "劳动部",
    "经济部",
    "海洋委员会",
)
_GOVERNMENT = re.compile(r"人民政府|政府")
_BRANCH = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,8}?)(?:公安)?(?P<word>区|县)?分局")
_HEADQUARTERS = re.compile(r"(?<=[局厅委府院会])(?:本级|机关|本部)$")
_ARMED = re.compile(
    r"(?:中国人民武装警察部队|武警部队|武警)(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<corps>(?:边防|机动)?(?:总队|支队|大队).*)$"
)
_PROVINCIAL = re.compile(r".*(?:监狱|戒毒所|管教所)$")  # prison, place of compulsory treatment: run by the province
_NOISE = re.compile(
    r"\((?:[^()]*(?:局|委|办|会|办公室|中心|部|馆|站|大队|支队|院|校|本级|机关|牌子?))\)$"
)  # a second name
_GENERIC = re.compile(  # words of which a name may consist without saying whose it is
    r"(?:第[一二三四五六七八九十]{1,2}|[一二三四五六七八九十]中|人民|中心|中医|妇幼|保健|实验|职业|高级|初级|技术|市|县|区|省|镇|乡|机关|综合|服务"
    r"|管理|指挥|信息|数据|医院|中学|小学|学校|高中|初中|幼儿园|院|局|中心|所|站|委|办公室|部|处|队|馆|监狱|看守所|拘留所)+$"
)
_NO_PLACE_END = "部署院局厅委会省市县区旗镇乡"
"""Ends of ministries, offices, and of places with their class word."""
_RUN_BY = re.compile(r"立(?=[\u4e00-\u9fff]{4,})")  # 市立, 县立: run by the place
_SHORT_ZONE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,3}?)(?P<zone>经开区|高新区|经济开发区|开发区|新区|工业园区|风景区|度假区|保税区)"
)
_UNIVERSITY = re.compile(r".{0,6}(?:大学|学院)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How far a name is read: what its place is, and what stands behind it."""

    text: str
    body: str
    where: Where
    rest: str
    reasons: tuple[str, ...]
    context: Division | None
    city: str = ""

    def at(self, where: Where, rest: str, *reasons: str) -> _Reading:
        """Return the reading with a place further in and less text left."""
        return replace(self, where=where, rest=rest, reasons=(*self.reasons, *reasons))

    def told(self, *reasons: str) -> _Reading:
        """Return the reading with further reasons."""
        return replace(self, reasons=(*self.reasons, *reasons))

    def vague(self, kind: str, reason: str, organ: str = "") -> NameParts:
        """Return the parts of a name that does not say whose body it is."""
        return NameParts(
            text=self.text,
            form="vague",
            kind=kind,
            country="CN",
            organ=organ,
            outline=self.rest or self.body,
            reasons=(*self.reasons, reason),
        )


def parse_public(text: str, context: Division | None, city: str) -> NameParts:
    """Return the parts of a Chinese name that is no company's.

    Args:
        text: tidied.
        context: the division that the notice is about, where a table has it.
        city: the city that the notice prints, which a table need not have.
    """
    text = _NOISE.sub("", text)
    text = _HEADQUARTERS.sub("", text.replace("(", "").replace(")", ""))
    armed = _ARMED.match(text)
    if armed:
        return _armed_police(text, armed, context, city)
    body = _STATE.sub("", _PARTY.sub("", text, count=1), count=1)
    body = _COMMITTEE.sub("委", body, count=1)
    where, rest = read_where(body, context, city)
    reasons = (*where.reasons, "a body of the Party") if _PARTY.match(text) else where.reasons
    if not where.is_known and _NATIONAL.match(body):
        return _national(body, reasons)
    reading = _Reading(
        text, body, where, _RUN_BY.sub("", rest, count=1) if rest[:1] == "立" else rest, reasons, context, city
    )
    return _in_zone(reading) or _in_town(reading) or _organ(reading) or _proper(reading)


def _national(text: str, reasons: tuple[str, ...]) -> NameParts:
    organ, end = find_organ(text)
    units = split_units(text[end:]) if organ else ()
    name = organ or text
    country = "TW" if text.startswith(_TAIWAN) else "CN"
    return NameParts(
        text=text,
        form="public",
        key=_key(country, name, units),
        kind=bodies()[organ].kind if organ else kind_by_words(text)[0],
        level="national",
        country=country,
        organ=name,
        units=units,
        whole_key=_key(country, name, units[:-1]) if units else "",
        whole=text[:end] if units else "",
        outline=text,
        reasons=(*reasons, "a national body by its name"),
    )


def _key(place: str, organ: str, units: tuple[str, ...]) -> str:
    return "|".join(("p", place, organ, *units))


def _with_context(key: str, where: Where) -> str:
    """Return a key with what is known of a place that no table has; keys differ where that differs."""
    outer, prefecture = where.context
    return f"{key}@{outer}/{prefecture}" if where.formed else key


# ------------------------------------------------------------------ places below the county


def _in_zone(reading: _Reading) -> NameParts | None:
    """Return the parts of a body of a development zone, or None."""
    zone = None if find_organ(reading.rest)[0] else find_zone(reading.rest)
    if zone is None:
        return None
    name, rest = zone
    where = reading.where
    if not where.is_known:
        split = _SHORT_ZONE.fullmatch(name)
        if split is None or where.is_shared:
            return None
        where, name = Where(None, f"?{split['place']}", ()), split["zone"]
    inner = reading.at(where.inside(name), rest, f"the zone {name}")
    organ, end = find_organ(rest)
    if organ == "zone-committee" and end < len(rest):
        further, further_end = find_organ(rest[end:])
        organ, end = (further, end + further_end) if further else (organ, end)
    if not rest:
        organ = "zone-committee"
    if not organ:
        found = _finish(inner, "", (), core=rest)
    else:
        found = _finish(inner.told(f"{rest[:end] or name} is {organ}"), organ, split_units(rest[end:]))
    return found if reading.where.is_known else replace(found, level="")


def _in_town(reading: _Reading) -> NameParts | None:
    """Return the parts of the body of a town, subdistrict or village, or None where a text names none."""
    match = TOWNSHIP.match(reading.rest)
    if match is None:
        return _in_village(reading)
    name, after = match["name"], reading.rest[match.end("name") :]
    told = reading.told(f"the town {name}")
    where, context = reading.where, reading.context
    if not where.is_known:
        placed = _county_of_notice(reading)
        if placed is None:
            return told.vague("township", "towns of this name may lie in several counties")
        where = placed
    elif _is_wider(where, context):
        where = Where(context, "", where.reasons)
    inner = told.at(where.inside(name), after, *(where.reasons if where is not reading.where else ()))
    if after in {"", "人民政府", "政府", "办事处"}:
        found = _finish(inner, "subdistrict-office" if name.endswith("街道") else "government", ())
        return replace(found, kind="township", level="township")
    village = _in_village(inner)
    if village:
        return village
    organ, end = find_organ(after)
    found = _finish(inner, organ, split_units(after[end:]) if organ else (), core="" if organ else after)
    return replace(found, level="township")


def _county_of_notice(reading: _Reading) -> Where | None:
    """Return the county of the notice, where it tells one: in a table, or by the form of its name."""
    context, city = reading.context, reading.city
    name = context.name if context is not None and context.level == "county" else city
    reason = f"the town lies in {name}, the place of the notice"
    if context is not None and context.level == "county":
        return Where(context, "", (reason,))
    if city.endswith(("县", "旗")) and len(city) > 2:
        return Where(None, city, (reason,), context.province if context else "")
    return None


def _is_wider(where: Where, context: Division | None) -> bool:
    """Return whether the notice is about a county in the place that a name tells."""
    division = where.division
    if division is None or context is None or where.formed:
        return False
    inside = division.code in {context.prefecture, context.province}
    return division.level != "county" and context.level == "county" and inside


def _in_village(reading: _Reading) -> NameParts | None:
    match = VILLAGE.match(reading.rest)
    if match is None or not match["rest"] or not reading.where.is_known:
        return None
    inner = reading.at(reading.where.inside(match["name"]), "", f"the village {match['name']}")
    return _finish(inner, "villagers-committee", ())


# ------------------------------------------------------------------ organs


def _organ(reading: _Reading) -> NameParts | None:
    """Return the parts of an organ of a place, or of a part of one whose name leaves the organ out; None for others."""
    rest = reading.rest
    organ, end = find_organ(rest)
    government = _GOVERNMENT.match(rest)
    if government and organ in {"", "government"}:  # 人民政府教育局 (people's government, education bureau)
        inner, inner_end = find_organ(rest[government.end() :])
        if inner:
            organ, end = inner, government.end() + inner_end
        elif organ and reading.where.is_known and rest[government.end() :].endswith(("局", "处", "办公室", "委员会")):
            return _proper(reading.at(reading.where, rest[government.end() :]))
    if organ and not reading.where.is_known:
        told = reading.told(f"{rest[:end]} is {organ}")
        return told.vague(bodies()[organ].kind, "names no place: it may be any of many bodies", organ)
    if organ:
        told = reading.told(f"{rest[:end]} is {organ}")
        return _branch(told, organ, rest[:end], rest[end:]) or _district(told, organ, rest[:end], rest[end:])
    implied = implied_organ(rest)
    if implied and reading.where.is_known:
        return _finish(reading.told(f"{rest} is a part of {implied}"), implied, split_units(rest))
    return None


def _branch(reading: _Reading, organ: str, printed: str, tail: str) -> NameParts | None:
    """Return the branch that follows an organ's name; under a district's name it is the body of the district."""
    branch = _BRANCH.match(tail) if bodies()[organ].has_branches else None
    if branch is None:
        return None
    district = _district_of(reading.where, branch)
    if district is None:
        units = (branch_name(tail[: branch.end()]), *split_units(tail[branch.end() :]))
        return _finish(reading, organ, units)
    reason = f"the branch is that of {district.name} ({district.code})"
    units = split_units(tail[branch.end() :])
    found = _finish(reading.at(Where(district, "", ()), "", reason), organ, units)
    if units:
        return found
    whole = reading.text.partition(printed + tail)[0] + printed
    return replace(found, whole_key=_key(reading.where.token, organ, ()), whole=whole)


def _district_of(where: Where, branch: re.Match[str]) -> Division | None:
    """Return the district that a branch is named after, where the city has one."""
    outer = where.division
    if outer is None or outer.level == "county" or where.formed or where.local:
        return None
    inside = {
        found.code: found
        for name in (branch["place"], branch["place"] + "区", branch["place"] + "县")
        for found in find_divisions(name)
        if found.level == "county" and outer.code in {found.prefecture, found.province}
    }
    return next(iter(inside.values())) if len(inside) == 1 else None


def _district(reading: _Reading, organ: str, printed: str, tail: str) -> NameParts:
    """Return an organ and its parts; a district's that calls itself a branch is a part of its city's body."""
    where, units = reading.where, split_units(tail)
    if not bodies()[organ].has_branches or where.local:
        return _finish(reading, organ, units)
    if where.formed:
        outer, _, inner = where.formed.rpartition("/")
        outer = outer or (where.prefecture if printed.endswith("分局") else "")
        if outer and inner.endswith("区"):
            city = replace(where, formed=outer, prefecture="")
            return _finish(reading.at(city, tail), organ, (f"{inner.removesuffix('区')}分局", *units))
        return _finish(reading, organ, units)
    found = _finish(reading, organ, units)
    division = where.division
    if units or division is None or division.level != "county" or not printed.endswith("分局"):
        return found
    if division_of(division.prefecture) is None or division.prefecture == division.code:
        return found
    reason = "a branch by its name: part of the city's body"
    return replace(found, whole_key=_key(division.prefecture, organ, ()), reasons=(*found.reasons, reason))


def _finish(reading: _Reading, organ: str, units: tuple[str, ...], core: str = "") -> NameParts:
    where, text = reading.where, reading.text
    name = core or organ
    row = bodies().get(organ)
    kind, word = (row.kind, "") if row else kind_by_words(text)
    key = _key(where.token, name, units)
    is_taiwan = where.division is not None and where.division.code.startswith(("TW", "71"))
    return NameParts(
        text=text,
        form="public",
        key=_with_context(key, where),
        kind=kind,
        level=_level(where, kind),
        country="TW" if is_taiwan else "CN",
        place=where.division.code if where.division else "",
        formed="/".join(filter(None, (where.formed, where.local))),
        organ=organ,
        units=units,
        core=core,
        whole_key=_with_context(_key(where.token, name, units[:-1]), where) if units else "",
        whole=text.removesuffix(units[-1]) if units and core and text.endswith(units[-1]) else "",
        outline=f"{where.token}|{name}",
        context=where.context,
        reasons=(*reading.reasons, f"kind by the word {word}") if word else reading.reasons,
    )


def _level(where: Where, kind: str) -> Level:
    if kind == "village":
        return "village"
    if kind == "township" or where.local.endswith(("镇", "乡", "街道", "苏木", "团")):
        return "township"
    if where.formed:
        last = where.formed.rpartition("/")[2]
        if last.endswith("省"):
            return "province"
        is_inside = where.division is not None and where.division.level != "province"
        is_city = last.endswith(("市", "州", "盟", "地区")) and not is_inside and "/" not in where.formed
        return "prefecture" if is_city and not where.prefecture else "county"
    return level_of(where.division) if where.division else ""


# ------------------------------------------------------------------ names of their own


def _short_place(reading: _Reading) -> NameParts | None:
    """Return the parts of a body whose place stands without class word and in no table: 岷阳公安局.

    It joins the one body of such a place in the data, 岷阳市公安局, and none where there are two.
    """
    for length in (2, 3):
        place = reading.body[:length]
        rest = reading.body[length:]
        organ, end = find_organ(rest)
        implied = "" if organ else implied_organ(rest)
        is_generic = not (organ or implied) and len(rest) > 1 and _GENERIC.match(split_whole(rest)[0]) is not None
        if _GENERIC.match(place) or place[-1] in _NO_PLACE_END or not (is_generic or implied or (organ and end > 2)):
            continue
        told = reading.told(f"{place} is a place without its class word")
        told = replace(told, where=Where(None, f"?{place}", ()))
        if organ or implied:
            found = _finish(told, organ or implied, split_units(rest[end:]))
        else:
            whole, part = split_whole(rest)
            found = _finish(told, "", (part,) if part else (), core=usual_core(whole))
        return replace(found, level="", formed="")
    return None


def _of_province(found: NameParts, reading: _Reading) -> NameParts:
    """Return a prison under its own name with its province as context: 四川省岷阳监狱 and 岷阳监狱 are one."""
    division = reading.where.division or reading.context
    is_wide = reading.where.division is None or reading.where.division.level == "province"
    if not _PROVINCIAL.match(found.core) or reading.where.formed or not is_wide or _GENERIC.match(found.core):
        return found
    province = division.province if division else ""
    key = f"{_key('', found.core, found.units)}@{province}/"
    whole_key = f"{_key('', found.core, found.units[:-1])}@{province}/" if found.units else ""
    return replace(found, key=key, whole_key=whole_key, level="province", context=(province, ""))


def _armed_police(text: str, match: re.Match[str], context: Division | None, city: str) -> NameParts:
    """Return a corps or detachment of the armed police, which stands before its place: 武警岷阳支队."""
    where, rest = read_where(match["place"] + match["corps"], context, city)
    if not where.is_known:
        where, rest = Where(None, f"?{match['place']}", where.reasons), match["corps"]
    reasons = (*where.reasons, "armed police by its beginning")
    found = _finish(_Reading(text, text, where, rest, reasons, context), "armed-police", (rest,))
    return replace(found, whole_key="", whole="", formed=found.formed.lstrip("?"))


def _proper(reading: _Reading) -> NameParts:
    """Return the parts of a body with a name of its own: a school, a hospital, a centre, an institute."""
    if not reading.where.is_known:
        found = _short_place(reading)
        if found is not None:
            return found
        whole, part = split_whole(reading.body)
        if _GENERIC.match(whole) or len(whole) < 4 or reading.where.is_shared or is_classed(whole):
            return reading.vague(kind_by_words(reading.text)[0], "names neither place nor proper name")
        return _of_province(
            _finish(reading.told("a proper name"), "", (part,) if part else (), core=usual_core(whole)), reading
        )
    whole, part = split_whole(reading.rest)
    found = _of_province(_finish(reading, "", (part,) if part else (), core=usual_core(whole)), reading)
    if reading.where.printed_short and _UNIVERSITY.match(reading.rest):
        return replace(found, level="", place="", reasons=(*found.reasons, "a university bears the name of a place"))
    return found
