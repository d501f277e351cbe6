"""Columns of tables: cells under a head such as 姓名 (name) or 身份证号 (identity number) are names and numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sousveil.mask.chinese import Trust, is_name, iter_names
from sousveil.mask.cover import Range
from sousveil.mask.heads import MAX_HEAD, heads_in_row, kind_of_cell
from sousveil.mask.labelled import Announced, Hit
from sousveil.mask.lexicon import HAN, lexicon
from sousveil.mask.western import latin_name_in
from sousveil.model import Cell

_TOKEN = re.compile(r"[^ \t|]+")
_CELL = re.compile(r"[^|]+")
_FILLED = re.compile(r"[^|\s][^|]*")
_NUMBER = re.compile(r"[^\s|,、;]+")
_GROUPED = re.compile(r"\+?\(?\d[\d \-()*]{3,40}x?")
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}")
MIN_DIGITS = 5
"""Digits of a number that leads to a person; shorter ones are ranks and ages."""
MAX_HEAD_DEPTH = 2
"""Rows below the first row of a head that may belong to it."""
MAX_ROWS = 2_000
"""Rows read under one head; longer lists of persons do not occur in notices."""


_BLANK_HEAD = re.compile("姓名|评委|专家|名字|联系人")  # name, juror, expert, name, contact
_COMMA_CELL = re.compile(r'(?:(?<=,)|(?<![^\n]))(?:"[^"\n]{0,400}"|[^,"\n]{0,400})(?=,|$)')
_TAB_CELL = re.compile(r"(?:(?<=\t)|(?<![^\n]))[^\t\n]*(?=\t|$)")
MIN_COMMAS = 2
"""Commas of a line that can be the head of a table in the form of CSV."""


def _splits_of(line: str) -> Iterator[re.Pattern[str]]:
    """Yield the ways to cut a line into cells that its marks allow, the surest first."""
    if "|" in line:
        yield _CELL
        return
    if "\t" in line:
        yield _TAB_CELL
    if line.count(",") >= MIN_COMMAS:
        yield _COMMA_CELL
    if _BLANK_HEAD.search(line):
        yield _TOKEN


def iter_line_columns(text: str, folded: str, hits: Iterable[Hit]) -> Iterator[Announced]:
    """Yield names in columns of lines: cells parted by ``|``, tabs, commas, or blanks where the head says 姓名 (name).

    Args:
        text: as printed.
        folded: the same, folded.
        hits: the labels in it, in order; a line without one is no head.
    """
    labels = [hit.start for hit in hits if hit.label.kind in {"name", "mail", "phone"}]
    if not labels and "|" not in folded:
        return
    columns: list[int] = []
    pattern = _CELL
    place = rows = size = 0
    for line in folded.split("\n"):
        here, place = place, place + len(line) + 1
        may_be_head = "|" in line or not _none_between(labels, here, place)
        if not columns and not may_be_head:
            continue
        goes_on = columns and _goes_on(line, pattern, size)
        is_row = not may_be_head or (goes_on and pattern is not _CELL)
        head = None if is_row else _head_in(line)
        if head and not (pattern is head[1] and _holds_names(folded, here, list(pattern.finditer(line)), columns)):
            columns, pattern, size = head
            rows = 0
            continue
        rows += 1
        if not goes_on or rows > MAX_ROWS:
            columns = []
            continue
        cells = list(pattern.finditer(line))
        trust = Trust.LIKELY if pattern is _TOKEN and len(cells) != size else Trust.FIRM
        for number in columns:
            if number < len(cells):
                start, end = here + cells[number].start(), here + cells[number].end()
                yield from _names_in_cell(text, folded, start + (folded[start : start + 1] == '"'), end, trust)


_SHORT = re.compile(rf"[{HAN}]{{2,4}}$")


def iter_row_names(folded: str) -> Iterator[Announced]:
    """Yield names in rows of cells that no head above announces.

    Either the first cell is a head at the side and no other cell says anything but names (项目经理 | 张三 | 李四), or a
    cell that holds a surname stands beside two whole names of three characters: judges over their scores.
    """
    place = 0
    for line in folded.split("\n") if "|" in folded else ():
        here, place = place, place + len(line) + 1
        if line.count("|") < 2:
            continue
        cells = line.split("|")
        filled = [cell for cell in cells if cell.strip(" \t/-—无")]
        if len(filled) > 2 and kind_of_cell(filled[0].strip()) == "name":
            yield from _side_row(folded, here, line)
        short = [_SHORT.match(cell.strip()) is not None for cell in cells]
        if sum(short) > 2:
            yield from _mates(here, cells, short)


def _side_row(folded: str, here: int, line: str) -> Iterator[Announced]:
    cells = [cell for cell in _CELL.finditer(line) if cell[0].strip(" \t/-—无")][1:]
    found = [list(_names_in_cell("", folded, here + cell.start(), here + cell.end(), Trust.PLAIN)) for cell in cells]
    if all(found):
        for names in found:
            yield from names


def _mates(here: int, cells: Sequence[str], short: Sequence[bool]) -> Iterator[Announced]:
    words = lexicon()
    bare = [cell.strip() if is_short else "" for cell, is_short in zip(cells, short, strict=True)]
    sure = [len(word) == 3 and word not in words.places and is_name(word, Trust.CAREFUL, words) for word in bare]
    for number, cell in enumerate(cells):
        if (
            bare[number]
            and not sure[number]
            and sum(sure[max(0, number - 2) : number] + sure[number + 1 : number + 3]) > 1
        ):
            word = bare[number]
            if word not in words.places and is_name(word, Trust.PLAIN, words):
                start = here + cell.index(word)
                yield Announced(start, start + len(word), is_strong=False)
        here += len(cell) + 1


def _none_between(places: Sequence[int], start: int, end: int) -> bool:
    """Return whether none of the sorted places lies in a range."""
    first = bisect_left(places, start)
    return first == len(places) or places[first] >= end


def _goes_on(line: str, pattern: re.Pattern[str], size: int) -> bool:
    """Return whether a line is a row of the table whose head was cut so."""
    if pattern is _CELL:
        return "|" in line
    if pattern is _TOKEN:
        return bool(line.strip()) and "|" not in line
    return len(pattern.findall(line)) == size


def _head_in(line: str) -> tuple[list[int], re.Pattern[str], int] | None:
    """Return the columns of names in a line that is a head, how it is cut, and how many cells it has."""
    for pattern in _splits_of(line):
        cells = pattern.findall(line)
        least = 2 if pattern is _CELL or pattern is _TAB_CELL else 3
        if len(cells) < least or (pattern is _COMMA_CELL and max(map(len, cells)) > MAX_HEAD):
            continue
        found = [number for number, kind in enumerate(heads_in_row(cells)) if kind == "name"]
        if found and (len(found) < len(cells) or pattern is _CELL):
            return found, pattern, len(cells)
    return None


def _holds_names(folded: str, here: int, cells: Sequence[re.Match[str]], columns: Sequence[int]) -> bool:
    """Return whether a line goes on with names in the open columns, whatever else its cells say (项目经理: a post)."""
    return any(
        next(_names_in_cell("", folded, here + cells[number].start(), here + cells[number].end(), Trust.LIKELY), None)
        for number in columns
        if number < len(cells)
    )


def iter_line_numbers(folded: str) -> Iterator[Range]:
    """Yield numbers below heads that announce them, in rows of cells parted by ``|``, tabs, commas or blanks."""
    if "|" not in folded and not _NUMBER_HEAD.search(folded):
        return
    columns: dict[int, str] = {}
    pattern = _CELL
    place = size = since_names = 0
    for line in folded.split("\n"):
        here, place = place, place + len(line) + 1
        since_names += 1
        if "|" in line:
            kind = _side_head(line)
            since_names = 0 if kind == "name" else since_names
            if kind in {"id", "paper"} and since_names <= MAX_APART:
                for cell in list(_CELL.finditer(line))[1:]:
                    yield from _numbers_in_cell(folded, here + cell.start(), here + cell.end(), "id")
                continue
        goes_on = columns and _goes_on(line, pattern, size)
        if not goes_on:
            columns = {}
        if "|" in line or (not goes_on and _NUMBER_HEAD.search(line)):
            head = _number_head(line)
            if head:
                columns, pattern, size = head
                continue
        for number, cell in enumerate(pattern.finditer(line) if columns else ()):
            if number in columns:
                yield from _numbers_in_cell(folded, here + cell.start(), here + cell.end(), columns[number])


# certificate, register number, mobile, telephone, identity card, account: heads of columns of numbers
_NUMBER_HEAD = re.compile("证书|证号|编号|手机|电话|身份证|账号|卡号|联系方式")


MAX_APART = 6
"""Lines between the row of names and the row of their papers, in a table with its heads at the side."""


def _side_head(line: str) -> str:
    """Return the kind of a row's first cell, read as a head at the side: 项目负责人 | 张三 | 李四."""
    cell = _FILLED.search(line)
    return kind_of_cell(cell[0].strip()) if cell and len(cell[0]) <= 2 * MAX_HEAD else ""


def _number_head(line: str) -> tuple[dict[int, str], re.Pattern[str], int] | None:
    """Return the columns of numbers in a line that is a head, how it is cut, and how many cells it has."""
    for pattern in (_CELL, _TAB_CELL, _COMMA_CELL, _TOKEN):
        cells = pattern.findall(line)
        if len(cells) < (2 if pattern is _CELL else 3) or (pattern is not _CELL and max(map(len, cells)) > MAX_HEAD):
            continue
        found = {number: kind for number, kind in enumerate(heads_in_row(cells)) if kind not in {"", "name"}}
        if found:
            return found, pattern, len(cells)
    return None


def iter_table_columns(
    text: str, folded: str, cells: Sequence[Cell], before: frozenset[int] = frozenset()
) -> Iterator[Announced]:
    """Yield names in the columns of a parsed table, by its grid.

    Args:
        text: the page.
        folded: the page, folded.
        cells: of the table, or of the part of it on this page.
        before: columns of names at the end of the page before, in a table that goes on.
    """
    for cell, holds_names in _by_columns(folded, cells, dict.fromkeys(before, 0)):
        if holds_names:
            yield from _names_in_cell(text, folded, cell.start, cell.end, Trust.FIRM)


def iter_table_numbers(folded: str, cells: Sequence[Cell], before: frozenset[int] = frozenset()) -> Iterator[Range]:
    """Yield numbers below heads that announce them, in a parsed table; ``before`` as in ``iter_table_columns``."""
    columns: dict[int, str] = {}
    for _, row in _rows(cells):
        kinds = heads_in_row([folded[cell.start : cell.end] for cell in row] + ["姓名"] * bool(before))  # name
        heads = {cell.column: kind for cell, kind in zip(row, kinds, strict=False) if kind not in {"", "name"}}
        if heads:
            columns |= heads
            continue
        for cell in row:
            if cell.column in columns and not cell.is_header:
                yield from _numbers_in_cell(folded, cell.start, cell.end, columns[cell.column])


def columns_of_names(folded: str, cells: Sequence[Cell], before: frozenset[int]) -> frozenset[int]:
    """Return the columns of names at the end of a table, for the part of it on the next page."""
    columns = dict.fromkeys(before, 0)
    for _ in _by_columns(folded, cells, columns):
        pass
    return frozenset(columns)


def _rows(cells: Sequence[Cell]) -> Iterator[tuple[int, list[Cell]]]:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    for number, row in groupby(ordered, key=lambda cell: cell.row):
        yield number, list(row)


def _by_columns(folded: str, cells: Sequence[Cell], columns: dict[int, int]) -> Iterator[tuple[Cell, bool]]:
    """Yield each cell, and whether it stands below a head of names; ``columns`` follows the heads, with their rows.

    A second row of the same head (评委 above 成员: panel, member) closes no column; another head further down does.
    """
    for _, row in _rows(cells):
        kinds = heads_in_row([folded[cell.start : cell.end] for cell in row])
        for cell, kind in zip(row, kinds, strict=True):
            if kind == "name":
                columns[cell.column] = cell.row
            elif cell.is_header and cell.row > columns.get(cell.column, cell.row) + MAX_HEAD_DEPTH:
                del columns[cell.column]
            else:
                yield cell, cell.column in columns and not cell.is_header


def _names_in_cell(text: str, folded: str, start: int, end: int, trust: Trust) -> Iterator[Announced]:
    """Yield the names of a cell, in Han characters, or (where the text as printed is given) in Latin letters."""
    while start < end and folded[start].isspace():
        start += 1
    latin = latin_name_in(text, start, end) if text and folded[start : start + 1].isalpha() else None
    if latin:
        yield latin
        return
    for name in iter_names(folded, start, trust, is_panel=True):
        if name.end > end:
            return
        yield Announced(name.start, name.end, is_strong=True)


def _numbers_in_cell(folded: str, start: int, end: int, kind: str) -> Iterator[Range]:
    whole = folded[start:end].strip()
    if _GROUPED.fullmatch(whole) and sum(map(str.isdecimal, whole)) >= MIN_DIGITS and not _DATE.match(whole):
        yield Range(start, end, kind)
        return
    for match in _NUMBER.finditer(folded, start, end):
        if sum(map(str.isdecimal, match.group())) >= MIN_DIGITS and not _DATE.match(match.group()):
            yield Range(match.start(), match.end(), kind)
