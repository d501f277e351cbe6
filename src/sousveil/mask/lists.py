"""Names that stand free, between marks: in lists of nothing but names, behind any colon, before their part in brackets.

No label is needed here, so the name itself must prove more: see ``Trust.STRICT``. Measured on 9 million characters of
real notices (2026-11) before it was taken: lists of two names and more, and names behind a colon, were persons in every
place looked at; free names of three characters in 97 of 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sousveil.mask.chinese import Trust, is_inside_institution, is_name
from sousveil.mask.labelled import Announced
from sousveil.mask.lexicon import HAN, Lexicon, lexicon

_NOTE = r"(?:[ ]?\([^()\n]{1,24}\))?"
_MARK = re.compile(
    rf"{_NOTE}(?:[ \t\n]{{0,4}}[、,;/][ \t\n]{{0,4}}|[ \t]{{1,12}}|[ \t]?\n[ \t]{{0,4}})(?:\d{{1,2}}[.、)][ ]?)?$"
)
_PART = re.compile(r"[ ]?\(([^()\n]{2,16})\)")
# person, member, teacher, who …, head, delegate, expert, juror, manager: what a part in a panel ends in
_ROLE_END = re.compile("(?:人|员|师|者|长|代表|专家|评委|负责|经理|主任|总监|顾问|委员|正选|备选|签字|签名)$")
_OF_ROLE = re.compile("(?:人|员|师|者|长|代表|专家|评委|负责|经办|经理|主任|总监|委员|小组|成员|名单|组|班)[)]?[ ]?:$")
_COLON = re.compile(rf"[{HAN})\"'a-z][ ]?:[ \t]{{0,4}}$")


def iter_free_names(folded: str) -> Iterator[Announced]:
    """Yield the names that stand free in a text: lists, values of colons, and whole names of three characters."""
    words = lexicon()
    row: list[re.Match[str]] = []
    for match in words.free.finditer(folded):
        if _is_other(folded, match, words):
            continue
        if row and _MARK.match(folded[row[-1].end() : match.start()]) is None:
            yield from _names_in_row(folded, row, words)
            row = []
        row.append(match)
    yield from _names_in_row(folded, row, words)


def _names_in_row(folded: str, row: Sequence[re.Match[str]], words: Lexicon) -> Iterator[Announced]:
    """Yield the names of runs that only list marks part, by what they are together and by where each stands."""
    if not row or _OF_THINGS.search(folded, max(0, row[0].start() - 12), row[0].start()):
        return
    strict = [is_name(match.group(), Trust.STRICT, words) for match in row]
    careful = [one or is_name(match.group(), Trust.CAREFUL, words) for one, match in zip(strict, row, strict=True)]
    vouched = _vouched(folded, row, strict, words)
    careful = [one or other for one, other in zip(careful, vouched, strict=True)]
    mixed = _mixed_lists(folded, row, careful)
    works = [_has_workplace(folded, match.end(), words) for match in row]
    for place, match in enumerate(row):
        if not careful[place]:
            continue
        start, end = match.span()
        beside = [one for one in (place - 1, place + 1) if 0 <= one < len(row) and careful[one]]
        is_listed = any(_has_mark(folded, row, place, one) for one in beside if strict[place] and strict[one])
        is_listed = is_listed or vouched[place]
        stands = (strict[place] and _is_whole(match.group(), words)) or is_listed or len(beside) == 2
        if (
            (stands and place not in mixed)
            or _is_value(folded, start, is_strict=strict[place])
            or _has_part(folded, end)
            or (works[place] and (sum(works) > 1 or (strict[place] and _is_whole(match.group(), words))))
        ):
            yield Announced(start, end, is_strong=False)


def _vouched(folded: str, row: Sequence[re.Match[str]], strict: Sequence[bool], words: Lexicon) -> list[bool]:
    """Return which runs with rare given names are names because strict ones beside them vouch.

    Only in the value of a colon, and beside as many strict names at least: 会计师事务所:邓翀、石秀英.
    """
    found = [False] * len(row)
    first = 0
    for last in range(len(row)):
        if last + 1 < len(row) and _has_mark(folded, row, last, last + 1):
            continue
        part, first = range(first, last + 1), last + 1
        start = row[part[0]].start()
        if 2 * sum(strict[one] for one in part) < len(part) or not _COLON.search(folded, max(0, start - 12), start):
            continue
        for place in part:
            word = row[place].group()
            if not strict[place] and len(word) < 4 and word not in words.places:
                found[place] = is_name(word, Trust.PLAIN, words)
    return found


def _mixed_lists(folded: str, row: Sequence[re.Match[str]], careful: Sequence[bool]) -> set[int]:
    """Return the places of runs in lists that hold something else, too: 和平路、方家山、安宁庄 are no persons."""
    mixed: set[int] = set()
    first = 0
    for place in range(len(row)):
        is_last = place + 1 == len(row) or not _has_mark(folded, row, place, place + 1)
        if not is_last:
            continue
        start, end = row[first].start(), row[place].end()
        is_open = folded[max(0, start - 3) : start].rstrip().endswith("、")
        if is_open or folded[end : end + 3].lstrip().startswith("、") or not all(careful[first : place + 1]):
            mixed.update(range(first, place + 1))
        first = place + 1
    return mixed


# brand, model, place of origin, maker, place, address, checkpoint, site, stretch, station, village, road
_OF_THINGS = re.compile(
    "(?:品牌|型号|产地|厂家|厂商|地点|地址|卡口|点位|路段|站点|村庄|道路|地区|范围|景区|商标)[ ]?:[ ]?$"
)
# [2023]: the year behind the sign of an office, in the number of a document: 建文〔2023〕
_YEAR = re.compile(r"[ ]?[\[(〔]?[ ]?(?:19|20)\d\d")


def _is_other(folded: str, match: re.Match[str], words: Lexicon) -> bool:
    """Return whether a run is no name for what it says or begins.

    A number's sign, a heading (第五章: chapter five), a surname with its title, a firm: 江河(云南)…公司.
    """
    word = match.group()
    title = words.titles.search(word, 1)
    return (
        word[0] == "第"
        or (title is not None and title.end() == len(word))
        or word[-1] in words.short_titles
        or _YEAR.match(folded, match.end()) is not None
        or (folded[match.end() : match.end() + 1] == "(" and is_inside_institution(folded, match.end()))
    )


def _is_whole(word: str, words: Lexicon) -> bool:
    """Return whether a free run can hardly be anything but a name: three characters, no brand and no place."""
    return len(word) == 3 and word[0] not in words.brands and word not in words.places


def _has_mark(folded: str, row: Sequence[re.Match[str]], one: int, other: int) -> bool:
    """Return whether a real list mark, not a blank or a line end, parts two neighbours."""
    first, last = sorted((one, other))
    return any(mark in folded[row[first].end() : row[last].start()] for mark in "、,;/")


def _is_value(folded: str, start: int, *, is_strict: bool) -> bool:
    """Return whether a run is what a colon announces: for a role, or for anything where the name is strict."""
    before = folded[max(0, start - 12) : start]
    if not _COLON.search(before):
        return False
    return is_strict or _OF_ROLE.search(before.rstrip()) is not None


def _has_part(folded: str, end: int) -> bool:
    """Return whether what stands in brackets behind a run says which part a person has: 张三（联系人）."""
    part = _PART.match(folded, end)
    return part is not None and _ROLE_END.search(part[1].strip()) is not None


_WORKPLACE = re.compile(rf"[ ]?\([ ]?([{HAN}0-9]{{4,24}})[ ]?[,)]")


def _has_workplace(folded: str, end: int, words: Lexicon) -> bool:
    """Return whether brackets behind a run hold an institution: 张三（某某大学）."""
    part = _WORKPLACE.match(folded, end)
    return part is not None and any(part[1].endswith(ending) for ending in words.institution_ends)


def iter_dotted_names(folded: str) -> Iterator[Announced]:
    """Yield transcribed names with a dot, wherever they stand: nothing else is made of those characters so."""
    words = lexicon()
    if "·" not in folded and "•" not in folded and "‧" not in folded and "・" not in folded:
        return
    for low, high in _around_dots(folded):
        for match in words.dotted.finditer(folded, low, high):
            if not words.institution.match(folded, match.end()):
                yield Announced(match.start(), match.end(), is_strong=True)


_DOTS = re.compile("[·•・‧∙]")
_REACH = 12
"""Characters that a part of a transcribed name and a blank reach at most on each side of its dot."""


def _around_dots(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text in which a transcribed name can stand, those that overlap as one."""
    low = high = 0
    for dot in _DOTS.finditer(folded):
        start = dot.start()
        if start - _REACH >= high:
            if high:
                yield low, high
            low = max(0, start - _REACH)
        high = start + _REACH + 1
    if high:
        yield low, high
