"""Runs and failures: what the runs did, and which files could not be read, with persons in file names covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sousveil.ask.sightings import shown_address
from sousveil.store.database import Store

_FAILURES = """
SELECT failures.address AS path, coalesce(files.status, 'failed') AS status, failures.stage, failures.reason,
       failures.advice, failures.tries
FROM failures LEFT JOIN files ON files.file = failures.file
ORDER BY status, failures.reason, failures.address
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFile:
    """A file that could not be read, or not wholly.

    Attributes:
        path: with persons covered.
        status: ``failed`` or ``partly``.
        stage: where reading ended.
    """

    path: str
    status: str
    stage: str
    reason: str
    advice: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    """Files that failed for the same reason."""

    status: str
    reason: str
    advice: str
    files: tuple[FailedFile, ...]


def list_runs(store: Store) -> tuple[dict[str, object], ...]:
    """Return all runs, newest first, in the shape of ``runs list --json``; persons in paths are covered."""
    rows = [dict(row) for row in store.rows("SELECT * FROM runs ORDER BY number DESC")]
    return tuple({**row, "paths": "\n".join(map(shown_address, str(row["paths"]).splitlines()))} for row in rows)


def list_failures(store: Store) -> tuple[FailedFile, ...]:
    """Return every file that could not be read, or not wholly, by status, reason and path."""
    rows = [dict(row) for row in store.rows(_FAILURES)]
    return tuple(FailedFile(**{**row, "path": shown_address(row["path"])}) for row in rows)


def group_failures(failures: Sequence[FailedFile]) -> tuple[FailureGroup, ...]:
    """Return failures grouped by reason, the commonest first."""
    groups: dict[tuple[str, str, str], list[FailedFile]] = {}
    for one in failures:
        groups.setdefault((one.status, one.reason, one.advice), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return tuple(
        FailureGroup(status=status, reason=reason, advice=advice, files=tuple(files))
        for (status, reason, advice), files in ordered
    )


def failures_json(failures: Sequence[FailedFile]) -> list[dict[str, object]]:
    """Return failures as plain values."""
    return [asdict(one) for one in failures]
