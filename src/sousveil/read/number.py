"""The project number: as printed, without the brackets and words around it; numbers with covered digits are none."""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.draft import Draft, Found
from sousveil.read.inline import find_alone, find_number

_FIRST = re.compile(r"[^\s,;。、|]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COVERED = re.compile(r"\*{2,}|█|xxx|×{2}|\?{2}")
_SUFFIX = re.compile(r"[ ]\([a-z0-9]{1,6}\)(?=$|[\s,;。])")
"""Letters in brackets that belong to a number though a blank parts them: AB-060 (YZ)."""
_HAS_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r"[:.,;、。\-/\"']+$|\((?:[^()]*[\u4e00-\u9fff][^()]*)\)?$")
_SENTENCE = re.compile(r"[.;] (?=[a-z])|  +| dated |, (?=[a-z])")
"""Where a sentence or another statement follows a number on its line."""
_OCID = re.compile(r"ocds-[0-9a-z]{6}-")
MAX_NUMBER = 80


def read_number(draft: Draft, *, is_report: bool = False) -> Field | None:
    """Return the number of the project or tender, or None; codes beside the headline of a report are others."""
    for item in draft.of("project_number"):
        span = number_of(item, is_han=draft.is_han)
        if span is not None and not _OCID.match(item.sheet.folded, span[0]):
            return draft.text_field(item.sheet, *span, f"label {item.entry.label.strip()}")
    return _inside_lines(draft, with_codes=not is_report)


def _inside_lines(draft: Draft, *, with_codes: bool) -> Field | None:
    """Return a number that no label with a colon announces."""
    for sheet in draft.sheets[:1]:
        span = find_number(sheet, is_han=draft.is_han)
        if span is not None:
            return draft.text_field(sheet, *span, "number after a word")
        span = find_alone(sheet) if with_codes else None
        if span is not None:
            return draft.text_field(sheet, *span, "code beside the headline")
    return None


def number_of(item: Found, *, is_han: bool) -> tuple[int, int] | None:
    """Return the span of the number that a value begins with, or None."""
    folded, start, end = item.sheet.folded, item.entry.start, item.entry.end
    if item.entry.layout == "column" and item.entry.rank > 1:
        return None
    while start < end and folded[start] in "([ :《〈":
        if folded[start] == "[" or (folded[start] == "(" and ")" in folded[start + 1 : end - 1]):
            break
        start += 1
    if is_han or _HAN.search(folded, start, end):
        match = _FIRST.match(folded, start, end)
        end = match.end() if match else start
        suffix = _SUFFIX.match(folded, end)
        end = suffix.end() if suffix else end
    else:
        cut = _SENTENCE.search(folded, start, end)
        end = cut.start() if cut and cut.start() > start else end
    end = _closed(folded, start, min(end, start + MAX_NUMBER))
    tail = _TAIL.search(folded, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    text = folded[start:end]
    if len(text) < 3 or not _HAS_DIGIT.search(text) or _COVERED.search(text) or len(_HAN.findall(text)) > 24:
        return None
    return start, end


def _closed(folded: str, start: int, end: int) -> int:
    """Return the end before a closing bracket that was never opened."""
    depth = 0
    for place in range(start, end):
        if folded[place] in "([":
            depth += 1
        elif folded[place] in ")]":
            depth -= 1
            if depth < 0:
                return place
    return end
