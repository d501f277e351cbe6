"""Sections: what the stretches of a page are about.

Headings (``data/headings.yml``) and ordinals are found by one scan each and walked through in order. A heading opens
a section of its kind; the section ends at the next heading of the same rank or above. Inside a section that does not
count (qualification, evaluation, contract, instructions, contact, panel) deeper headings change nothing: a
qualification clause that speaks of 采购内容 (what is bought) stays one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.headings import headings
from sousveil.model import Page, Section, SectionKind
from sousveil.text.fold import fold, is_han

_COUNTING = frozenset({"subject", "items", "body"})
_LONG_LINE = 4_000
"""A line longer than this has no end worth looking for: the file has no lines."""
_BEFORE, _AFTER = 24, 30
"""Characters a heading may hold before and after its word; the longest fixed heading of the Ministry's forms, about
询问 (questions), has 30."""

_HEAD = (
    r"(?:(?P<chapter>第[ ]{0,2}[一二三四五六七八九十0-9]{1,3}[ ]{0,2}(?:章|部分|篇|卷)"
    r"|#{1,3}[ ]|part [0-9ivx]{1,4}\b|section [0-9ivx]{1,4}\b)"  # 第…章/部分/篇/卷: chapter, part, volume
    r"|(?P<bracket>\([一二三四五六七八九十]{1,3}\))|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,4})"
    r"|(?P<number>\d{1,2})[ \t]?[、.)](?!\d)|(?P<round>\(\d{1,2}\)))"
)
_FIRST_HEAD = re.compile(rf"[ \t]*{_HEAD}")
_LINE_HEAD = re.compile(rf"[\n\u2028][ \t]*{_HEAD}")
"""Ordinals that stand only at the head of a line; the break in front lets the search skip from line to line."""
_CHINESE = re.compile(r"(?P<chinese>[一二三四五六七八九十]{1,3})[、.]")
"""Numerals one to ten, which count after a sentence and a blank too."""
_LEVELS = {"chapter": 0, "chinese": 2, "bracket": 4, "number": 5, "round": 6, "deep": 7}
_LABEL_LEVEL = 3
_NUMERALS = "一二三四五六七八九十"
_LABEL_STOP = re.compile(r"[。;,:|\n\u2028]")
_HEADING_STOP = re.compile(r"[。;:|\n\u2028]")
_DOTS = re.compile(r"\.{4}|…{2}|·{4}")
"""Leaders of a table of contents: such a line is no heading."""


class _Mark(NamedTuple):
    """A place where a section may begin. ``kind`` is None for an ordinal with no known heading behind it.

    ``end`` is where its line ends, None where it has no end worth looking for. A label (``联系人：…``, contact person)
    speaks for its line and for numbered lines directly below; headings with ordinals do not look at it.
    """

    start: int
    level: int
    number: int
    kind: SectionKind | None
    end: int | None = None


class _Ordinal(NamedTuple):
    """An ordinal, the blanks before it included."""

    start: int
    end: int
    level: int
    number: int


@cache
def _automaton() -> tuple[AhoCorasick, tuple[SectionKind, ...]]:
    pairs = [(fold(word), row.kind) for row in headings() for word in row.words]
    words = [word for word, _ in pairs]
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), tuple(kind for _, kind in pairs)


def split_sections(page: Page, language: str) -> tuple[Section, ...]:
    r"""Return the sections of a page in order, without gaps; text before the first heading is ``body``.

    Args:
        page: the page, with line breaks where the document has them.
        language: BCP 47 tag; headings of all languages are looked for, since forms mix them, so it is not used to
            choose among them.

    >>> page = Page(1, "一、采购内容：监控\n二、资格要求：业绩\n三、联系方式")  # bought, qualification, contact
    >>> [(section.kind, page.text[section.start : section.end]) for section in split_sections(page, "zh")]
    [('subject', '一、采购内容：监控\n'), ('qualification', '二、资格要求：业绩\n'), ('contact', '三、联系方式')]
    """
    del language
    text = fold(page.text)
    return _walk(_marks(text), page.number, len(text))


def _marks(text: str) -> list[_Mark]:
    """Return ordinals and headings in order of place, one for each place."""
    ordinals = _ordinals(text)
    ends = [ordinal.end for ordinal in ordinals]
    marks = {
        ordinal.start: _Mark(ordinal.start, ordinal.level, ordinal.number, None, _line_end(text, ordinal.end))
        for ordinal in ordinals
    }
    automaton, kinds = _automaton()
    last = -1
    for index, start, end in automaton.find_matches_as_indexes(text):
        at = bisect_right(ends, start) - 1
        ordinal = ordinals[at] if at >= 0 and _is_head(text, ends[at], start) else None
        line = None if ordinal else _line_start(text, start)
        if ordinal is None and (line is None or not _is_plain(text, line, start)):
            continue
        place = ordinal.start if ordinal else line or 0
        if place == last or not _ends_heading(text, end, is_label=ordinal is None):
            continue
        last = place
        kind = kinds[index]
        if ordinal:
            marks[place] = marks[place]._replace(kind=kind)
        else:
            marks[place] = _Mark(place, _LABEL_LEVEL, 0, kind, _label_end(text, end, kind))
    return [marks[place] for place in sorted(marks)]


def _ordinals(text: str) -> list[_Ordinal]:
    """Return the ordinals of a text in order of place."""
    first = _FIRST_HEAD.match(text)
    found = [_ordinal(first, first.start())] if first else []
    found += [_ordinal(match, match.start() + 1) for match in _LINE_HEAD.finditer(text)]
    for match in _CHINESE.finditer(text):
        start = match.start()
        while start and text[start - 1] in " \t":
            start -= 1
        if start and text[start - 1] not in "\n\u2028。;" and not text[start - 1].isspace():
            if start == match.start():
                continue
            start += 1
        found.append(_ordinal(match, start))
    found.sort()
    return found


def _ordinal(match: re.Match[str], start: int) -> _Ordinal:
    """Return an ordinal with its level and, where its kind is counted, its number."""
    name = match.lastgroup or "deep"
    number = 0
    if name in {"chinese", "bracket"}:
        digits = match.group(name)
        number = _NUMERALS.find(digits[-1]) + 1
        if name == "chinese" and len(digits) > 1 and digits[0] == "十":
            number += 10
    elif name in {"number", "round"}:
        number = int(match.group(name).strip("()"))
    return _Ordinal(start, match.end(), _LEVELS[name], number)


def _line_end(text: str, place: int) -> int | None:
    """Return where the line of ``place`` ends, its break included; None where the end is far."""
    return text.find("\n", place, place + _LONG_LINE) + 1 or None


def _label_end(text: str, end: int, kind: SectionKind) -> int | None:
    """Return where a label's section ends at the latest; None for a heading alone on its line, which has no end."""
    line_end = _line_end(text, end)
    is_alone = line_end is not None and not text[end : line_end - 1].strip(" :")
    if is_alone and line_end and kind in {"contact", "panel"}:
        return _line_end(text, line_end)
    return None if is_alone else line_end


def _line_start(text: str, start: int) -> int | None:
    """Return where the line of ``start`` begins, None when that is further than a heading may be long."""
    low = max(0, start - _BEFORE)
    line = max(text.rfind("\n", low, start), text.rfind("\u2028", low, start)) + 1
    return line if line or low == 0 else None


def _is_head(text: str, end: int, start: int) -> bool:
    """Return whether an ordinal that ends at ``end`` heads the word at ``start``: near, with no mark between."""
    return start - end <= _BEFORE and not _LABEL_STOP.search(text, end, start)


def _is_plain(text: str, line: int, start: int) -> bool:
    """Return whether what stands before the word on its line may begin a label: spaces, brackets, a few letters."""
    before = text[line:start].strip(" \t[(*★▲·-")
    return len(before) <= 8 and (not before or all(is_han(char) for char in before))


def _ends_heading(text: str, end: int, *, is_label: bool) -> bool:
    """Return whether a heading ends soon after its word: at a colon, a cell or the end of its line."""
    if end < len(text) and text[end].isalpha() and not is_han(text[end]) and text[end - 1].isalpha():
        return False
    limit = min(len(text), end + _AFTER)
    stop = (_LABEL_STOP if is_label else _HEADING_STOP).search(text, end, limit)
    if stop is None:
        return limit == len(text) or not is_label
    if stop.group() in ":|":
        return True
    return stop.group() in "\n\u2028" and not _DOTS.search(text, end, limit)


def _walk(marks: list[_Mark], page: int, length: int) -> tuple[Section, ...]:
    """Return sections from marks: each mark continues, ends or opens one."""
    sections: list[Section] = []
    running = _Mark(0, 9, 0, "body")
    begin = 0
    for mark in (*marks, _Mark(length, -1, 0, None)):
        if _has_ended(running, mark):
            begin = _close(sections, running, begin, running.end or begin, page)
            running = _Mark(begin, 9, 0, "body")
        kind = _kind_after(mark, running)
        if kind is None:
            running = running._replace(end=mark.end) if mark.start == running.end else running
            continue
        if kind != running.kind or mark.start == length:
            begin = _close(sections, running, begin, mark.start, page)
        running = _Mark(mark.start, mark.level, mark.number, kind, mark.end)
    return tuple(sections)


def _has_ended(running: _Mark, mark: _Mark) -> bool:
    """Return whether a label that does not count ended before a mark: its line is over and no numbered line follows."""
    if running.kind in _COUNTING or running.level != _LABEL_LEVEL or running.end is None or mark.start < running.end:
        return False
    return mark.start > running.end or mark.level <= _LABEL_LEVEL


def _close(sections: list[Section], running: _Mark, begin: int, end: int, page: int) -> int:
    """Add the running section up to ``end`` and return ``end``."""
    if end > begin and running.kind:
        if sections and sections[-1].kind == running.kind:
            begin = sections.pop().start
        sections.append(Section(running.kind, page, begin, end))
    return end


def _kind_after(mark: _Mark, running: _Mark) -> SectionKind | None:
    """Return the kind that begins at a mark, or None when the mark lies inside the running section."""
    if mark.kind is not None:
        is_inside = running.kind not in _COUNTING and mark.level > running.level
        return None if is_inside and (running.kind, mark.kind) != ("panel", "items") else mark.kind
    if mark.level > running.level or (running.kind == "furniture" and mark.level >= 0):
        return None
    if mark.level == running.level and mark.number != running.number + 1 and running.level:
        return None
    return "body"
