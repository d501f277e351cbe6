"""Sources of a dataset: how many files and notices each has, over which time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
SELECT seen.source AS name, count(DISTINCT seen.file) AS files, count(notices.file) AS notices,
    min(publication_date) AS first, max(publication_date) AS last
FROM (SELECT DISTINCT source, file FROM sightings) AS seen LEFT JOIN notices ON notices.file = seen.file
GROUP BY seen.source ORDER BY seen.source
"""


def count_sources(store: Store) -> dict[str, SourceRow]:
    """Return the sources that files were seen in, by name, without what describes them."""
    return {row["name"]: SourceRow(**dict(row)) for row in store.rows(_COUNTS)}


def list_sources(rows: Mapping[str, SourceRow], folder: Path) -> tuple[SourceRow, ...]:
    """Return every source that files were seen in or that is described under ``folder``, by name.

    Args:
        rows: of ``count_sources``.
        folder: of the descriptions.

    Raises:
        UsageError: a description cannot be understood.
    """
    described = load_sources(folder)
    names = sorted(rows.keys() | described.keys())
    return tuple(
        replace(rows.get(name, SourceRow(name=name)), described=described.get(name, UNKNOWN)) for name in names
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceYear:
    """Notices of one source in one year.

    Attributes:
        year: four digits.
        months: notices of each month, January first; None outside the months that the source covers.
        undated: notices of which only the year is known.
        expected: how many the source is said to have (``expected`` in its ``source.yml``), None where nothing is said.
    """

    source: str
    year: str
    months: tuple[int | None, ...]
    undated: int
    expected: int | None

    @property
    def held(self) -> int:
        """Notices of the year."""
        return sum(count or 0 for count in self.months) + self.undated


_BY_MONTH = """
SELECT seen.source, substr(publication_date, 1, 7) AS month, count(*) AS notices
FROM (SELECT DISTINCT source, file FROM sightings) AS seen JOIN notices ON notices.file = seen.file
WHERE publication_date GLOB '[0-9][0-9][0-9][0-9]*' GROUP BY 1, 2 ORDER BY 1, 2
"""


def count_sources_by_month(store: Store) -> dict[str, dict[str, int]]:
    """Return how many notices there are by source and month (``2024-01``, ``2024`` where no more is known)."""
    held: dict[str, dict[str, int]] = {}
    for row in store.rows(_BY_MONTH):
        held.setdefault(row["source"], {})[row["month"]] = row["notices"]
    return held


def list_sources_by_month(
    held: Mapping[str, Mapping[str, int]], sources: Sequence[SourceRow]
) -> tuple[SourceYear, ...]:
    """Return how many notices each source has in each month of the years that it covers, by name and year.

    A year that is expected and of which nothing is held is among them: that is what one looks for.
    """
    found: list[SourceYear] = []
    for source in sources:
        months = held.get(source.name, {})
        covered = sorted(month for month in months if len(month) == len("2024-01"))
        years = {month[:4] for month in (*months, *source.described.expected)}
        if covered:
            years |= {str(year) for year in range(int(covered[0][:4]), int(covered[-1][:4]) + 1)}
        for year in sorted(years):
            names = [f"{year}-{number:02}" for number in range(1, 13)]
            counts = tuple(
                months.get(name, 0) if covered and covered[0] <= name <= covered[-1] else None for name in names
            )
            expected = source.described.expected.get(year)
            found.append(
                SourceYear(source=source.name, year=year, months=counts, undated=months.get(year, 0), expected=expected)
            )
    return tuple(found)
