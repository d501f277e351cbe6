"""What a person decided on a finding: that it is right, wrong, or cannot be told. Findings are judged, never people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["confirmed", "rejected", "unsure"]
ReviewState = Literal["confirmed", "rejected", "unsure", "unreviewed"]


@dataclass(frozen=True, slots=True)
class Review:
    """A decision on a finding, or the taking back of one.

    Attributes:
        number: order of decisions; the newest on a finding counts.
        finding: its id, which comes from the bytes of the file and the place of the words in it.
        notice: in which it stood then; tells what was judged where a later reading has no such finding any more.
        state: what stands after it.
        undoes: number of the decision that it takes back; 0 for a decision.
        note: why.
        by: who, as that person wants to be named.
        made_at: ISO 8601, UTC.
    """

    number: int
    finding: str
    notice: str
    state: ReviewState
    undoes: int = 0
    note: str = ""
    by: str = ""
    made_at: str = ""
