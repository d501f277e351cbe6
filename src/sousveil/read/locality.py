"""Places told by their form: 某河市公安局 is a body of the city 某河市, whether or not a gazetteer knows it.

Read only at the head of a body's name, of a title or of a labelled place, after the province and the prefecture that
may stand before it: inside a sentence 小区 (housing estate) and 城市 (city) look the same.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.place_words import place_words

MAX_NAME = 4
"""Characters of a name before its class word; longer ones (积石山保安族东乡族撒拉族自治县) are in the gazetteer."""


@cache
def _pattern() -> re.Pattern[str]:
    either = {kind: "|".join(map(re.escape, place_words(kind))) for kind in ("class", "organ_only", "organ")}
    never = "|".join(map(re.escape, place_words("never")))
    classes = "市县区旗盟省"  # class words: city, county, district, banner, league, province
    letter = rf"(?!{never})(?![{classes}])[\u4e00-\u9fff]"
    return re.compile(
        rf"(?P<name>(?:{letter}){{2,{MAX_NAME}}}?)"
        rf"(?P<word>(?:{either['class']})(?!场|值|域|镇|民(?!族|政)|政(?!府|协|法))|(?:{either['organ_only']})(?={either['organ']}))"
    )


@cache
def _lead() -> re.Pattern[str]:
    words = "|".join(map(re.escape, place_words("lead")))
    return re.compile(rf"[\"“'《<\[(]{{0,2}}(?:关于)?(?:20\d\d(?:[-~]20\d\d)?年?度?)?(?:{words})?")  # about; year


def after_lead(folded: str, start: int, end: int) -> int:
    """Return where a name begins after a bracket, a year, and the name of the Party before its committee's place."""
    match = _lead().match(folded, start, end)
    return match.end() if match else start


def find_locality(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the county, city or district at the head of a stretch, or None.

    A county after a city (甲乙市丙丁县) is the place; a district after a city is only a part of it.

    >>> find_locality("滹沱市公安局", 0, 6), find_locality("智慧小区建设", 0, 6)
    ((0, 3), None)
    """
    match = _match(folded, start, end)
    if match is None:
        return None
    inner = _match(folded, match.end(), end)
    if inner is not None and inner["word"] not in {"区", "新区", "开发区"} and match["word"] not in {"县", "旗"}:
        match = inner
    return match.span()


def _match(folded: str, start: int, end: int) -> re.Match[str] | None:
    match = _pattern().match(folded, start, end)
    if match is None or match.group().endswith(place_words("stop")):
        return None
    return match
