"""The country of a notice: from a label, from a country's name, from signs that only one country's notices carry."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.codes import countries
from sousveil.model import COVER, Field
from sousveil.read.draft import Draft
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

_SAMPLE = 1_500
"""Characters in which a country is looked for where no label names it."""
_LEAST_NAME = 4
_ALIASES = {"uk": "GB", "el": "GR", "eng": "GB"}
# name of the body, case number, government e-procurement network, New Taiwan dollar, winning firm, year of the Republic
_TAIWAN = re.compile(r"机关名称|标案案号|政府电子采购网|新台币|得标厂商|民国\d{2,3}年")
# in traditional characters only: Executive Yuan, procuring body, award, most advantageous tender, Taiwan and its cities
_TRADITIONAL = re.compile(
    r"行政院|招标机关|决标|最有利标|共同供应契约|台(?:湾|北|中|南|东)|新北市|桃园市|高雄市|乡公所"
)
# Hong Kong SAR, Hong Kong dollar (two words), Government Logistics Department
_HONG_KONG = re.compile(r"香港特别行政区|港币|港元|政府物流服务署")
# Communist Party, People's Republic, public security bureau, people's government or hospital, renminbi,
# neighbourhood office, Ministry of Finance's paper
_MAINLAND = re.compile(r"中共|中华人民共和国|公安局|公安厅|人民政府|人民医院|人民币|街道办|财库")
_SIGNS = (
    (re.compile(r"£|find a tender|contracts finder|pounds sterling"), "GB"),
    (re.compile(r"prozorro|грн|україн"), "UA"),  # hryvnia, Ukraine
    (re.compile(r"placsp|ayuntamiento|boletín oficial del estado"), "ES"),
    (re.compile(r"compranet|mxn"), "MX"),
    (re.compile(r"рублей|руб\.|росси|москв|росгварди"), "RU"),  # rouble, Russia, Moscow, National Guard
    (re.compile(r"جنيه|المصرية|القاهرة|الإسكندرية"), "EG"),  # pound, Egyptian, Cairo, Alexandria
    (re.compile(r"\busd\b|u\.s\.|\bcity council\b|\bcounty of\b|\((?:texas|tennessee|california)\)"), "US"),
)


@cache
def _names() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return the matcher of country names, and the code of each."""
    table = {fold(name): code for name, code in countries().items() if len(name) >= _LEAST_NAME}
    return AhoCorasick(tuple(table), matchkind=MatchKind.LeftmostLongest), tuple(table.values())


def read_country(draft: Draft) -> Field | None:
    """Return the country (ISO 3166-1 alpha-2) with the words that tell it, or None."""
    for item in draft.of("country"):
        value = item.value.strip(" .")
        code = _ALIASES.get(value) or countries().get(value)
        if code:
            rule = f"label {item.entry.label.strip()}"
            return draft.field(code, item.sheet, item.entry.start, item.entry.end, rule)
    if not draft.sheets:
        return None
    sheet = draft.sheets[0]
    return _of_han(draft, sheet) if draft.is_han else _of_others(draft, sheet)


def _of_others(draft: Draft, sheet: Sheet) -> Field | None:
    sample = sheet.folded[:_SAMPLE]
    matcher, codes = _names()
    for number, start, end in matcher.find_matches_as_indexes(sample):
        if not (sample[start - 1 : start].isalnum() or sample[end : end + 1].isalnum()):
            return draft.field(codes[number], sheet, start, end, "name of country")
    for pattern, code in _SIGNS:
        match = pattern.search(sample)
        if match:
            return draft.field(code, sheet, *match.span(), "sign of country")
    return None


def _of_han(draft: Draft, sheet: Sheet) -> Field | None:
    """Return Taiwan or Hong Kong by their own words, else China for simplified characters."""
    sample = sheet.folded[:_SAMPLE]
    is_traditional = draft.language == "zh-Hant"
    for pattern, code in ((_TAIWAN, "TW"), (_HONG_KONG, "HK"), (_TRADITIONAL, "TW")):
        match = pattern.search(sample)
        if match and (is_traditional or pattern is _TAIWAN):
            return draft.field(code, sheet, *match.span(), "sign of country")
    mainland = _MAINLAND.search(sample) if is_traditional else None
    if mainland:
        return draft.field("CN", sheet, *mainland.span(), "sign of country")
    if is_traditional:
        return None
    for line in sheet.lines:
        masked = sheet.folded.find(COVER, line.start, line.end)
        end = line.end if masked < 0 else masked
        if sheet.folded[line.start : end].strip():
            return draft.field("CN", sheet, line.start, end, "language")
    return None
