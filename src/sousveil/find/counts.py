"""Numbers that stand with a unit: where they are, before anything is decided about what they mean.

Two forms: a measure right after the number (16台, 1.2万路, 12 | 套), and a noun a few words after it
(41 licence plate cameras, 93 cámaras), also the noun first (cameras: 41).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.items import number_words
from sousveil.data.units import Unit, units
from sousveil.find.lexicon import even, is_whole
from sousveil.text.numerals import parse_number

_REACH = 70
"""Characters between a number and its noun: eight words."""
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,7})(?:\.[0-9]{1,3})?(?:[ ]?(?:百万|千万|万|亿|千|百))?"
# seven digits at most without separators: eight are a classification code (35125300 Security cameras)
_HAN = "一二两三四五六七八九十百千万"
_BETWEEN_STOPS = (  # words that end the group of words between a number and its noun: prepositions, units, times
    "of for to in on at by with from and or the per is are was were has have that which year years month months day "
    "days hour hours km m mm cm mp fps x percent lot lots section article no number version page annex "  # English
    "de del en el la los las con por para y art anos dias meses "  # Spanish, Portuguese
    "du des le les et avec pour mois ans jours von der die das und mit fur jahre monate di da il i "  # French, German …
    "na iz s v z для на в с и или год года лет дней месяц"  # Slavic: for, on, in, with, and, or, year, days, month
)
_NOT_BETWEEN = frozenset(_BETWEEN_STOPS.split())
_BETWEEN_WORD = re.compile(r"[^\s]+")
_YEARS = range(1990, 2041)
_PER = re.compile(r"[ ](?:per|por|par|pro|each)[ ]([a-z]{3,15})|/(?=[^\W\d_])([^\W\d_]{1,6})")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit.

    Attributes:
        value: the number.
        unit: row of the unit.
        printed: start and end of the unit's words.
        start: first character of the number, or of the noun that stands before it.
        end: end of the unit, or of the number after a noun.
        per: what a rate is counted by, or an empty string.
        is_split: whether number and unit stand in two cells.
    """

    value: Decimal
    unit: Unit
    printed: tuple[int, int]
    start: int
    end: int
    per: str = ""
    is_split: bool = False


def iter_counts(text: str) -> Iterator[Count]:
    """Yield the numbers with units of evened text: measures first, then nouns, each in order of position."""
    yield from _iter_measures(text)
    yield from _iter_nouns(text)


@cache
def measures() -> dict[str, Unit]:
    """Return evened name -> row of the units that stand right after a number."""
    return {even(row.unit): row for row in units() if row.style == "measure"}


@cache
def _measure_pattern() -> re.Pattern[str]:
    """Return number, optional cell border, unit; it begins with a plain set so that the engine skips quickly."""
    names = "|".join(re.escape(name) for name in sorted(measures(), key=len, reverse=True))
    return re.compile(
        rf"[0-9{_HAN}](?<![0-9a-z_.?█第{_HAN}].)(?<![0-9a-z][-/:.,*×].)(?:(?<=[0-9])[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}"
        rf"|(?<=[0-9])[0-9]{{0,11}}|(?<=[{_HAN}])[{_HAN}]{{0,6}})(?:\.[0-9]{{1,3}})?(?:[ ]?(?:百万|千万|万|亿|千|百))?"
        rf"(?P<gap>[ ]?\|[ ]|[ ]{{0,2}})(?P<unit>{names})"
    )


def _iter_measures(text: str) -> Iterator[Count]:
    rows = measures()
    for match in _measure_pattern().finditer(text):
        unit = rows[match["unit"]]
        end = match.end()
        if any(text.startswith(stop, end) for stop in unit.stops):
            continue
        if unit.language == "und" and end < len(text) and (text[end].isalnum() and text[end].isascii()):
            continue
        is_split = "|" in match["gap"]
        if is_split and not (end == len(text) or text[end] == "\n" or text.startswith(" |", end)):
            continue
        value = parse_number(text[match.start() : match.start("gap")])
        if not value:
            continue
        per = _PER.match(text, end)
        yield Count(
            value,
            unit,
            (match.start("unit"), end - len(unit.names)),
            match.start(),
            end,
            (per[1] or per[2]) if per else "",
            is_split=is_split,
        )


@cache
def _nouns() -> tuple[AhoCorasick, tuple[Unit, ...]]:
    pairs = [(even(form), row) for row in units() if row.style == "noun" for form in (row.unit, *row.forms)]
    unique = dict(reversed(pairs))
    return AhoCorasick(list(unique), matchkind=MatchKind.LeftmostLongest), tuple(unique.values())


@cache
def _before_noun() -> re.Pattern[str]:
    words = "|".join(sorted(number_words(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,*█/:-])(?P<number>{_DIGITS}|(?:{words})(?![\w]))(?P<between>[^\d\n;|]{{0,{_REACH}}})$"
    )


_AFTER_NOUN = re.compile(
    rf"(?:[ ]?(?:[:=]|-(?=[ ]))[ ]{{0,2}}|[ ]\((?=[0-9]+\)))(?P<number>{_DIGITS})(?![\w,.:/%-]?[\w%])"
)


def _iter_nouns(text: str) -> Iterator[Count]:
    automaton, rows = _nouns()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if not is_whole(text, start, end):
            continue
        count = _number_before(text, start, end, rows[index]) or _number_after(text, start, end, rows[index])
        if count:
            yield count


def _number_before(text: str, start: int, end: int, unit: Unit) -> Count | None:
    low = max(0, start - _REACH - 20)
    low = max(low, text.rfind("\n", low, start) + 1)
    window = text[low:start]
    stop = max(window.rfind(mark) for mark in (". ", ";", "|", ": ", "。", "، "))
    match = _before_noun().search(window, stop + 1 if stop >= 0 else 0)
    if not match or not _is_one_group(match["between"]):
        return None
    value = number_words().get(match["number"]) or _value(match["number"], unit)
    if not value or (int(value) in _YEARS and "," not in match["number"]):
        return None
    per = _PER.match(text, end)
    printed_end = per.end() if per else end
    return Count(
        Decimal(value), unit, (start, printed_end), low + match.start(), printed_end, (per[1] or per[2]) if per else ""
    )


_DOTTED = frozenset(("de", "es", "pt", "it", "fr", "nl", "tr"))
_DOTTED_THOUSANDS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


def _value(printed: str, unit: Unit) -> Decimal | None:
    """Return a number as its language writes it: 1.100 Stück are eleven hundred, 1.100 units are one and a tenth."""
    is_dotted = unit.language in _DOTTED and _DOTTED_THOUSANDS.fullmatch(printed)
    return parse_number(printed.replace(".", "") if is_dotted else printed)


def _is_one_group(between: str) -> bool:
    """Return whether the words between a number and a noun may all describe the noun."""
    if between and not between[0].isspace() and between[0] != "-":
        return False
    words = _BETWEEN_WORD.findall(between)
    return len(words) <= 8 and not any(
        word.strip("(),.-\"'") in _NOT_BETWEEN or "," in word or word.endswith(".") for word in words
    )


def _number_after(text: str, start: int, end: int, unit: Unit) -> Count | None:
    match = _AFTER_NOUN.match(text, end)
    value = _value(match["number"], unit) if match else None
    if not match or not value or int(value) in _YEARS:
        return None
    return Count(value, unit, (start, end), start, match.end("number"))
