"""The grammar of Chinese personal names: where a name that begins here ends, if it is one.

Works on folded text. A surname list alone damages institutions (2 of 45 hits were right on real notices), so a name
is only looked for where something announces it; the ``Trust`` in that place says how much the name itself must prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from sousveil.mask.lexicon import HAN, Lexicon, lexicon
from sousveil.model import COVER


class Trust(IntEnum):
    """How much the place says that a name stands there."""

    STRICT = -1
    """Nothing announces a name: a common surname is needed, and frequent characters of given names only."""
    CAREFUL = 0
    """A common surname and characters that given names are made of are needed."""
    LIKELY = 1
    """The same, but the surname may be a common word, too."""
    PLAIN = 2
    """A surname is needed."""
    FIRM = 3
    """Any short run of characters that given names are made of will do."""
    SURE = 4
    """A strong label and a colon stand before it: any short run that no table knows as something else will do."""


class Name(NamedTuple):
    """A name: its range, and where reading goes on (after a title that belongs to it)."""

    start: int
    end: int
    after: int


_RUN = re.compile(f"[{HAN}]{{1,16}}")
_EDGE = re.compile(f"(?![{HAN}])")
_DOTTED = re.compile(rf"[{HAN}]{{1,10}}(?:[ ]?[·•・‧∙.][ ]?[{HAN}]{{1,12}}){{1,3}}")
_DOT = re.compile("[ ]?[·•・‧∙.]")
_SPACED = re.compile(rf"([{HAN}])([ \t]{{1,4}})([{HAN}])(?:\2([{HAN}]))?(?![{HAN}])")
_MASKED = re.compile(f"{COVER}{{1,6}}(?!{COVER})")
"""Covered characters as many as a name has; a longer block was a number, which never began a list of names."""
# (采购人代表) 'representative of the buyer', and whatever else stands in brackets after a name.
_BRACKET = r"(?:[ \t]?\([^()\n]{0,40}\))?"
_LIST_MARK = (
    r"(?:[ \t\n]{0,6}[、,;/&][ \t\n]{0,6}|[ \t]?(?:和|及|与|以及)[ \t]?|[ \t]{1,12})"  # and, and, with, as well as
)
_SEPARATOR = re.compile(_BRACKET + _LIST_MARK)
_LINE_BREAK = re.compile(_BRACKET + r"[ \t]{0,4}\r?\n[ \t\r\n]{0,6}(?:\d{1,2}[.、) ]{1,3})?")
_NUMBERING = re.compile(
    rf"(?:\(?\d{{1,2}}[.、):]{{1,2}}[ ]?|\d(?=[{HAN}])|第[一二三四五六七八九十]位|[\-*●·][ ])?[\"'<《“]?"
)
"""1. before a name, a circled 1, which folding makes a bare digit, 'the first', a bullet."""
_ROLE = re.compile(rf"\([{HAN}]{{2,8}}\)[ ]?(?=[{HAN}])")
"""A part in brackets before the name: （组长）张三."""
_COLON = re.compile(r"[ ]?:(?![ ]?[0-9(+,;])")
"""A colon that makes a label of what stands before it; before a phone number or a comma it does not."""


def name_at(text: str, start: int, trust: Trust) -> Name | None:
    """Return the name that begins at ``start`` of folded text, or None.

    A run of blocks counts as a name, so that masked text is read as the original was.
    """
    words = lexicon()
    here = text[start : start + 1]
    if here < "\u2588":  # COVER, and all Han characters after it
        return None
    masked = _MASKED.match(text, start) if here == COVER else None
    if masked:
        return Name(start, masked.end(), _skip_title(text, masked.end(), words))
    run = _RUN.match(text, start)
    if not run:
        return None
    dotted = _DOTTED.match(text, start) if _DOT.match(text, run.end()) else None
    if dotted:
        return _dotted_name(text, dotted, words)
    word = run.group()
    if len(word) == 1:
        return _spaced_name(text, start, trust, words) or _torn_name(text, start, run.end(), trust, words)
    torn = _torn_name(text, start, run.end(), trust, words)
    if torn:
        return torn
    titled = _titled(text, start, word, trust, words)
    if titled and (titled.after == run.end() or len(word) > 4):
        return titled
    if len(word) <= 9 and is_name(word, trust, words):
        return Name(start, run.end(), _skip_title(text, run.end(), words))
    return titled or _short_titled(start, word, trust, words) or _followed(text, start, word, trust, words)


def is_name(word: str, trust: Trust, words: Lexicon) -> bool:
    """Return whether a whole run of Han characters can be one person's name."""
    size = len(word)
    if size < 2 or word in words.values or word[:2] in words.starts or word[:3] in words.starts:
        return False
    if _is_transcribed(word, trust, words):
        return True
    surname = _surname_of(word, trust, words)
    if _is_barred(word, surname, trust, words):
        return False
    if not surname:
        return _is_unusual(word, trust, words)
    given = word[surname:]
    if len(given) == 3 and surname == 1 and given[0] in words.surnames:
        given = given[1:]
    if len(given) > 2:
        return _is_unusual(word, trust, words)
    if trust >= Trust.PLAIN:
        return True
    if trust is Trust.STRICT:
        return words.frequent.issuperset(given) and word not in words.places
    known = sum(char in words.given for char in given)
    return known == len(given) or (known == 1 and len(given) == 2)


def _surname_of(word: str, trust: Trust, words: Lexicon) -> int:
    """Return how many characters of the word are its surname: 2, 1, or 0 for none that the place lets count."""
    if word[:2] in words.compounds and len(word) > 2:
        return 2
    return int(word[0] in words.surnames or (trust > Trust.CAREFUL and word[0] in words.rare_surnames))


def _is_barred(word: str, surname: int, trust: Trust, words: Lexicon) -> bool:
    """Return whether the word ends or goes on as no name does.

    A known surname after a label lets through what only looks like a sentence: 沈未央 (未: not yet).
    """
    if word[-2:] in words.ends or word in words.by_text:
        return True
    if surname == 2 and len(word) == 4 and trust >= Trust.FIRM:
        return False  # nothing but a name is as long and begins so
    is_full = len(word) == surname + 2 or (len(word) == surname + 1 and (surname > 1 or trust >= Trust.FIRM))
    is_named = trust >= Trust.PLAIN and surname > 0 and is_full and word[0] not in words.rare_surnames
    if word[-1] in words.ends and not (is_named and word[-1] in words.given):
        return True
    bars = words.particles if is_named or (trust is Trust.SURE and surname) else words.middles
    return not bars.isdisjoint(word[1:])


def _is_unusual(word: str, trust: Trust, words: Lexicon) -> bool:
    """Return whether a run without a known surname is a name: a short one of name characters in a firm place."""
    if trust < Trust.FIRM or word[0] in words.middles or len(word) > 3:
        return False
    return trust is Trust.SURE or all(char in words.given for char in word[1:])


def _is_transcribed(word: str, trust: Trust, words: Lexicon) -> bool:
    """Return whether a run is a transcribed name (次仁卓玛): up to nine characters of such names.

    In a firm place one character in a longer name may be another.
    """
    if trust < Trust.CAREFUL or len(word) > 9 or words.minority.isdisjoint(word[:2]):
        return False
    if word in words.whole:
        return True
    strange = sum(char not in words.minority for char in word)
    if trust >= Trust.FIRM:
        return strange == 0 or (strange == 1 and len(word) >= 4 and word[-1] not in words.ends)
    return strange == 0 and len(word) >= 3


def _dotted_name(text: str, match: re.Match[str], words: Lexicon) -> Name | None:
    """Return a name with a dot in it (买买提·吐逊), cut before a word that follows it directly."""
    last = max(match.group().rfind(dot) for dot in "·•・‧∙.") + match.start() + 1
    end = match.end()
    for place in range(last + 1, end):
        if words.follow.match(text, place):
            end = place
            break
    if "." in match.group() and end - match.start() < 5:
        return None
    after = _skip_title(text, end, words)
    return None if text[match.start() : match.start() + 2] in words.starts else Name(match.start(), end, after)


# 七、 'seven,' begins a heading and no rest of a name.
_TORN = re.compile(
    rf"[ \t]{{0,2}}\r?\n[ \t]{{0,4}}(?![一二三四五六七八九十]{{1,2}}[、.]|[电地邮联传手][ \t\r\n])([{HAN}]{{1,3}})"
    r"(?=[、,;(]|[ \t]{0,8}(?:\r?\n|$))"
)


def _torn_name(text: str, start: int, end: int, trust: Trust, words: Lexicon) -> Name | None:
    """Return a name that a line break cuts (雷 | 纯): too short on its line, and whole with what begins the next.

    What follows on the next line must stand alone there or before a list mark, and be made of given names'
    characters; behind a name that is whole by itself only one character is taken.
    """
    head = text[start:end]
    rest = _TORN.match(text, end) if trust >= Trust.PLAIN and len(head) <= 3 else None
    if not rest or not any(char in words.given for char in rest[1]):
        return None
    is_open = len(head) == 1 or head in words.compounds
    if len(rest[1]) == 3 and head + rest[1][0] not in words.compounds:
        return None
    if not is_open and (len(rest[1]) > 1 or len(head) > 2 + (head[:2] in words.compounds)):
        return None
    if not is_name(head + rest[1], min(trust, Trust.PLAIN), words):
        return None
    return Name(start, rest.end(), _skip_title(text, rest.end(), words))


def _spaced_name(text: str, start: int, trust: Trust, words: Lexicon) -> Name | None:
    """Return a name whose characters stand apart (张 三)."""
    match = _SPACED.match(text, start)
    if not match or not (match[1] in words.surnames or (trust >= Trust.FIRM and match[1] in words.rare_surnames)):
        return None
    given = match[3] + (match[4] or "")
    if (match[1] + match[3]) in words.starts or match[1] + given in words.values:
        return None
    if trust < Trust.FIRM and any(char not in words.given for char in given):
        return None
    return Name(start, match.end(), _skip_title(text, match.end(), words))


def _titled(text: str, start: int, word: str, trust: Trust, words: Lexicon) -> Name | None:
    """Return a name with its title: 王建国先生 covers 王建国, 王主任 covers the surname."""
    title = words.titles.search(word, 1, 12)
    if not title or title.start() > 4 or is_named_after(text, start + title.end()):
        return None
    stem = word[: title.start()]
    is_lone = stem in words.lone or (trust >= Trust.PLAIN and (stem in words.compounds or stem in words.surnames))
    if is_lone or is_name(stem, trust, words):
        return Name(start, start + len(stem), start + title.end())
    return None


def _short_titled(start: int, word: str, trust: Trust, words: Lexicon) -> Name | None:
    """Return a surname with a title of one character (李工, 王总: only after a label) or as 小王, 老李."""
    if len(word) == 2 and word[0] in "小老" and word[1] in words.lone:  # Young X, Old X
        return Name(start, start + 2, start + 2)
    if trust < Trust.PLAIN or word[-1] not in words.short_titles:
        return None
    stem = word[:-1]
    if stem in words.lone or (len(stem) > 1 and is_name(stem, trust, words)):
        return Name(start, start + len(stem), start + len(word))
    return None


_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
"""The number of the next heading, glued to the last name of a list: 张三六、."""


_FIRM_ENDS = ("公司", "事务所", "集团", "商会", "协会", "学会")
"""Company, office of lawyers, group, chamber, associations: a run that ends so is one, whatever it begins with."""


_TRADES = frozenset({"代理机构", "招标代理", "采购代理", "监督", "论证", "审核"})
_FIRM = re.compile(rf"[{HAN}]{{0,6}}?(?:有限|股份|集团|公司|事务所)")
"""Words behind a name that are the trade of a firm as often: 万里鹏招标代理|有限公司."""


def _followed(text: str, start: int, word: str, trust: Trust, words: Lexicon) -> Name | None:
    """Return a name that runs into the next word (张三联系电话): the cut with the longest known word after it."""
    best: tuple[int, int] | None = None
    if word.endswith(_FIRM_ENDS):
        return None
    for size in (3, 2, 4):
        if size >= len(word) and start + size > start + len(word):
            continue
        follow = words.follow.match(text, start + size) or _HEADING.match(text, start + size)
        if follow and follow.group() in _TRADES and _FIRM.match(text, follow.end()):
            continue
        if follow and is_name(word[:size], min(trust, Trust.PLAIN), words) and not _names_a_place(text, follow, words):
            weight = follow.end() - follow.start()
            if best is None or weight > best[0]:
                best = (weight, size)
    if best is None:
        return None
    end = start + best[1]
    return Name(start, end, _skip_title(text, end, words))


def _names_a_place(text: str, follow: re.Match[str], words: Lexicon) -> bool:
    return bool(words.titles.fullmatch(follow.group())) and is_named_after(text, follow.end())


def _skip_title(text: str, place: int, words: Lexicon) -> int:
    """Return where reading goes on behind a title, which a blank may part from its name: 张三 教授."""
    blank = text[place : place + 1] == " "
    title = words.titles.match(text, place + blank)
    return title.end() if title and (not blank or not _RUN.match(text, title.end())) else place


def is_inside_institution(text: str, end: int) -> bool:
    """Return whether an institution's name goes on where a personal name would end (张小泉|股份有限公司)."""
    match = lexicon().institution.match(text, end)
    return bool(match)


def is_named_after(text: str, end: int) -> bool:
    """Return whether a person's title is followed by a museum or the like: 毛泽东同志|纪念馆."""
    match = lexicon().institution.match(text, end, end + 6)
    return bool(match)


def iter_names(text: str, place: int, trust: Trust, *, is_panel: bool = False) -> Iterator[Name]:
    """Yield the names of a list that begins at ``place``: 张三、李四（采购人代表）和王五.

    The first name enjoys the given trust, those after 、 as well, those after another mark
    at most ``PLAIN`` (in a panel ``FIRM``), those after a blank ``CAREFUL`` (in a panel ``PLAIN``).
    """
    for _ in range(60):
        number = _NUMBERING.match(text, place)
        place = number.end() if number else place
        role = _ROLE.match(text, place) if is_panel else None
        place = role.end() if role else place
        name = name_at(text, place, trust)
        if name is None or _is_cut(text, name):
            return
        yield name
        mark = _SEPARATOR.match(text, name.after)
        if mark:
            place = mark.end()
            trust = _next_trust(mark.group(), trust, is_panel=is_panel)
            continue
        line = _LINE_BREAK.match(text, name.after)
        if not line or not is_panel:
            return
        place, trust = line.end(), min(trust, Trust.PLAIN)


def _next_trust(mark: str, trust: Trust, *, is_panel: bool) -> Trust:
    """Return what the name after a list mark must prove: 、 and / part names only, a comma may begin something else."""
    if mark.isspace() and not is_panel:
        return Trust.CAREFUL
    if is_panel and trust >= Trust.FIRM and not mark.isspace():
        return Trust.FIRM
    return trust if mark.strip(" \t\n")[-1:] in {"、", "/"} else min(trust, Trust.PLAIN)


def _is_cut(text: str, name: Name) -> bool:
    """Return whether the name is the beginning of an institution's name, or itself a label before a colon."""
    if _COLON.match(text, name.end):
        return True
    if name.after > name.end:
        return False
    opens = text[name.end : name.end + 1] == "("
    return opens and is_inside_institution(text, name.end)
