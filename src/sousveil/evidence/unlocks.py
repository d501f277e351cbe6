"""The log of unlocks: who was given which original, when, and why; append only, each line chained to the one before.

Originals name persons; everything else that sousveil shows is masked. A line is on the disk before the bytes are
handed over, so no original is given out without one. As with the ledger, a line that was changed, removed or inserted
in the middle is noticed; a tail that was cut off is not.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sousveil.evidence.chain import BEFORE_FIRST, chained
from sousveil.exceptions import EvidenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """One original given out.

    Attributes:
        file: SHA-256 of the bytes that were given out.
        asked: the id that was asked for.
        who: name and number of the user account.
        why: the reason the user wrote.
        at: time by this machine's clock, UTC, ISO 8601.
    """

    file: str
    asked: str
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class UnlockLine:
    """A line of the log: its number from 1, what was unlocked, its hash."""

    number: int
    unlock: Unlock
    hash: str


def log_unlock(path: Path, unlock: Unlock) -> UnlockLine:
    """Write an unlock at the end of the log and return its line; when this returns, it survives a power cut.

    Raises:
        EvidenceError: the log was changed, so nothing may be added.
        OSError: the disk is full or read-only.
    """
    is_new = not path.exists()
    with path.open("a+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)  # held until the file is closed; another unlock waits for its turn
        number, last = 0, BEFORE_FIRST
        for line in iter_unlocks(path):
            number, last = line.number, line.hash
        added = UnlockLine(number + 1, unlock, chained(last, number + 1, unlock))
        log.write(msgspec.json.encode(added) + b"\n")
        log.flush()
        os.fsync(log.fileno())
    if is_new:
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return added


def iter_unlocks(path: Path) -> Iterator[UnlockLine]:
    """Yield the lines of the log in order, checking the chain; none where nothing was ever unlocked.

    Raises:
        EvidenceError: a line does not follow from the one before it.
    """
    if not path.is_file():
        return
    last = BEFORE_FIRST
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                read = msgspec.json.decode(line, type=UnlockLine)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise EvidenceError(_broken(path, number, str(error))) from error
            if read.number != number or read.hash != chained(last, number, read.unlock):
                raise EvidenceError(_broken(path, number, "it does not follow from the line before"))
            last = read.hash
            yield read


def _broken(path: Path, number: int, why: str) -> str:
    return f"Log of unlocks {path}, line {number}: {why}. Somebody or something changed it; restore it from a backup."
