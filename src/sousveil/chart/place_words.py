"""Names of places on maps, and where they lead."""

from __future__ import annotations

from sousveil.chart import links
from sousveil.data.places import place
from sousveil.data.provinces import provinces
from sousveil.text.fold import is_han

_CLASS_WORDS = {" SAR China": "", " Prefecture": "", " City": ""}


def short_of(code: str, language: str) -> str:
    """Return the usual name of a place, without its class word; the code where no table has it.

    >>> short_of("540000", "en"), short_of("540000", "zh"), short_of("DE", "zh"), short_of("HK", "en")
    ('Tibet', '西藏', '德国', 'Hong Kong')
    """
    province = next((one for one in provinces() if one.code == code), None)
    if province is not None:
        return province.short if language == "zh" else province.names[0]
    found = place(code)
    if found is None:
        return code
    if language == "zh":
        return next((name for name in (found.name, *found.names) if name and all(map(is_han, name))), found.name)
    name = found.name_en
    for word, other in _CLASS_WORDS.items():
        name = name.replace(word, other)
    return name


def name_of(code: str, language: str) -> str:
    """Return the usual name of a place in two languages where it has both.

    >>> name_of("510000", "en"), name_of("DE", "en")
    ('Sichuan 四川', 'Germany')
    """
    if code[:1].isdigit() and language != "zh":
        return f"{short_of(code, 'en')} {short_of(code, 'zh')}"
    return short_of(code, language)


def search_of(code: str, cap: str = "") -> str:
    """Return the path of the notices of a place in which a capability is found, one or any; empty for no place.

    >>> search_of("510000", "FAC"), search_of("DE"), search_of("")
    ('/search?place=510000&cap=FAC', '/search?place=DE&kind=capability', '')
    """
    if place(code) is None:
        return ""
    return links.search(place=code, cap=cap) if cap else links.search(place=code, kind="capability")
