"""Which place the words of an end mean: one they name, a rank above the buyer (省厅, the province), or the buyer's own.

A place in no list (a development zone, a village) is kept by its printed name: it has no code, and no guess is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sousveil.data.end_words import BodyWords, body_words
from sousveil.data.place_names import find_place
from sousveil.data.places import LEVELS, Place, contains, parents, place
from sousveil.data.provinces import provinces
from sousveil.text.fold import is_han

_LONGEST = 14
"""Characters of the longest official name looked for."""
_LEAD = re.compile(r"^(?:中共)?([\u4e00-\u9fff]{2,6}?(?:自治[县州旗]|[市县区州盟旗]))")
"""The place at the head of a body's name; 中共: of the Party, before its committees."""
_ENDINGS = "省市县区州盟旗"  # class words of divisions


@dataclass(frozen=True, slots=True)
class Where:
    """A place by its code, or by its printed name where it is in no list."""

    code: str
    name: str = ""
    """As printed; ``湟洱县^prefecture`` is the prefecture, unknown, that holds 湟洱县."""

    @property
    def key(self) -> str:
        """Return the code, else the printed name; empty where neither is known."""
        return self.code or self.name

    @property
    def title(self) -> str:
        """Return the name as shown."""
        row = place(self.code)
        return row.name if row is not None else self.name


def own_place(buyer: str, code: str) -> Where:
    """Return the place of a buyer: its code, or the printed name where the code is that of a larger place only.

    >>> own_place("岷阳市公安局", "510000"), own_place("福州市公安局", "350100")
    (Where(code='', name='岷阳市'), Where(code='350100', name=''))
    """
    lead = _LEAD.match(buyer)
    row = place(code)
    if lead is None or (row is not None and row.level not in {"country", "province"}):
        return Where(code) if code or not buyer else Where("", buyer)
    if row is not None and row.level == "province" and row.name.startswith(lead[1]):
        return Where(code)
    return Where("", lead[1])


def where(words: str, own: Where, code: str) -> Where:
    """Return the place that the words of an end mean.

    Args:
        words: the end as printed, folded.
        own: place of the buyer.
        code: code of the notice's place, which may be a larger one.
    """
    named = named_place(words, code)
    if named is not None:
        return Where(named.code)
    lead = _LEAD.match(words)
    if lead and lead[1] == own.name:
        return own
    level = next((row for word, row in body_words("level") if word in words and row.language == "zh"), None)
    if level is not None and not (lead and _is_proper(lead[1])):
        return _of_level(level, own, code)
    if lead and _is_proper(lead[1]):
        return Where("", lead[1])
    return own if own.key else Where(code)


def _is_proper(lead: str) -> bool:
    """Return whether the head of a name names a place, not only its rank: 岷阳市, not 全市 (the whole city)."""
    return len(lead) > 2 and not any(
        word in lead for word, row in body_words("level") if len(word) > 1 and not row.kind
    )


def named_place(words: str, code: str) -> Place | None:
    """Return the narrowest division of China whose full name stands in words, inside the larger ones named before it.

    Args:
        words: folded.
        code: a place that tells which of several divisions of one name is meant.

    >>> named_place("四川省成都市公安局", "CN").code, named_place("鼓楼区教育局", "350100").code
    ('510100', '350102')
    """
    found: Place | None = None
    begin = 0
    while begin < len(words):
        row, end = _at(words, begin, found.code if found else "", code)
        if row is not None:
            found = row
        begin = end
    return found


def _at(words: str, begin: int, inside: str, code: str) -> tuple[Place | None, int]:
    for end in range(min(len(words), begin + _LONGEST), begin + 1, -1):
        name = words[begin:end]
        is_short = name in _short_provinces() and begin == 0
        if not all(map(is_han, name)) or not (is_short or (name[-1] in _ENDINGS and len(name) > 2)):
            continue
        rows = [row for row in find_place(name, country="CN") if row.level in LEVELS[:4] and row.code[0].isdigit()]
        if name[-1] in _ENDINGS:
            rows = [row for row in rows if name == row.name or any(name == old.name for old in row.former)]
        near = [row for row in rows if contains(inside or _province(code), row.code)] or rows
        if len(near) == 1:
            return near[0], end
    return None, begin + 1


@cache
def _short_provinces() -> frozenset[str]:
    return frozenset(row.short for row in provinces())


def _province(code: str) -> str:
    row = place(code)
    chain = [] if row is None else [row, *parents(row.code)]
    return next((item.code for item in chain if item.level == "province"), code)


def _of_level(level: BodyWords, own: Where, code: str) -> Where:
    """Return the place of a rank that holds the buyer's; the buyer's own where it is of that rank."""
    row = place(code)
    chain = [] if row is None else [row, *parents(row.code)]
    above = next((item for item in chain if item.level == level.level), None)
    if own.name:  # the code is that of a larger place only
        rank = "prefecture" if own.name[-1] in "市州盟" else "county"
        if level.level in {rank, "county"}:
            return own
        return Where(above.code) if above is not None else Where("", f"{own.name}^{level.level}")
    if level.level == "prefecture" and row is not None and row.level == "county" and row.name.endswith("市"):
        return own
    return Where(above.code) if above is not None else own
