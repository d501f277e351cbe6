"""Decisions on findings: kept, taken back, listed; those on findings that no reading has any more are told, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import get_args

from sousveil.ask.naming import nearest, review_state
from sousveil.exceptions import UsageError
from sousveil.model import Review, Verdict
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks
from sousveil.store.reviews import ReviewStore

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_MOST_NOTE = 2_000
"""Characters of a note: a few sentences."""
_MOST_LABEL = 100


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What stands on a finding, with the finding.

    Attributes:
        review: the decision that counts.
        kind: of the finding, as its value, quotation and page are; None where no reading has the finding any more.
    """

    review: Review
    kind: str | None = None
    value: str | None = None
    quote: str | None = None
    page: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the dataset has no such finding any more: the file was read better since, or is away."""
        return self.kind is None


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The findings on which something stands.

    Attributes:
        rows: those asked for, the newest decision last.
        counts: all findings in the dataset by state, those that nobody judged included.
        gone: decisions on findings that the dataset has not any more; in no other count.
    """

    rows: tuple[ReviewRow, ...]
    counts: dict[str, int]
    gone: int

    def to_json(self) -> dict[str, object]:
        """Return the list as plain values."""
        rows = [{**asdict(row.review), **asdict(row), "gone": row.is_gone} for row in self.rows]
        for row in rows:
            del row["review"]
        return {"v": 1, "counts": self.counts, "gone": self.gone, "reviews": rows}


def judge_finding(
    store: Store, kept: ReviewStore, finding: str, verdict: str, *, note: str = "", by: str = ""
) -> Review:
    """Keep a decision on a finding, and return it.

    Args:
        store: the rows.
        kept: where decisions are kept.
        finding: its id.
        verdict: ``confirmed``, ``rejected`` or ``unsure``.
        note: why.
        by: who decides, as that person wants to be named.

    Raises:
        NotFoundError: there is no such finding; nothing else can be judged.
        UsageError: there is no such verdict, or note or label are too long.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"A finding is {', '.join(VERDICTS)}, not {verdict[:40]!r}. {nearest(verdict, VERDICTS)}")
    if len(note) > _MOST_NOTE or len(by) > _MOST_LABEL or not by.isprintable():
        raise UsageError(
            f"A note has at most {_MOST_NOTE:,} characters, the name of who decides {_MOST_LABEL} on one line."
        )
    found = store.finding(finding)
    return kept.add(verdict, found.id, found.notice, note=note, by=by)


def list_reviews(store: Store, kept: ReviewStore, state: str = "") -> ReviewList:
    """Return the findings on which something stands, or those in one state.

    Args:
        store: the rows.
        kept: where decisions are kept.
        state: ``confirmed``, ``rejected`` or ``unsure``; empty for all.

    Raises:
        UsageError: there is no such state, or it is the one of findings that nobody judged.
    """
    state = review_state(state) if state else ""
    if state == "unreviewed":
        raise UsageError("Nobody has judged those, so no decision can be listed. Search for them: state:unreviewed")
    every = [row for some in iter_chunks(kept.standing()) for row in _rows(store, some)]
    there = Counter(row.review.state for row in every if not row.is_gone)
    counts = {one: there[one] for one in VERDICTS} | {"unreviewed": store.counts()["findings"] - sum(there.values())}
    wanted = tuple(row for row in every if state in ("", row.review.state))
    return ReviewList(wanted, counts, sum(row.is_gone for row in every))


def _rows(store: Store, reviews: Sequence[Review]) -> Iterator[ReviewRow]:
    """Yield decisions with what their findings say, where there still are such."""
    ids = [one.finding for one in reviews]
    found = store.rows(f"SELECT id, kind, value, quote, page FROM findings WHERE id IN ({marks(ids)})", ids)
    said = {row["id"]: row for row in found}
    for one in reviews:
        row = said.get(one.finding)
        yield ReviewRow(one) if row is None else ReviewRow(one, row["kind"], row["value"], row["quote"], row["page"])
