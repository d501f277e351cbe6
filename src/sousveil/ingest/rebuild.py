"""Rebuild: everything derived is made again from the evidence, without the paths that the files came from.

Only files whose rows are missing, or were made by other versions of the steps, are read again. The ledger is not
written to: nothing new was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sousveil.evidence.vault import Vault
from sousveil.exceptions import EvidenceError
from sousveil.ingest.options import Progress
from sousveil.ingest.run import Ingest, Work
from sousveil.model import Failure
from sousveil.run.pool import Pool
from sousveil.source.folder import Candidate


class Rebuild(Ingest):
    """One run over the evidence of one dataset."""

    def _feed(self, inputs: Sequence[Path], pool: Pool, progress: Progress) -> None:  # noqa: ARG002 (the evidence is the input)
        for key, work in enumerate(self._stored(), 1):
            if self._is_stopping:
                break
            self._met += 1
            self._hand_out(key, work, pool)
            self._collect(pool, progress, is_waiting=self._is_far_ahead)
        self._drain(pool, progress)

    def _stored(self) -> Iterator[Work]:
        """Yield the files of the evidence that must be read, each once, in the order they were first seen."""
        vault = Vault(self._paths.evidence)
        rows = self._store.rows(
            "SELECT file, address, size, min(number) AS number FROM sightings"
            " WHERE container = '' GROUP BY file ORDER BY number"
        )
        for row in rows:
            file = row["file"]
            source = self._mapped_source(file)
            if self._is_fresh(file, source):
                self._count_unchanged(file)
                continue
            try:
                payload = vault.load(file)
            except EvidenceError as error:
                self._counts.seen += 1
                self._counts.failed += 1
                advice = "Restore evidence/ from a backup, or ingest the file again."
                self._note_failure(row["address"], file, "", Failure("open", str(error), advice))
                continue
            self._in_hand.add(file)
            yield Work(Candidate(row["address"], row["size"], 0), file, payload, source)

    def _mapped_source(self, file: str) -> str:
        """Return the last source with a mapping in which a file was seen, else the first; empty for none."""
        rows = self._store.rows("SELECT source FROM sightings WHERE file = ? ORDER BY number DESC", (file,))
        names = [row["source"] for row in rows]
        return next((name for name in names if self._mappings.source(name).digest), names[-1] if names else "")
