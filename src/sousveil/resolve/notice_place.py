"""The place of a notice as a code: the narrowest division that its city, province and country tell.

The readers note the official code of a Chinese division beside its name, for they know which of several is meant. What
they could only read by its form (a name in no gazetteer), and places abroad, are looked up by name, inside what is
known of the larger place. A name that several places share tells nothing: then the larger place stands.
"""

from __future__ import annotations

import re

from sousveil.data.place_names import find_place
from sousveil.data.places import Place, contains, place
from sousveil.model import Field, Notice
from sousveil.resolve.whereabouts import named_place
from sousveil.text.fold import fold, is_han

_CODE = re.compile(r"(?:(?P<district>[\u4e00-\u9fff]+) \()?\b(?P<code>\d{6})\b")
_HAN_COUNTRIES = frozenset({"CN", "TW", "HK", "MO"})


def place_of(notice: Notice) -> str:
    """Return the code of the narrowest place that a notice states for its buyer, or an empty string.

    The code is one of ``data.places``: GB/T 2260 in China, ISO 3166-2 or 3166-1 elsewhere. The division is that of the
    notice's time; ``living`` leads from it to the one of today.
    """
    code = _of_fields(notice)
    row = place(code)
    if row is None or row.country != "CN" or notice.buyer is None:
        return code
    narrower = named_place(fold(str(notice.buyer.value)), code)
    is_short = narrower is not None and narrower.level == "province"  # 安徽理工大学 (Anhui University) states no place
    return narrower.code if narrower is not None and not is_short and contains(code, narrower.code) else code


def _of_fields(notice: Notice) -> str:
    """Return the code that the fields of city, province and country tell."""
    country = str(notice.country.value) if notice.country is not None else ""
    printed = _printed(notice.city) or _printed(notice.province)
    if printed is not None and (not country or contains(country, printed.code)):
        narrower = None if _printed(notice.city) else _named(notice.city, printed.code)
        return (narrower or printed).code
    larger = _named(notice.province, country)
    if larger is not None:
        narrower = _named(notice.city, larger.code)
        return (narrower or larger).code
    narrower = _named(notice.city, country)
    if narrower is not None:
        return narrower.code
    return country if place(country) is not None else ""


def _printed(field: Field | None) -> Place | None:
    """Return the place whose official code the reader noted; a district that is gone is noted with its city's code."""
    found = _CODE.search(field.note) if field is not None else None
    noted = place(found["code"]) if found else None
    if found is None or noted is None or not found["district"] or found["district"] == noted.name:
        return noted
    inside = [row for row in find_place(found["district"], country="CN") if contains(noted.code, row.code)]
    return inside[0] if len(inside) == 1 else noted


def _named(field: Field | None, inside: str) -> Place | None:
    """Return the one place of the field's name inside a larger one, or None where none or several are called so."""
    if field is None or not inside:
        return None
    name = fold(str(field.value)) if any(map(is_han, str(field.value))) else str(field.value)
    larger = place(inside)
    if larger is None or (larger.country in _HAN_COUNTRIES and not any(map(is_han, name))):
        return None
    found = [row for row in find_place(name, country=larger.country) if row.code != larger.code]
    found = [row for row in found if row.level != "country" and contains(larger.code, row.code)]
    top = [row for row in found if row.level == found[0].level]
    return top[0] if len(top) == 1 else None
