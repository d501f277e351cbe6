"""The project number: as printed, without the brackets and words around it; numbers with covered digits are none."""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.draft import Draft, Found

_FIRST = re.compile(r"[^\s,;。、|]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COVERED = re.compile(r"\*{2,}|█|xxx|×{2}|\?{2}")
_HAS_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r"[:.,;、。\-/\"']+$|\((?:[^()]*[\u4e00-\u9fff][^()]*)\)?$")
_OCID = re.compile(r"ocds-[0-9a-z]{6}-")
_CODE = re.compile(r"(?<=\s)[A-Z][A-Z0-9()\[\]/.]{1,24}(?:-[A-Za-z0-9/.]{1,16}){2,6}(?=\s|$)")
"""Capitals and digits in three groups or more, parted by hyphens, between spaces."""
MAX_NUMBER = 80


def read_number(draft: Draft) -> Field | None:
    """Return the number of the project or tender, or None."""
    for item in draft.of("project_number"):
        span = _number(item, is_han=draft.is_han)
        if span is not None and not _OCID.match(item.sheet.folded, span[0]):
            return draft.text_field(item.sheet, *span, f"label {item.entry.label.strip()}")
    return _in_head(draft)


def _in_head(draft: Draft) -> Field | None:
    """Return a code that stands apart in the first two lines, beside the headline."""
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:2]:
            for match in _CODE.finditer(sheet.page.text, line.start, min(line.end, line.start + 400)):
                text = match.group()
                if (
                    any(char.isdigit() for char in text)
                    and any(char.isalpha() for char in text)
                    and not _OCID.match(text)
                ):
                    return draft.text_field(sheet, *match.span(), "code beside the headline")
    return None


def _number(item: Found, *, is_han: bool) -> tuple[int, int] | None:
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
