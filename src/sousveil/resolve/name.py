"""A name taken apart: ``parse_name`` tells what sort of name it is and has it read by the rules for that sort."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from sousveil.data.codes import person_marks
from sousveil.data.surnames import name_characters
from sousveil.resolve.company import is_company_name, parse_company, parse_operator
from sousveil.resolve.identifier import is_person_code, normal_code, place_of_code
from sousveil.resolve.mention import Spelling
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, division_of, find_context
from sousveil.resolve.public import parse_public
from sousveil.resolve.spelling import is_han_name, tidy
from sousveil.resolve.vendor import vendor_of
from sousveil.resolve.western import parse_western
from sousveil.text.fold import fold

MAX_NAME = 160
"""Characters of the longest text taken for a name; what is longer is a sentence."""
# represented by: what follows is a person or an office
_ON_BEHALF = re.compile(
    r"[,(\s]+(?:vertreten durch|(?:represented|acting) by|representad[oa] por|représentée? par"
    r"|rappresentat[oa] da)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_MASKED = re.compile(r"〔|█|\*{2}|某某$")
# shop, trading house, sales department, studio, farm … : so are named sole traders, whose name is that of the trader
_TRADER = re.compile(
    r"(?:商行|商店|经营部|经销部|经销处|门市部|门市|超市|便利店|批发部|工作室|服务部|维修部|加工厂|加工部|养殖场|小卖部|饭店|餐馆|酒楼|酒店|店|农场|苗圃|家具城|五金行|电脑行|茶庄|旅社|个体工商户|\(个体工商户\))$"
)
_NO_HAN_NAME = re.compile(r"[^\u3400-\u9fff·]")


@lru_cache(maxsize=1 << 18)
def parse_spelling(spelling: Spelling) -> NameParts:
    """Return the parts of the name of a spelling, read with its place and its number; see ``parse_name``."""
    return parse_name(
        spelling.name,
        identifier=spelling.identifier,
        country=spelling.country,
        province=spelling.province,
        city=spelling.city,
        is_buyer=spelling.is_buyer,
    )


def parse_name(
    name: str, *, identifier: str = "", country: str = "", province: str = "", city: str = "", is_buyer: bool = True
) -> NameParts:
    """Return what a name consists of: place, organ, parts, proper name, legal form, each with its reason.

    Args:
        name: one name as printed; a list of names is taken apart by ``split_members`` before.
        identifier: official number printed for it.
        country: ISO 3166 alpha-2 of the notice.
        province: of the notice.
        city: of the notice.
        is_buyer: whether the body is the notice's buyer, so that the place of the notice is its own.

    >>> parts = parse_name("杭州市公安局西湖区分局")
    >>> parts.place, parts.organ, parts.kind, parts.level, parts.whole
    ('330106', 'public-security', 'police', 'county', '杭州市公安局')
    >>> parse_name("鼓楼区教育局").form, parse_name("鼓楼区教育局", province="江苏", city="南京市").place
    ('vague', '320106')
    >>> parse_name("Xihu District Branch of Hangzhou Public Security Bureau").place
    '330106'
    """
    code = normal_code(identifier)
    name = _ON_BEHALF.sub("", name)
    text = tidy(name)
    if not text or len(text) > MAX_NAME:
        return NameParts(text=text[:MAX_NAME], form="vague", reasons=("no name: empty, or too long for one",))
    person = _told_person(name, text, code)
    known = None if person else vendor_of(text) or (parse_operator(text) if is_han_name(text) else None)
    if known is not None:
        return known
    person = person or ("" if is_buyer or code else _like_person(text))
    if person:
        return NameParts(text=text, form="person", reasons=(person,))
    context = find_context(province, city) if is_buyer else None
    place = division_of(place_of_code(code)) if code else None
    if place is not None:
        context = place
    if not is_han_name(text):
        return parse_western(text, country, city or province if is_buyer else "", context)
    parts = _han(text, context, city if is_buyer else "")
    is_outside = country in _OUTSIDE and parts.country == "CN" and not parts.place
    return replace(parts, country=country) if is_outside else parts


_OUTSIDE = frozenset({"TW", "HK", "MO"})
"""Where names are Chinese and bodies are not those of the People's Republic's divisions."""


def _han(text: str, context: Division | None, city: str) -> NameParts:
    if is_company_name(text):
        return parse_company(text)
    return parse_public(text, context, city)


def _told_person(name: str, text: str, code: str) -> str:
    """Return how a notice tells that a name is that of a natural person or sole trader; empty where it does not."""
    if code and is_person_code(code):
        return "its number is that of a natural person or sole trader"
    if _MASKED.search(name):
        return "the name is covered"
    if text.startswith(_marks()):
        return "a mark of sole traders stands before the name"
    return ""


def _like_person(text: str) -> str:
    """Return why a supplier's name without number looks like that of a natural person; empty where it does not."""
    if _TRADER.search(text):
        return "a name as sole traders have, and no number that says otherwise"
    if 2 <= len(text) <= 4 and not _NO_HAN_NAME.search(text) and text[0] in _surnames() and text[-1] not in _ENDS:
        return "as short as the name of a person, and nothing says that it is none"
    return ""


_ENDS = frozenset("局厅委院校所处馆站队台园社部行厂司会店科团")
"""What names of bodies end in: bureau, department, commission, court, school, institute, office, …"""


@cache
def _marks() -> tuple[str, ...]:
    return tuple(fold(mark) for mark in person_marks("name"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(char for row in name_characters() if row.use in {"surname", "rare"} for char in row.characters)
