"""The ledger of sightings: which bytes were seen where and when; append only, each line chained to the one before.

A line is a JSON object whose ``hash`` is the SHA-256 of the line before it and of its own content, so a line that was
changed, removed or inserted in the middle is noticed. Cutting off the tail is not noticed by the chain alone; the
store remembers how far it had come (``sousveil doctor`` compares).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sousveil.evidence.chain import BEFORE_FIRST, chained
from sousveil.exceptions import EvidenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where and when bytes were seen.

    Attributes:
        source: name of the source: ``folder`` unless the user gave one.
        address: path or web address; a member of an archive is ``ARCHIVE!/MEMBER``, unless the archive says from
            which web address it fetched it.
        file: SHA-256 of the bytes.
        size: in bytes.
        seen_at: time of the sighting by this machine's clock, or by that of the web archive; UTC, ISO 8601.
        container: SHA-256 of the archive whose member this is, else empty.
        member: path inside that archive, else empty.
        status: HTTP status where there was one.
    """

    source: str
    address: str
    file: str
    size: int
    seen_at: str
    container: str = ""
    member: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: its number from 1, its sighting, its hash."""

    number: int
    sighting: Sighting
    hash: str


class Ledger:
    """One ledger file: any number of readers, one process that appends. Making the object touches nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._end: tuple[int, str] | None = None

    def __len__(self) -> int:
        """Return the number of lines.

        Raises:
            EvidenceError: a line does not follow from the one before it.
        """
        return self._end[0] if self._end else self._find_end()[0]

    def open(self, acknowledged: int | None = None) -> None:
        """Make the ledger ready for appending; for the one process that writes.

        What an interrupted append left behind is taken off: a last line without its end, and, behind line number
        ``acknowledged``, lines that a power cut tore. They are kept in a file beside the ledger, ending in ``.torn``.

        Args:
            acknowledged: the last line that a row of the store names; None where no store says so. No line up to
                there may be broken.

        Raises:
            EvidenceError: a line does not follow from the one before it.
        """
        if self._path.is_file():
            _cut_torn_tail(self._path)
        try:
            self._end = self._find_end()
        except EvidenceError:
            whole = self._count_whole()
            if acknowledged is None or whole < acknowledged:
                raise
            _set_aside(self._path, whole)
            self._end = self._find_end()

    def _find_end(self) -> tuple[int, str]:
        number, last = 0, BEFORE_FIRST
        for entry in self.iter_entries():
            number, last = entry.number, entry.hash
        return number, last

    def _count_whole(self) -> int:
        """Return how many lines there are before the first broken one."""
        whole = 0
        with suppress(EvidenceError):
            for entry in self.iter_entries():
                whole = entry.number
        return whole

    def append(self, sightings: Sequence[Sighting]) -> list[Entry]:
        """Write sightings at the end; when this returns, they survive a power cut.

        Raises:
            OSError: the disk is full or read-only; a line that was written in part is cut off at the next start.
        """
        if self._end is None:
            self.open()
        assert self._end is not None
        entries: list[Entry] = []
        number, last = self._end
        is_new = not self._path.exists()
        for sighting in sightings:
            number += 1
            last = chained(last, number, sighting)
            entries.append(Entry(number, sighting, last))
        with self._path.open("ab") as out:
            out.write(b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries))
            out.flush()
            os.fsync(out.fileno())
        if is_new:
            _flush_folder(self._path.parent)
        self._end = number, last
        return entries

    def iter_entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after line number ``after``, checking the chain from the beginning.

        A last line without its end is passed over: another process may be writing it.

        Raises:
            EvidenceError: a line does not follow from the one before it.
        """
        if not self._path.is_file():
            return  # nothing was seen yet
        last = BEFORE_FIRST
        decoder = msgspec.json.Decoder(Entry)
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    return
                try:
                    entry = decoder.decode(line)
                except (msgspec.DecodeError, msgspec.ValidationError) as error:
                    raise EvidenceError(self._broken(number, str(error))) from error
                if entry.number != number or entry.hash != chained(last, number, entry.sighting):
                    raise EvidenceError(self._broken(number, "it does not follow from the line before"))
                last = entry.hash
                if number > after:
                    yield entry

    def _broken(self, number: int, why: str) -> str:
        return f"Ledger {self._path}, line {number}: {why}. Somebody or something changed it; restore it from a backup."


def _cut_torn_tail(path: Path) -> None:
    """Cut off a last line without its line end: it was never acknowledged."""
    with path.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            return
        file.seek(max(0, size - 1))
        if file.read(1) == b"\n":
            return
        step, keep = 65_536, 0
        position = size
        while position > 0:
            start = max(0, position - step)
            file.seek(start)
            found = file.read(position - start).rfind(b"\n")
            if found >= 0:
                keep = start + found + 1
                break
            position = start
        file.truncate(keep)
        file.flush()
        os.fsync(file.fileno())


def _set_aside(path: Path, whole: int) -> None:
    """Move everything behind line number ``whole`` to the end of a file beside the ledger."""
    with path.open("rb+") as file:
        for _ in range(whole):
            file.readline()
        keep = file.tell()
        with path.with_suffix(".torn").open("ab") as aside:
            aside.write(file.read())
            aside.flush()
            os.fsync(aside.fileno())
        file.truncate(keep)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
