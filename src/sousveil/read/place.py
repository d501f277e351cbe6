"""The place of a notice: province and city; from labels, then the buyer's name, then the title.

A supplier's or agency's address never counts. A province counts only where it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.divisions import divisions
from sousveil.model import Field
from sousveil.read.abroad import read_place_abroad
from sousveil.read.draft import Draft
from sousveil.read.gazetteer import Place, find_places
from sousveil.read.locality import after_lead, find_locality
from sousveil.read.sheet import Sheet

_MAX_TEXT = 160
_PORTAL_CHARS = 20_000
_PORTAL_NAME_CHARS = 16
_HEAD_CHARS = 400
"""Characters of the first lines, in which a province stands apart beside a number and a date."""
_TAG = re.compile(r"\[([\u4e00-\u9fff]{2,8})\](?=[ \u4e00-\u9fff])")
# public resources exchange, government procurement, e-tendering, tender site, public service platform, finance bureau
_PLACE_DATE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}(?:[/·\- ][\u4e00-\u9fff]{2,8})?)[ \-/]*(?=20\d\d[-年/.]\d)")
"""A portal's line of place and day: 某省/某市-2025-08-20."""
_LEAD_LINES = 4
_OF_BUYER = re.compile(r"采购人|采购单位|招标人|机关")
"""Whose address a label speaks of: buyer, buying unit, tenderer, body."""
_PORTAL = re.compile(r"公共资源交易|政府采购|电子招标|招标采购网|公共服务平台|财政局")
_PORTAL_NAME = re.compile(r"[\u4e00-\u9fff]{2,16}$")
_PROVINCE_PORTALS = (
    "政府采购网",
    "省政府采购",
    "公共资源交易",
)  # government procurement net, public resources exchange
# what follows a province in the name of a company, of an association or of an agency, and in a law's
_OTHERS = re.compile(r"[\u4e00-\u9fff()]{0,20}?(?:公司|招标中心|协会|条例|办法|规定|标准)")


@dataclass(frozen=True, slots=True)
class _Named:
    """Places that one stretch of text names; ``source`` tells how much they count."""

    sheet: Sheet
    offset: int
    places: tuple[Place, ...]
    source: str
    is_formed: bool = False


def read_place(
    draft: Draft, buyer: Field | None, title: Field | None, country: Field | None, *, is_report: bool = False
) -> tuple[Field | None, Field | None]:
    """Return province and city with their spans; of a report (``is_report``) its first lines tell where."""
    if not draft.is_han:
        return read_place_abroad(draft, buyer, title, country)
    named = [*_in_labels(draft), *_in_fields(draft, buyer, title)]
    named += _by_form(draft, buyer, title, named)
    if not any(_city_of(item) for item in named):
        named += _in_context(draft)
    if is_report and not any(_city_of(item) for item in named):
        named += _in_lead(draft)
    is_china = country is None or country.value == "CN"
    return _province(draft, named) if is_china else None, _city(draft, named)


def _at(draft_sheet: Sheet, start: int, end: int, source: str) -> _Named | None:
    places = find_places(draft_sheet.folded[start : min(end, start + _MAX_TEXT)])
    return _Named(draft_sheet, start, places, source) if places else None


def _in_labels(draft: Draft) -> list[_Named]:
    """Return the places under a label of region, and in a tag before the date line (【福建】 2026-08-18)."""
    places = [(item.sheet, item.entry.start, item.entry.end) for item in draft.of("region") if item.entry.rank == 1]
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:8]:
            tag = _TAG.match(sheet.folded, line.start, line.end)
            if tag:
                places.append((sheet, tag.start(1), tag.end(1)))
            dated = _PLACE_DATE.match(sheet.folded, line.start, line.end)
            if dated and _is_place(dated["place"]):
                places.append((sheet, dated.start("place"), dated.end("place")))
    return [found for sheet, start, end in places if (found := _at(sheet, start, end, "label"))]


def _is_place(words: str) -> bool:
    """Return whether words are names of places and nothing else."""
    found = find_places(words)
    return bool(found) and sum(place.end - place.start for place in found) >= len(words) - len(found) + 1


def _in_fields(draft: Draft, buyer: Field | None, title: Field | None) -> list[_Named]:
    """Return the places that the buyer's name and the title hold.

    A short name of a province in the name of a company or university (安徽理工大学) is no statement of place.
    """
    named = []
    for field, source in ((buyer, "buyer"), (title, "title")):
        sheet = None if field is None else draft.sheet_of(field)
        if field is None or sheet is None:
            continue
        found = _at(sheet, field.span.start, field.span.end, source)
        places = () if found is None else tuple(p for p in found.places if p.level != "province" or p.end - p.start > 2)
        if found and places:
            named.append(_Named(sheet, found.offset, places, source))
    return named


def _by_form(draft: Draft, buyer: Field | None, title: Field | None, named: list[_Named]) -> list[_Named]:
    """Return places that no gazetteer has, told by their form at the head of the buyer's name, the title, a label."""
    spans = []
    for field, source in ((buyer, "buyer"), (title, "title")):
        sheet = None if field is None else draft.sheet_of(field)
        if field is not None and sheet is not None:
            spans.append((sheet, field.span.start, field.span.end, source))
    spans += [
        (item.sheet, item.entry.start, item.entry.end, "label" if item.entry.rank == 1 else "context")
        for item in draft.of("region")
    ]
    return [
        found
        for sheet, start, end, source in spans
        if not any(item.source == source and _city_of(item) for item in named)
        and (found := _formed(sheet, start, end, source))
    ]


def _formed(sheet: Sheet, start: int, end: int, source: str) -> _Named | None:
    """Return the place told by its form at the head of a stretch, behind the province that is named before it."""
    begin = after_lead(sheet.folded, start, min(end, start + _MAX_TEXT))
    known = _at(sheet, begin, end, source)
    first = known.places[0] if known else None
    is_inside = first is not None and first.level == "province" and first.start == 0
    after = begin + first.end if is_inside and first else begin
    span = find_locality(sheet.folded, after, min(end, after + _MAX_TEXT))
    if span is None:
        return None
    province = first.province if is_inside and first else ""
    name = sheet.page.text[slice(*span)]
    formed = Place("", name, "county", province, "", span[0] - begin, span[1] - begin)
    return _Named(sheet, begin, (first, formed) if is_inside and first else (formed,), source, is_formed=True)


def _in_lead(draft: Draft) -> list[_Named]:
    """Return the first place that the lead of a report names in full (某市, 某县: city, county), or nothing."""
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:_LEAD_LINES]:
            found = _at(sheet, line.start, line.end, "lead")
            places = () if found is None else found.places
            ends = {place.end for place in places if place.level == "province"}
            full = tuple(
                p for p in places if p.level == "province" or p.start in ends or _is_full(sheet, line.start + p.end)
            )
            if any(place.level != "province" for place in full):
                return [_Named(sheet, line.start, full, "lead")]
    return []


def _is_full(sheet: Sheet, end: int) -> bool:
    """Return whether a name that ends there is printed with its kind (某市, 某县)."""
    return sheet.folded[end - 1] in "市县州盟旗"


def _in_context(draft: Draft) -> list[_Named]:
    """Return the places of the buyer's address, of the work, and of the office or portal that publishes."""
    addresses = [
        item for item in draft.of("address") if item.entry.context == "buyer" or _OF_BUYER.search(item.entry.label)
    ]
    works = [item for item in draft.of("region") if item.entry.rank > 1]
    found = [_at(item.sheet, item.entry.start, item.entry.end, "context") for item in (*addresses, *works)]
    for sheet in draft.sheets[:1]:
        for match in _PORTAL.finditer(sheet.folded, 0, _PORTAL_CHARS):
            begin = max(0, match.start() - _PORTAL_NAME_CHARS)
            name = _PORTAL_NAME.search(sheet.folded[begin : match.start()])
            portal = _at(sheet, begin + name.start(), match.start(), "context") if name else None
            if portal is not None and _city_of(portal) is not None:
                found.append(portal)
                break
    return [item for item in found if item]


def _province(draft: Draft, named: list[_Named]) -> Field | None:
    for item in named:
        for place in item.places:
            if place.level == "province" and (item.source != "context" or item.is_formed):
                start, end = item.offset + place.start, item.offset + place.end
                note = f"GB/T 2260 {place.code}" if place.code.isdigit() else ""
                return draft.field(place.province, item.sheet, start, end, f"gazetteer, {item.source}", note=note)
    for item in named:
        for place in item.places:
            printed = _printed(draft, place.province) if place.province else None
            if printed:
                return printed
    if any(place.province for item in named for place in item.places):
        return None
    return _told(draft) or _alone(draft)


def _alone(draft: Draft) -> Field | None:
    """Return a province whose short name stands apart among the first lines: code, province, date."""
    for sheet in draft.sheets[:1]:
        match = _short_alone().search(sheet.folded, 0, _HEAD_CHARS)
        if match:
            return draft.field(match.group(), sheet, *match.span(), "province, apart")
    return None


@cache
def _short_alone() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\s|(\[])(?:{'|'.join(_full_names())})(?=[\s|)\]·])")


def _told(draft: Draft) -> Field | None:
    """Return the one province whose full name the notice prints, the names of companies and their addresses aside."""
    found: dict[str, tuple[Sheet, int, int]] = {}
    matcher, shorts = _province_names()
    for sheet in draft.sheets[:2]:
        sample = sheet.folded[:_PORTAL_CHARS]
        others: list[tuple[int, int]] | None = None
        for number, start, end in matcher.find_matches_as_indexes(sample):
            if shorts[number] in found or _OTHERS.match(sample, end):
                continue
            others = _of_others(draft, sheet) if others is None else others
            if not any(first <= start < last for first, last in others):
                found[shorts[number]] = (sheet, start, end)
    if len(found) != 1:
        return None
    short, (sheet, start, end) = found.popitem()
    return draft.field(short, sheet, start, end, "province, printed")


def _of_others(draft: Draft, sheet: Sheet) -> list[tuple[int, int]]:
    """Return the stretches of a page that name bidders, agencies and where they are."""
    names = draft.of("supplier", "candidate", "agency")
    addresses = [
        item for item in draft.of("address", "other") if item.entry.context in {"supplier", "candidate", "agency"}
    ]
    return [(item.entry.start, item.entry.end) for item in (*names, *addresses) if item.sheet is sheet]


@cache
def _province_names() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return the matcher of the full names of provinces, and the short name of each."""
    names = {full: short for short, full in _full_names().items()}
    names |= {f"{short}{portal}": short for short in _full_names() for portal in _PROVINCE_PORTALS}
    return AhoCorasick(tuple(names), matchkind=MatchKind.LeftmostLongest), tuple(names.values())


@cache
def _full_names() -> dict[str, str]:
    return {item.short: item.name for item in divisions() if item.code.endswith("0000")}


def _printed(draft: Draft, province: str) -> Field | None:
    """Return the province where its full name is printed anywhere: the gazetteer says that the city lies in it."""
    full = _full_names().get(province, "")
    for sheet in draft.sheets:
        at = sheet.folded.find(full) if full else -1
        if at >= 0:
            return draft.field(province, sheet, at, at + len(full), "province of the city, printed elsewhere")
    return None


def _city(draft: Draft, named: list[_Named]) -> Field | None:
    """Return the city: the buyer's before the title's before the label's; counties before prefectures in one name."""
    for source in ("buyer", "title", "label", "context", "lead"):
        for item in named:
            place = _city_of(item) if item.source == source else None
            if place is not None and not (place.level == "province" and _has_city(named)):
                return _city_field(draft, item, place)
    return None


def _has_city(named: list[_Named]) -> bool:
    return any(place.level != "province" for item in named for place in item.places)


def _city_of(named: _Named) -> Place | None:
    """Return the county that is named, or the prefecture, or that of the district; a branch's city before all."""
    folded = named.sheet.folded
    for place in named.places:
        if place.level != "province" and folded.startswith("分公司", named.offset + place.end):
            return place
    for level in ("county", "prefecture", "district"):
        for place in named.places:
            if place.level == level:
                return place
    return next((place for place in named.places if place.prefecture), None)


def _city_field(draft: Draft, named: _Named, place: Place) -> Field:
    start, end = named.offset + place.start, named.offset + place.end
    if place.level == "district":
        note = f"{place.name} ({place.code}) is a district of it" if place.code else f"{place.name} is a district of it"
        return draft.field(place.prefecture, named.sheet, start, end, f"gazetteer, {named.source}", note=note)
    told = "form" if named.is_formed else "gazetteer"
    note = f"GB/T 2260 {place.code}" if place.code.isdigit() else ""
    return draft.field(named.sheet.page.text[start:end], named.sheet, start, end, f"{told}, {named.source}", note=note)
