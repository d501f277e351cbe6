"""Names between two words that only a person fits: 指派X为, 由X变更为Y, 与…科X联系, 科长X到场, 张先生、X工.

What stands on both sides announces the name, so a surname is proof enough where one side alone would need more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import ahocorasick_rs as ac

from sousveil.data.person_stops import person_stops
from sousveil.mask.chinese import Trust, is_name
from sousveil.mask.labelled import Announced, Hit, names_before
from sousveil.mask.lexicon import HAN, lexicon
from sousveil.text.fold import fold

_APPOINTED = re.compile(
    rf"([{HAN}]{{2,4}}?)(?:同志|先生|女士|老师)?"
    # as, holds the office of, takes over, stands in for, answers for, on behalf of, goes to, …; a number in brackets
    r"(?=(?:为|担任|出任|兼任|接任|任(?![何意务一命])|作为|接替|代替|替代|代表(?![处团])|代理(?!机构|公司|人|服务)|负责(?!人)|全权|前往|牵头|主持(?!人)|带队|陪同"
    r"|具体负责|签署|签字|办理|经办)|[ ]?\([^()\n]{0,12}(?:电话|手机|身份证|联系方式|姓名)|[ ]?\(\+?\d{7})"
)
# X (as was) is changed to Y: the two vouch for each other.
_LEAVES = re.compile(rf"([{HAN}]{{2,5}})(?:\([^()\n]{{1,20}}\))?$")
_COMES = re.compile(rf"[:：\"“]?([{HAN}]{{2,4}})(?![{HAN}])")
_LEAD = re.compile("[由将把原自从为:]")
# What follows a verb of contact that ends its clause: a mark, phone, handles, signs up, fetches, matter
_TOUCHED = re.compile("[,;。(、\n]|电话|办理|报名|索取|领取|事宜|即可")
_WITH = re.compile(rf"(?:与|和|同|向|找|跟)[{HAN}0-9()]{{2,40}}$")
# Who holds the office before it: up to a mark or to what the person did.
_HOLDER = re.compile(
    rf"([{HAN}]{{2,4}}?)(?=[、,。;()\n]|$"
    # and others; take part, attend, chair, lead, accompany, present, report, speak, explain, announce, sign, receive, …
    r"|(?:等|及|和|与)?(?:参加|参与|出席|到场|列席|主持|带队|率队|陪同|介绍|汇报|讲话|讲解|答疑|宣布|宣读"
    r"|签字|签署|签名|接待|到会|发言|总结|作了|作出|表示|负责|担任|组成|监督|记录|任组长|为组长))"
)
# Where a list may begin: a line, or behind a mark.
_STARTS = re.compile(r"^|(?<=[\n:;。由 )])")
_ONE = rf"(?:(?:(?![和及与])[{HAN}]){{2,5}}|[{HAN}]{{2,8}}·[{HAN}]{{2,10}})(?:\([^()\n]{{1,20}}\))?"
# A list of names that makes up, takes part in or attends something; brackets may say what each is.
_PEOPLE = re.compile(
    rf"(?:{_ONE}(?:[ ]?[、,][ ]?|[和及与])){{1,12}}{_ONE}"
    r"(?=(?:等)?(?:[一二三四五六七八九十\d]{0,3}[人名位](?:同志|专家|老师)?)?$)"
)
_ITEM = re.compile(rf"([{HAN}·]{{2,16}})(?:\([^()\n]{{1,20}}\))?(?=[ ]?[、,]|$|等)")
# X: agreed; please ask X
_DECIDER = re.compile(rf"(?:^|[\n|;。])[ \t]{{0,8}}([{HAN}]{{2,4}})[ ]?:[ ]?[\"“]?$")
_ASKED = re.compile(rf"[ ]?([{HAN}]{{2,4}}?)(?:先生|女士|老师|同志)?(?=[ ]?[,。;(:、\n\d]|$|电话|手机)")
# 张先生、李工 and 李工、张先生: what a title says of one holds for the other.
_AFTER_TITLED = re.compile(rf"[ ]?[、,/;和及 ][ ]?([{HAN}]{{1,2}})(?:工|总)(?![{HAN}])")
_BEFORE_TITLED = re.compile(rf"(?<![{HAN}])([{HAN}]{{1,2}})(?:工|总)[ ]?[、,/;和及 ][ ]?[{HAN}]{{1,3}}$")


def iter_framed(folded: str, hits: Sequence[Hit]) -> Iterator[Announced]:
    """Yield the names that words on both sides announce; ``hits`` are the labels of the text, titles among them."""
    automaton, finders = _triggers()
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        yield from finders[index](folded, start, end)
    words = lexicon()
    for hit in hits:
        if hit.label.strength != "title":
            continue
        for match in (
            _AFTER_TITLED.match(folded, hit.end),
            _BEFORE_TITLED.search(folded, max(0, hit.start - 9), hit.start),
        ):
            if match and match[1] in words.lone:
                yield Announced(match.start(1), match.end(1), is_strong=False)


_Finder = Callable[[str, int, int], Iterator[Announced]]


@cache
def _triggers() -> tuple[ac.AhoCorasick, tuple[_Finder, ...]]:
    """Return one automaton for the words of all frames, and what reads each: one scan costs less than four patterns."""
    readers: dict[str, _Finder] = {
        "appoint": _appointed,
        "exchange": _exchanged,
        "contact-verb": _contacted,
        "officer": _officer,
        "partake": _partakers,
        "decide": _decider,
        "ask": _asked,
    }
    found = [(fold(word), readers[row.use]) for row in person_stops() if row.use in readers for word in row.words]
    return ac.AhoCorasick([word for word, _ in found]), tuple(reader for _, reader in found)


def _appointed(folded: str, start: int, end: int) -> Iterator[Announced]:
    match = _APPOINTED.match(folded, end)
    trust = Trust.PLAIN if end - start > 1 else Trust.CAREFUL  # 由 (by) appoints things as often
    if not match or not is_name(match[1], trust, lexicon()):
        return
    title = lexicon().titles.search(folded, match.start(1) + 1, match.end(1) + 3)
    if not title or title.start() >= match.end(1):  # 由王主任带领: a surname and its title, no name 王主
        yield Announced(match.start(1), match.end(1), is_strong=False)


def _exchanged(folded: str, start: int, end: int) -> Iterator[Announced]:
    """Yield both names of an exchange, or nothing where one of the two can be no name."""
    leaves, comes = _LEAVES.search(folded, max(0, start - 30), start), _COMES.match(folded, end)
    if not leaves or not comes or not is_name(comes[1], Trust.PLAIN, lexicon()):
        return
    stem = _LEAD.split(leaves[1])[-1]
    for size in (4, 3, 2):
        if len(stem) >= size and is_name(stem[-size:], Trust.PLAIN, lexicon()):
            yield Announced(leaves.end(1) - size, leaves.end(1), is_strong=False)
            yield Announced(comes.start(1), comes.end(1), is_strong=False)
            return


def _contacted(folded: str, start: int, end: int) -> Iterator[Announced]:
    line = max(folded.rfind("\n", 0, start) + 1, start - 44)
    if _TOUCHED.match(folded, end) and _WITH.search(folded, line, start):
        yield from names_before(folded, start, sizes=(4, 3, 2), must_be_free=True, trust=Trust.PLAIN)


def _partakers(folded: str, start: int, _: int) -> Iterator[Announced]:
    """Yield a list of two names and more before what they do together, where each of them can be one."""
    low = max(folded.rfind("\n", 0, start) + 1, start - 160)
    if "、" not in folded[low:start] and "," not in folded[low:start]:
        return
    for cut in _STARTS.finditer(folded, low, start):
        people = _PEOPLE.match(folded, cut.end(), start)
        if not people:
            continue
        items = list(_ITEM.finditer(re.sub("[和及与]", "、", people.group())))
        if len(items) > 1 and all(is_name(item[1], Trust.PLAIN, lexicon()) or "·" in item[1] for item in items):
            for item in items:
                yield Announced(people.start() + item.start(1), people.start() + item.end(1), is_strong=False)
        return


def _decider(folded: str, start: int, _: int) -> Iterator[Announced]:
    match = _DECIDER.search(folded, max(0, start - 18), start)
    if match and is_name(match[1], Trust.PLAIN, lexicon()):
        yield Announced(match.start(1), match.end(1), is_strong=False)


def _asked(folded: str, _: int, end: int) -> Iterator[Announced]:
    match = _ASKED.match(folded, end)
    if match and is_name(match[1], Trust.CAREFUL, lexicon()):
        yield Announced(match.start(1), match.end(1), is_strong=False)


def _officer(folded: str, _: int, end: int) -> Iterator[Announced]:
    match = _HOLDER.match(folded, end)
    if match and is_name(match[1], Trust.CAREFUL, lexicon()):
        yield Announced(match.start(1), match.end(1), is_strong=False)
