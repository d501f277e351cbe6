"""Official numbers of the bodies of a notice: the unified code of China, LEI, and numbers under a label abroad.

A number belongs to the body whose name stands nearest before it with no other body between. Numbers of persons, of
sole traders (codes that begin with 92), and numbers that no body of the notice can be found for, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sousveil.data.registers import register_of
from sousveil.model import Field, Identifier, Role
from sousveil.read.draft import Draft, Found
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold
from sousveil.text.register import has_body_code, is_lei, is_unified_code

_UNIFIED = re.compile(r"(?<![0-9a-z])[0-9a-z]{2}\d{6}[0-9a-z]{10}(?![0-9a-z])")
_LEI = re.compile(r"(?<![0-9a-z])[0-9a-z]{18}\d{2}(?![0-9a-z])")
_LABEL = re.compile(r"(?:信用代码|机构代码|税号|识别号|代码)[^\n]{0,6}$")  # credit code, code of the body, tax number
_NAME_END = re.compile(r"公司|集团|事务所|研究[院所]|设计院|合作社|经营部|商行|门市部|工作室|\b(?:ltd|gmbh|s\.a|inc)\b")
_REACH = 260
"""Characters between a name and its number: address, postcode and two labels stand between them in fixed forms."""
_AFTER = 60
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("supplier", re.compile(r"供应商|中标|成交|乙方|承包|投标")),  # supplier, won, party B, contractor, bid
    ("agency", re.compile(r"代理")),
    ("buyer", re.compile(r"采购人|采购单位|招标人|甲方|业主|建设单位")),  # buyer, party A, owner
)
_SHORTEST = 4


class _Name(NamedTuple):
    """A place where a body of the notice is named."""

    role: Role
    name: str
    start: int
    end: int


def read_identifiers(
    draft: Draft, *, buyer: Field | None, agency: Field | None, suppliers: tuple[Field, ...], country: str
) -> tuple[Identifier, ...]:
    """Return the numbers, each body's once, in order of position."""
    found: dict[tuple[str, str, str], Identifier] = {}
    for sheet in draft.sheets:
        codes = list(_iter_codes(sheet, is_han=draft.is_han))
        if not codes:
            continue
        names = _names(sheet, buyer, agency, suppliers)
        rows = _rows(draft, sheet)
        for scheme, start, end in codes:
            owner = rows.get(start) or _owner(sheet, names, start, end, codes)
            if owner is None:
                continue
            span = draft.span(sheet, start, end)
            made = Identifier(owner[0], owner[1], scheme, span.quote.upper(), span)
            found.setdefault((made.role, made.scheme, made.value), made)
    for item in draft.of("register_code"):
        made_here = _labelled(draft, item, _names(item.sheet, buyer, agency, suppliers), country)
        if made_here is not None:
            found.setdefault((made_here.role, made_here.scheme, made_here.value), made_here)
    return tuple(sorted(found.values(), key=lambda one: (one.span.page, one.span.start)))


def _iter_codes(sheet: Sheet, *, is_han: bool) -> Iterator[tuple[str, int, int]]:
    """Yield scheme and place of unified codes, which Chinese notices print, and of LEIs."""
    for match in _UNIFIED.finditer(sheet.folded) if is_han else ():
        code = match.group()
        is_labelled = _LABEL.search(sheet.folded, max(0, match.start() - 24), match.start()) is not None
        if is_unified_code(code) or (is_labelled and has_body_code(code)):
            yield "CN-USCC", *match.span()
    if "lei" in sheet.folded:
        for match in _LEI.finditer(sheet.folded):
            if is_lei(match.group()):
                yield "XI-LEI", *match.span()


def _names(sheet: Sheet, buyer: Field | None, agency: Field | None, suppliers: tuple[Field, ...]) -> list[_Name]:
    """Return the places where the bodies of the notice are named, in order of place."""
    bodies: list[tuple[Role, Field]] = [("supplier", supplier) for supplier in suppliers]
    bodies += [("agency", agency)] if agency is not None else []
    bodies += [("buyer", buyer)] if buyer is not None else []
    found: list[_Name] = []
    for role, body in bodies:
        name = str(body.value)
        words = fold(name)
        if len(words) < _SHORTEST or "█" in name:
            continue
        found += [_Name(role, name, *match.span()) for match in re.finditer(re.escape(words), sheet.folded)]
    return sorted(found, key=lambda one: one.start)


def _rows(draft: Draft, sheet: Sheet) -> dict[int, tuple[Role, str]]:
    """Return the owner of each number in a column of numbers, by the number's place: the supplier of its row."""
    codes = [item for item in draft.by_field.get("register_code", ()) if item.entry.group and item.sheet is sheet]
    if not codes:
        return {}
    names: dict[tuple[int, int], str] = {}
    for name in ("supplier", "candidate", "bidder"):
        for item in draft.by_field.get(name, ()):
            if item.sheet is sheet and item.entry.group:
                names.setdefault(item.entry.group, sheet.page.text[item.entry.start : item.entry.end].strip())
    return {
        item.entry.start: ("supplier", names[item.entry.group])
        for item in codes
        if item.entry.group in names and "█" not in names[item.entry.group]
    }


def _owner(
    sheet: Sheet, names: list[_Name], start: int, end: int, codes: list[tuple[str, int, int]]
) -> tuple[Role, str] | None:
    """Return role and name of the body that a number belongs to, or None where the text does not tell."""
    folded = sheet.folded
    label = folded[max(0, start - 30) : start].rpartition("\n")[2]
    told = next((role for role, pattern in _ROLES if pattern.search(label)), None)
    before = [one for one in names if one.end <= start and start - one.end <= _REACH]
    if before:
        last = before[-1]
        between = folded[last.end : start]
        is_free = not _NAME_END.search(between) and not any(last.end < at < start for _, at, _ in codes)
        if is_free and told in {None, last.role}:
            return last.role, last.name
    after = next((one for one in names if end <= one.start <= end + _AFTER), None)
    if after is not None and told in {None, after.role} and not _NAME_END.search(folded, end, after.start):
        return after.role, after.name
    return _only(names, told, label)


_WON = re.compile(r"(?<!未)(?:中标|成交)|乙方")
"""Won, concluded, party B: without one of them a supplier under a label may have lost."""


def _only(names: list[_Name], told: Role | None, label: str) -> tuple[Role, str] | None:
    """Return the body whose role the label names, where the page names one of that role at most."""
    named = {one.name for one in names if one.role == told}
    if told is None or len(named) > 1 or _NAME_END.search(label) or (told == "supplier" and not _WON.search(label)):
        return None  # a body that is none of the notice's stands between
    return told, next(iter(named), "")


def _labelled(draft: Draft, item: Found, names: list[_Name], country: str) -> Identifier | None:
    """Return the number under a label of another register: it belongs to the body named last before it."""
    sheet, entry = item.sheet, item.entry
    found = register_of(entry.label, country, sheet.folded[entry.start : entry.end])
    if found is None:
        return None
    names = [one for one in names if one.end <= entry.at]
    if not names or entry.at - names[-1].end > _REACH:
        return None
    scheme, length = found
    span = draft.span(sheet, entry.start, entry.start + length)
    return Identifier(names[-1].role, names[-1].name, scheme, span.quote.upper(), span)
