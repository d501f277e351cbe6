"""The name of a purchase that only a sentence tells: 对“…”进行招标, denominada «…».

Read where the headline says no more than the kind of notice.
"""

from __future__ import annotations

import re

from sousveil.read.sheet import Sheet

SAMPLE = 2_000
"""Characters in which the first sentences stand."""
_NUMBER = r"(?:\((?:项目|采购|招标|询价)?编号[^()]{2,40}\))?"
_HAN = re.compile(  # about, for, (the project that we intend to buy) …; is carried out, organised, by, invites
    rf"(?:就|对|为)(?:以下)?[\"“《]?(?P<title>[^,。;:\n\"“”《》]{{4,80}}?)[\"”》]?{_NUMBER}(?:项目)?\s?"
    r"(?:(?:进行|组织|实施|开展)[^,。;:\n]{0,14}?(?:招标|采购|询价|询比|磋商|谈判|比选|竞价|单一来源|征集|征求|公示|调研|遴选|论证|比价|报价)"
    r"|采用|以(?:公开|竞争|询价|单一)|公开(?:招标|征集|征求)|面向社会|国内)"
    # according to … result of the purchase, of the tender
    r"|根据(?P<title2>[^,。;:\n]{4,60}?(?:项目|工程))的?(?:采购|招标|中标|成交|磋商|谈判|询价)结果"
)
_QUOTED = re.compile(  # Spanish, Portuguese, French, English, German: called, about, for
    r"(?:denominad[oa]s?|relativ[oa]s? a|intitulée?s?|entitled|titled|called|named|betreffend|für|contratación)"
    r"[^«»“”\"\n]{0,40}"
    r"[«“\"](?P<title>[^«»“”\"\n]{10,200})[»”\"]"
)
_LISTED = re.compile(
    r"(?:suivante|following|siguiente|seguinte)s?[^:\n]{0,30}?[ ]?:[ ]*(?P<title>[^.:\n]{10,200})(?=[.\n])"
)


def find_title(sheet: Sheet, *, is_han: bool) -> tuple[int, int] | None:
    """Return the span of the name that a sentence gives what is bought, or None."""
    if is_han:
        match = _HAN.search(sheet.folded, 0, SAMPLE)
        return None if match is None else match.span("title" if match["title"] else "title2")
    for pattern in (_QUOTED, _LISTED):
        match = pattern.search(sheet.page.text, 0, SAMPLE)
        if match is not None:
            return match.span("title")
    return None
