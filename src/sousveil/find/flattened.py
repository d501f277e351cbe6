"""Bills of quantities that lost their borders: heads and cells each on a line of its own, or parted only by blanks.

What is left of a table in copied text. Five forms: all heads, one to a line, then the cells in the same order; heads
on one line and each row on one, as many words in each, parted by upright bars, by blanks or by slashes; a label and
its value, line by line. Rows are believed while
their quantity is a number, and while running numbers count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sousveil.data.items import item_heads
from sousveil.find.item_rows import cells, role_of
from sousveil.model import Cell, Table

_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[0-9][0-9,]{0,9}(?:\.[0-9]{1,4})?\s?[^\W\d_]{0,4}")
_MAX_HEAD = 14
"""Characters of a head on a line of its own; longer lines that end in such a word are sentences."""
_MIN_HEADS, _MAX_HEADS = 3, 14
_MAX_ROWS = 400

Place = tuple[int, int]


@cache
def quantity_words() -> re.Pattern[str]:
    """Return what finds the head of a column of quantities; a page without one has no bill."""
    return re.compile("|".join(re.escape(word) for row in item_heads() if row.role == "quantity" for word in row.words))


def flattened_tables(page: int, text: str) -> list[Table]:
    """Return the bills in evened text of a page that stand in lines without borders; heads in row 0."""
    lines = [(match.start(), len(match[0].rstrip()) + match.start()) for match in _LINE.finditer(text)]
    found: list[Table] = []
    after = 0
    for at in _starts(text, lines):
        if at < after:
            continue
        read = (
            _bars_in_rows(text, lines, at)
            or _words_in_rows(text, lines, at)
            or _slashes_in_rows(text, lines, at)
            or _lines_in_rows(text, lines, at)
            or _pairs(text, lines, at)
        )
        if read is None:
            continue
        rows, after = read
        placed = (
            Cell(number, column, start, end, is_header=number == 0)
            for number, row in enumerate(rows)
            for column, (start, end) in enumerate(row)
        )
        found.append(Table(page, tuple(placed)))
    return found


def _starts(text: str, lines: Sequence[Place]) -> list[int]:
    """Return the lines at which a bill may begin: a head of quantities stands on them or soon after."""
    starts: set[int] = set()
    for number, (start, end) in enumerate(lines):
        if end - start <= _MAX_HEADS * _MAX_HEAD and quantity_words().search(text, start, end):
            first = number - 2 * _MAX_HEADS if end - start <= _MAX_HEAD else number
            starts.update(range(max(0, first), number + 1))
    return sorted(starts)


_Read = tuple[list[list[Place]], int]
"""Rows of places, heads first, and the line to go on with."""


def _role(text: str, place: Place) -> str:
    """Return the role of a line that can be a head, or ''."""
    words = text[slice(*place)]
    return role_of(words) if len(words) <= _MAX_HEAD and " | " not in words and not words[:1].isdigit() else ""


def _is_bill(roles: Sequence[str]) -> bool:
    return "quantity" in roles and "name" in roles and "" not in roles


def _words_in_rows(text: str, lines: Sequence[Place], at: int) -> _Read | None:
    """Read heads on one line, parted by blanks, and the rows below with as many words."""
    heads = _words(text, lines[at])
    if not _MIN_HEADS <= len(heads) <= _MAX_HEADS or not _is_bill(roles := [_role(text, head) for head in heads]):
        return None
    rows = [heads]
    for line in lines[at + 1 : at + 1 + _MAX_ROWS]:
        row = _words(text, line)
        if not _is_row(text, roles, row, len(rows)):
            break
        rows.append(row)
    return (rows, at + len(rows)) if len(rows) > 1 else None


def _words(text: str, line: Place) -> list[Place]:
    return [match.span() for match in _WORD.finditer(text, *line)] if text.find(" | ", *line) < 0 else []


def _bars_in_rows(text: str, lines: Sequence[Place], at: int) -> _Read | None:
    """Read heads on one line, parted by upright bars, and the rows below with as many cells; others are passed over."""
    heads = _cells(text, lines[at])
    roles = [_role(text, head) for head in heads]
    if not _MIN_HEADS <= len(heads) <= _MAX_HEADS or not {"quantity", "name"} <= set(roles):
        return None
    rows = [heads]
    read = at + 1
    for line in lines[at + 1 : at + 1 + _MAX_ROWS]:
        row = _cells(text, line)
        if len(row) == 1:
            break
        read += 1
        if _is_row(text, [role if role != "number" else "" for role in roles], row, len(rows)):
            rows.append(row)
    return (rows, read) if len(rows) > 1 else None


def _cells(text: str, line: Place) -> list[Place]:
    """Return the cells of a line parted by bars, without the blanks around them."""
    return [
        (left + len(words) - len(words.lstrip()), left + len(words.rstrip()))
        for left, right in cells(text, *line)
        for words in [text[left:right]]
    ]


_PART = re.compile("[^/]+")
_ROW_NUMBER = re.compile(r"[ ]*(?:[0-9]{1,3}[ 、.)]{1,2})?[ ]*")
"""The running number before a row of slashes, which has no head of its own."""


def _slashes_in_rows(text: str, lines: Sequence[Place], at: int) -> _Read | None:
    """Read heads parted by slashes, in brackets or not (名称/品牌/型号/数量/单位), and rows with as many parts."""
    start, end = lines[at]
    opened = text.rfind("(", start, end)
    inner = (opened + 1, end - 1) if opened >= 0 and text[end - 1] == ")" else (start, end)
    heads = [match.span() for match in _PART.finditer(text, *inner)]
    if not _MIN_HEADS <= len(heads) <= _MAX_HEADS or not _is_bill(roles := [_role(text, head) for head in heads]):
        return None
    rows = [heads]
    for left, right in lines[at + 1 : at + 1 + _MAX_ROWS]:
        number = _ROW_NUMBER.match(text, left, right)
        row = [match.span() for match in _PART.finditer(text, number.end() if number else left, right)]
        if not _is_row(text, roles, row, len(rows)):
            break
        rows.append(row)
    return (rows, at + len(rows)) if len(rows) > 1 else None


def _lines_in_rows(text: str, lines: Sequence[Place], at: int) -> _Read | None:
    """Read heads, one to a line, then cells in the same order, one to a line."""
    heads: list[Place] = []
    roles: list[str] = []
    for line in lines[at : at + _MAX_HEADS]:
        role = _role(text, line)
        if not role:
            break
        heads.append(line)
        roles.append(role)
    if len(heads) < _MIN_HEADS or not _is_bill(roles):
        return None
    rows = [heads]
    place = at + len(heads)
    while place + len(heads) <= len(lines) and len(rows) <= _MAX_ROWS:
        row = [*lines[place : place + len(heads)]]
        if not _is_row(text, roles, row, len(rows)):
            break
        rows.append(row)
        place += len(heads)
    return (rows, place) if len(rows) > 1 else None


def _is_row(text: str, roles: Sequence[str], row: Sequence[Place], number: int) -> bool:
    """Return whether cells can be a row below heads: its quantity is a number, its running number is the next."""
    if len(row) != len(roles):
        return False
    for role, (start, end) in zip(roles, row, strict=True):
        if role == "quantity" and not _NUMBER.fullmatch(text, start, end):
            return False
        if role == "number" and text[start:end].isdigit() and int(text[start:end]) != number:
            return False
    return True


def _pairs(text: str, lines: Sequence[Place], at: int) -> _Read | None:
    """Read label, value, label, value, each on a line, from a name to the next; one item makes one row."""
    if _role(text, lines[at]) != "name":
        return None
    heads: list[Place] = []
    values: list[Place] = []
    roles: list[str] = []
    for label, value in _iter_pairs(lines, at):
        role = _role(text, label)
        if not role or role in roles or _role(text, value):
            break
        roles.append(role)
        heads.append(label)
        values.append(value)
    if not _is_bill(roles) or not _is_row(text, roles, values, 1):
        return None
    return [heads, values], at + 2 * len(heads)


def _iter_pairs(lines: Sequence[Place], at: int) -> Iterator[tuple[Place, Place]]:
    yield from zip(lines[at : at + 2 * _MAX_HEADS : 2], lines[at + 1 : at + 2 * _MAX_HEADS : 2], strict=False)
