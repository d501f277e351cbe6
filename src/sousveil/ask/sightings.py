"""Sightings: where and when the bytes behind an answer were seen."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One sighting.

    Attributes:
        number: line of the ledger.
        address: path or web address; a member of an archive is ``ARCHIVE!/MEMBER``.
        container: SHA-256 of the archive that held the bytes, else empty.
        member: path inside that archive, else empty.
        status: HTTP status where there was one.
    """

    number: int
    source: str
    address: str
    seen_at: str
    container: str
    member: str
    status: int | None


def sightings_of(store: Store, file: str) -> tuple[Seen, ...]:
    """Return the sightings of a file, the first one first."""
    rows = store.rows(
        "SELECT number, source, address, seen_at, container, member, status FROM sightings"
        " WHERE file = ? ORDER BY number",
        (file,),
    )
    return tuple(Seen(**dict(row)) for row in rows)
