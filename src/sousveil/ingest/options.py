"""How a run is carried out, and what it reports."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run is carried out.

    Attributes:
        source: name written into the sightings.
        jobs: worker processes.
        retry_failed: try files again that failed before, though nothing changed.
        limit: stop after this many files that had to be read; None for no end.
        only: kinds of files to read (``pdf``, ``docx``, …); others are passed by, uncounted. Empty for all.
        ocr: which pages are pictures to recognise.
        limits: what one file may cost.
    """

    source: str = "folder"
    jobs: int = max(1, os.cpu_count() or 1)
    retry_failed: bool = False
    limit: int | None = None
    only: frozenset[str] = frozenset()
    ocr: OcrMode = "auto"
    limits: Limits = DEFAULT_LIMITS


@dataclass(slots=True)
class Counts:
    """The balance of a run: ``seen`` is the sum of the five fates."""

    seen: int = 0
    read: int = 0
    partly: int = 0
    failed: int = 0
    duplicate: int = 0
    unchanged: int = 0
    notices: int = 0
    findings: int = 0
    recognised: int = 0
    """Pages whose text was recognised on a picture."""

    @property
    def is_balanced(self) -> bool:
        """Whether no file was lost between being seen and its fate.

        >>> Counts(seen=2, read=1, failed=1).is_balanced, Counts(seen=2, read=1).is_balanced
        (True, False)
        """
        return self.seen == self.read + self.partly + self.failed + self.duplicate + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did; ``steps`` are processor seconds of each step, summed over all processes."""

    run: int
    counts: Counts
    seconds: float
    steps: dict[str, float]


Progress = Callable[[Counts], None]
"""Called with the counts so far, several times a second."""
