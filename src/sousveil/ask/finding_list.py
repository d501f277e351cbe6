"""Quotations by filters: the list behind every count of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import get_args

import msgspec

from sousveil.ask.filters import capability_ids
from sousveil.ask.naming import nearest, procurement_id, review_state, system_ids
from sousveil.exceptions import UsageError
from sousveil.model import FindingKind, ReviewState
from sousveil.store.database import Store
from sousveil.store.reviews import mirror_reviews

_ASKED = "IN (SELECT value FROM json_each(?))"
_CONDITIONS = {
    "kind": f"kind {_ASKED}",
    "value": f"value {_ASKED}",
    "cap": f"kind = 'capability' AND value {_ASKED}",
    "notice": f"findings.notice {_ASKED}",
    "procurement": f"findings.notice IN (SELECT notice FROM summaries WHERE procurement {_ASKED})",
    "system": f"findings.id IN (SELECT finding FROM system_findings WHERE system {_ASKED})",
    "state": f"coalesce(reviews.state, 'unreviewed') {_ASKED}",
}
_JUDGED = f"findings.id IN (SELECT finding FROM temp.reviews WHERE state {_ASKED})"
"""The same for states that somebody decided: looked up, where the other condition reads every finding."""
FINDING_FIELDS = {
    "kind": "link",
    "value": "face_recognition",
    "cap": "FAC",
    "notice": "u4rmamrhbaag",
    "procurement": "k3ab7q2m4xpa",
    "system": "sharp_eyes",
    "state": "confirmed",
}
"""Every filter with an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFilters:
    """What findings must have; empty filters ask for nothing, several values of one are alternatives.

    Attributes:
        kind: kinds of findings.
        value: what they say in a word, exactly.
        cap: capabilities or families.
        notice: ids of notices.
        procurement: ids of purchases, or of one of their notices.
        system: systems that they name; a programme includes its instances.
        state: what was decided on them: ``confirmed``, ``rejected``, ``unsure``, ``unreviewed``.
    """

    kind: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    cap: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    procurement: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    state: tuple[str, ...] = ()

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that ask for something."""
        return tuple(item.name for item in fields(self) if getattr(self, item.name))


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a list: the words of the document, with persons covered, where they stand, what was decided."""

    id: str
    kind: str
    value: str
    quote: str
    page: int
    start: int
    end: int
    score: float
    notice: str
    title: str | None
    review: ReviewState


@dataclass(frozen=True, slots=True)
class FindingList:
    """Some of the findings that meet filters, and how many there are."""

    total: int
    rows: tuple[FindingRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the list as plain values."""
        return {"v": 1, "total": self.total, "findings": [asdict(row) for row in self.rows]}


def make_finding_filters(values: Mapping[str, Sequence[str]]) -> FindingFilters:
    """Return filters from lists of values; what is no filter is left alone."""
    names = [item.name for item in fields(FindingFilters)]
    return FindingFilters(**{name: tuple(one for one in values.get(name, ()) if one) for name in names})


def list_findings(
    store: Store, filters: FindingFilters, *, offset: int = 0, limit: int = 50, after: str = ""
) -> FindingList:
    """Return findings in the order of their ids.

    Args:
        store: the rows.
        filters: what they must have.
        offset: findings to pass over.
        limit: most to return.
        after: only those behind this id.

    Raises:
        UsageError: a filter cannot be understood.
    """
    conditions, values = [], []
    for name in filters.active:
        asked = [one for value in getattr(filters, name) for one in _ids(store, name, value)]
        conditions.append(_JUDGED if name == "state" and "unreviewed" not in asked else _CONDITIONS[name])
        values.append(msgspec.json.encode(asked).decode())
    mirror_reviews(store)
    judged = "LEFT JOIN temp.reviews ON reviews.finding = findings.id"
    asks = (
        f"SELECT count(*) AS n FROM findings {judged if filters.state else ''} WHERE {' AND '.join(conditions) or '1'}"
    )
    total = store.rows(asks, values)[0]["n"]
    rows = store.rows(
        f"""SELECT findings.id, kind, value, quote, page, start, "end", score, findings.notice, title,
                   coalesce(reviews.state, 'unreviewed') AS review FROM findings {judged}
            LEFT JOIN notices ON notices.id = findings.notice
            WHERE {" AND ".join([*conditions, "findings.id > ?"])} ORDER BY findings.id LIMIT ? OFFSET ?""",
        [*values, after, limit, offset],
    )
    return FindingList(total, tuple(FindingRow(**dict(row)) for row in rows))


def _ids(store: Store, name: str, asked: str) -> Sequence[str]:
    if name == "kind":
        known = get_args(FindingKind)
        if asked.lower() not in known:
            raise UsageError(f"There is no kind {asked!r}. {nearest(asked, known)}")
        return (asked.lower(),)
    if name == "cap":
        return capability_ids(asked)
    if name == "state":
        return (review_state(asked),)
    if name == "procurement":
        return (procurement_id(store, asked),)
    return system_ids(store, asked) if name == "system" else (asked,)
