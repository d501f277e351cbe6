"""Files of a dataset by source and how they ended: the list behind every count of files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import get_args

from sousveil.ask.naming import nearest
from sousveil.exceptions import UsageError
from sousveil.mask import mask_address
from sousveil.store.database import Status, Store

STATES = get_args(Status)
_SEEN = "SELECT DISTINCT file FROM sightings WHERE source = ?"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file: its hash, the document made of it, how it ended, and where it was seen first, with persons covered."""

    file: str
    document: str
    size: int
    kind: str
    status: str
    address: str


@dataclass(frozen=True, slots=True)
class FileList:
    """Some of the files, and how many there are."""

    total: int
    rows: tuple[FileEntry, ...]

    def to_json(self) -> dict[str, object]:
        """Return the list as plain values."""
        return {"v": 1, "total": self.total, "files": [asdict(row) for row in self.rows]}


def list_files(store: Store, source: str = "", status: str = "", *, offset: int = 0, limit: int = 50) -> FileList:
    """Return files in the order of their hashes.

    Args:
        store: the rows.
        source: only those that were seen in it; empty for all.
        status: ``read``, ``partly`` or ``failed``; empty for all.
        offset: files to pass over.
        limit: most to return.

    Raises:
        UsageError: there is no such status.
    """
    if status and status not in STATES:
        raise UsageError(f"There is no status {status!r}. {nearest(status, STATES)}")
    seen = _SEEN if source else "SELECT file FROM files"
    values = [source, status] if source else [status]
    where = f"FROM ({seen}) AS seen LEFT JOIN files USING (file) WHERE ? IN ('', coalesce(files.status, 'failed'))"
    total = store.rows(f"SELECT count(*) AS n {where}", values)[0]["n"]
    rows = store.rows(
        f"""SELECT file, coalesce(document, '') AS document, coalesce(size, 0) AS size, coalesce(kind, '') AS kind,
                   coalesce(files.status, 'failed') AS status, coalesce((SELECT address FROM sightings
                   WHERE sightings.file = seen.file ORDER BY number LIMIT 1), '') AS address
            {where} ORDER BY file LIMIT ? OFFSET ?""",
        [*values, limit, offset],
    )
    entries = (FileEntry(**dict(row)) for row in rows)
    return FileList(total, tuple(replace(one, address=mask_address(one.address)) for one in entries))
