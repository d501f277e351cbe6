"""The untouched original, behind a logged unlock: the only way to bytes that are not masked."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sousveil.ask.proof import stored_as
from sousveil.ask.sightings import Seen, sightings_of
from sousveil.evidence.unlocks import Unlock, UnlockLine, log_unlock
from sousveil.evidence.vault import Vault
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.store.database import Store

MIN_REASON = 10
"""Characters of a reason: enough for a word that says more than yes."""


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes as found, and the line of the log that says so.

    Attributes:
        data: the bytes; of a member of an archive those of the archive, which is what is kept.
        member: path of the member inside that archive, else empty.
        line: of the log of unlocks.
    """

    data: bytes
    member: str
    line: UnlockLine


def unlock_original(store: Store, vault: Vault, log: Path, asked: str, why: str) -> Original:
    """Log an unlock and return the original of a notice, document or file.

    Args:
        store: the rows.
        vault: the bytes as found.
        log: the dataset's log of unlocks.
        asked: id of a notice or document, or the SHA-256 of a file.
        why: the user's reason, kept in the log.

    Raises:
        UsageError: no reason is given.
        NotFoundError: there is nothing under that id.
        EvidenceError: the bytes are missing or damaged, or the log was changed; nothing is given out.
        OSError: the log cannot be written; nothing is given out.
    """
    reason = " ".join(why.split())
    if len(reason) < MIN_REASON:
        raise UsageError(
            "Originals name persons. Say why this one is needed, in a few words: --why 'check page 2, figure unclear'"
        )
    file, member = stored_as(vault, *_file_of(store, asked))
    data = vault.load(file)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = log_unlock(log, Unlock(file=file, asked=asked, who=current_user(), why=reason, at=at))
    return Original(data, member, line)


def current_user() -> str:
    """Return name and number of the account this runs under, by the system's list and not by the environment."""
    number = os.getuid()
    try:
        return f"{pwd.getpwuid(number).pw_name} ({number})"
    except KeyError:
        return f"({number})"


def _file_of(store: Store, asked: str) -> tuple[str, tuple[Seen, ...]]:
    rows = store.rows(
        "SELECT file FROM files WHERE document = ? OR file = ? UNION SELECT file FROM notices WHERE id = ?",
        (asked, asked, asked),
    )
    if not rows:
        raise NotFoundError(f"No notice, document or file {asked}. Ids are shown by: sousveil search")
    file = rows[0]["file"]
    return file, sightings_of(store, file)
