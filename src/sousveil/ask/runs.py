"""Runs and failures: what the runs did, and which files could not be read, with persons in file names covered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sousveil.exceptions import NotFoundError
from sousveil.live import Live
from sousveil.mask import mask_address
from sousveil.store.database import Store

_FAILURES = """
SELECT failures.address AS path, coalesce(files.status, 'failed') AS status, failures.stage, failures.reason,
       failures.advice, failures.tries
FROM failures LEFT JOIN files ON files.file = failures.file
WHERE (:reason IS NULL OR failures.reason = :reason) AND (:run IS NULL OR failures.run = :run)
ORDER BY status, failures.reason, failures.address
"""
_GROUPS = """
SELECT coalesce(files.status, 'failed') AS status, failures.reason, failures.advice, count(*) AS files,
       min(failures.address) AS example
FROM failures LEFT JOIN files ON files.file = failures.file
GROUP BY 1, 2, 3 ORDER BY files DESC, status, failures.reason, failures.advice
"""
_FAILED = """
SELECT failures.address, coalesce((SELECT source FROM sightings WHERE sightings.address = failures.address
                                   ORDER BY number DESC LIMIT 1), '') AS source
FROM failures ORDER BY failures.address
"""
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")
State = str
"""Of a run: finished, interrupted, or what it does now (``live.State``)."""


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
    """Files that failed for the same reason: how many, and one of them, with persons covered."""

    status: str
    reason: str
    advice: str
    files: int
    example: str


def list_runs(store: Store) -> tuple[dict[str, object], ...]:
    """Return all runs, newest first, in the shape of ``runs list --json``; persons in paths are covered."""
    return tuple(_shown(dict(row)) for row in store.rows("SELECT * FROM runs ORDER BY number DESC"))


def show_run(store: Store, number: int) -> dict[str, object]:
    """Return one run in the same shape.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = store.rows("SELECT * FROM runs WHERE number = ?", (number,)) if number < 1 << 63 else []
    if not found:
        raise NotFoundError(f"No run {number}. All runs: sousveil runs list")
    return _shown(dict(found[0]))


def _shown(row: dict[str, object]) -> dict[str, object]:
    return {**row, "paths": "\n".join(map(mask_address, str(row["paths"]).splitlines()))}


def state_of_run(row: dict[str, object], live: Live | None) -> State:
    """Return what became of a run: ``live`` is the one that goes on, or the last one."""
    if live is not None and live.is_going and live.run == row["number"]:
        return live.state
    return "finished" if row["finished_at"] else "interrupted"


def list_failures(store: Store, *, reason: str | None = None, run: int | None = None) -> tuple[FailedFile, ...]:
    """Return the files that could not be read, or not wholly, by status, reason and path; all, or those of one."""
    rows = [dict(row) for row in store.rows(_FAILURES, {"reason": reason, "run": run})]
    return tuple(FailedFile(**{**row, "path": mask_address(row["path"])}) for row in rows)


def group_failures(store: Store) -> tuple[FailureGroup, ...]:
    """Return failures grouped by reason, the commonest first."""
    rows = [dict(row) for row in store.rows(_GROUPS)]
    return tuple(FailureGroup(**{**row, "example": mask_address(row["example"])}) for row in rows)


def failures_json(failures: Sequence[FailedFile]) -> list[dict[str, object]]:
    """Return failures as plain values."""
    return [asdict(one) for one in failures]


def failed_paths(store: Store) -> dict[str, list[Path]]:
    """Return the files on the disk that failed, or hold one that did, by the source they were last seen in.

    Files that are no longer where they were are left out; the source is empty where none is known.
    """
    found: dict[str, dict[Path, None]] = {}
    for row in store.rows(_FAILED):
        for path in _on_disk(row["address"]):
            found.setdefault(row["source"], {})[path] = None
    return {source: list(paths) for source, paths in found.items()}


def _on_disk(address: str) -> Iterator[Path]:
    """Yield the file of an address if it is there: a member's archive, a name whose bytes stand as escapes."""
    outer = address.partition("!/")[0]
    unescaped = _ESCAPED.sub(lambda byte: bytes([int(byte[1], 16)]), outer.encode("utf-8", "surrogateescape"))
    for raw in (outer.encode("utf-8", "surrogateescape"), unescaped):
        path = Path(raw.decode("utf-8", "surrogateescape"))
        if path.is_absolute() and path.is_file():
            yield path
            return
