"""What a run has seen where: each sighting once, and none ahead of its bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sousveil.evidence.ledger import Sighting
from sousveil.pipeline import Part
from sousveil.store.database import Store


class Sighted:
    """The sightings of one run that are not in the ledger yet.

    Args:
        store: knows those of runs before.
        source: name written into the sightings.
        is_described: whether the source has a mapping: its files are then noted under it, wherever they were met.
    """

    def __init__(self, store: Store, source: str, *, is_described: bool) -> None:
        self._store, self._source = store, source
        self._known_in = source if is_described else ""
        self._open: set[tuple[str, str, str]] = set()
        self._held: dict[str, list[Sighting]] = {}
        self.fresh: list[Sighting] = []
        """Those whose bytes are in the batch in hand, or in the vault."""

    def hold(self, file: str) -> None:
        """Keep the sightings of a file back until it is settled: a sighting never goes ahead of its bytes."""
        self._held[file] = []

    def is_held(self, file: str) -> bool:
        """Return whether a file is with a worker."""
        return file in self._held

    def release(self, file: str) -> None:
        """Let the sightings of a settled file go into the ledger."""
        self.fresh += self._held.pop(file, [])

    def drop(self, file: str) -> None:
        """Leave a file that was not asked for as if it had not been met."""
        self.forget(self._held.pop(file, []))

    def take_fresh(self) -> list[Sighting]:
        """Return the sightings that may go into the ledger now."""
        taken, self.fresh = self.fresh, []
        return taken

    def forget(self, kept: Iterable[Sighting]) -> None:
        """Strike sightings from memory: the store knows them now, or nobody needs to."""
        for sighting in kept:
            self._open -= {(sighting.address, sighting.file, seen_at) for seen_at in ("", sighting.seen_at)}

    def see(self, address: str, file: str, size: int) -> bool:
        """Note that these bytes were seen here, now; return whether that is news."""
        if not self._is_news(address, file, ""):
            return False
        sighting = Sighting(source=self._source, address=address, file=file, size=size, seen_at=_now())
        self._held.get(file, self.fresh).append(sighting)
        return True

    def see_member(self, part: Part, address: str, container: str) -> bool:
        """Note that a member's bytes were seen; where a web archive fetched them, and when, or else here and now."""
        if not self._is_news(part.address or address, part.file, part.seen_at):
            return False
        self.fresh.append(
            Sighting(
                source=self._source,
                address=part.address or address,
                file=part.file,
                size=part.size,
                seen_at=part.seen_at or _now(),
                container=container,
                member=part.member,
                status=part.http_status,
            )
        )
        return True

    def _is_news(self, address: str, file: str, seen_at: str) -> bool:
        key = (address, file, seen_at)
        if key in self._open or self._store.has_sighting(*key, source=self._known_in):
            return False
        self._open.add(key)
        return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
