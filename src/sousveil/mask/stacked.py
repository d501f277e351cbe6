"""Tables whose cells stand one to a line, as pages lose their grid: heads, then 1, firm, price, manager, then 2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from sousveil.mask.chinese import Trust, iter_names
from sousveil.mask.labelled import Announced, Hit
from sousveil.mask.lexicon import HAN

# 第一名 first place, 第一中标候选人 first candidate; 序 and 名次 are heads, so they do not count.
_RANK = re.compile(
    r"[ \t]{0,8}第?(\d{1,3}|[一二三四五六七八九十]{1,3})"
    r"(?:名|(?:推荐)?(?:中标|成交|中选)?候选(?:人|单位|供应商))?[.、]?[ \t]{0,8}$"
)
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
_LINE = re.compile(r"[^\n]*\n?")
_NAMELIKE = re.compile(rf"[ \t]{{0,8}}(?:[{HAN}]{{3}}|[{HAN}]{{2,4}}[、,;/][^\n]{{1,24}})[ \t\r]{{0,4}}$")
MAX_HEADS = 12
"""Lines between a head and the first row; the widest table of candidates seen had nine columns (2026-11)."""
MAX_HEAD, MAX_CELL = 30, 800
"""Characters of a head and of a cell; longer lines are running text."""
MAX_WORK = 20_000
"""Lines looked at in one text, and one more for every eight characters, however many heads it holds."""
LOOSE_LINES = 40
"""Lines below a head that are looked at one by one where no row is numbered: five rows of eight cells."""
MAX_LINES = 400
"""Lines read below one head."""


def iter_stacked_names(folded: str, hits: Sequence[Hit]) -> Iterator[Announced]:
    """Yield the names below heads that stand alone on their line: one in each row, in the place of the head."""
    seen: set[int] = set()
    budget = MAX_WORK + len(folded) // 8
    for hit in hits:
        if hit.label.kind != "name" or hit.label.strength != "strong" or not _is_alone(folded, hit):
            continue
        heads = _lines_from(folded, hit.end, MAX_HEADS + 1, MAX_HEAD)
        first = next((n for n, line in enumerate(heads[1:], 1) if _rank(line) == 1), 0)
        lines = _lines_from(folded, hit.end, min(MAX_LINES, budget) if first else LOOSE_LINES, MAX_CELL)
        if first:
            budget -= len(lines)
            yield from _names_in_rows(folded, lines, first)
            continue
        fresh = [line for line in lines[2:] if line.start() not in seen]
        seen.update(line.start() for line in fresh)
        yield from _loose_names(folded, fresh)


# 名称, 姓名 name: what a head may add to the label.
_HEAD_END = re.compile(r"(?:名称|姓名)?[ \t\r]{0,4}\n")


def _is_alone(folded: str, hit: Hit) -> bool:
    return folded[hit.start - 1 : hit.start] in {"", "\n"} and _HEAD_END.match(folded, hit.end) is not None


def _names_in_rows(folded: str, lines: Sequence[re.Match[str]], first: int) -> Iterator[Announced]:
    """Yield the name in each numbered row; ``lines`` begin at the head, ``first`` is the line that says 1."""
    second = next((n for n in range(first + 1, len(lines)) if _rank(lines[n]) == 2), 0)
    width = second - first
    if width <= first:  # one row, or heads that stand elsewhere: the column cannot be counted
        yield from _any_name(folded, lines[first + 1 : first + MAX_HEADS])
        return
    for number, start in enumerate(range(first, len(lines), width), 1):
        if _rank(lines[start]) != number:
            return
        row = lines[start : start + width]
        found = list(_whole_name(folded, row[width - first], Trust.FIRM)) if len(row) > width - first else []
        yield from found or _any_name(folded, row[1:])


def _loose_names(folded: str, lines: Sequence[re.Match[str]]) -> Iterator[Announced]:
    """Yield lines that are nothing but names of three characters or lists of names, as common names are made."""
    for line in lines:
        if _NAMELIKE.match(folded, line.start(), line.end()):
            found = list(_whole_name(folded, line, Trust.CAREFUL))
            if found and (len(found) > 1 or found[0].end - found[0].start == 3):
                yield from found


def _lines_from(folded: str, place: int, most: int, longest: int) -> list[re.Match[str]]:
    """Return up to ``most`` lines from ``place``, the rest of its own first, as long as they are cells."""
    lines: list[re.Match[str]] = []
    for line in islice(_LINE.finditer(folded, place), most):
        if line.end() - line.start() > longest:
            break
        lines.append(line)
    return lines


def _rank(line: re.Match[str]) -> int:
    """Return the number of a row that is all a line says, or 0."""
    match = _RANK.match(line.group()) if line.end() - line.start() <= MAX_HEAD else None
    if not match:
        return 0
    return int(match[1]) if match[1].isdecimal() else _DIGITS.get(match[1], 0)


def _any_name(folded: str, cells: Sequence[re.Match[str]]) -> Iterator[Announced]:
    """Yield the first cell that is a name with a known surname."""
    for cell in cells:
        found = list(_whole_name(folded, cell, Trust.PLAIN))
        if found:
            yield from found
            return


def _whole_name(folded: str, cell: re.Match[str], trust: Trust) -> Iterator[Announced]:
    """Yield the names of a cell that holds nothing but names."""
    start = cell.start() + len(cell.group()) - len(cell.group().lstrip())
    names = [name for name in iter_names(folded, start, trust) if name.end <= cell.end()]
    if names and not folded[names[-1].after : cell.end()].strip():
        for name in names:
            yield Announced(name.start, name.end, is_strong=True)
