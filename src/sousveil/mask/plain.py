"""The plain view: folded text with its markup made blank, so that labels and names are read the same in every dress.

Pages torn from portals, dumps of JSON and Markdown print one thing in many ways: ``<td>联系人</td><td>王某``,
``【联系人】王某``, ``联系人......王某``, ``"联系人": ["王某"]``. The view keeps the place of every character and
replaces marks only, so that what is found in it is found in the text.
"""

from __future__ import annotations

import re

from sousveil.mask.lexicon import HAN

_TAG = re.compile(r"<(?P<tag>/?[a-z][a-z0-9]{0,9})(?:[ \t\n/][^<>]{0,300})?>|&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);")
_ROWS = frozenset({"p", "br", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# A word in square brackets before what it announces: [联系人]王某; the opening bracket falls to _MARK.
_SQUARE = re.compile(rf"\](?<=[{HAN}]\])(?=[ ]{{0,4}}[{HAN}0-9(+a-z])")
_MARK = re.compile(
    rf"[\"'`_*\[\]](?:(?<=[{HAN}][\"'`_*\[\]])[\"'`_*\[\]]{{0,11}}|[\"'`_*\[]{{0,11}}(?=[{HAN}])|(?<=`))"
)
_LEADER = re.compile(rf"(?<=[{HAN}):])[ ]?(?:\.{{3,60}}|…{{1,30}}|·{{3,60}}|-{{3,60}}|[→⇒➜►▶])[ ]?(?=[{HAN}0-9(+a-z])")
_BARS = str.maketrans("│┃丨", "|||")


def plain_view(folded: str) -> str:
    """Return folded text with tags, entities, quotation marks, leaders and emphasis as blanks, of the same length.

    >>> plain_view("<td>联系人</td><td>王某</td>").split()
    ['|', '联系人', '|', '王某']
    >>> plain_view("[联系人]王某"), plain_view("联系人......王某")
    (' 联系人:王某', '联系人:     王某')
    """
    if "<" in folded or "&" in folded:
        folded = _TAG.sub(_of_tag, folded)
    if "]" in folded:
        folded = _SQUARE.sub(":", folded)
    folded = _MARK.sub(_blank, folded)
    if "..." in folded or "…" in folded or "---" in folded or "→" in folded or "···" in folded:
        folded = _LEADER.sub(_colon, folded)
    if "\\n" in folded or "\\t" in folded:
        folded = folded.replace("\\r", "  ").replace("\\n", " \n").replace("\\t", " \t")
    return folded.translate(_BARS) if "│" in folded or "┃" in folded or "丨" in folded else folded


def _of_tag(match: re.Match[str]) -> str:
    """Return blanks for a tag or entity, with a cell mark or a line end among them where it draws one."""
    size, tag = match.end() - match.start(), match["tag"]
    if tag in _CELLS:
        return "|".center(size)
    return "\n".ljust(size) if tag and tag.strip("/") in _ROWS else " " * size


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _colon(match: re.Match[str]) -> str:
    return ":".ljust(match.end() - match.start())
