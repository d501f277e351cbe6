"""Numbers in folded text: digits with separators, scaled (1.2亿, 3 million), Chinese numerals and capitals.

A number is read only where a reader would see one: never inside an identifier (ICT2026XA7550, 2021-34, 192.168.1.1),
a time, a ratio, a size in pixels, or beside covered or masked digits. Where a form can be read in two ways, the
number is left out: null beats a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sousveil.text.fold import fold

_DIGITS = "零一二三四五六七八九"  # nought to nine
_HAN_DIGITS = {char: value for value, char in enumerate(_DIGITS)}
# the forms used on cheques (capitals), the round nought, and "both" for two
_HAN_DIGITS |= {char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_HAN_DIGITS |= {"两": 2, "参": 3}
_HAN_UNITS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}  # ten to thousand
_HAN_STEPS = {"万": 10**4, "亿": 10**8}  # ten thousand, hundred million

_SCALE_ROWS = (
    # hundred, thousand, ten thousand, hundred million in Chinese, and their products
    (10**2, "百"),
    (10**3, "千"),
    (10**4, "万"),
    (10**5, "十万"),
    (10**6, "百万"),
    (10**7, "千万"),
    (10**8, "亿"),
    (10**9, "十亿"),
    (10**10, "百亿"),
    (10**11, "千亿"),
    (10**12, "万亿 兆"),
    # thousand: English, Spanish, Italian, French, German, Polish; Russian, Ukrainian, Bulgarian; Arabic
    (10**3, "thousand k mil mila mille tausend tsd tys тыс тысяч тысячи тис тисяч хил хиляди ألف الف آلاف"),
    # million: English, Spanish, Portuguese, Italian, German, Dutch, Polish, Turkish; Russian, Ukrainian; Arabic
    (10**6, "million millions millón millon millones milhão milhões milione milioni millionen miljoen mio mln"),
    (10**6, "milion miliony milionów milyon млн миллион миллиона миллионов мільйонів милиона مليون ملايين"),
    # thousand million, in the same order of languages
    (
        10**9,
        "billion bn milliard milliards milliarden miliardi mrd mld milyar млрд миллиард миллиарда миллиардов مليار",
    ),
    (10**12, "trillion трлн"),
    (10**5, "lakh lakhs"),
    (10**7, "crore crores"),
)
_SCALES = {word: factor for factor, words in _SCALE_ROWS for word in words.split()}
_HAN_SCALES = ("百万", "千万", "万亿", "十亿", "百亿", "千亿", "十万", "百", "千", "万", "亿", "兆")
_WORD_SCALES = sorted(set(_SCALES) - set(_HAN_SCALES), key=len, reverse=True)

_D = "0-9٠-٩۰-۹"  # Latin, Arabic and Persian digits
_LETTER = "a-zа-яёіїєґα-ω_"
_COVERED = "*×?█#"
_REST = "|".join(  # what may follow the first digit
    (
        rf"[{_D}]{{0,2}}(?:[,'٬][{_D}]{{3}}){{1,5}}(?:[.٫][{_D}]{{1,6}})?",  # 1,234,567.89
        rf"[{_D}]?(?:,[{_D}]{{2}}){{1,3}},[{_D}]{{3}}",  # 12,34,567 (lakh and crore)
        rf"[{_D}]{{0,2}}(?:\.[{_D}]{{3}}){{2,5}}(?:,[{_D}]{{1,2}})?",  # 1.234.567,89
        rf"[{_D}]{{0,2}}\.[{_D}]{{3}},[{_D}]{{1,2}}",  # 1.234,56
        rf"[{_D}]{{0,2}}(?: [{_D}]{{3}}){{1,4}}(?:[.,][{_D}]{{1,2}})?",  # 1 234 567,89
        rf"[{_D}]{{0,14}}(?:[.٫][{_D}]{{1,8}})?",
        rf"[{_D}]{{0,14}},[{_D}]{{1,2}}",  # 12,50
    )
)
# 3千瓦 is kilowatts, 24千兆 gigabit, 2万兆 ten-gigabit, 100兆 megabit: the scale belongs to the unit that follows
_HAN_SCALE = (
    r"百万|千万(?!瓦)|万亿|[十百千]亿|十万|百(?![兆分度叶])|千(?![瓦米克伏赫卡兆字帕焦牛安斤瓩])|万(?!兆)|亿(?!联)"
    r"|兆(?=[元圆])"
)
# after a space the scale must be one by what follows: "3 万用表" is item 3, a multimeter; 万元, 万人, 万条 are scaled
_AFTER = r"(?=[元圆人张条路个台件户次平像级份例以左余多美欧港日公辆部套册卡点端帧幅名家笔只吨]|[^\u4e00-\u9fff]|$)"
_WORDS = "|".join(map(re.escape, _WORD_SCALES))
_HAN = "〇零一二两三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
# the pattern begins with a plain set of characters so that the engine skips to them quickly; what must not stand
# before a number is asked after its first digit
_NUMBER = re.compile(
    rf"[{_D}{_HAN}参](?:(?<=[{_D}])"
    rf"(?<![{_D}{_LETTER}{_COVERED}].)(?<![{_D}{_LETTER}{_COVERED}][-/:.,].)(?:{_REST})(?P<plain>)"
    rf"(?![{_D}{_COVERED}]|[-/:.,][{_D}{_COVERED}]|[a-z]{{1,6}}[{_D}])"
    rf"(?P<scale>(?:{_HAN_SCALE})|[ ]{{1,2}}(?:{_HAN_SCALE}){_AFTER}|[ ]{{0,2}}(?:{_WORDS})(?![{_LETTER}ء-ي]))?"
    rf"|(?<=[{_HAN}])[{_HAN}参]{{0,39}}|(?<=参)(?=[拾佰仟万亿])[{_HAN}参]{{1,39}})"
)
# measure words that make a single Chinese digit a count: 一套 (one set), 两台 (two devices); 统一, 三亚 are words
_MEASURE = frozenset("台套个路张条人盒座名支只项批辆架部对块把间处家户栋幅根组具艘枚份例位年月日天期万亿元")
_POSITIONAL_LENGTH = range(3, 9)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands: ``folded[start:end]`` is what is printed, scale words included."""

    value: Decimal
    start: int
    end: int


def iter_numbers(folded: str) -> Iterator[Number]:
    """Yield the numbers of folded text in order of position; they never overlap.

    A number joined to lower ones by scales (1亿2000万) is one number.

    >>> from sousveil.text.fold import fold
    >>> [str(n.value) for n in iter_numbers(fold("ＩＣＴ2026ＸＡ7550 共１，２００路、壹佰贰拾万元、3.5 million"))]
    ['1200', '1200000', '3500000']
    """
    held: Number | None = None
    held_scale = 0
    for match in _NUMBER.finditer(folded):
        number, scale = _number(match, folded)
        if number is None:
            continue
        if held and held.end == number.start and scale < held_scale and number.value < held_scale:
            held = Number(held.value + number.value, held.start, number.end)
            held_scale = scale
            continue
        if held:
            yield held
        held, held_scale = number, scale
    if held:
        yield held


def parse_number(text: str) -> Decimal | None:
    """Return the value of a text that is one number and nothing else, or None.

    >>> parse_number("１.２亿"), parse_number("二十三"), parse_number("A02091107")
    (Decimal('120000000'), Decimal('23'), None)
    """
    folded = fold(text).strip()
    if folded and all(char in _HAN_DIGITS or char in _HAN_UNITS or char in _HAN_STEPS for char in folded):
        value = parse_han(folded)
        return None if value is None else Decimal(value)
    numbers = list(iter_numbers(folded))
    return numbers[0].value if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(folded)) else None


def parse_han(folded: str) -> int | None:
    """Return the value of a Chinese numeral, or None when it breaks the rules of writing numbers.

    Digits are followed by their unit (三百二十一), a gap by nought (一百零五); bare digits are read in place only
    when a nought shows that they are meant so (二〇二六). 十四五 (a plan's name) and 三百五 are refused.

    >>> parse_han("壹佰陆拾柒万壹仟叁佰贰拾柒"), parse_han("二〇二六"), parse_han("十四五")
    (1671327, 2026, None)
    """
    if len(folded) in _POSITIONAL_LENGTH and all(char in _HAN_DIGITS for char in folded):
        is_meant = "〇" in folded or "零" in folded
        return int("".join(str(_HAN_DIGITS[char]) for char in folded)) if is_meant else None
    total = 0
    rest = folded
    limit = 10**16
    for step in ("万亿", "亿", "万"):
        head, found, tail = rest.partition(step)
        if not found:
            continue
        value = _section(head)
        factor = 10**12 if step == "万亿" else _HAN_STEPS[step]
        if not value or value * factor >= limit:
            return None
        total += value * factor
        limit = factor
        rest = tail.removeprefix("零")
        if tail and not rest:
            return None
    value = _section(rest) if rest else 0
    if value is None or value >= limit:
        return None
    is_short = bool(rest) and limit < 10**16 and len(rest) == 1 and not folded.endswith("零" + rest)
    return None if is_short or not folded else total + value


def _section(part: str) -> int | None:
    """Return the value of a numeral below ten thousand, or None."""
    total = 0
    digit: int | None = None
    last_unit = 10**5
    has_nought = False
    for place, char in enumerate(part):
        if char in _HAN_UNITS:
            unit = 10 if char in "廿卅" else _HAN_UNITS[char]
            if unit >= last_unit or (digit is None and unit != 10) or (char in "廿卅" and digit is not None):
                return None
            total += _HAN_UNITS[char] if digit is None else digit * unit
            digit, last_unit, has_nought = None, unit, False
        elif char not in _HAN_DIGITS or digit is not None:
            return None
        elif _HAN_DIGITS[char] == 0:
            if (place == 0 and len(part) > 1) or has_nought:
                return None
            has_nought = True
            if len(part) == 1:
                return 0
        else:
            digit = _HAN_DIGITS[char]
    if digit is None:
        return total if part and not has_nought else None
    is_clear = last_unit in (10, 10**5) or has_nought
    return total + digit if is_clear else None


def _number(match: re.Match[str], folded: str) -> tuple[Number | None, int]:
    """Return the number of a match and its scale (1 without); None where the form is none."""
    start, end = match.span()
    if match["plain"] is None:
        if end - start == 1 and (folded[end : end + 1] not in _MEASURE or _is_in_word(folded, start)):
            return None, 1
        whole = parse_han(match.group())
        return (None, 1) if whole is None else (Number(Decimal(whole), start, end), 1)
    plain = _plain(folded[start : match.end("plain")], folded, match)
    scale_word = match["scale"]
    if plain is None:
        return None, 1
    if not scale_word:
        return Number(plain, start, end), 1
    scale = _SCALES[scale_word.strip()]
    if scale_word == "k" and plain < 10:  # 4k is a picture size
        return Number(plain, start, match.end("plain")), 1
    value = plain * scale
    return Number(value.to_integral_value() if value == value.to_integral_value() else value, start, end), scale


def _is_in_word(folded: str, start: int) -> bool:
    """Return whether the single digit before a measure word ends a word: 统一 (unify), 第三 (third), 唯一 (only)."""
    return start > 0 and folded[start - 1] in "统第唯同逐专之星周期初"


def _plain(printed: str, folded: str, match: re.Match[str]) -> Decimal | None:
    """Return the value of digits with separators, or None where the form is not a number after all."""
    if len(printed) > 1 and printed[0] in "0٠" and printed[1] not in ".,٫":
        return None
    if " " in printed and _is_list(folded, match):
        return None
    text = printed.replace(" ", "").replace("'", "").replace("٬", "").replace("٫", ".")
    if text.count(".") > 1 or ("." in text and "," in text and text.rfind(",") > text.rfind(".")):
        text = text.replace(".", "").replace(",", ".")
    elif "," in text:
        head, _, tail = text.rpartition(",")
        if len(tail.partition(".")[0]) == 3:
            text = text.replace(",", "")
        elif _is_beside_han(folded, match):
            return None
        else:
            text = f"{head}.{tail}"
    return Decimal(text)


def _is_list(folded: str, match: re.Match[str]) -> bool:
    """Return whether digits parted by one space are two numbers: in Chinese text, spaces part columns."""
    return folded.count(" ", match.start(), match.end("plain")) == 1 and _is_beside_han(folded, match)


def _is_beside_han(folded: str, match: re.Match[str]) -> bool:
    before = folded[max(0, match.start() - 2) : match.start()]
    after = folded[match.end("plain") : match.end("plain") + 2]
    return any("\u4e00" <= char <= "\u9fff" for char in before + after)
