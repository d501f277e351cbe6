"""Organs in Chinese names of public bodies: which organ a name goes on with, and which of its parts follow."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from sousveil.data.bodies import bodies, body_kinds, body_parts

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
# ends of parts after which another part may follow: detachment, brigade, corps, squadron, station, branch, detention
# centre, campus, site of a hospital, office, centre
_UNIT = re.compile(
    r".{1,16}?(?:支队|大队|总队|中队|派出所|分局|分校|看守所|拘留所|戒毒所|校区|院区|分院|办公室|中心(?!血站|医院|小学|学校|卫生院|幼儿园))"
)
_CORPS = r"(?:支队|大队|总队|中队|分队|处|科|室|局|分局|所|中心|队|基地|部门)"
_SCHOOLS = re.compile(  # university, hospital, college, school, health centre, station … and what is a part of it
    r"(?P<whole>.{0,24}?(?:大学|医院|学院|中学|小学|学校|幼儿园|卫生院|监狱|党校|博物馆|图书馆|保健院|中心|[一二三四五六]中(?!学|心|医)))"
    r"(?P<part>(?:附属|第?[一二三四五六七八九十]?临床|医学院|.{0,8}(?:校区|院区|分院|分校|分部|分馆|校园|门诊部|校办|后勤|基建处|保卫处|保卫部|学院$|研究院|研究所|信息中心|医学部|实验室)).{0,24})$"
)
_FILLER = re.compile(r"和|与|及|、")


@cache
def _organs() -> dict[str, str]:
    """Return organ id by name; the first row that has a name keeps it."""
    found: dict[str, str] = {}
    for row in bodies().values():
        for name in row.zh:
            found.setdefault(name, row.id)
            found.setdefault(_FILLER.sub("", name), row.id)
    return found


@cache
def _organ_lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name in _organs():
        found.setdefault(name[0], set()).add(len(name))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


# what may follow a name of an organ; else it is only the beginning of a word: 海关 in 海关学院
_AFTER = re.compile(
    r"$|[(\u4e00-\u9fff]{1,14}(?:支队|大队|总队|中队|派出所|分局|处|科|室|中心|所|站|部|队|局|基地|学校|办公室|管理委员会|院|馆|团|园|台|组|学院|公司|社|厂|场)"
)


def find_organ(rest: str) -> tuple[str, int]:
    """Return the organ (row of ``bodies.yml``) that a text begins with, and where its name ends; empty where none.

    >>> find_organ("公安局交警支队"), find_organ("住房城乡建设局"), find_organ("第一人民医院")
    (('public-security', 3), ('housing', 7), ('', 0))
    """
    for length in _organ_lengths().get(rest[:1], ()):
        organ = _organs().get(rest[:length])
        if organ and length <= len(rest) and (length == len(rest) or (length > 1 and _AFTER.match(rest, length))):
            return organ, length
    return "", 0


@cache
def _part_names() -> dict[str, tuple[str, str]]:
    """Return canonical spelling and organ by spelling of a part."""
    return {name: (row.zh[0], row.of) for row in body_parts() for name in row.zh}


@cache
def _part() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _part_names()), key=len, reverse=True))
    return re.compile(rf"(?P<part>{names})(?:(?<=所)(?=$|分)|(?:[\u4e00-\u9fff]{{0,4}}?){_CORPS})")


def implied_organ(rest: str) -> str:
    """Return the organ that a part belongs to whose name leaves it out, or nothing.

    >>> implied_organ("交警支队"), implied_organ("信息通信服务中心")
    ('public-security', '')
    """
    match = _part().match(rest)
    if match is None:
        return ""
    is_sure = match.group().endswith(_SQUADS) or match["part"] == match.group() or _POLICE.search(match["part"])
    return _part_names()[match["part"]][1] if is_sure else ""


_SQUADS = ("支队", "大队", "总队", "中队")
"""Ends of parts that only organs of the state have: detachment, brigade, corps, squadron; a centre may be anybody's."""
_POLICE = re.compile("警|公安")


def split_units(rest: str) -> tuple[str, ...]:
    """Return the parts of a body that a text names, outermost first, each in its usual spelling.

    >>> split_units("交通警察支队第1大队"), split_units("刑事科学技术研究所")
    (('交警支队', '一大队'), ('刑事科学技术研究所',))
    """
    units: list[str] = []
    pos = 0
    while pos < len(rest):
        match = _UNIT.match(rest, pos)
        end = match.end() if match else len(rest)
        units.append(_usual(rest[pos:end]))
        pos = end
    return tuple(unit for unit in units if unit)


def _usual(unit: str) -> str:
    unit = re.sub(r"第?(\d{1,2})(?=大队|中队|支队)", lambda match: match[1].translate(_DIGITS), unit)
    unit = re.sub(r"第(?=[一二三四五六七八九十]{1,3}(?:大队|中队|支队))", "", unit).strip("()")
    match = _part().match(unit)
    return _part_names()[match["part"]][0] + unit[match.end("part") :] if match else unit


def split_whole(rest: str) -> tuple[str, str]:
    """Return a body with a proper name and the part of it that a text names; the part is empty where there is none.

    >>> split_whole("大学医学院附属第二医院"), split_whole("第一人民医院"), split_whole("第二中学东校区")
    (('大学', '医学院附属第二医院'), ('第一人民医院', ''), ('第二中学', '东校区'))
    """
    match = _SCHOOLS.match(rest)
    return (match["whole"], match["part"]) if match else (rest, "")


_SCHOOL = re.compile(r"第?(?P<number>[一二三四五六七八九十]{1,2})中学?$")
_OFFICES = ("局", "厅", "委员会")
"""Ends of names of organs, in which *and* may be left out; in a proper name it belongs to a word: 和平中学."""
_USUAL_CORES = (("中医医院", "中医院"), ("妇幼保健计划生育服务中心", "妇幼保健院"), ("妇保院", "妇幼保健院"))


def usual_core(core: str) -> str:
    """Return a proper name in its usual spelling: schools by number, hospitals of Chinese medicine.

    >>> usual_core("一中"), usual_core("第一中学"), usual_core("中医医院")
    ('第一中学', '第一中学', '中医院')
    """
    match = _SCHOOL.match(core)
    if match:
        return f"第{match['number']}中学"
    for printed, usual in _USUAL_CORES:
        core = core.replace(printed, usual)
    return core[0] + _FILLER.sub("", core[1:]) if core.endswith(_OFFICES) else core


def kind_by_words(text: str) -> tuple[str, str]:
    """Return the kind that the words of a Chinese name tell, and the word; the last word of a name tells most.

    >>> kind_by_words("第一人民医院"), kind_by_words("锐视科技有限公司")
    (('health', '医院'), ('company', '公司'))
    """
    automaton, words, kinds = _kind_words()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    if not found:
        return "other", ""
    number = max(found, key=lambda match: (match[2], match[2] - match[1], -match[0]))[0]
    return kinds[number], words[number]


@cache
def _kind_words() -> tuple[AhoCorasick, tuple[str, ...], tuple[str, ...]]:
    """Return the matcher of the words that tell a kind, the words, and their kinds; the first row of a word counts."""
    kinds: dict[str, str] = {}
    for row in body_kinds().values():
        for word in row.words_zh:
            kinds.setdefault(word, row.id)
    return AhoCorasick(tuple(kinds)), tuple(kinds), tuple(kinds.values())
