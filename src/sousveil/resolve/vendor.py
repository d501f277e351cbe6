"""Publicly known vendors by any of their names: legal ones, brands, former names, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from sousveil.data.vendors import Vendor, vendors
from sousveil.resolve.company import parse_company
from sousveil.resolve.parts import NameParts
from sousveil.resolve.spelling import is_han_name, tidy
from sousveil.resolve.western import split_form, words_of

_YEAR = re.compile(r"\s*\((?P<year>\d{4})\)$")
_WHOLE = re.compile(r"(?P<whole>.{4,50}?有限公司)(?P<branch>.{1,20}分公司)$")


def vendor_of(text: str) -> NameParts | None:
    """Return the parts of a name that is one of a known vendor, or of its branch; None where it is not.

    >>> {vendor_of(name).key for name in ("海康威视", "hikvision", "杭州海康威视数字技术股份有限公司")}
    {'v|hikvision'}
    >>> vendor_of("杭州海康威视数字技术股份有限公司岷阳分公司").whole_key
    'v|hikvision'
    """
    found = _by_name().get(_normal(text))
    if found is not None:
        row, reason = found
        return NameParts(
            text=text, form="company", key=f"v|{row.id}", kind="company", country=row.country, core=tidy(row.name),
            outline=f"v|{row.id}", reasons=(reason,),
        )  # fmt: skip
    match = _WHOLE.match(text)
    whole = vendor_of(match["whole"]) if match else None
    if match is None or whole is None:
        return None
    branch = parse_company(text)
    return replace(
        branch, key=f"{whole.key}|{branch.key.rpartition('|')[2]}", whole_key=whole.key, whole=match["whole"],
        reasons=(*whole.reasons, f"{match['branch']} is a branch of {match['whole']}"),
    )  # fmt: skip


def _normal(text: str) -> str:
    """Return what spellings of one vendor's name share: no brackets, one wording of the legal form, none in English."""
    if is_han_name(text):
        return re.sub(r"[()\s·]", "", text).replace("有限责任公司", "有限公司")
    return " ".join(split_form(words_of(text))[0])


@cache
def _by_name() -> dict[str, tuple[Vendor, str]]:
    found: dict[str, tuple[Vendor, str]] = {}
    for row in vendors():
        for name, why in _names(row):
            found.setdefault(_normal(tidy(name)), (row, f"{name} is {why} {row.name} ({row.source})"))
    return found


def _names(row: Vendor) -> Iterable[tuple[str, str]]:
    yield row.name, "the name of"
    for name in (*row.zh, *row.en):
        yield name, "a name of"
    for name in row.former:
        year = _YEAR.search(name)
        yield _YEAR.sub("", name), f"the name until {year['year']} of" if year else "a former name of"
