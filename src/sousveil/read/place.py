"""The place of a notice: country, province, city; from labels, then the buyer's name, then the title.

A supplier's or agency's address never counts. A province counts only where it is printed.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.codes import countries
from sousveil.data.divisions import divisions
from sousveil.model import Field
from sousveil.read.draft import Draft, Found
from sousveil.read.gazetteer import Place, find_places
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

_SAMPLE = 1_500
_ALIASES = {"uk": "GB", "el": "GR", "eng": "GB"}
_TAIWAN = re.compile(r"机关名称|标案案号|政府电子采购网|新台币|得标厂商|民国\d{2,3}年")
_HONG_KONG = re.compile(r"香港特别行政区|港币|港元|政府物流服务署")
_PORTAL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?)(?:公共资源交易|政府采购|电子招标|招标采购网|公共服务平台|财政局)"
)
_LATIN_CITY = re.compile(r"[^,;:(\n]{2,60}")
_SIGN_COUNTRY = (
    (re.compile(r"£|find a tender|contracts finder|pounds sterling"), "GB"),
    (re.compile(r"prozorro|грн|україн"), "UA"),
    (re.compile(r"placsp|ayuntamiento|boletín oficial del estado"), "ES"),
    (re.compile(r"compranet|dependencia: |mxn"), "MX"),
    (re.compile(r"рублей|руб\.|росси|москв|росгварди"), "RU"),
    (re.compile(r"جنيه|المصرية|القاهرة|الإسكندرية"), "EG"),
    (re.compile(r"\busd\b|u\.s\.|\bcity council\b|\bcounty of\b|\((?:texas|tennessee|california)\)"), "US"),
)


@cache
def _country_words() -> re.Pattern[str]:
    words = sorted((name for name in countries() if len(name) > 3), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(fold(word))}(?!\w)" for word in words))


def read_country(draft: Draft) -> Field | None:
    """Return the country (ISO 3166-1 alpha-2) with the words that tell it, or None."""
    for item in draft.of("country"):
        code = _country_code(item.value.strip())
        if code:
            return draft.field(code, item.sheet, item.entry.start, item.entry.end, f"label {item.entry.label.strip()}")
    if not draft.sheets:
        return None
    sheet = draft.sheets[0]
    if draft.is_han:
        return _han_country(draft, sheet)
    match = _country_words().search(sheet.folded, 0, _SAMPLE)
    if match:
        code = next((code for name, code in countries().items() if fold(name) == match.group()), None)
        if code:
            return draft.field(code, sheet, *match.span(), "name of country")
    for pattern, code in _SIGN_COUNTRY:
        match = pattern.search(sheet.folded, 0, _SAMPLE)
        if match:
            return draft.field(code, sheet, *match.span(), "sign of country")
    return None


def _han_country(draft: Draft, sheet: Sheet) -> Field | None:
    for pattern, code in ((_TAIWAN, "TW"), (_HONG_KONG, "HK")):
        match = pattern.search(sheet.folded, 0, _SAMPLE)
        if match and (draft.language == "zh-Hant" or code == "TW"):
            return draft.field(code, sheet, *match.span(), "sign of country")
    if not sheet.lines:
        return None
    line = sheet.lines[0]
    return draft.field("CN", sheet, line.start, line.end, "language")


def _country_code(value: str) -> str | None:
    value = value.strip(" .")
    return _ALIASES.get(value) or countries().get(value)


def read_place(
    draft: Draft, buyer: Field | None, title: Field | None, country: Field | None
) -> tuple[Field | None, Field | None]:
    """Return province and city with their spans."""
    if not draft.is_han:
        return _latin_place(draft)
    found: list[tuple[Sheet, int, list[Place]]] = []
    regions = draft.of("region", rank=1)
    sources = [(item.sheet, item.entry.start, item.entry.end) for item in regions]
    for field in (buyer, title):
        sheet = None if field is None else draft.sheet_of(field)
        if field is not None and sheet is not None:
            sources.append((sheet, field.span.start, field.span.end))
    for sheet, start, end in sources:
        places = find_places(sheet.folded[start : min(end, start + 160)].strip())
        lead = len(sheet.folded[start:end]) - len(sheet.folded[start:end].lstrip())
        if places:
            found.append((sheet, start + lead, places))
    if not any(_is_city(place) for _, _, places in found for place in places):
        found += _weaker(draft)
    province = _province(draft, found, country)
    return province, _city(draft, found, len(regions))


def _weaker(draft: Draft) -> list[tuple[Sheet, int, list[Place]]]:
    """Return places of the work, then of the portal or office that publishes."""
    found = []
    for item in draft.of("region"):
        if item.entry.rank > 1:
            places = find_places(item.value[:60])
            if places:
                found.append((item.sheet, item.entry.start, places))
    for sheet in draft.sheets[:1]:
        for match in _PORTAL.finditer(sheet.folded, 0, 20_000):
            places = find_places(match["name"], at_head=False)
            if places:
                found.append((sheet, match.start(), places))
                break
    return found


def _is_city(place: Place) -> bool:
    return place.level != "province" or bool(place.prefecture)


def _province(draft: Draft, found: list[tuple[Sheet, int, list[Place]]], country: Field | None) -> Field | None:
    for sheet, start, places in found:
        for place in places:
            if place.level == "province":
                return draft.field(place.province, sheet, start + place.start, start + place.end, "gazetteer")
    if country is not None and country.value != "CN":
        return None
    for _, _, places in found:
        for place in places:
            printed = _printed(draft, place.province)
            if printed:
                return printed
    return None


@cache
def _full_names() -> dict[str, str]:
    return {item.short: item.name for item in divisions() if item.code.endswith("0000")}


def _printed(draft: Draft, province: str) -> Field | None:
    """Return the province where its full name is printed anywhere, because the gazetteer says that the city lies in it."""
    full = _full_names().get(province, "")
    for sheet in draft.sheets:
        at = sheet.folded.find(full) if full else -1
        if at >= 0:
            return draft.field(province, sheet, at, at + len(full), "province of the city, printed elsewhere")
    return None


def _city(draft: Draft, found: list[tuple[Sheet, int, list[Place]]], regions: int) -> Field | None:
    """Return the county of the buyer where it is named, else the prefecture; a district gives its city."""
    order = [*found[regions:], *found[:regions]] if regions < len(found) else found
    for level in (("county", "prefecture", "district"), ("municipality",)):
        for sheet, start, places in order:
            chosen = (
                _most_specific(places)
                if "county" in level
                else next((p for p in places if p.level == "province" and p.prefecture), None)
            )
            if chosen is not None:
                return _city_field(draft, sheet, start, chosen)
    return None


def _most_specific(places: list[Place]) -> Place | None:
    """Return the county that is named, or the prefecture, or the prefecture of the district that is named."""
    for level in ("county", "prefecture", "district"):
        for place in places:
            if place.level == level:
                return place
    return None


def _city_field(draft: Draft, sheet: Sheet, start: int, place: Place) -> Field:
    begin, end = start + place.start, start + place.end
    if place.level != "district":
        printed = sheet.page.text[begin:end]
        return draft.field(printed, sheet, begin, end, "gazetteer")
    return draft.field(place.prefecture, sheet, begin, end, "gazetteer", f"{place.name} is a district of it")


def _latin_place(draft: Draft) -> tuple[Field | None, Field | None]:
    region = _first_word(draft, [item for item in draft.of("region") if item.entry.context in {"", "buyer", "title"}])
    sub = _first_word(draft, draft.of("subregion"))
    city = _first_word(draft, draft.of("city"))
    province = region or sub
    return province, city or (sub if region is not None else None)


def _first_word(draft: Draft, found: list[Found]) -> Field | None:
    for item in found:
        match = _LATIN_CITY.match(item.sheet.folded, item.entry.start, item.entry.end)
        if match:
            end = match.end()
            while item.sheet.folded[end - 1].isspace() or item.sheet.folded[end - 1] == ".":
                end -= 1
            if end - item.entry.start > 1:
                return draft.text_field(item.sheet, item.entry.start, end, f"label {item.entry.label.strip()}")
    return None
