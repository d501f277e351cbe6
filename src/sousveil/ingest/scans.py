"""Scans: files with pictures that wait to be recognised, once everything else of a run has been read.

Recognising takes seconds a page and more than a gigabyte, so one worker does it with all the threads the run may use,
after the other workers have gone. Until then the text that needs no engine is in the dataset already, and what waits
says so; a run that stops in between is taken up where it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sousveil.pipeline import Part
from sousveil.run.protocol import Json
from sousveil.store.database import Status

READER = "sousveil.pipeline.recognising:work"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a part with waiting pictures was entered as in the counts of the run."""

    file: str
    kind: str
    address: str
    status: Status
    notices: int
    findings: int


@dataclass(slots=True)
class Scan:
    """A file whose bytes are in the vault, and its parts that wait: members by their paths, '' for the file itself."""

    file: str
    name: str
    parts: dict[str, Waiting] = field(default_factory=dict)

    def note(self, part: Part, address: str) -> None:
        """Remember a part that waits."""
        assert part.status != "passed"
        self.parts[part.member] = Waiting(
            part.file, part.kind, address, part.status, len(part.notices), len(part.findings)
        )

    def header(self, ocr: str) -> dict[str, Json]:
        """Return what the worker is told: name, mode, and which members to read."""
        only = "\0".join(member for member in self.parts if member)
        return {"name": self.name, "ocr": ocr, "only": only}
