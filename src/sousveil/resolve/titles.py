"""Titles: what a purchase is called, without the words of stage, agency and portal, and the ordinals that part it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.notice_types import notice_type_words
from sousveil.data.plain_words import company_forms, end_words, plain_words
from sousveil.data.purchase_marks import MarkKind, purchase_marks
from sousveil.resolve.marks import has_mark, take
from sousveil.resolve.numbers import squash
from sousveil.text.fold import even, fold

_YEARS = re.compile(
    r"(?<![\da-z])(20\d\d|1[01]\d)(?: ?年度?)? ?(?:[-~至到/] ?(20\d\d|1[01]\d|\d\d)(?!\d))? ?(?:年度?|学年)?(?![\da-z])"
)
_ROC = 1911
"""Years of the Republic of China count from 1912."""
_MOST_YEARS = 6
_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_CODE = re.compile(r"[(\[]([^()\[\]]*?\d[^()\[\]]*)[)\]]")
_CODE_LABEL = re.compile(r"^ ?(?:项目|采购|招标|标书)?(?:编号|号) ?:? ?")
_PARTING: tuple[MarkKind, ...] = ("phase", "batch", "quarter", "month", "part")
_LEAST_CODE_DIGITS = 5
_MIN_TITLE = 2
_LEAST_NAME, _MOST_PLACES = 5, 12
"""Characters of a name left when places are cut off its head, and characters that these places take."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart."""

    core: str
    """Letters and digits without stage, call, lot, year, portal and buyer."""
    full: str
    """The same with the buyer where the title names it."""
    grams: frozenset[str]
    """Pairs of Chinese characters and other words of the core that tell something."""
    ordinals: frozenset[tuple[str, str]] = frozenset()
    """Kind and value of marks that part purchases: ``("year", "2024")``, ``("phase", "2")``."""
    lots: frozenset[str] = frozenset()
    attempt: int = 1
    numbers: tuple[str, ...] = ()
    """Numbers in brackets, as folded."""
    changes: tuple[str, ...] = ()
    """Ordinals of a correction: the second one is no copy of the first."""
    is_framework: bool = False
    is_call_off: bool = False
    is_acceptance: bool = False


@cache
def _stages() -> tuple[AhoCorasick, tuple[bool, ...]]:
    words: dict[str, bool] = {}
    for row in notice_type_words():
        for word in row.words:
            folded = even(fold(word))
            words.setdefault(folded, folded[0].isalpha() and not "\u4e00" <= folded[0] <= "\u9fff")
    return AhoCorasick(tuple(words), matchkind=MatchKind.LeftmostLongest), tuple(words.values())


def _without_stages(text: str) -> str:
    matcher, whole = _stages()
    kept, reached = [], 0
    for number, start, end in matcher.find_matches_as_indexes(text):
        if whole[number] and (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            continue
        kept.append(text[reached:start])
        reached = end
    return " ".join((*kept, text[reached:])) if kept else text


@lru_cache(maxsize=4096)
def read_title(printed: str, buyer: str = "") -> Title:
    """Return a title taken apart; ``buyer`` as printed is taken off its head.

    >>> title = read_title("临江县公安局2024年视频监控系统建设项目（二期）（第二次）公开招标公告", "临江县公安局")
    >>> title.core, sorted(title.ordinals), title.attempt
    ('视频监控系统建设', [('phase', '2'), ('year', '2024')], 2)
    """
    text = " ".join(even(fold(printed)).split())
    head = text
    numbers = tuple(_numbers(text))
    for pattern in (*purchase_marks("tag"), *purchase_marks("writer")):
        text = pattern.sub("", text)
    text, changes = take("change", text)
    text, calls = take("attempt", text)
    text, years = _take_years(text)
    ordinals = {("year", year) for year in years}
    text, lots = take("lot", text)
    for kind in _PARTING:
        text, found = take(kind, text)
        ordinals.update((kind, value) for value in found)
    full = _without_ends(_plain(_without_stages(text)))
    core = _without_buyer(full, buyer)
    return Title(
        core,
        full,
        frozenset(_grams(core)),
        frozenset(ordinals),
        frozenset(lots),
        max((int(call) for call in calls if call.isdigit()), default=1),
        numbers,
        changes,
        is_framework=has_mark("framework", head),
        is_call_off=has_mark("call_off", head),
        is_acceptance=has_mark("acceptance", head),
    )


def _numbers(text: str) -> list[str]:
    found = (_CODE_LABEL.sub("", match[1]) for match in _CODE.finditer(text))
    return [
        code for code in found if " " not in code.strip() and sum(char.isdigit() for char in code) >= _LEAST_CODE_DIGITS
    ]


def _take_years(text: str) -> tuple[str, set[str]]:
    found: set[str] = set()
    for match in _YEARS.finditer(text):
        first, last = _year(match[1]), _year(match[2] or match[1], match[1])
        found.update(str(year) for year in range(first, min(max(first, last), first + _MOST_YEARS) + 1))
    return _YEARS.sub(" ", text), found


def _year(digits: str, before: str = "") -> int:
    value = int(digits)
    if len(digits) == 2:
        return _year(before) // 100 * 100 + value
    return value + _ROC if value < 1000 else value


def _plain(text: str) -> str:
    """Return the letters and digits; words of alphabets stay parted by a blank."""
    return " ".join(_RUNS.findall(text)) if not _is_han(text) else "".join(_RUNS.findall(text))


def _is_han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


def _without_buyer(full: str, buyer: str) -> str:
    """Return a title without the buyer's name at its head and without words that say nothing at its ends."""
    core = _without_ends(full)
    for name in _spoken_names(squash_name(buyer)):
        while core.startswith(name) and len(core) - len(name) >= _MIN_TITLE:
            core = _without_ends(core[len(name) :].strip())
    return core or full


@lru_cache(maxsize=1024)
def _spoken_names(name: str) -> tuple[str, ...]:
    """Return the ways in which a title names a buyer: whole, without its form, without the places it begins with."""
    short = name
    for form in company_forms():
        short = short.replace(form, "")
    whole = tuple(dict.fromkeys(filter(None, (name, short))))
    if not _is_han(name):
        return whole
    return (*whole, *(short[at:] for at in range(1, min(len(short) - _LEAST_NAME, _MOST_PLACES) + 1)))


def _without_ends(text: str) -> str:
    start, end = _ends()
    head = start.match(text)
    tail = end.search(text, head.end() if head else 0)
    cut = text[head.end() if head else 0 : tail.start() if tail else len(text)]
    return cut if len(cut) >= _MIN_TITLE else text


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(map(re.escape, end_words()))
    return re.compile(f"(?:{words})+"), re.compile(f"(?:{words})+$")


def squash_name(name: str) -> str:
    """Return the letters and digits of a body's name, folded, without a note in brackets behind it.

    >>> squash_name("临江市历下区教育局（本级）")
    '临江市历下区教育局'
    """
    folded = re.sub(r"\([^()]*\)$", "", even(fold(name)).strip())
    return squash(folded) if _is_han(folded) else " ".join(_RUNS.findall(folded))


def _grams(core: str) -> list[str]:
    plain = plain_words()
    found: list[str] = []
    for run in _RUNS.findall(core):
        if "\u3400" <= run[0] <= "\u9fff":
            found.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
        elif len(run) > 1:
            found.append(run)
    return [gram for gram in found if gram not in plain] or found


def common_share(one: Title, other: Title) -> float:
    """Return how many of the telling words two titles share, 0 to 1 (Dice)."""
    total = len(one.grams) + len(other.grams)
    return 2 * len(one.grams & other.grams) / total if total else 0.0


def is_swap(one: str, other: str) -> bool:
    """Return whether two titles differ by one word for another, and not by more words: then they name different things.

    >>> is_swap("城关镇派出所监控", "太平镇派出所监控"), is_swap("视频监控设备", "视频监控及配套设备")
    (True, False)
    """
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start + end < len(one) and start + end < len(other)
