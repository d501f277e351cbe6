"""Sources of a dataset: how many files and notices each has, over which time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sousveil.source.mapping import UNKNOWN, Source, load_sources
from sousveil.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source.

    Attributes:
        name: as files were ingested under it, or as its folder is called.
        files: different files seen in it, members of archives included.
        notices: in these files.
        first: day of the earliest notice, ISO, None where no notice has one.
        last: day of the latest notice.
        described: what its ``source.yml`` says; ``UNKNOWN`` where there is none.
    """

    name: str
    files: int = 0
    notices: int = 0
    first: str | None = None
    last: str | None = None
    described: Source = UNKNOWN


_COUNTS = """
SELECT seen.source AS name, count(DISTINCT seen.file) AS files, count(notices.id) AS notices,
    min(publication_date) AS first, max(publication_date) AS last
FROM (SELECT DISTINCT source, file FROM sightings) AS seen LEFT JOIN notices ON notices.file = seen.file
GROUP BY seen.source ORDER BY seen.source
"""


def list_sources(store: Store, folder: Path) -> tuple[SourceRow, ...]:
    """Return every source that files were seen in or that is described under ``folder``, by name.

    Raises:
        UsageError: a description cannot be understood.
    """
    described = load_sources(folder)
    rows = {row["name"]: SourceRow(**dict(row)) for row in store.rows(_COUNTS)}
    names = sorted(rows.keys() | described.keys())
    return tuple(
        replace(rows.get(name, SourceRow(name=name)), described=described.get(name, UNKNOWN)) for name in names
    )
