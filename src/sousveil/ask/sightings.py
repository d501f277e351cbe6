"""Sightings: where and when the bytes behind an answer were seen."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.mask import mask_address
from sousveil.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One sighting.

    Attributes:
        number: line of the ledger.
        address: path or web address; a member of an archive is ``ARCHIVE!/MEMBER``, or the web address that a web
            archive gives for it.
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

    @property
    def shown_address(self) -> str:
        """The address with persons covered: names of files tell them, too."""
        return mask_address(self.address)

    @property
    def shown_member(self) -> str:
        """The path inside the archive with persons covered."""
        return mask_address(self.member)

    def to_json(self) -> dict[str, object]:
        """Return the sighting as it is printed: persons covered, None for what does not apply."""
        return {
            "source": self.source,
            "address": self.shown_address,
            "seen_at": self.seen_at,
            "status": self.status,
            "container": self.container or None,
            "member": self.shown_member or None,
            "ledger_line": self.number,
        }


def sightings_of(store: Store, file: str) -> tuple[Seen, ...]:
    """Return the sightings of a file, the first one first."""
    rows = store.rows(
        "SELECT number, source, address, seen_at, container, member, status FROM sightings"
        " WHERE file = ? ORDER BY number",
        (file,),
    )
    return tuple(Seen(**dict(row)) for row in rows)
