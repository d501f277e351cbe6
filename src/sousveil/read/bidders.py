"""How many offered: under a label, in a sentence, or as many as a list of all bidders names."""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.draft import Draft
from sousveil.read.names import is_company
from sousveil.text.numerals import iter_numbers, parse_han

MOST = 999
_COUNT = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?家"
_TOLD = (
    re.compile(  # in all, there are N (suppliers, bidders, units, companies) who handed in, took part, offered
        rf"(?:共有?|共计|有|计|仅)\s?{_COUNT}[^。;\n,]{{0,10}}?(?:供应商|投标人|单位|公司|企业|厂商|响应人)?"
        r"[^。;\n,]{0,16}?(?:递交|提交|参加|参与|响应|投标|应答|报价)"
    ),
    re.compile(  # suppliers who handed in …: N in all
        r"(?:递交|提交|参加|参与)[^。;\n]{0,24}?(?:供应商|投标人|单位|公司|响应人)[^。;\n\d]{0,10}?(?:共有?|为|数|计|:)\s?"
        + _COUNT
    ),
)
_NOT = re.compile(r"不少于|至少|不足|少于|如|若|选择|确定|推荐|成交|以上|应当|须|需|超过")
_LIST = re.compile(  # all, each, those who took part, bid, valid …: suppliers: scores, offers, names, ranks
    r"(?:所有|全部|各|参加|参与|投标|响应|有效|通过)[^\n:|]{0,8}(?:供应商|投标人|单位|公司|厂商)[^\n:|]{0,10}"
    r"(?:得分|评分|报价|名单|情况|排名|排序|名次)"
)
_NEAR = 60


def read_bidders(draft: Draft, kind: str | None) -> Field | None:
    """Return the number of those who offered, or None; a call for bids cannot know it."""
    for item in draft.of("bidders"):
        value = item.value[:24]
        number = next(iter_numbers(value), None)
        if number is not None and number.start <= 4 and number.value == int(number.value) and 0 <= number.value <= MOST:
            start = item.entry.start
            rule = f"label {item.entry.label.strip()}"
            return draft.field(int(number.value), item.sheet, start + number.start, start + number.end, rule)
    if kind in {"tender", "intention", "requirements", "correction"} or not draft.is_han:
        return None
    return _in_sentence(draft) or _in_list(draft)


def _in_sentence(draft: Draft) -> Field | None:
    for sheet in draft.sheets[:2]:
        for pattern in _TOLD:
            match = pattern.search(sheet.folded)
            if match is None:
                continue
            around = sheet.folded[max(0, match.start() - 8) : match.end()]
            value = int(match["n"]) if match["n"].isdecimal() else parse_han(match["n"].replace("两", "二"))
            if value and not _NOT.search(around):
                return draft.field(value, sheet, *match.span("n"), "in a sentence")
    return None


def _in_list(draft: Draft) -> Field | None:
    """Return how many companies a table names whose heading says that it lists all who offered."""
    tables: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
    for name in ("bidder", "supplier", "candidate"):
        for item in draft.by_field.get(name, ()):
            if item.entry.group and is_company(item.value.strip()):
                key = (item.sheet.page.number, item.entry.group[0])
                tables.setdefault(key, {}).setdefault(item.value.strip(), (item.entry.start, item.entry.end))
    for (page, _), names in sorted(tables.items()):
        sheet = next(sheet for sheet in draft.sheets if sheet.page.number == page)
        first, last = min(names.values()), max(names.values())
        head = sheet.folded[max(0, first[0] - 4 * _NEAR) : first[0]]
        if len(names) > 1 and _LIST.search(head):
            note = f"{len(names)} companies in the list of all who offered"
            return draft.field(len(names), sheet, first[0], last[1], "list of bidders", note=note)
    return None
