"""Lines that a page's width broke, joined again: Chinese breaks inside words, so a term may stand on two lines.

A line is taken as broken by the margin when it is nearly as wide as the lines of the document's body, and neither it
ends nor the next one begins as a paragraph does. Only Chinese is joined: elsewhere a line break is as good as a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sousveil.parse.layout import Item, clean_line

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
)
_MIN_BODY_WIDTH = 40
"""Half-width columns. Twenty Chinese characters: narrower lines are columns of a table or a form."""

_NEARLY = 0.92
"""Share of the body's width from which a line counts as full: a line of 38 characters may lack three, when the next
word or number does not fit."""

_NEARLY_CELL = 0.75
"""The same share for lines of a cell, which hold few characters: one of six may not have found room."""

_MAX_JOINED = 400
"""Lines joined into one at most: a page of rubbish without any mark stays readable."""

_JOINT_LEFT = re.compile("[\u3400-\u4dbf\u4e00-\u9fff、，,（(《“‘—\u2014/0-9A-Za-z%”’)）》]$")
_JOINT_RIGHT = re.compile("^[\u3400-\u4dbf\u4e00-\u9fff、，。；：！？,.;:）)》”’（(《“‘0-9A-Za-z]")
_HAN_AT_JOINT = re.compile("[\u3400-\u4dbf\u4e00-\u9fff、，。；：（）《》“”]")
_PARAGRAPH_START = re.compile(
    # 第…章/节/条/部分/包 chapter, section, article, part, lot; （一） 一、 1. 1、 (1) ① ★ ▲ list marks
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章节節条條部包册卷]|[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|[（(]\d{1,3}[）)]|\d{1,3}(?:[.．]\d{1,3}){1,4}(?![\d%])"
    r"|\d{1,3}[、．.)）](?!\d)|[①-⑳⑴-⒇㈠-㈩★▲●■◆□☑√※*·•-])"
)
_WORD_HYPHEN = re.compile(r"(?<=[^\W\d_])[\ufffe\x02]\n?(?=[^\W\d_])")
_LABEL = re.compile(r"^[\u3400-\u9fffA-Za-z（）()/ ]{2,14}[：:]")


def split_lines(text: str) -> list[str]:
    """Return the clean lines of what pdfium calls a page's text, empty ones too.

    U+FFFE and U+0002 are how it writes a hyphen at the end of a line: dropped inside a word, a hyphen elsewhere.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _WORD_HYPHEN.sub("", text)
    return [clean_line(line) for line in text.replace("\ufffe", "-").replace("\x02", "-").split("\n")]


def body_width(pages: Iterable[Sequence[Item]]) -> int:
    """Return the width of full lines of the document in half-width columns; 0 where it has no body of such lines.

    It is the 90th percentile of all lines wider than 40 columns: longer ones are headings run together.
    """
    widths = sorted(
        width
        for lines in pages
        for line in lines
        if isinstance(line, str) and (width := _width(line)) >= _MIN_BODY_WIDTH
    )
    return widths[len(widths) * 9 // 10] if len(widths) >= 5 else 0


def join_wrapped(items: Sequence[Item], width: int) -> list[Item]:
    """Return the lines and rows of a page with those lines joined that the margin broke.

    >>> join_wrapped(["本项目为全市视频监", "控系统的运行维护。", "二、预算"], 18)
    ['本项目为全市视频监控系统的运行维护。', '二、预算']
    """
    joined: list[Item] = []
    last: Item = ""
    count = 0
    for item in items:
        before = joined[-1] if joined else ""
        if (
            isinstance(item, str)
            and isinstance(before, str)
            and isinstance(last, str)
            and width
            and count < _MAX_JOINED
            and _goes_on(last, item, width)
        ):
            joined[-1] = before + item
            count += 1
        else:
            joined.append(item)
            count = 0
        last = item
    return joined


def cell_width(lines: Iterable[str]) -> int:
    """Return the width of the widest line of a cell in half-width columns: its column is about as wide."""
    return max(map(_width, lines), default=0)


def join_cell(lines: Sequence[str]) -> str:
    """Return the lines of a cell as one: without a blank where the cell's width broke Chinese, else with one.

    >>> join_cell(["高清人脸识", "别摄像机"]), join_cell(["合计：50", "单位：台"])
    ('高清人脸识别摄像机', '合计：50 单位：台')
    """
    width = cell_width(lines)
    text = lines[0] if lines else ""
    for line, following in pairwise(lines):
        is_hyphen = line.endswith("-") and following[:1].isalnum()
        text += following if is_hyphen or _goes_on(line, following, width, share=_NEARLY_CELL) else " " + following
    return text


def _goes_on(line: str, following: str, width: int, share: float = _NEARLY) -> bool:
    """Return whether ``following`` is the rest of ``line``."""
    if not line or not following or _width(line) < share * width:
        return False
    if not _JOINT_LEFT.search(line) or not _JOINT_RIGHT.match(following):
        return False
    if not (_HAN_AT_JOINT.match(line[-1]) or _HAN_AT_JOINT.match(following[0])):
        return False
    return not _PARAGRAPH_START.match(following) and not _LABEL.match(following)


def char_width(char: str) -> int:
    """Return the width of a character in half-width columns: 2 for a Chinese one."""
    return 2 if _WIDE.match(char) else 1


def _width(line: str) -> int:
    """Return the width of a line in half-width columns: a Chinese character takes two."""
    return len(line) + len(_WIDE.findall(line))
