"""Marks in titles and numbers that tell one purchase, part, call or stage from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table
from sousveil.exceptions import DataTableError

MarkKind = Literal[
    "change",
    "attempt",
    "lot",
    "phase",
    "batch",
    "part",
    "quarter",
    "month",
    "framework",
    "call_off",
    "acceptance",
    "writer",
    "tag",
    "hidden",
]

_NAMED = re.compile(r"\(\?P<\w+>")

ORDINAL = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3}|[ivx]{1,4}|[a-h])"
"""An ordinal: Chinese (one to ninety-nine), Arabic, Roman, or a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseMark:
    """Patterns of one kind of mark; see the head of the table.

    Attributes:
        kind: what the mark tells.
        language: of the patterns.
        gloss: plain English meaning.
        patterns: regular expressions over folded text without accents; ``{n}`` stands for an ordinal.
    """

    kind: MarkKind
    language: str
    gloss: str
    patterns: tuple[str, ...]


@cache
def any_mark(kind: MarkKind) -> re.Pattern[str]:
    """Return one pattern that matches where any pattern of the kind does: one look where there is mostly nothing."""
    return re.compile("|".join(_NAMED.sub("(?:", pattern.pattern) for pattern in purchase_marks(kind)))


@cache
def purchase_marks(kind: MarkKind) -> tuple[re.Pattern[str], ...]:
    """Return the compiled patterns of one kind, in the order of the table.

    Raises:
        DataTableError: a pattern is no regular expression.
    """
    found = []
    for row in load_table("purchase_marks", PurchaseMark):
        for pattern in row.patterns if row.kind == kind else ():
            try:
                found.append(re.compile(pattern.replace("{n}", ORDINAL)))
            except re.error as error:
                message = f"Table data/purchase_marks.yml, kind {kind}: {pattern!r} is no pattern: {error}. Mend it."
                raise DataTableError(message) from error
    return tuple(found)
