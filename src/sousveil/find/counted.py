"""What a number counts in running text: the words before and after it, and the kind of thing they name."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from sousveil.data.scale_cues import scale_cues
from sousveil.data.units import scale_objects, units
from sousveil.find.clauses import clause_bounds
from sousveil.find.counts import Count
from sousveil.find.lexicon import even

_OBJECT_LIMIT = 24
# a number with its own unit inside the words around a count: 3年 (three years), 80台 (80 devices)
_OTHER_COUNT = re.compile(r"[0-9]{1,6}[ ]?(?:年|个月|天|月|日|台|套|个|路|张|人)")


def cut_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the thing that follows a unit, up to a word that ends its name or another count."""
    pattern = cue_pattern("ends", "after")
    more = cue_pattern("at least", "after").match(text, start, end)
    start = more.end() if more else start
    first = text[start:end].lstrip()[:2]
    if pattern.match(first) or first[:1].isdigit():
        return None
    found = pattern.search(text, start + 2, end)
    end = found.start() if found else end
    count = _OTHER_COUNT.search(text, start + 2, end)
    return start, count.start() if count else end


def before_object(text: str, low: int, start: int) -> tuple[int, int] | None:
    """Return the words between the last mark and the number, without verbs and comparators."""
    low = max(low, start - 2 * _OBJECT_LIMIT)
    lead, tail = _noise()
    found = tail.search(text, low, start)
    right = found.start() if found else start
    opened = text.rfind("(", low, right)
    opened = opened if ")" not in text[opened:right] else -1
    left = max(low, text.rfind(":", low, right) + 1, text.rfind(")", low, right - 1) + 1, opened + 1)
    counts = list(_OTHER_COUNT.finditer(text, left, right))
    left = counts[-1].end() if counts else left
    verbs = list(_BOUGHT.finditer(text, left, right - 2))
    left = verbs[-1].end() if verbs else left
    found = lead.match(text, left, right)
    left = found.end() if found else left
    return (left, right) if right - left >= 2 else None


_BOUGHT = re.compile("采购|购置|购买|新增|新建|增设|加装|安装|配备|部署|布设|租赁|更换|架设")
"""Verbs of buying and placing inside the words before a number: what is bought stands behind the last of them."""
_BARE = re.compile("[,、计計共合总约 ]{0,4}$")
"""What may stand between a comma and a bare count: together, in all, about."""


def before_comma(text: str, low: int, count: Count) -> tuple[int, int] | None:
    """Return the thing named before the comma that a bare count follows: 采集台,5套, (desks of enrolment, five)."""
    comma = low - 1
    is_bare = comma > 0 and text[comma] in ",、" and _BARE.fullmatch(text, low, count.start)
    closes = text[count.end : count.end + 1] in ("", ",", ";", "。", "、", "\n", ")")
    if not is_bare or not closes:
        return None
    return before_object(text, clause_bounds(text, comma, comma)[0], comma)


@cache
def _noise() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words to skip before a thing (verbs of buying, fillers) and between it and its number."""
    lead = f"(?!{_words_of('kept')})(?:{_words_of('buy', 'filler', 'about')})"
    tail = _words_of("at least", "at most", "about", "buy", "tail")
    return re.compile(rf"(?:[0-9]{{1,2}}(?![0-9万千百]))?(?:{lead}|[ ]|(?<=[0-9])[.、]){{0,8}}"), re.compile(
        rf"(?:{tail}|[ ]){{1,8}}$"
    )


def _words_of(*cues: str) -> str:
    words = {even(word) for row in scale_cues() if row.cue in cues and row.language == "zh" for word in row.words}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _objects() -> tuple[AhoCorasick, tuple[str, ...]]:
    kinds = {even(form): "watch" for row in units() if row.style == "noun" for form in (row.unit, *row.forms)}
    kinds |= {even(row.term): row.kind for row in scale_objects()}
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), tuple(kinds.values())


def kind_of(name: str) -> str:
    """Return the kind of an object; a spare at the end decides: 摄像机支架 (camera bracket) is a bracket."""
    automaton, kinds = _objects()
    found = [kinds[index] for index, _, _ in automaton.find_matches_as_indexes(name[:80])]
    if found[-1:] == ["spare"]:
        return "spare"
    if "port" in found and found[-1] != "watch":  # 400万像素枪机 (camera of so many pixels) is a camera
        return "port"
    for kind in ("watch", "carry", "other"):
        if kind in found:
            return kind
    return "spare" if found else ""


@cache
def cue_pattern(cue: str, place: str) -> re.Pattern[str]:
    """Return what finds the words of a cue (at least, buy, performance …) at a place (before, after, line)."""
    words = [even(word) for row in scale_cues() if (row.cue, row.place) == (cue, place) for word in row.words]
    options = "|".join(
        re.escape(word) if word[0] >= "\u3000" or not word[0].isalpha() else rf"\b{re.escape(word)}"
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?:{options}){'[^,。;]{0,2}$' if place == 'before' and cue in _CLOSE else ''}")


_CLOSE = frozenset(("at least", "at most", "about", "unit"))
