"""Spellings: a name as printed, tidied for reading, and lists of names taken apart."""

from __future__ import annotations

import re
from functools import lru_cache

from sousveil.text.fold import fold

_ROLE = re.compile(  # (seal), (consortium leader), (hereinafter …), (this unit), (lot 1), member, leader, buyer, name
    r"\((?:盖章|公章|盖单位章|签章|印章|章|联合体[^()]{0,12}|牵头人?|牵头单位|成员单位?|成员[一二三\d]|主体|主办方|以下[^()]*|本级|机关|本部|采购人|招标人"
    r"|第?[一二三四五六七八九十\d]{1,2}包|标段?[一二三四五\d]|包\d{1,2}|原[^()]{0,24}|曾用名[^()]{0,30}|统一社会信用代码[^()]*|排名?第[一二三\d]|第[一二三\d]名)\)"
    r"|\[(?:盖章|公章|联合体[^\[\]]{0,12}|牵头人?|成员)\]"
    r"|^(?:联合体|牵头人|牵头单位|联合体牵头人|联合体牵头单位|联合体成员|联合体成员单位|成员单位|成员|主体|采购人|招标人|采购单位|名称|单位名称|供应商|中标人)(?:名称)?(?:[一二三\d])?:"
    r"|\((?:牵头|成员|主办|联合体)[^()]{0,8}\)?$"
)
_EDGES = " \t\"'“”‘’《》<>*★、,.;:。-—_/|"
_HAN_BLANK = re.compile(r"(?<=[\u3400-\u9fff()])\s+(?=[\u3400-\u9fff()])")
_RANK = re.compile(
    r"^(?:\(?\d{1,2}[.、)]\s*|第[一二三四五六七八九十\d]{1,2}(?:名|中标候选人|包|标段)[:\s]*|其中(?=[\u4e00-\u9fff]{4,}公司))"
)
_JOINT = re.compile(r"(?:组成的?)?(?:\((?:以下[^()]*)?联合体?\)|联合体)$")
_JOINT_LEAD = re.compile(r"\s*联合体[:一二三\d]*(?:成员)?:?")
_LEAST = 4
"""Characters of the shortest name in a list: shorter ones are words of one name."""
_LIST = re.compile(
    r"[;、,/&+|\n]|\s{2,}|(?<=公司)\s(?=\S)|(?<=公司)(?:与|和|及)(?=[\u4e00-\u9fff()]{4})|(?<=[院所学])(?:与|和)(?=[\u4e00-\u9fff()]{4,}公司)"
)
# what the name of a member of a list ends in: company, institute, university, factory, firm
_MEMBER = re.compile(
    r"(?:公司|研究院|设计院|研究所|大学|学院|厂|事务所|集团|分院|勘察院|中心|总队)(?:\([^()]{1,20}\))?$"
)
_MARKED = re.compile(r"[;；、,，/／&＆+＋|｜\n]|\s|联合|聯合|(?:公司|院|所|学)[与與和及]")
"""What a list may have; names without any are not looked at closer."""
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=1 << 17)
def tidy(name: str) -> str:
    """Return a name folded, without blanks between characters, words of its role, ranks and marks at its edges.

    >>> tidy(" 1、岷陽市 公安局（盖章）。"), tidy("联合体牵头人：岷阳锐视科技有限公司")
    ('岷阳市公安局', '岷阳锐视科技有限公司')
    """
    text = fold(name)
    while (shorter := _shortened(text)) != text:
        text = shorter  # what stood before an edge may be an edge: "1、名称:某公司(盖章)。"
    return text


def _shortened(text: str) -> str:
    text = _RANK.sub("", text.strip(_EDGES))
    if not _HAN.search(text):
        return " ".join(text.split()).strip(_EDGES)
    text = _ROLE.sub("", _HAN_BLANK.sub("", text)).strip(_EDGES)
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "")


def is_han_name(text: str) -> bool:
    """Return whether a name is written in Chinese characters."""
    return _HAN.search(text) is not None


def split_members(name: str) -> tuple[str, ...]:
    """Return the names that a value lists, as of a consortium; the one name where it is no list.

    A list is taken apart only where each member ends as names of companies, institutes or universities do.

    >>> split_members("甲河科技有限公司、乙河勘察设计院(联合体)")
    ('甲河科技有限公司', '乙河勘察设计院')
    >>> split_members("住房、城乡建设局")
    ('住房、城乡建设局',)
    """
    if not _MARKED.search(name) or not _HAN.search(name):
        return (name,)
    folded = fold(name)
    joint = _JOINT.search(folded.rstrip(_EDGES))
    lead = _JOINT_LEAD.match(folded)
    start, end = lead.end() if lead else 0, joint.start() if joint else len(folded)
    cuts = [start, *(at for match in _LIST.finditer(folded, start, end) for at in match.span()), end]
    pieces = [name[first:last].strip(_EDGES) for first, last in zip(cuts[::2], cuts[1::2], strict=True)]
    members = [piece for piece in pieces if piece]
    if len(members) > 1 and all(len(item) >= _LEAST and _MEMBER.search(tidy(item)) for item in members):
        return tuple(dict.fromkeys(members))
    return tuple(members) if joint and len(members) == 1 and _MEMBER.search(tidy(members[0])) else (name,)
