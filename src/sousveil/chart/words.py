"""Words of charts and of what stands beside them: families, capabilities, findings, in English and in Chinese."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.cues import systems
from sousveil.data.interface import messages, retell, say
from sousveil.data.terms import Capability, capabilities
from sousveil.model import Finding
from sousveil.text.fold import is_han

FAMILIES = {
    "VID": "Video networks",
    "FAC": "Face and body",
    "VEH": "Vehicles",
    "PHN": "Phones",
    "BIO": "Biometrics",
    "FUS": "Data fusion",
    "PRD": "Risk lists",
    "NET": "Internet",
    "MOB": "Field and checkpoints",
}
"""Codes of the families of capabilities in their order, with a short name; the codes stand beside every colour."""
_IN_BRACKETS = re.compile(r"[^()]+ \((?P<own>[^()]+)\)")
"""A title in English with the system's own name behind it."""


@cache
def _systems() -> dict[str, str]:
    return {one.system: one.title for one in systems()}


@cache
def _chinese_systems() -> dict[str, str]:
    """Return what the titles of systems are called in Chinese: what stands in their brackets, else their first word."""
    found = {}
    for one in systems():
        within = _IN_BRACKETS.fullmatch(one.title)
        name = within["own"] if within else one.words[0]
        if any(map(is_han, name)):
            found[one.title] = _LATIN.sub(lambda letters: letters[0].upper(), name)
    return found


def system_title(system: str, language: str = "en") -> str:
    """Return the title of a row of ``data/systems.yml``; of another id, its words.

    >>> system_title("ijop"), system_title("ijop", "zh"), system_title("some_system")
    ('Integrated Joint Operations Platform (一体化联合作战平台)', '一体化联合作战平台', 'some system')
    """
    return name_in(_systems().get(system, system.replace("_", " ")), language)


def name_in(name: str, language: str = "en") -> str:
    """Return our name of a system, or of a kind of body somewhere, in a language of the interface; others stay.

    >>> name_in("Sharp Eyes (雪亮工程), 澧浦市", "zh"), name_in("health, 岷阳市", "zh"), name_in("岷阳市公安局", "zh")
    ('雪亮工程（澧浦市）', '卫生健康（岷阳市）', '岷阳市公安局')
    >>> name_in("DNA database, 塔什河县^prefecture"), name_in("DNA database, 塔什河县^prefecture", "zh")
    ('DNA database, prefecture of 塔什河县', 'DNA数据库（塔什河县所属地级）')
    """
    head, comma, place = name.rpartition(", ")
    around, above, level = place.partition("^")
    if language != "zh":
        return f"{head}{comma}{level} of {around}" if above else name
    whole = _chinese_systems().get(name) or messages().get(name, name)
    if not comma or whole != name:
        return whole
    known = _chinese_systems().get(head) or messages().get(head.replace("_", " "), head)
    if known == head and not above:
        return name
    return f"{known}（{around}所属{messages().get(level, level)}）" if above else f"{known}（{around}）"


@cache
def _leaves() -> dict[str, Capability]:
    return {leaf.id: leaf for leaf in capabilities()}


def family_of(capability: str) -> str:
    """Return the code of the family of a capability; what is none stays as it is.

    >>> family_of("gait_recognition"), family_of("VID")
    ('FAC', 'VID')
    """
    leaf = _leaves().get(capability)
    return leaf.family if leaf else capability


def title_of(capability: str, language: str = "en") -> str:
    """Return the name of a capability, of a family, or the words as they are."""
    leaf = _leaves().get(capability)
    if leaf is None:
        return family_title(capability, language)
    return leaf.title_zh if language == "zh" else leaf.title


def family_title(family: str, language: str = "en") -> str:
    """Return the name of a family of capabilities.

    >>> family_title("VID"), family_title("VID", "zh")
    ('Video networks', '视频网络')
    """
    return say(language, FAMILIES.get(family, family))


_ONE = {
    "bodies": "body",
    "capabilities": "capability",
    "currencies": "currency",
    "data flows": "data flow",
    "flows": "flow",
    "institutions": "institution",
    "kinds": "kind",
    "lanes": "lane",
    "notices": "notice",
    "passages": "passage",
    "places": "place",
    "purchases": "purchase",
    "quotations": "quotation",
    "files": "file",
    "addresses": "address",
    "bank accounts": "bank account",
    "identity numbers": "identity number",
    "mail addresses": "mail address",
    "personal names": "personal name",
    "number plates": "number plate",
    "other places": "other place",
    "telephone numbers": "telephone number",
    "state": "states",
    "are": "is",
    "have": "has",
    "stand": "stands",
}
"""Words of messages as they stand beside a one."""
_LATIN = re.compile("[a-z]+")
_NESTED = re.compile(r" \((.*?)\)")
"""Brackets in what a unit means; they would stand within others."""
_AFTER_ONE = re.compile(r"(?<![\d.,])1 (\w+)(?: (\w+))?")


def counted(language: str, number: float, words: str) -> str:
    """Return the word of the interface for so many of something.

    >>> counted("en", 1, "purchases"), counted("en", 2, "purchases"), counted("zh", 1, "purchases")
    ('purchase', 'purchases', '次采购')
    """
    if language != "en" or number != 1:
        return say(language, words)
    first, _, rest = words.partition(" ")
    return _ONE.get(words) or " ".join(filter(None, [_ONE.get(first, first), rest]))


def tell(language: str, words: str, *figures: int | str) -> str:
    """Return a message with its figures in their places.

    >>> tell("en", "{} notices of {}", 1200, 4)
    '1,200 notices of 4'
    >>> tell("en", "{} notices state no place; {} are undated", 1, 1)
    '1 notice states no place; 1 is undated'
    """
    said = say(language, words).format(*(one if isinstance(one, str) else f"{one:,}" for one in figures))
    return said if language != "en" else _AFTER_ONE.sub(_as_one, said)


def _as_one(found: re.Match[str]) -> str:
    """Return words that stand after a one, the thing and the verb behind it, as they stand of one."""
    return " ".join(["1", *(_ONE.get(word, word) for word in found.groups() if word)])


def statement(finding: Finding, language: str = "en") -> str:
    """Return what a finding says, in our words; the quotation beside it is the source's.

    >>> from sousveil.model import Span
    >>> span = Span("0" * 64, 1, 0, 3, "…")
    >>> details = (("number", 500000000), ("unit", "条"), ("comparator", "at least"), ("role", "required"))
    >>> why = ("unit: records",)
    >>> statement(
    ...     Finding("f", "scale", "500000000 条", span, "n", "scale.prose", 0.9, reasons_for=why, details=details)
    ... )
    'at least 500,000,000 条 (records), required'
    >>> statement(Finding("f", "system", "ijop", span, "n", "zh:x", 0.7), "zh")
    '一体化联合作战平台'
    """
    if finding.kind == "capability":
        return title_of(finding.value, language)
    if finding.kind == "system":
        return system_title(finding.value, language)
    details = dict(finding.details)
    if finding.kind == "scale" and isinstance(number := details.get("number"), int | float):
        unit = next((why.removeprefix("unit: ") for why in finding.reasons_for if why.startswith("unit: ")), "")
        printed = str(details.get("unit") or "")
        means = "" if language == "zh" or unit == printed else _NESTED.sub(r" \1", unit)
        parts = [retell(language, str(details.get("comparator") or "")), f"{number:,.10g}", printed]
        said = " ".join(filter(None, [*parts, f"({means})" if means else ""]))
        role = str(details.get("role") or "")
        if language == "zh":
            return f"{said}，{retell('zh', role)}" if role else said
        return f"{said}, {role}" if role else said
    return finding.value.replace("_", " ") if language != "zh" else say("zh", finding.value.replace("_", " "))
