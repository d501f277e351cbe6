"""Which call of a purchase this is: 第二次 (second time), 重新招标 (tendered again), segunda convocatoria."""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.draft import Draft
from sousveil.read.headline import Headline
from sousveil.read.sheet import Sheet
from sousveil.text.numerals import parse_han

_LATER = (  # open, again; tender, buy, inquire, compare, consult, negotiate, bid on price; notice, shown, list, result
    r"(?:公开|重新|竞争性)?(?:招标|采购|询比|询价|比选|磋商|谈判|竞谈|竞价|遴选|挂网|公告|流标|废标|终止|结果|中标|成交"
    r"|单一来源|邀请|发布)"
)
_TIMES = re.compile(
    rf"第\s?(?P<a>[二三四五六七八九2-9])\s?次(?=\s*(?:[)\]」』】]|$|\n|{_LATER}))"
    rf"|(?<=[(\[])\s?(?P<b>[二三四五六七八九2-9])\s?次(?=\s?[)\]]|{_LATER})"
    rf"|(?<![第\d一-十年季月])(?P<c>[二三四])次(?=招标|采购公告|询比|询价|比选|磋商|谈判|竞价|公告|挂网)"
)
_AGAIN = re.compile(rf"重新\s?{_LATER}|重新招采|\((?:重|重招|重新)\)|再次(?=招标|采购|公告|询比|询价|磋商|谈判)")
_IN_NUMBER = re.compile(r"\(?第?(?P<a>[二三四五2-5])次\)?$|[-_(]?重(?:新|招)?\d?\)?$")
_BEHIND_NUMBER = re.compile(r"\s?\((?:第?(?P<a>[二三四五2-5])次|重|重招|重新招标)\)")
_FIRST_FAILED = re.compile(  # the first call failed; now … again, a second time
    r"第一次[^。\n]{0,50}(?:失败|流标|废标|终止)[^。\n]{0,20}[,。;]?\s?(?:现|故|拟)[^。\n]{0,60}(?:第二次|重新|二次)"
)
_ABROAD = re.compile(
    r"(?:(?P<two>segunda|second|deuxième|2nd|2ª|2e|zweite[rsn]?|друг[аи]й?|повторн[а-я]{2,3})|(?P<three>tercera|third|troisième|3ª))"
    r"[ ](?:convocatoria|call|convocation|avis|consultation|licitación|invitation|tender|ausschreibung|закупк[а-я]"
    r"|аукцион|конкурс|торг[а-я]*)"
    r"|(?P<again>\bre-?tender(?:ing)?\b|\bre-?advertise(?:d|ment)\b|\brelance\b|\bneuausschreibung\b|повторно)"
)
_SEACE = re.compile(r"[a-z]{2,8}(?:-[a-z]{1,5})?-\d{1,4}-20\d\d-[\w/ .&()-]{2,40}-(?P<call>\d)$")
"""Numbers of Peru's register end in the call: AS-SM-5-2020-MPC/CS-2 is the second."""
_NOTE = "called again; how often is not told"


def read_attempt(
    draft: Draft, kind: str | None, headline: Headline | None, title: Field | None, number: Field | None
) -> Field | None:
    """Return the number of the call, from 2 on, or None: a first call, or nothing is said.

    A second request for comments on a draft is no second call.
    """
    if kind == "requirements":
        return None
    places = _places(draft, headline, title)
    for sheet, start, end in places:
        field = _counted(draft, sheet, start, end)
        if field is not None:
            return field
    field = _of_number(draft, number) if number is not None else None
    if field is not None:
        return field
    for sheet, start, end in places:
        match = _AGAIN.search(sheet.folded, start, end)
        if match is not None:
            return draft.field(2, sheet, *match.span(), "name of the notice", note=_NOTE)
    for sheet in draft.sheets[:1] if draft.is_han else ():
        match = _FIRST_FAILED.search(sheet.folded, 0, 3_000)
        if match is not None:
            return draft.field(2, sheet, *match.span(), "first call failed")
    return None


def _places(draft: Draft, headline: Headline | None, title: Field | None) -> list[tuple[Sheet, int, int]]:
    places = []
    if headline is not None:
        end = headline.sheet.folded.find("\n", headline.end)
        end = len(headline.sheet.folded) if end < 0 else end
        places.append((headline.sheet, headline.start, min(end, headline.end + 60)))
    sheet = draft.sheet_of(title) if title is not None else None
    if title is not None and sheet is not None:
        end = sheet.folded.find("\n", title.span.end)
        end = len(sheet.folded) if end < 0 else end
        places.append((sheet, title.span.start, min(end, title.span.end + 20)))
    return places


def _counted(draft: Draft, sheet: Sheet, start: int, end: int) -> Field | None:
    if not draft.is_han:
        match = _ABROAD.search(sheet.folded, start, end)
        if match is None:
            return None
        note = _NOTE if match["again"] else ""
        return draft.field(3 if match["three"] else 2, sheet, *match.span(), "name of the notice", note=note)
    found = list(_TIMES.finditer(sheet.folded, start, end))
    if not found:
        return None
    match = found[-1]
    printed = match["a"] or match["b"] or match["c"]
    value = int(printed) if printed.isdecimal() else parse_han(printed)
    return draft.field(value, sheet, *match.span(), "name of the notice")


def _of_number(draft: Draft, number: Field) -> Field | None:
    """Return the call that the end of a number tells."""
    sheet = draft.sheet_of(number)
    if sheet is None:
        return None
    start, end = number.span.start, number.span.end
    match = _BEHIND_NUMBER.match(sheet.folded, end) or _IN_NUMBER.search(sheet.folded, start, end)
    if match is not None and match.group():
        printed = match["a"]
        value = 2 if not printed else int(printed) if printed.isdecimal() else parse_han(printed)
        return draft.field(value, sheet, *match.span(), "end of the number", note="" if printed else _NOTE)
    call = _SEACE.fullmatch(sheet.folded, start, end)
    if call is None or call["call"] in "01":
        return None
    return draft.field(int(call["call"]), sheet, *call.span("call"), "end of the number")
