"""Words of charts and of what stands beside them: families, capabilities, findings, in English and in Chinese."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.cues import systems
from sousveil.data.interface import say
from sousveil.data.terms import Capability, capabilities
from sousveil.model import Finding

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


@cache
def _systems() -> dict[str, str]:
    return {one.system: one.title for one in systems()}


def system_title(system: str) -> str:
    """Return the title of a row of ``data/systems.yml``; of another id, its words.

    >>> system_title("ijop"), system_title("some_system")
    ('Integrated Joint Operations Platform (一体化联合作战平台)', 'some system')
    """
    return _systems().get(system, system.replace("_", " "))


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
    """
    if finding.kind == "capability":
        return title_of(finding.value, language)
    if finding.kind == "system":
        return system_title(finding.value)
    details = dict(finding.details)
    if finding.kind == "scale" and isinstance(number := details.get("number"), int | float):
        unit = next((why.removeprefix("unit: ") for why in finding.reasons_for if why.startswith("unit: ")), "")
        parts = [details.get("comparator"), f"{number:,.10g}", details.get("unit"), f"({unit})" if unit else ""]
        said = " ".join(str(part) for part in parts if part)
        return f"{said}, {details['role']}" if details.get("role") else said
    return finding.value.replace("_", " ")
