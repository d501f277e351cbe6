"""Words of charts: families and capabilities in English and in Chinese."""

from __future__ import annotations

from functools import cache

from sousveil.data.interface import say
from sousveil.data.terms import Capability, capabilities

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
