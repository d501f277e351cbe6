"""Numbers that stand with a unit: where they are, before anything is decided about what they mean.

Two forms: a measure right after the number (16台, 1.2万路, 12 | 套), and a noun a few words after it
(41 licence plate cameras, 93 cámaras), also the noun first (cameras: 41).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.items import number_words
from sousveil.data.units import Unit, units
from sousveil.find.cues import holds
from sousveil.find.lexicon import even, is_whole, is_word
from sousveil.text.numerals import parse_number

_REACH = 70
"""Characters between a number and its noun: eight words."""
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,7})(?:\.[0-9]{1,3})?"
# seven digits at most without separators: eight are a classification code (35125300 Security cameras)
_BLANKED = r"[0-9]{1,3}(?: [0-9]{3}){1,3}(?![0-9])|[0-9]{1,4},[0-9]{1,2}(?![0-9,])|"
"""Thousands parted by blanks (1 250), and decimal commas (1,5): forms of most languages but English."""
_HAN = "一二两三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
"""Chinese numerals, those of cheques too: nought to nine, ten, hundred, thousand, ten thousand, hundred million."""
_BETWEEN_STOPS = (  # words that end the group of words between a number and its noun: prepositions, units, times
    "of for to in on at by with from and or the per is are was were has have that which year years month months day "
    "days hour hours km m mm cm mp fps percent lot lots section article no number version page annex "  # English
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


def iter_counts(text: str, places: Sequence[tuple[int, int]] = ()) -> Iterator[Count]:
    """Yield the numbers with units of evened text: measures first, then nouns, each in order of position.

    Args:
        text: the page, evened.
        places: where capabilities are stated on it; a noun of many uses (devices, sites) counts beside one.
    """
    yield from _iter_measures(text)
    yield from _iter_nouns(text, places)


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
        rf"|(?<=[0-9])[0-9]{{0,11}}|(?<=[{_HAN}])[{_HAN}]{{0,10}})(?:\.[0-9]{{1,3}})?(?:[ ]?(?:百万|千万|万|亿|千|百))?"
        rf"(?P<gap>[ ]?\|[ ]|[ ]{{0,2}}|[ ]?\()(?P<unit>{names})"
    )


_WHOLE = frozenset(("site", "channel", "device", "vehicle", "person", "kit", "record"))
"""Kinds that come in whole numbers: 8.3 before one of them is the number of a section. 1.2万路 is twelve thousand."""


def _iter_measures(text: str) -> Iterator[Count]:
    rows = measures()
    for match in _measure_pattern().finditer(text):
        unit = rows[match["unit"]]
        end = match.end()
        if any(text.startswith(stop, end) for stop in unit.stops):
            continue
        if is_word(text[end - 1]) and end < len(text) and is_word(text[end]):
            continue
        is_split = "|" in match["gap"]
        if match["gap"].endswith("("):  # 22(台), the unit in brackets
            if not text.startswith(")", end):
                continue
            end += 1
        if is_split and not (end == len(text) or text[end] == "\n" or text.startswith(" |", end)):
            continue
        value = parse_number(text[match.start() : match.start("gap")])
        if not value or (unit.kind in _WHOLE and value != value.to_integral_value()):
            continue
        per = _PER.match(text, end)
        yield Count(
            value,
            unit,
            (match.start("unit"), match.end("unit") - len(unit.names)),
            match.start(),
            end,
            (per[1] or per[2]) if per else "",
            is_split=is_split,
        )


@cache
def _nouns() -> tuple[AhoCorasick, tuple[tuple[Unit, ...], ...]]:
    """Return what finds the nouns, and the rows that share each: drones are counted in five languages."""
    rows: dict[str, dict[str, Unit]] = {}
    for row in units():
        for form in (row.unit, *row.forms) if row.style == "noun" else ():
            rows.setdefault(even(form), {}).setdefault(row.language, row)
    found = tuple(tuple(shared.values()) for shared in rows.values())
    return AhoCorasick(list(rows), matchkind=MatchKind.LeftmostLongest), found


@cache
def _before_noun(language: str) -> re.Pattern[str]:
    """Return number, its repetition in brackets, words between it and the noun, in one language."""
    words = "|".join(map(re.escape, sorted(number_words(language), key=len, reverse=True))) or "(?!)"
    scales = "|".join(map(re.escape, sorted(number_words(language, "scale"), key=len, reverse=True))) or "(?!)"
    digits = _DIGITS if language == "en" else _BLANKED + _DIGITS
    scaled = rf"(?:{digits})(?:[ ](?:{scales})(?!\w)(?:[ ]d[ei](?=[ ]))?)?"
    return re.compile(
        rf"(?<![\w.,*█/:-])(?<!x )(?P<number>{scaled}|(?:{words})(?!\w))"
        rf"(?:[ ]?\([0-9]{{1,6}}\))?(?:[ ]?[x×](?=[ ]))?(?P<between>[^\d\n;|\u2588]{{0,{_REACH}}})$"
    )


_AFTER_NOUN = re.compile(
    rf"(?:[ ]?(?:[:=]|-(?=[ ]))[ ]{{0,2}}|[ ]\((?=[0-9]+\)))(?P<number>{_DIGITS})(?![\w,.:/%-]?[\w%])"
)


_COMPANY_REACH = 200
"""Characters to either side of a noun of many uses in which its company must stand: two sentences."""
_COMPOUNDING = frozenset(("de", "nl", "sv", "nb", "da"))
"""Languages that write compounds as one word: Dome*kameras*, Kennzeichenerfassungs*geräte*."""


_BESIDE = frozenset(("device", "site", "kit", "vehicle", "channel"))
"""Kinds of things that a capability beside them makes things of surveillance; persons and records need more."""


def _is_beside(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(low - _COMPANY_REACH <= end and start <= high + _COMPANY_REACH for low, high in places)


def _iter_nouns(text: str, places: Sequence[tuple[int, int]] = ()) -> Iterator[Count]:
    automaton, rows = _nouns()
    for index, start, end in automaton.find_matches_as_indexes(text):
        near = text[max(0, start - _COMPANY_REACH) : end + _COMPANY_REACH]
        known = [unit for unit in rows[index] if not unit.needs or holds(near, unit.needs)]
        if not known and _is_beside(places, start, end):
            known = [unit for unit in rows[index] if unit.kind in _BESIDE]
        for unit in known:
            is_open = unit.language in _COMPOUNDING
            if not is_whole(text, start, end, open_left=is_open):
                continue
            first = _word_start(text, start) if is_open else start
            count = _number_before(text, first, end, unit) or _number_after(text, first, end, unit)
            if count:
                yield count
                break


def _word_start(text: str, start: int) -> int:
    low = max(0, start - _REACH)
    while start > low and (
        text[start - 1].isalpha() or (text[start - 1] == "-" and text[start - 2 : start - 1].isalpha())
    ):
        start -= 1
    return start


_SHORTENED = re.compile(r"(?<=[0-9] )(тыс|млн|млрд|тис|mio|tsd|tys)\.(?= )")
"""Thousand and million cut short (Russian, Ukrainian, German, Polish): their full stop ends no sentence."""


def _number_before(text: str, start: int, end: int, unit: Unit) -> Count | None:
    low = max(0, start - _REACH - 20)
    low = max(low, text.rfind("\n", low, start) + 1)
    window = _SHORTENED.sub(r"\1 ", text[low:start])
    stop = max(window.rfind(mark) for mark in (". ", ";", "|", ": ", "。", "، "))
    match = _before_noun(unit.language).search(window, stop + 1 if stop >= 0 else 0)
    if not match or not _is_one_group(match["between"]):
        return None
    value = number_words(unit.language).get(match["number"]) or _value(match["number"], unit)
    if not value or (int(value) in _YEARS and match["number"].isdigit()):
        return None
    per = _PER.match(text, end)
    printed_end = per.end() if per else end
    return Count(
        Decimal(value), unit, (start, printed_end), low + match.start(), printed_end, (per[1] or per[2]) if per else ""
    )


_DOTTED = frozenset(("de", "es", "pt", "it", "fr", "nl", "tr", "da", "nb"))
_DOTTED_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,3}")
_PARTS = re.compile(r"(?P<digits>[0-9][0-9., ]*?)(?:[ ](?P<scale>[^\W\d]+\.?)(?:[ ]d[ei])?)?")


def _value(printed: str, unit: Unit) -> Decimal | None:
    """Return a number as its language writes it.

    1.100 Stück are eleven hundred, 1.100 units are one and a tenth; 1,5 млн are a million and a half.
    """
    parts = _PARTS.fullmatch(printed)
    if not parts:
        return None
    digits = parts["digits"].replace(" ", "")
    if unit.language in _DOTTED and _DOTTED_THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    if unit.language != "en" and re.fullmatch("[0-9]{1,4},[0-9]{1,2}", digits):
        digits = digits.replace(",", ".")
    value = parse_number(digits)
    scale = number_words(unit.language, "scale").get(parts["scale"], 0) if parts["scale"] else 1
    return value * scale if value and scale else None


def _is_one_group(between: str) -> bool:
    """Return whether the words between a number and a noun may all describe the noun."""
    if between and not between[0].isspace() and between[0] != "-":
        return False
    words = _BETWEEN_WORD.findall(_JOINED.sub(" ", between))
    return len(words) <= 8 and not any(
        word.strip("(),.-\"'") in _NOT_BETWEEN or "," in word or word.endswith(".") for word in words
    )


_JOINED = re.compile(
    r"(?<=[ -])(?:fixed|static|mobile|dome|bullet|ptz|indoor|outdoor|internal|external|new|front|portable|analogue)"
    r" (?:and|&|or)(?= )|(?<= )[^\W\d_]{3,}(?:ых|их|ой|і) (?:и|или|та|і)(?= )"
    r"|(?<= )(?:fijas|moviles|fixes|mobiles) (?:y|o|et|ou)(?= )"
)
"""Two adjectives of one noun: fixed and PTZ cameras, обзорных и поворотных камер (overview and turning cameras)."""


def _number_after(text: str, start: int, end: int, unit: Unit) -> Count | None:
    match = _AFTER_NOUN.match(text, end)
    value = _value(match["number"], unit) if match else None
    if not match or not value or int(value) in _YEARS:
        return None
    return Count(value, unit, (start, end), start, match.end("number"))
