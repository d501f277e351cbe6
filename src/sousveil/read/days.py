"""The days of a purchase: documents from, bids until, won on, signed on, first announced on.

Labels come first. Chinese notices also tell them under headings (三、获取招标文件, obtaining the tender documents) and
in sentences (并于 … 前递交投标文件, and hand in bids before …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sousveil.model import Field
from sousveil.read.draft import Draft, Found
from sousveil.read.sheet import Sheet
from sousveil.text.dates import Date, iter_dates


class Days(NamedTuple):
    """The days that a notice states, each None where it does not."""

    documents_from: Field | None
    deadline: Field | None
    awarded_on: Field | None
    signed_on: Field | None
    first_published: Field | None


_VALUE = 160
"""Characters of a value in which its date is looked for."""
_BEFORE = 40
"""Characters between a label and its date: 2024年 may follow 北京时间, a place, or the words of a heading."""
_SHIFTED = re.compile(  # corrected, changed, put off, extended: to; now
    r"(?:更正|变更|调整|修改|修正|更改|延期|推迟|延长|顺延|延迟|改)(?:为|至|到)[:\s\"“]{0,3}|现(?:更正|变更|调整|改)?为[:\s]{0,2}"
)
_CUE = re.compile(
    # handing in, bids, answers, offers: until (time)
    r"(?:提交|递交|投标|响应|报价|应答|竞价|申请|参选|谈判|磋商|接收|开标)[^。;\n|]{0,16}截止[^。;|\d自不]{0,24}(?=20\d\d)"
)
_HANDED = re.compile(  # before …: handed in, sent, uploaded: bids, answers, offers, documents
    r"前[^。;\n]{0,24}?(?:提交|递交|上传|送达|报送|投递|送交)[^。;\n]{0,24}?(?:文件|投标|报价|响应|应答|材料|资料)"
)
_OBTAINED = re.compile(  # obtaining, fetching, selling, buying … documents (time): from …
    r"(?:获取|领取|发售|购买|下载|出售)(?:[\u4e00-\u9fff()、/\"“”]{0,12})(?:文件|时间)(?:(?!并[于在]|前)[^。;\d]){0,60}?(?=20\d\d)"
)
_FROM = re.compile(r"(?:请?于|自|从)[\[\s]{0,2}(?=20\d\d)")
_TO_OBTAIN = re.compile(r"[^。]{0,110}?(?:获取|领取|购买|下载|报名)")
_NOT_OBTAINED = re.compile(r"截止|截至|开标|递交|公示|质疑|退还")
_UNTIL = re.compile(
    r"[^。;\n\d]{0,2}(?:\d{1,2}[时点:]\d{0,2}[分]?(?::\d\d)?)?\s{0,2}(?:\([^()\n]{0,12}\)?)?\s{0,2}(?:之?前|止)"
)
"""A day until which something is done (… 09点30分(北京时间)前, before): no first day."""
_SIGNED = re.compile(r"签|合同")  # signed, contract: the day of an evaluation stands under labels of the same kind
_SHIFT_REACH = 40
_SENTENCE = 160
_UNTIL_ABROAD = re.compile(
    # English; Spanish, Portuguese: until, before, at the latest; French; German: until, at the latest
    r"\b(?:on or before|not? later than|before|until|by)\b|\b(?:hasta el|antes del?|a más tardar el|até)\b"
    r"|\b(?:avant le|au plus tard le|jusqu'au)\b|\bbis (?:zum|spätestens)\b|\bspätestens\b"
)
_BIDS_ABROAD = re.compile(  # bids, offers, proposals handed in
    r"\b(?:bids?|tenders?|proposals?|quotations?|offers?|documents?|submi\w+|deposited|delivered|received)\b"
    r"|\b(?:ofertas|propuestas|proposiciones|propostas)\b|\b(?:offres|plis|candidatures)\b"
    r"|\b(?:angebote?|teilnahmeanträge)\b"
)
_STOP_ABROAD = re.compile(r"[.;]\s|\bquestions?\b|\bclarifications?\b|\bdelivery\b")
_MOST = 12
"""Places of one cue that are looked at in a page."""


def read_days(draft: Draft, kind: str | None) -> Days:
    """Return the days of the purchase."""
    return Days(
        documents_from=_labelled(draft, ("documents_from",)) or _documents_from(draft),
        deadline=_deadline(draft, kind),
        awarded_on=_labelled(draft, ("award_date",)),
        signed_on=_labelled(draft, ("signing_date",), only=_SIGNED if draft.is_han else None),
        first_published=_labelled(draft, ("first_published",)),
    )


def _deadline(draft: Draft, kind: str | None) -> Field | None:
    field = _labelled(draft, ("deadline",))
    if field is not None or kind in {"contract", "award"}:
        return field
    field = _told_deadline(draft) if draft.is_han else _told_abroad(draft)
    if field is not None:
        return field
    opening = _labelled(draft, ("opening",))
    if opening is None:
        return None
    note = "day of the opening: the law sets both to one time" if draft.is_han else ""
    return Field(opening.value, opening.span, opening.rule, note) if draft.is_han else None


def _labelled(draft: Draft, fields: tuple[str, ...], *, only: re.Pattern[str] | None = None) -> Field | None:
    """Return the day under a label, the new one where the text changes it."""
    for item in draft.of(*fields):
        if only is not None and not only.search(item.entry.label):
            continue
        if item.entry.label.strip("0123456789、.() ").startswith("原") and fields != ("first_published",):
            continue
        found = _day_in(draft, item)
        if found is not None:
            start = item.entry.start
            rule = f"label {item.entry.label.strip()}"
            return draft.field(found.value, item.sheet, start + found.start, start + found.end, rule)
    return None


def _day_in(draft: Draft, item: Found) -> Date | None:
    sheet, entry = item.sheet, item.entry
    value = sheet.folded[entry.start : min(entry.end, entry.start + _VALUE)]
    shifted = _SHIFTED.search(value)
    days = [date for date in iter_dates(value, day_first=not draft.is_american) if date.precision == "day"]
    if shifted is not None:
        after = [date for date in days if date.start >= shifted.end()]
        if after:
            return after[0]
    return days[0] if days and days[0].start <= _BEFORE else None


def _told_deadline(draft: Draft) -> Field | None:
    for sheet in draft.sheets[:2]:
        for match in islice(_CUE.finditer(sheet.folded), _MOST):
            date = _next_day(sheet, match.end())
            if date is not None:
                place = match.end()
                date, place = _shifted_to(sheet, place + date.end) or (date, place)
                return draft.field(date.value, sheet, place + date.start, place + date.end, "in a sentence")
        for match in islice(_HANDED.finditer(sheet.folded), _MOST):
            begin = max(0, match.start() - 34)
            days = [date for date in iter_dates(sheet.folded[begin : match.start()]) if date.precision == "day"]
            if days and not _breaks(sheet.folded[begin + days[-1].end : match.start()]):
                last = days[-1]
                return draft.field(last.value, sheet, begin + last.start, begin + last.end, "in a sentence")
    return None


def _shifted_to(sheet: Sheet, end: int) -> tuple[Date, int] | None:
    """Return the day to which a sentence goes on to put off the one before ``end``, and where its text begins."""
    shifted = _SHIFTED.search(sheet.folded, end, end + _SHIFT_REACH)
    if shifted is None or "。" in sheet.folded[end : shifted.start()]:
        return None
    date = next(iter_dates(sheet.folded[shifted.end() : shifted.end() + 30]), None)
    return (date, shifted.end()) if date is not None and date.start <= 2 and date.precision == "day" else None


def _told_abroad(draft: Draft) -> Field | None:
    """Return the day until which a sentence in another language says that bids are taken."""
    for sheet in draft.sheets[:2]:
        for match in islice(_UNTIL_ABROAD.finditer(sheet.folded), _MOST):
            before = sheet.folded[max(0, match.start() - _SENTENCE) : match.start()].rpartition("\n")[2]
            window = sheet.folded[match.end() : match.end() + _BEFORE]
            date = next(iter_dates(window, day_first=not draft.is_american), None)
            is_day = date is not None and date.precision == "day" and not _STOP_ABROAD.search(window, 0, date.start)
            if date is not None and is_day and _BIDS_ABROAD.search(before):
                place = match.end()
                return draft.field(date.value, sheet, place + date.start, place + date.end, "in a sentence")
    return None


def _documents_from(draft: Draft) -> Field | None:
    if not draft.is_han:
        return None
    for sheet in draft.sheets[:2]:
        for place in _iter_obtaining(sheet):
            date = _next_day(sheet, place)
            if date is not None and not _UNTIL.match(sheet.folded, place + date.end):
                return draft.field(date.value, sheet, place + date.start, place + date.end, "in a sentence")
    return None


def _iter_obtaining(sheet: Sheet) -> Iterator[int]:
    """Yield places where the first day may stand on which documents can be had."""
    for match in islice(_OBTAINED.finditer(sheet.folded), _MOST):
        if not _NOT_OBTAINED.search(match.group()):
            yield match.end()
    for match in islice(_FROM.finditer(sheet.folded), _MOST):
        after = _TO_OBTAIN.match(sheet.folded, match.end())
        if after is not None and not _NOT_OBTAINED.search(after.group()):
            yield match.end()


def _next_day(sheet: Sheet, place: int) -> Date | None:
    """Return the date that begins at a place, or None."""
    date = next(iter_dates(sheet.folded[place : place + 30]), None)
    return date if date is not None and date.start <= 1 and date.precision == "day" else None


def _breaks(between: str) -> bool:
    return any(mark in between for mark in "。;\n")
