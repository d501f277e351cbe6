"""The method of a purchase: from its label, from what the notice is called, from the sentence that says how it is done.

Fixed headings tell nothing: the list of a panel is headed 评审专家（单一来源采购人员）名单 (reviewers, or buyers from a
single source) whatever the method was.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.methods import Method, method_words
from sousveil.model import Field
from sousveil.read.draft import Draft
from sousveil.read.headline import Headline
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

_VALUE = 60
"""Characters of a label's value in which the word stands; forms print all methods, the one that holds with a tick."""
_FIRST_LINES = 6
_SAMPLE = 3_000
"""Characters in which the sentence stands that says how the purchase is made."""
_TICK = re.compile(r"[☑√■✓✔⊠☒●◉]\s?$")
_BY = r"(?:采用|采取|通过|进行|实行|以|按照?)\s?[\"“]?"  # adopts, by way of, carries out, as


def read_method(draft: Draft, headline: Headline | None, title: Field | None) -> Field | None:
    """Return the method with the words that tell it, or None."""
    for item in draft.of("method"):
        start = item.entry.start
        field = _one(draft, item.sheet, start, min(item.entry.end, start + _VALUE), f"label {item.entry.label.strip()}")
        if field is not None:
            return field
    places = [] if headline is None else [(headline.sheet, headline.start, _line_end(headline.sheet, headline.end))]
    sheet = draft.sheet_of(title) if title is not None else None
    if title is not None and sheet is not None:
        places.append((sheet, title.span.start, title.span.end))
    for sheet, start, end in places:
        field = _last(draft, sheet, start, end)
        if field is not None:
            return field
    return _alone(draft) or _in_sentence(draft) or _called(draft, headline)


@cache
def _methods() -> dict[str, Method]:
    """Return method by folded word."""
    return {fold(word): row for word, row in method_words().items()}


@cache
def _words(*, is_han: bool) -> re.Pattern[str]:
    """Return the pattern of the Chinese words, for other notices (records with English heads, too) of all."""
    words = sorted((word for word, row in _methods().items() if not row.is_weak), key=len, reverse=True)
    chinese = "|".join(re.escape(word) for word in words if word[0] >= "\u4e00")
    rest = "|".join(re.escape(word) for word in words if word[0] < "\u4e00")
    return re.compile(chinese if is_han else rf"(?:{chinese})|(?<!\w)(?:{rest})(?!\w)")


@cache
def _told() -> re.Pattern[str]:
    """Return the pattern of a Chinese method behind a verb that says that the purchase is made that way."""
    words = (word for word, row in _methods().items() if not row.is_weak and word[0] >= "\u4e00")
    return re.compile(rf"{_BY}(?P<word>{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})")


@cache
def _weak() -> re.Pattern[str]:
    words = (word for word, row in _methods().items() if row.is_weak)
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _line_end(sheet: Sheet, place: int) -> int:
    end = sheet.folded.find("\n", place)
    return len(sheet.folded) if end < 0 else min(end, place + _VALUE)


def _one(draft: Draft, sheet: Sheet, start: int, end: int, rule: str) -> Field | None:
    """Return the only method that a value names, or the ticked one of several; a bare code or word of OCDS too."""
    found = list(_words(is_han=draft.is_han).finditer(sheet.folded, start, end))
    ticked = [match for match in found if _TICK.search(sheet.folded, max(0, match.start() - 2), match.start())]
    found = ticked or found
    if len({_methods()[match.group()].method for match in found}) == 1:
        return _field(draft, sheet, found[0], rule)
    return None if found else _bare(draft, sheet, start, end, rule)


_BARE = re.compile(r"(open|restricted|selective|limited|direct)(?![\w -]*[\w])")


def _bare(draft: Draft, sheet: Sheet, start: int, end: int, rule: str) -> Field | None:
    """Return the method of a value that is one word and nothing else."""
    match = _BARE.match(sheet.folded, start, end)
    if match is None:
        return None
    value = "selective" if match[1] == "restricted" else match[1]
    return draft.field(value, sheet, *match.span(1), rule)


def _last(draft: Draft, sheet: Sheet, start: int, end: int) -> Field | None:
    """Return the method of the last word in a name: Chinese names of notices end in their kind."""
    found = list(_words(is_han=draft.is_han).finditer(sheet.folded, start, end))
    return _field(draft, sheet, found[-1], "name of the notice") if found else None


def _alone(draft: Draft) -> Field | None:
    """Return the method that is a line of its own near the top: Öffentliche Ausschreibung (open tender)."""
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:_FIRST_LINES]:
            match = _words(is_han=draft.is_han).match(sheet.folded, line.start, line.end)
            if match is not None and match.end() == line.end:
                return _field(draft, sheet, match, "first lines")
    return None


def _in_sentence(draft: Draft) -> Field | None:
    for sheet in draft.sheets[:1]:
        match = _told().search(sheet.folded, 0, _SAMPLE) if draft.is_han else None
        if match is not None:
            return _field(draft, sheet, match, "in a sentence")
    return None


def _called(draft: Draft, headline: Headline | None) -> Field | None:
    """Return the method that the law ties to what the notice is called: a 招标公告 (call for tenders) is open."""
    if headline is None:
        return None
    match = _weak().search(headline.sheet.folded, headline.start, _line_end(headline.sheet, headline.end))
    return None if match is None else _field(draft, headline.sheet, match, "called so by law")


def _field(draft: Draft, sheet: Sheet, match: re.Match[str], rule: str) -> Field:
    name = "word" if "word" in match.re.groupindex else 0
    return draft.field(_methods()[match[name]].method, sheet, *match.span(name), rule)
