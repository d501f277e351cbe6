"""Tables that lost their borders: column heads one to a line, then the cells in the same order, one to a line.

The heads are a run of labels. Rows are counted off by the number of heads; a running number (序号), ranks (第一名) and
the kind of cell (sums have digits, winners are companies) tell whether the count is right.
"""

from __future__ import annotations

import re

from sousveil.read.grammar import Meaning, meaning_of
from sousveil.read.names import is_company
from sousveil.read.sheet import Block, Line, Sheet, Value

MAX_COLUMNS = 16
MAX_ROWS = 200
"""Rows that are read; lists of goods beyond carry no parties."""
MAX_HEAD = 24

Heads = list[tuple[Meaning | None, str]]
_RUNNING = ("序号", "排名", "名次", "排序")
_LOTS = (
    "标段",
    "标段号",
    "标段编号",
    "包号",
    "包组号",
    "包组",
    "标包",
    "标包号",
    "标项",
    "标项序号",
    "采购包",
    "采购包号",
    "分包",
    "分包号",
    "品目号",
)
"""Heads over counted rows: running number, rank, lot; the cells begin at the first line that counts."""
_FIRST = re.compile(
    r"(?:0?1|第[一1](?:名|中标候选人|成交候选人|候选人|标段|标包|分包|采购包|包)|[一1]包|a包?|(?:包|标段|标包|分包|采购包)(?:0?1|一|a))$"
)
_LOT = re.compile(
    r"(?:第?[一二三四五六七八九十0-9]{1,3}(?:标段|标包|分包|采购包|包)|[a-z]包?|0[1-9]|(?:包|标段|标包|分包|采购包)(?:[一二三四五六七八九十0-9]{1,3}|[a-z]))$"
)
_UNIT_LINE = re.compile(r"\([^()\n]{1,12}\)$")
_ORDINAL_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_NUMBERED_HEADING = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,2}[.、 ]")
"""A numbered heading (1.1.1. 项目名称: project name) stands over its own paragraph and beside no other head."""
_RANK = re.compile(r"(?:第[一二三四五1-5]名|[1-3]|第[一二三]中标候选人)$")
_PARTIES = frozenset(("buyer", "agency", "supplier", "candidate", "title"))
_SUM_FIELDS = frozenset(("award_amount", "bid_amount", "budget", "lot_budget", "ceiling", "total", "unit_price"))


def read_columns(sheet: Sheet, place: int) -> Block | None:
    """Return the table whose column heads begin at line ``place``, or None when there is none."""
    heads, first = _heads(sheet, place)
    if len(heads) < 2:
        return None
    is_numbered = (
        heads[0][1] in (*_RUNNING, *_LOTS)
        and first < len(sheet.lines)
        and _FIRST.match(_text(sheet, first)) is not None
    )
    lines = sheet.lines
    if not is_numbered and first < len(lines) and _RANK.match(sheet.folded, lines[first].start, lines[first].end):
        heads.insert(0, (None, ""))  # the head over the ranks is a heading of the whole table
    values: list[Value] = []
    row = 0
    while first < len(lines) and row < MAX_ROWS:
        cells = _row_lines(lines, first, len(heads), sheet.folded)
        if not cells or (is_numbered and not _is_count(sheet.folded[cells[0].start : cells[0].end], row + 1)):
            break
        if len(cells) < len(heads) and (row or len(cells) < 2):
            break
        if not fits(heads, cells, sheet.folded):
            break
        row += 1
        for (meaning, label), line in zip(heads, cells, strict=False):
            if meaning is not None:
                values.append(Value(meaning, label, row, line.start, line.end))
        first += len(cells)
    return Block((), tuple(values), first) if row else None


def is_counted_head(text: str) -> bool:
    """Return whether a line stands over rows that are counted: running numbers, ranks, lots."""
    return text in _RUNNING or text in _LOTS


def _is_count(text: str, row: int) -> bool:
    """Return whether the first cell of a row counts it: its number, or a rank in words."""
    return text == str(row) or (not text.isdigit() and _RANK.match(text) is not None) or _LOT.match(text) is not None


def _heads(sheet: Sheet, place: int) -> tuple[Heads, int]:
    """Return the column heads from line ``place`` on, and the first line after them; ranks may stand without any."""
    if is_counted_head(_text(sheet, place)):
        heads, first = _run_of_heads(sheet, place, is_numbered=True)
        if heads or _text(sheet, place) == _RUNNING[0]:
            return heads, first
    return _run_of_heads(sheet, place, is_numbered=False)


def _run_of_heads(sheet: Sheet, place: int, *, is_numbered: bool) -> tuple[Heads, int]:
    """Return a run of column heads and the line after it; a run over counted rows goes on to the first count."""
    lines = sheet.lines
    heads: Heads = []
    first = place
    while first < len(lines) and len(heads) < MAX_COLUMNS:
        text = _text(sheet, first)
        if heads and _UNIT_LINE.match(text):
            heads[-1] = (meaning_of(heads[-1][1] + text), heads[-1][1] + text)
        elif (is_numbered and _FIRST.match(text)) or not _can_be_head(sheet, first, heads, is_numbered=is_numbered):
            break
        else:
            heads.append((lines[first].meaning, text))
        first += 1
    if is_numbered and (first >= len(lines) or not _FIRST.match(_text(sheet, first))):
        return [], place
    return heads, first


def _can_be_head(sheet: Sheet, place: int, heads: Heads, *, is_numbered: bool) -> bool:
    """Return whether a line can be a column head: a known label, or a short word between labels.

    Two labels must have come first: label, word, label, word is a list of values, not a row of heads.
    """
    line = sheet.lines[place]
    if line.has_cells or line.colon >= 0 or line.end - line.start > MAX_HEAD:
        return False
    if _NUMBERED_HEADING.match(sheet.folded, line.start):
        return False
    if line.meaning is not None:
        return not line.meaning.field.startswith("head_")
    if is_numbered:
        return True
    if len(heads) < 2 or heads[-1][0] is None:
        return False
    text = sheet.folded[line.start : line.end]
    follows = sheet.lines[place + 1].meaning if place + 1 < len(sheet.lines) else None
    is_word = not any(char.isdigit() for char in text) and not is_company(text) and not _RANK.match(text)
    return follows is not None and is_word and len(text) <= MAX_HEAD // 2


def _text(sheet: Sheet, place: int) -> str:
    line = sheet.lines[place]
    return sheet.folded[line.start : line.end]


def fits(heads: Heads, cells: list[Line], folded: str) -> bool:
    """Return whether the cells of a row can stand under their heads: sums have digits, winners are companies."""
    for (meaning, _), cell in zip(heads, cells, strict=False):
        text = folded[cell.start : cell.end]
        if meaning is None:
            continue
        if meaning.field in _PARTIES and cell.meaning is not None:
            return False  # a label stands where a name should: these are labels beside their values, no heads
        if meaning.field in _SUM_FIELDS and not any(char.isdigit() for char in text) and len(text) > 3:
            return False
        if meaning.field in {"supplier", "candidate"} and not (is_company(text) or text.isascii()):
            return False
    return True


def _row_lines(lines: list[Line], first: int, width: int, folded: str) -> list[Line]:
    """Return the lines of one row: ``width``, or fewer where a heading or another label comes first.

    The first cell may be no label at all; later ones may hold one (评审得分：88, a score), but no heading.
    """
    cells: list[Line] = []
    for line in lines[first : first + width]:
        colon = folded.find(":", line.start, line.end)
        label = folded[line.start : colon].strip() if colon > line.start else ""
        meaning = line.meaning if colon < 0 else meaning_of(label)
        is_head = meaning is not None and (not cells or meaning.field.startswith("head_") or meaning.field == "total")
        if not cells and _RANK.match(folded, line.start, line.end):
            is_head = False  # a rank (第一中标候选人) counts the row, though it is a label too
        if is_head or line.has_cells or _ORDINAL_HEAD.match(folded, line.start):
            break
        cells.append(line)
    return cells
