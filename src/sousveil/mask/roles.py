"""Names in running text that an office before them or a workplace and rank behind them announce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.chinese import Trust, is_name, iter_names
from sousveil.mask.labelled import Announced, names_before
from sousveil.mask.lexicon import HAN, lexicon

# engineer, manager, person in charge, staff, architect, lecturer, director, consultant, specialist, customer service,
# site officers: safety, works, quality, materials, documents
OFFICES = "工程师|经理|负责人|人员|架构师|讲师|总监|顾问|专员|客服|安全员|施工员|质检员|材料员|资料员"
_OFFICE = re.compile(OFFICES)
_HOLDER = re.compile(
    rf"(?:[ ]?:[ ]?|[ \t]{{0,4}})(?=[{HAN}]{{2,4}}(?:[、,。;)\n\t ]|予以|处以|给予|作出|$))"  # given, fined, decided
)
_REST = re.compile(rf"[{HAN}]{{2,3}}[ \t]{{0,4}}(?:\n|$)")
"""A short run that ends the line its office began."""
MAX_OFFICE = 6
"""Characters before the word for the office: 直接责任人员, 'persons directly liable'; longer runs are sentences."""
# engineer, professor, fellow, lecturer, economist, accountant, physician, lawyer, auditor, architect, librarian …
RANKS = "工程师|教授|研究员|高工|讲师|经济师|会计师|医师|律师|审计师|统计师|建筑师|规划师|农艺师|馆员|技师"
_RANK = re.compile(RANKS)
# A name, a comma, the workplace, and what a rank begins with: full, deputy, senior.
_CREDENTIALS = re.compile(
    rf"(?<![{HAN}])([{HAN}]{{2,4}}|[{HAN}]{{1,8}}·[{HAN}]{{1,10}})(?:[ ]?[,(、][ ]?|[ \t]{{1,6}})"
    rf"[{HAN}0-9()]{{3,30}}[, )/、]{{0,2}}"
    r"[ \t]{0,6}(?:正高级|副高级|正高|副高|高级|副|正)?$"
)
# I, NAME (name), am …: the form of a power of attorney.
_SELF = re.compile(rf"(?:我|本人)[ ]?([{HAN}]{{2,4}}?)[ ]?(?:\(姓名\)[ ]?)?(?:系|是|作为|代表)")


# (name), (name and post of the legal representative): a form says what the words before it are
_CALLED_NAME = re.compile(r"\([^()\n]{0,12}姓名[^()\n]{0,10}\)")
_GROUPS = frozenset({"人员", "专员", "客服"})
"""Staff, specialist, customer service: two characters that stand glued to them are mostly a word (人员关系)."""


def iter_roles(folded: str) -> Iterator[Announced]:
    """Yield names that stand alone directly behind an office, with or without a colon: 实施工程师张三,李四."""
    for office in _OFFICE.finditer(folded):
        gap = _HOLDER.match(folded, office.end())
        start = _run_start(folded, office.start())
        if not gap or start is None:
            continue
        is_line = folded[start - 1 : start] in {"", "\n"} and _REST.match(folded, gap.end())
        names = list(iter_names(folded, gap.end(), Trust.PLAIN if is_line else Trust.CAREFUL))
        if names and not gap.group() and office.group() in _GROUPS and names[0].end - names[0].start < 3:
            continue
        for name in names:
            yield Announced(name.start, name.end, is_strong=False)


def _run_start(folded: str, end: int) -> int | None:
    """Return where the run of Han characters that ends at ``end`` begins, or None where it is long."""
    start = end
    while start > 0 and "\u3400" <= folded[start - 1] <= "\u9fff":
        start -= 1
        if end - start > MAX_OFFICE:
            return None
    return start


def iter_declared(folded: str) -> Iterator[Announced]:
    """Yield names of powers of attorney: 我张三系…, and what a form marks as one: 张三（姓名）."""
    words = lexicon()
    for form in _CALLED_NAME.finditer(folded) if "姓名" in folded else ():
        yield from names_before(folded, form.start(), sizes=(3, 4, 2), trust=Trust.PLAIN)
    for match in _SELF.finditer(folded):
        if is_name(match[1], Trust.PLAIN, words):
            yield Announced(match.start(1), match.end(1), is_strong=True)


def iter_credentials(folded: str) -> Iterator[Announced]:
    """Yield names before a workplace and a rank, as portals list the experts of a single source: 张三,某某大学,教授."""
    words = lexicon()
    for rank in _RANK.finditer(folded):
        line = folded.rfind("\n", max(0, rank.start() - 56), rank.start()) + 1 or max(0, rank.start() - 56)
        match = _CREDENTIALS.search(folded, line, rank.start())
        if match and ("·" in match[1] or is_name(match[1], Trust.PLAIN, words)):
            yield Announced(match.start(1), match.end(1), is_strong=True)
