"""Public bodies with a name of their own: schools, hospitals, prisons, institutes; and the armed police."""

from __future__ import annotations

import re
from dataclasses import replace

from sousveil.resolve.organ import find_organ, implied_organ, kind_by_words, split_units, split_whole, usual_core
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division
from sousveil.resolve.reading import Reading, finish, key_of
from sousveil.resolve.where import Where, is_classed, read_where

ARMED = re.compile(
    r"(?:中国人民武装警察部队|武警部队|武警)(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<corps>(?:边防|机动)?(?:总队|支队|大队).*)$"
)
_PROVINCIAL = re.compile(r".*(?:监狱|戒毒所|管教所)$")  # prison, place of compulsory treatment: run by the province
_GENERIC = re.compile(  # words of which a name may consist without saying whose it is
    r"(?:第[一二三四五六七八九十]{1,2}|[一二三四五六七八九十]中|人民|中心|中医|妇幼|保健|实验|职业|高级|初级|技术|市|县|区|省|镇|乡|机关|综合|服务"
    r"|管理|指挥|信息|数据|医院|中学|小学|学校|高中|初中|幼儿园|院|局|中心|所|站|委|办公室|部|处|队|馆|监狱|看守所|拘留所)+$"
)
_NO_PLACE_END = "部署院局厅委会省市县区旗镇乡"
"""Ends of ministries, offices, and of places with their class word."""
_UNIVERSITY = re.compile(r".{0,6}(?:大学|学院)")


def _short_place(reading: Reading) -> NameParts | None:
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
            found = finish(told, organ or implied, split_units(rest[end:]))
        else:
            whole, part = split_whole(rest)
            found = finish(told, "", (part,) if part else (), core=usual_core(whole))
        return replace(found, level="", formed="")
    return None


def _of_province(found: NameParts, reading: Reading) -> NameParts:
    """Return a prison under its own name with its province as context: 四川省岷阳监狱 and 岷阳监狱 are one."""
    division = reading.where.division or reading.context
    is_wide = reading.where.division is None or reading.where.division.level == "province"
    if not _PROVINCIAL.match(found.core) or reading.where.formed or not is_wide or _GENERIC.match(found.core):
        return found
    province = division.province if division else ""
    key = f"{key_of('', found.core, found.units)}@{province}/"
    whole_key = f"{key_of('', found.core, found.units[:-1])}@{province}/" if found.units else ""
    return replace(found, key=key, whole_key=whole_key, level="province", context=(province, ""))


def parse_armed_police(text: str, match: re.Match[str], context: Division | None, city: str) -> NameParts:
    """Return a corps or detachment of the armed police, which stands before its place: 武警岷阳支队."""
    where, rest = read_where(match["place"] + match["corps"], context, city)
    if not where.is_known:
        where, rest = Where(None, f"?{match['place']}", where.reasons), match["corps"]
    reasons = (*where.reasons, "armed police by its beginning")
    found = finish(Reading(text, text, where, rest, reasons, context), "armed-police", (rest,))
    is_short = where.formed.startswith("?")
    level = "" if is_short else found.level
    return replace(found, whole_key="", whole="", formed=found.formed.lstrip("?"), level=level)


def parse_proper(reading: Reading) -> NameParts:
    """Return the parts of a body with a name of its own: a school, a hospital, a centre, an institute."""
    if not reading.where.is_known:
        found = _short_place(reading)
        if found is not None:
            return found
        whole, part = split_whole(reading.body)
        if _GENERIC.match(whole) or len(whole) < 4 or reading.where.is_shared or is_classed(whole):
            return reading.vague(kind_by_words(reading.text)[0], "names neither place nor proper name")
        return _of_province(
            finish(reading.told("a proper name"), "", (part,) if part else (), core=usual_core(whole)), reading
        )
    whole, part = split_whole(reading.rest)
    found = _of_province(finish(reading, "", (part,) if part else (), core=usual_core(whole)), reading)
    if reading.where.printed_short and _UNIVERSITY.match(reading.rest):
        return replace(found, level="", place="", reasons=(*found.reasons, "a university bears the name of a place"))
    return found
