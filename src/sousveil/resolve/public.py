"""Names of public bodies of China and Taiwan: place, organ, parts."""

from __future__ import annotations

import re
from dataclasses import replace

from sousveil.data.bodies import bodies
from sousveil.resolve.local import TOWNSHIP, VILLAGE, branch_name, find_zone
from sousveil.resolve.organ import find_organ, implied_organ, kind_by_words, split_units
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, division_of, find_divisions
from sousveil.resolve.proper import ARMED, parse_armed_police, parse_proper
from sousveil.resolve.reading import Reading, finish, key_of
from sousveil.resolve.where import Where, read_where

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
_NOISE = re.compile(
    r"\((?:[^()]*(?:局|委|办|会|办公室|中心|部|馆|站|大队|支队|院|校|本级|机关|牌子?))\)$"
)  # a second name
_RUN_BY = re.compile(r"立(?=[\u4e00-\u9fff]{4,})")  # 市立, 县立: run by the place
_SHORT_ZONE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,3}?)(?P<zone>经开区|高新区|经济开发区|开发区|新区|工业园区|风景区|度假区|保税区)"
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
    armed = ARMED.match(text)
    if armed:
        return parse_armed_police(text, armed, context, city)
    body = _STATE.sub("", _PARTY.sub("", text, count=1), count=1)
    body = _COMMITTEE.sub("委", body, count=1)
    where, rest = read_where(body, context, city)
    reasons = (*where.reasons, "a body of the Party") if _PARTY.match(text) else where.reasons
    if not where.is_known and _NATIONAL.match(body):
        return _national(body, reasons)
    reading = Reading(
        text, body, where, _RUN_BY.sub("", rest, count=1) if rest[:1] == "立" else rest, reasons, context, city
    )
    return _in_zone(reading) or _in_town(reading) or _organ(reading) or parse_proper(reading)


def _national(text: str, reasons: tuple[str, ...]) -> NameParts:
    organ, end = find_organ(text)
    units = split_units(text[end:]) if organ else ()
    name = organ or text
    country = "TW" if text.startswith(_TAIWAN) else "CN"
    return NameParts(
        text=text,
        form="public",
        key=key_of(country, name, units),
        kind=bodies()[organ].kind if organ else kind_by_words(text)[0],
        level="national",
        country=country,
        organ=name,
        units=units,
        whole_key=key_of(country, name, units[:-1]) if units else "",
        whole=text[:end] if units else "",
        outline=text,
        reasons=(*reasons, "a national body by its name"),
    )


# ------------------------------------------------------------------ places below the county


def _in_zone(reading: Reading) -> NameParts | None:
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
        found = finish(inner, "", (), core=rest)
    else:
        found = finish(inner.told(f"{rest[:end] or name} is {organ}"), organ, split_units(rest[end:]))
    return found if reading.where.is_known else replace(found, level="")


def _in_town(reading: Reading) -> NameParts | None:
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
        found = finish(inner, "subdistrict-office" if name.endswith("街道") else "government", ())
        return replace(found, kind="township", level="township")
    village = _in_village(inner)
    if village:
        return village
    organ, end = find_organ(after)
    found = finish(inner, organ, split_units(after[end:]) if organ else (), core="" if organ else after)
    return replace(found, level="township")


def _county_of_notice(reading: Reading) -> Where | None:
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


def _in_village(reading: Reading) -> NameParts | None:
    match = VILLAGE.match(reading.rest)
    if match is None or not match["rest"] or not reading.where.is_known:
        return None
    inner = reading.at(reading.where.inside(match["name"]), "", f"the village {match['name']}")
    return finish(inner, "villagers-committee", ())


# ------------------------------------------------------------------ organs


def _organ(reading: Reading) -> NameParts | None:
    """Return the parts of an organ of a place, or of a part of one whose name leaves the organ out; None for others."""
    rest = reading.rest
    organ, end = find_organ(rest)
    government = _GOVERNMENT.match(rest)
    if government and organ in {"", "government"}:  # 人民政府教育局 (people's government, education bureau)
        inner, inner_end = find_organ(rest[government.end() :])
        if inner:
            organ, end = inner, government.end() + inner_end
        elif organ and reading.where.is_known and rest[government.end() :].endswith(("局", "处", "办公室", "委员会")):
            return parse_proper(reading.at(reading.where, rest[government.end() :]))
    if organ and not reading.where.is_known:
        told = reading.told(f"{rest[:end]} is {organ}")
        return told.vague(bodies()[organ].kind, "names no place: it may be any of many bodies", organ)
    if organ:
        told = reading.told(f"{rest[:end]} is {organ}")
        return _branch(told, organ, rest[:end], rest[end:]) or _district(told, organ, rest[:end], rest[end:])
    implied = implied_organ(rest)
    if implied and reading.where.is_known:
        return finish(reading.told(f"{rest} is a part of {implied}"), implied, split_units(rest))
    return None


def _branch(reading: Reading, organ: str, printed: str, tail: str) -> NameParts | None:
    """Return the branch that follows an organ's name; under a district's name it is the body of the district."""
    branch = _BRANCH.match(tail) if bodies()[organ].has_branches else None
    if branch is None:
        return None
    district = _district_of(reading.where, branch)
    if district is None:
        units = (branch_name(tail[: branch.end()]), *split_units(tail[branch.end() :]))
        return finish(reading, organ, units)
    reason = f"the branch is that of {district.name} ({district.code})"
    units = split_units(tail[branch.end() :])
    found = finish(reading.at(Where(district, "", ()), "", reason), organ, units)
    if units:
        return found
    whole = reading.text.partition(printed + tail)[0] + printed
    return replace(found, whole_key=key_of(reading.where.token, organ, ()), whole=whole)


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


def _district(reading: Reading, organ: str, printed: str, tail: str) -> NameParts:
    """Return an organ and its parts; a district's that calls itself a branch is a part of its city's body."""
    where, units = reading.where, split_units(tail)
    if not bodies()[organ].has_branches or where.local:
        return finish(reading, organ, units)
    if where.formed:
        outer, _, inner = where.formed.rpartition("/")
        outer = outer or (where.prefecture if printed.endswith("分局") else "")
        if outer and inner.endswith("区"):
            city = replace(where, formed=outer, prefecture="")
            return finish(reading.at(city, tail), organ, (f"{inner.removesuffix('区')}分局", *units))
        return finish(reading, organ, units)
    found = finish(reading, organ, units)
    division = where.division
    if units or division is None or division.level != "county" or not printed.endswith("分局"):
        return found
    if division_of(division.prefecture) is None or division.prefecture == division.code:
        return found
    reason = "a branch by its name: part of the city's body"
    return replace(found, whole_key=key_of(division.prefecture, organ, ()), reasons=(*found.reasons, reason))
