"""Who announces, where no label says it: told by where a body's name stands in a Chinese notice.

The body that opens a sentence (某局现就…), stands alone above or below the headline, or signs at the end with the date.
Bodies that carry out purchases for others sign and open too: they are passed over.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.organs import organ_words
from sousveil.read.grammar import meaning_of
from sousveil.read.kind import has_type_word
from sousveil.read.names import is_agency
from sousveil.read.sheet import Line, Sheet
from sousveil.text.fold import fold

OPENING = 1_500
"""Characters in which the first sentences stand."""
TOP_LINES = 4
COVER_LINES = 14
"""Lines of a cover page: what is bought, the number, who buys, who carries it out, the day."""
TAIL_LINES = 6
MAX_BODY = 40
_LEAST_BODY = 4
_BODY = r"[\u4e00-\u9fff][\u4e00-\u9fff()]{3,38}?"
_OPENS = re.compile(  # now (about, publishes), intends to, according to, about, because of, has decided, commissions
    rf"(?:^|(?<=[\n。!]))[ ]*(?P<body>{_BODY})(?:\([^()\n]{{2,20}}\))?"
    r"(?=现就|现将|现对|现拟|现面向|现公开|现予|拟(?:对|就|采购|购|向|通过|于|以)|根据|依据|按照|就(?!业|诊|医|餐|读)|因|为(?!了?民)"
    r"|决定|将(?:对|就|于)|计划(?:对|于|采购)|对[\"“《]|组织(?:开展|公开|的))"
)
_OURS = re.compile(r"我(?:单位|局|院|校|中心|公司|部|处|委|办|所|馆|队)\((?P<body>[^()\n]{4,40})\)")
_ALONE = re.compile(  # a name, its place in brackets, a date
    rf"(?P<body>{_BODY})(?:\([^()]{{2,20}}\))?[ ]*(?:20\d\d[-年/.]\d{{1,2}}[-月/.]\d{{1,2}}日?)?$"
)
_DATED = re.compile(r"[ ]*(?:20\d\d|二[〇○零o])")
_WORK = re.compile(
    r"项目(?!管理|服务|建设(?:指挥|管理))|采购|招标|工程(?!质量|技术|大学|学院|学校|职业|局|管理|建设管理)|系统|平台|运维|维护"
)
_NOT = re.compile(r"本|我|各|贵|该|某|以上|上述|供应商|投标|潜在|有关|符合|评标|评审|中标|成交|监督|联系|受理|财政部门")


@cache
def _ends() -> tuple[str, ...]:
    return tuple(fold(word) for word in (*organ_words("end", "zh"), *organ_words("public", "zh")))


def is_body_name(name: str) -> bool:
    """Return whether a folded stretch is the whole name of a body or company that may buy for itself.

    >>> is_body_name("甲江市河东区人民医院"), is_body_name("视频监控项目部")
    (True, False)
    """
    if not _LEAST_BODY <= len(name) <= MAX_BODY or not name.endswith(_ends()):
        return False
    return not (_WORK.search(name) or _NOT.match(name) or "某" in name or is_agency(name) or has_type_word(name))


def find_opening(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the body that opens one of the first sentences, or that stands behind "our unit"."""
    for pattern in (_OPENS, _OURS):
        for match in pattern.finditer(sheet.folded, 0, OPENING):
            if is_body_name(match["body"]):
                return match.span("body")
    return None


def find_alone(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of a body that stands on a line of its own among the first lines, or None.

    On the cover of a document, which an agency signs, it stands further down.
    """
    top = COVER_LINES if find_agent(sheet) is not None else TOP_LINES
    return next((span for line in sheet.lines[:top] if (span := _alone(sheet, line)) is not None), None)


def find_agent(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the company that carries out purchases and stands alone on a line of a cover, or None."""
    for line in sheet.lines[:COVER_LINES]:
        name = sheet.folded[line.start : line.end]
        is_name = _LEAST_BODY < len(name) <= MAX_BODY and name.endswith("公司") and line.colon < 0 and " " not in name
        if is_name and is_agency(name) and not has_type_word(name.replace("招标", "")):
            return line.start, line.end
    return None


def find_signature(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the body that signs: alone on a line near the end, over the date or over nothing."""
    lines = sheet.lines[-TAIL_LINES:]
    for place in range(len(lines) - 1, -1, -1):
        span = _alone(sheet, lines[place])
        follows = lines[place + 1] if place + 1 < len(lines) else None
        if span is not None and (follows is None or _DATED.match(sheet.folded, follows.start)):
            return span
    return None


def _alone(sheet: Sheet, line: Line) -> tuple[int, int] | None:
    if line.has_cells or line.colon >= 0 or line.end - line.start > MAX_BODY + 40:
        return None
    match = _ALONE.match(sheet.folded, line.start, line.end)
    if match is None or not is_body_name(match["body"]) or meaning_of(match["body"]) is not None:
        return None
    return match.span("body")
