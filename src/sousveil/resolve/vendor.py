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
    """Return the parts of a name that is one of a known vendor, its subsidiary or its branch; None where it is not.

    >>> {vendor_of(name).key for name in ("海康威视", "hikvision", "杭州海康威视数字技术股份有限公司")}
    {'v|hikvision'}
    >>> vendor_of("杭州海康威视数字技术股份有限公司岷阳分公司").whole_key
    'v|hikvision'
    """
    found = _by_name().get(_normal(text))
    if found is not None:
        return replace(found, text=text)
    match = _WHOLE.match(text)
    whole = vendor_of(match["whole"]) if match else None
    if match is None or whole is None:
        return None
    branch = parse_company(text)
    return replace(
        branch, key=f"{whole.key}|{branch.key.rpartition('|')[2]}", whole_key=whole.key, whole=match["whole"],
        reasons=(*whole.reasons, f"{match['branch']} is a branch of {match['whole']}"),
    )  # fmt: skip


def _normal(text: str) -> tuple[str, str]:
    """Return what spellings of one vendor's name share: the name without brackets, and the legal form if abroad."""
    if is_han_name(text):
        return re.sub(r"[()\s·]", "", text).replace("有限责任公司", "有限公司"), ""
    core, form = split_form(words_of(text))
    return " ".join(core), form


@cache
def _by_name() -> dict[tuple[str, str], NameParts]:
    """Return the parts of every name of every vendor; long names abroad count without their legal form, too."""
    found: dict[tuple[str, str], NameParts] = {}
    for row in vendors():
        for name, why in _names(row):
            parts = _parts(row, name, f"{name} is {why} {row.name} ({row.source})")
            core, form = _normal(tidy(name))
            found.setdefault((core, form), parts)
            if form and len(core) >= _SURE and why != _SUBSIDIARY:
                found.setdefault((core, ""), parts)
    return found


_SURE = 6
"""Letters of a name abroad that is met without its legal form; shorter ones (BI, Nice) are words of every day."""
_SUBSIDIARY = "a subsidiary of"


def _parts(row: Vendor, name: str, reason: str) -> NameParts:
    is_own = name in row.subsidiaries
    key = f"v|{row.id}"
    own = " ".join(_normal(tidy(name)))
    return NameParts(
        text=tidy(name),
        form="company",
        key=f"{key}|{own}" if is_own else key,
        kind="company",
        country="" if is_own else row.country,
        core=tidy(name if is_own else row.name),
        whole_key=key if is_own else "",
        whole=row.name if is_own else "",
        outline=key,
        reasons=(reason,),
    )


def _names(row: Vendor) -> Iterable[tuple[str, str]]:
    yield row.name, "the name of"
    for name in (*row.zh, *row.en):
        yield name, "a name of"
    for name in row.former:
        year = _YEAR.search(name)
        yield _YEAR.sub("", name), f"the name until {year['year']} of" if year else "a former name of"
    for name in row.subsidiaries:
        yield name, _SUBSIDIARY
