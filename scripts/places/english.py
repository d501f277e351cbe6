"""Names of Chinese divisions in English: Hanyu Pinyin, or the romanisation in general use, and the class word."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import lazy_pinyin

from places.row import lines

PEOPLES = {
    "壮族": "Zhuang", "回族": "Hui", "满族": "Manchu", "维吾尔": "Uygur", "苗族": "Miao", "彝族": "Yi",
    "土家族": "Tujia", "藏族": "Tibetan", "蒙古族": "Mongol", "蒙古": "Mongol", "侗族": "Dong", "瑶族": "Yao",
    "白族": "Bai", "傣族": "Dai", "哈尼族": "Hani", "黎族": "Li", "朝鲜族": "Korean", "羌族": "Qiang",
    "布依族": "Buyei", "哈萨克族": "Kazakh", "哈萨克": "Kazakh", "柯尔克孜": "Kirgiz", "景颇族": "Jingpo",
    "傈僳族": "Lisu", "畲族": "She", "水族": "Sui", "仡佬族": "Gelao", "土族": "Tu", "撒拉族": "Salar",
    "东乡族": "Dongxiang", "保安族": "Bonan", "裕固族": "Yugur", "锡伯": "Xibe", "塔吉克": "Tajik",
    "达斡尔族": "Daur", "佤族": "Va", "拉祜族": "Lahu", "纳西族": "Naxi", "布朗族": "Blang", "普米族": "Pumi",
    "怒族": "Nu", "独龙族": "Derung", "毛南族": "Maonan", "仫佬族": "Mulao", "各族": "Various Nationalities",
}  # fmt: skip
CLASSES = {
    "自治区": "", "特别行政区": "", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner", "地区": "Prefecture", "特区": "Special District",
    "行政委员会": "Administrative Committee", "办事处": "Office", "省": "", "市": "", "盟": "League",
    "县": "County", "区": "District", "旗": "Banner", "群岛": "Islands", "镇": "Town",
}  # fmt: skip
READINGS = {
    "都": "du", "长": "chang", "曾": "zeng", "圩": "xu", "峒": "tong", "柏": "bai", "泊": "bo", "盖": "gai", "乐": "le",
}  # fmt: skip
"""How a character of several readings is read in names of places; exceptions stand in names.tsv (长子, 乐清)."""
_CLASS = re.compile(rf"({'|'.join(CLASSES)})$")
_PEOPLES = re.compile(rf"((?:{'|'.join(sorted(PEOPLES, key=len, reverse=True))})+)$")
_PEOPLE = re.compile("|".join(sorted(PEOPLES, key=len, reverse=True)))
NEW_AREAS = frozenset(("浦东新区", "滨海新区", "沈北新区", "雄安新区"))
"""New areas; in other names 新 (new) belongs to the name: 清新区."""
_ALONE = frozenset(("城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "中区", "市区"))
"""Districts whose name is the class word with one word before it: written in one, Chengqu District."""


@cache
def _names() -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    return {(row[0], row[1]): (row[2], tuple(filter(None, row[3].split("|")))) for row in lines("names.tsv")}


def stem(name: str) -> str:
    """Return a name without class word and peoples, whatever is left: 唐 for 唐县, 喀什 for 喀什地区."""
    word = _CLASS.search(name)
    cut = name[: word.start()] if word else name
    if word and word.group().startswith("自治"):
        bare = _PEOPLES.sub("", cut)
        cut = bare if len(bare) > 1 else cut  # 内蒙古 (Inner Mongolia) is the name
    return cut or name


def pinyin(words: str) -> str:
    """Return Hanyu Pinyin in one word, with an apostrophe before a vowel inside it: Xi'an."""
    spelt = ""
    parts = lazy_pinyin(words, v_to_u=True)
    if len(parts) == len(words):
        parts = [READINGS.get(char, part) for char, part in zip(words, parts, strict=True)]
    for part in parts:
        spelt += ("'" if spelt and part[0] in "aeo" else "") + part
    return spelt[:1].upper() + spelt[1:]


def english(code: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name in English with its class word, and the other names in Latin letters."""
    if name in _ALONE:
        return f"{pinyin(name)} District", (pinyin(name),)
    if name == "神农架林区":
        return "Shennongjia Forestry District", ("Shennongjia",)
    if name in NEW_AREAS:
        return f"{pinyin(name[:-2])} New Area", (pinyin(name[:-2]),)
    root = stem(name)
    told = next((_names()[key] for n in range(4, 1, -1) if (key := (code[:n], root)) in _names()), None)
    word = _CLASS.search(name)
    class_word = CLASSES[word.group()] if word else ""
    if word and word.group() in {"自治州", "自治县", "自治旗"}:
        peoples = _PEOPLES.search(name[: word.start()])
        if peoples:
            class_word = " ".join([*(PEOPLES[item] for item in _PEOPLE.findall(peoples.group())), class_word])
    if told is None and root.endswith("矿") and class_word == "District" and len(root) > 1:
        told, class_word = (f"{pinyin(root[:-1])} Mining", ()), "District"
    proper, others = told or (pinyin(root), ())
    plain = (pinyin(root),) if pinyin(root) != proper else ()
    return f"{proper} {class_word}".strip(), (*others, *plain)
