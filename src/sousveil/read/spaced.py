"""Tables whose columns only blanks part: a line of labels, then lines with as many words.

What is left of a table whose lines were kept and whose borders were dropped.
"""

from __future__ import annotations

import re

from sousveil.read.columns import Heads, fits
from sousveil.read.grammar import meaning_of
from sousveil.read.sheet import Block, Line, Sheet, Value

MAX_WORDS = 8
MAX_ROWS = 60
_WORD = re.compile(r"\S+")
_TOLD = frozenset(("supplier", "candidate", "award_amount", "bid_amount", "lot_budget", "budget", "buyer", "title"))


def read_spaced(sheet: Sheet, place: int) -> Block | None:
    """Return the table whose heads are the words of line ``place``, all of them labels, or None."""
    heads = _heads(sheet, sheet.lines[place])
    if heads is None:
        return None
    values: list[Value] = []
    row = 0
    for line in sheet.lines[place + 1 : place + 1 + MAX_ROWS]:
        cells = [] if line.has_cells or line.colon >= 0 else _cells(sheet, line)
        if len(cells) != len(heads) or not fits(heads, cells, sheet.folded):
            break
        row += 1
        values += [
            Value(meaning, label, row, cell.start, cell.end)
            for (meaning, label), cell in zip(heads, cells, strict=True)
            if meaning is not None
        ]
    return Block((), tuple(values), place + 1 + row) if row else None


def _heads(sheet: Sheet, line: Line) -> Heads | None:
    words = [match.group() for match in _WORD.finditer(sheet.folded, line.start, line.end)]
    if not 2 <= len(words) <= MAX_WORDS or line.has_cells or line.colon >= 0 or words[0] < "\u4e00":
        return None
    heads = [(meaning_of(word), word) for word in words]
    fields = {meaning.field for meaning, _ in heads if meaning is not None}
    return heads if fields & _TOLD and all(meaning is not None for meaning, _ in heads) else None


def _cells(sheet: Sheet, line: Line) -> list[Line]:
    found = _WORD.finditer(sheet.folded, line.start, line.end)
    return [Line(*match.span(), colon=-1, has_cells=False, text=sheet.folded) for match in found]
