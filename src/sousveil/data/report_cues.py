"""Words of those who write about purchases and do not make them: the press, councils, those who rule on complaints.

The words of those who call for offers stand beside them (kind ``call``): a page that has them is no report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

ReportKind = Literal["press", "minutes", "review", "call"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCues:
    """Words of one kind in one language; see the head of the table.

    Attributes:
        kind: who writes so.
        language: of the words.
        words: lower case, as they stand in folded text.
    """

    kind: ReportKind
    language: str
    words: tuple[str, ...]


@cache
def report_cues() -> tuple[ReportCues, ...]:
    """Return all rows in the order of the table."""
    return load_table("report_cues", ReportCues, key=("kind", "language"))
