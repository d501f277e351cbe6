"""Recordings and data on people kept without end, or longer than a law of the country names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sousveil.data.legal_limits import legal_limit
from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.text_at_hand import answer, places, sentences, spoken
from sousveil.flag.words import Said, heard, holds, words_of
from sousveil.model import Flag
from sousveil.text.numerals import parse_number

RULE = "unlimited_retention"
_DAYS = {"kept_day": 1, "kept_month": 30, "kept_year": 365}
_REACH = 24
"""Characters between the word for keeping and the time."""
_LONGEST = 100 * 365
"""Days from which a number is a misreading (a year, a model)."""


def check(case: Case) -> Flag:
    """Return whether data are kept without end, or for more days than the country's law names."""
    if not case.stated("capability"):
        return answer(case, RULE, "", (), "")
    endless = heard(case).get("kept_for_ever", ())
    if endless:
        says = f"Data are kept without end in {places(sentences(endless))}: {spoken(endless)}."
        return raised(case, RULE, says, tuple(item.span for item in endless), places=sentences(endless))
    times = sorted(_times(case), key=lambda item: -item[0])
    if not times:
        return insufficient(case, RULE, "how long data are kept")
    limit = legal_limit("retention", case.country)
    days = times[0][0]
    if limit is None:
        return insufficient(case, RULE, f"a country whose limit is known here (data are kept {days} days)")
    says = f"Data are kept {days} days; the longest time named by law is {limit.value} ({limit.law})."
    give = raised if days > limit.value else clear
    spans = tuple(item.span for number, item in times if number == days)
    return give(case, RULE, says, spans, days=days, limit=limit.value, law=limit.law)


def _times(case: Case) -> Iterator[tuple[int, Said]]:
    """Yield the days that recordings or data on people are kept, each with its sentence."""
    for said in heard(case).get("keeps", ()):
        if not holds(said.sentence, "kept_thing"):
            continue
        near = _clause(said)
        if holds(near, "kept_other"):
            continue
        for match in _pattern().finditer(near):
            number = parse_number(match["number"])
            unit = next(kind for kind in _DAYS if match["unit"] in words_of(kind))
            days = int(number * _DAYS[unit]) if number is not None else 0
            if 0 < days < _LONGEST and not _is_date(match["number"], unit):
                yield days, said


def _clause(said: Said) -> str:
    """Return the clause of the word: between commas, so that the months of a service are not those of a recording."""
    before = said.sentence[max(0, said.place - _REACH) : said.place]
    after = said.sentence[said.place : said.place + len(said.word) + _REACH]
    return re.split(r"[,、]", before)[-1] + re.split(r"[,、]", after)[0]


def _is_date(number: str, unit: str) -> bool:
    """Return whether 2026年 is a year of the calendar and no time."""
    return unit == "kept_year" and len(number) == 4


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted((word for kind in _DAYS for word in words_of(kind)), key=len, reverse=True)
    number = r"(?P<number>[0-9]{1,4}|[一二两三四五六七八九十百]{1,5})"
    no_term = r"(?![a-z]|前|内)"  # 3日前, three days before; 3日内, within three days
    return re.compile(rf"{number}\s?(?:\(含\))?(?P<unit>{'|'.join(units)}){no_term}")


INDICATOR = Indicator(
    id=RULE,
    title="Retention without limit",
    subject="rights",
    question="Are recordings or data on people kept without end, or longer than a law of the country names?",
    formula=(
        "a word of kind kept_for_ever; or the longest time beside a word of kind keeps, in a sentence about recordings "
        "or data on people, > days in data/legal_limits.yml (retention)"
    ),
    ocds_paths=("tender/description", "tender/documents"),
    needs=("how long data are kept", "country, unless they are kept without end"),
    limits=(
        "The number for China is the longest minimum a law sets: no law there names a maximum.",
        "What is kept is not told apart: pictures of cars and faces of people count alike.",
    ),
    check=check,
)
