"""The title: what the notice calls the purchase.

A label (项目名称: project name) comes first, because headlines carry the kind of notice, the agency, the buyer. The
headline that a portal sets over an award, a correction or a contract comes before the label: it names the lot or the
change, where the label repeats a short name.
"""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.draft import Draft, Found
from sousveil.read.grammar import meaning_of
from sousveil.read.headline import Headline, is_form
from sousveil.read.kind import without_type_words
from sousveil.read.names import is_agency
from sousveil.read.prose_title import find_title
from sousveil.read.sheet import Sheet

_MAX_LINE_TITLE = 160
"""A paragraph under a heading (Objeto, Subject) describes; what it is called stands above."""
_FAR = 120
_FAR_LATIN = 250
"""A headline that begins further down stands over an annex or a lot; the first sentences name the purchase."""
_FOLLOW_UPS = frozenset(("award", "correction", "contract", "termination"))
_NONE = re.compile(r"[/\\\-—无*.\s]{0,4}$|详见|见附件|如下")
_TAGS = re.compile(r"(?:\s*(?:\[[^\[\]\n]{2,16}\]|\(网\)))+$")
_LABELLED = re.compile(r"[^:]{1,12}:")
_COVERED = re.compile(r"\*{2,}|[x×]{3,}|\(略\)")
_FILE_TYPE = re.compile(r"\.(?:docx?|pdf|xlsx?|zip|rar|wps)$")
_TAIL = re.compile(r"[\s((\[;,。:、]+$")
_ENDS = re.compile(r"(?:项目|采购|工程|服务|设备|系统|平台|建设|公告|购置|维护|租赁|标段|文件|包|[)\]\"”])$")
_TAIL_STAGE = re.compile(
    r"[\s_\-—]*(?:的)?(?:电子化)?(?:公开招标|邀请招标|竞争性磋商|竞争性谈判|询价|询比|比选|单一来源|(?:(?<=项目)|(?<=工程)|(?<=标段)|(?<=[)]))采购(?!中标|成交|结果|更正|变更|终止|废标)|招标|中标|成交|更正|变更|终止|废标|结果|意向|入围|需求调研|市场调研|调研|\((?:成交|网)\))"
    r"{0,3}(?:的)?(?:采购)?(?:公告|公示|候选人公示|结果公告|结果公示|技术要求|采购文件|招标文件|文件|公开|通知|函|邀请函|通知书)(?:\([^()]{0,20}\))?$"
)
_NOTE = re.compile(  # number; draft for comments, for publication, excerpt, notice part
    r"\s*\((?:(?:项目|采购|招标|询价|合同)?编号[^()]{2,40}|征求意见稿|公示稿|意见征集稿|草案|节选|公告部分)\)(?=$|的)"
)
_WRITER = re.compile(r"[\u4e00-\u9fff()]{2,38}(?:公司|中心)关于")
"""The agency at the head of its own notice: … company, about …"""
_WORDS = re.compile(r"\S+")
_DATED = re.compile(r"(?:20\d\d年|\d{1,2}月|\d{1,2}日)")
_PART = re.compile(r"(?![—–-]+[ ])[^\s](?:[ ]?(?![—–-]+[ ])[^\s]){0,220}")
"""Parts of a headline set apart by wide spaces or a dash between spaces."""


def read_title(draft: Draft, headline: Headline | None, kind: str | None, *, is_press: bool = False) -> Field | None:
    """Return the title with its span, or None; a press report (``is_press``) has a headline and no title."""
    labelled = _labelled(draft)
    if headline is not None and labelled is not None and headline.has_date_line and kind in _FOLLOW_UPS:
        end = _without_tags(headline.sheet, headline.start, headline.end)
        return draft.text_field(headline.sheet, headline.start, end, "headline")
    if labelled is not None and not _is_covered(labelled, headline):
        return labelled
    if is_press:
        return None
    if (
        headline is None
        or headline.start > (_FAR if draft.is_han else _FAR_LATIN)
        or (headline.is_bare and not draft.is_han)
    ):
        told = find_title(draft.sheets[0], is_han=draft.is_han) if draft.sheets else None
        if told is not None:
            return draft.text_field(draft.sheets[0], *told, "in a sentence")
    if headline is None:
        return None
    start, end = headline.start, _without_tags(headline.sheet, headline.start, headline.end)
    if not headline.has_date_line:
        start, end = _without_stage(draft, headline.sheet, start, end)
    return draft.text_field(headline.sheet, start, end, "headline") if end - start >= 4 else None


def _is_covered(labelled: Field, headline: Headline | None) -> bool:
    """Return whether a labelled title has words covered with stars that the headline prints."""
    return (
        _COVERED.search(str(labelled.value)) is not None
        and headline is not None
        and not _COVERED.search(headline.folded)
    )


def _without_tags(sheet: Sheet, start: int, end: int) -> int:
    """Return the end of a headline before the tags that a portal adds ([中标候选人公示], (网): online)."""
    tags = _TAGS.search(sheet.folded, start, end)
    return tags.start() if tags and tags.start() > start + 4 else end


def _labelled(draft: Draft) -> Field | None:
    found = [
        item for item in draft.of("title", "name") if not (item.entry.field == "name" and item.entry.context != "title")
    ]
    for item in found:
        if item.entry.is_lot or (item.entry.layout in {"column", "line", "cell"} and item.entry.rank > 1):
            continue
        start, end = _value(item)
        if item.entry.layout == "line" and not draft.is_han and end - start > _MAX_LINE_TITLE:
            continue
        if end - start >= 4 and not _NONE.match(item.sheet.folded, start, end):
            return draft.text_field(item.sheet, start, end, f"label {item.entry.label.strip()}")
    return None


def _value(item: Found) -> tuple[int, int]:
    """Return the value of a label, over a broken line where the first line is no whole title."""
    sheet, entry = item.sheet, item.entry
    start, end = entry.start, entry.end
    if start == end:
        return start, end
    if entry.layout in {"colon", "line"} and not _ENDS.search(sheet.folded, start, end):
        end = _continued(sheet, start, end)
    file_type = _FILE_TYPE.search(sheet.folded, start, end)
    if file_type:
        end = file_type.start()
    tail = _TAIL.search(sheet.folded, start, end)
    if tail:
        end = tail.start()
    return start, end


def _continued(sheet: Sheet, start: int, end: int) -> int:
    """Return the end of a value that goes on in the next line or two, or its end where nothing says that it does."""
    place = sheet.line_at(end - 1)
    if sheet.lines[place].end != end:
        return end
    for number in range(place + 1, min(place + 3, len(sheet.lines))):
        line = sheet.lines[number]
        if line.has_cells or line.meaning is not None or line.end - line.start > 60:
            return end
        if line.colon >= 0 and meaning_of(sheet.folded[line.start : line.colon].strip()) is not None:
            return end
        if _ENDS.search(sheet.folded, line.start, line.end):
            return line.end if "\n\n\n" not in sheet.folded[start : line.start] else end
    return end


def _without_stage(draft: Draft, sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Return a headline without the words of its kind at either end; parts set apart by wide spaces are weighed."""
    text = sheet.folded[start:end]
    parts = [match.span() for match in _PART.finditer(sheet.page.text, start, end)]
    parts = [(first - start, last - start) for first, last in parts]
    if len(parts) > 1:
        scored = [(_weight(text[first:last]), last - first, first, last) for first, last in parts]
        _, _, first, last = max(scored)
        start, end = start + first, start + last
        text = sheet.folded[start:end]
    elif draft.is_han:
        start, end = _without_ends(sheet, start, end)
        text = sheet.folded[start:end]
    stage = _TAIL_STAGE.search(text)
    if stage and stage.start() >= 4:
        end = start + stage.start()
    note = _NOTE.search(sheet.folded, start, end)
    if note and note.start() - start >= 4:
        end = note.start()
    writer = _WRITER.match(sheet.folded, start, end)
    if writer and end - writer.end() >= 4 and is_agency(writer.group()):
        start = writer.end()
    return start, end


def _without_ends(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Return a headline without the words at its ends that a blank parts from it: a form's name, a number, a date."""
    parts = [match.span() for match in _WORDS.finditer(sheet.folded, start, end)]
    while len(parts) > 1 and _says_nothing(sheet.folded[slice(*parts[0])]):
        parts.pop(0)
    while len(parts) > 1 and _says_nothing(sheet.folded[slice(*parts[-1])]):
        parts.pop()
    return (parts[0][0], parts[-1][1]) if parts else (start, end)


def _says_nothing(part: str) -> bool:
    """Return whether a word of a headline is a number, a date, a label or the name of a form."""
    return part.isascii() or _DATED.match(part) is not None or _LABELLED.match(part) is not None or is_form(part, 2)


def _weight(part: str) -> int:
    """Return how much a part of a headline is a title: labels and stages alone are none."""
    is_code = part.isascii() and " " not in part and part.replace("-", "").replace("/", "").isalnum()
    if is_code or len(part) < 5 or _LABELLED.match(part):
        return 0
    rest = without_type_words(part)
    return 2 if len(rest) > 6 else 1
