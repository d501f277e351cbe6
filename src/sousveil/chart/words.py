"""Words of charts and of what stands beside them: families, capabilities, findings, in English and in Chinese."""

from __future__ import annotations

from functools import cache

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


def tell(language: str, words: str, *figures: int | str) -> str:
    """Return a message with its figures in their places.

    >>> tell("en", "{} notices of {}", 1200, 4)
    '1,200 notices of 4'
    """
    return say(language, words).format(*(one if isinstance(one, str) else f"{one:,}" for one in figures))


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
    details = dict(finding.details)
    if finding.kind == "scale" and isinstance(number := details.get("number"), int | float):
        unit = next((why.removeprefix("unit: ") for why in finding.reasons_for if why.startswith("unit: ")), "")
        parts = [details.get("comparator"), f"{number:,.10g}", details.get("unit"), f"({unit})" if unit else ""]
        said = " ".join(str(part) for part in parts if part)
        return f"{said}, {details['role']}" if details.get("role") else said
    return finding.value.replace("_", " ")
