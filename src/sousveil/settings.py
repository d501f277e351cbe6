"""Every setting: name, type, default, and why it is what it is.

Limits come from ``docs/decisions/limits.md``; a dataset overrides them in ``sousveil.toml`` under ``[settings]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VERSION = "0.1.0"
"""The release; stands in pyproject.toml too."""


OcrMode = Literal["off", "auto", "all"]
"""Which pages are recognised: none, those without a usable text layer, all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Beyond it the file fails (or a part of it), never the run."""

    max_file_bytes: int = 256 * 1024 * 1024
    """Largest file read; larger ones fail with advice. The largest tender document of the sample corpus has 4 MB."""
    max_member_bytes: int = 256 * 1024 * 1024
    """Largest member of an archive after inflating, counted while inflating: headers lie."""
    max_archive_bytes: int = 1024 * 1024 * 1024
    """Sum of all members of one archive after inflating."""
    max_archive_ratio: int = 200
    """Inflated size over packed size of a member beyond 1 MB; office files stay under 100, bombs begin at 1,000."""
    max_members: int = 5_000
    """Members of one archive."""
    max_depth: int = 5
    """Archives inside archives."""
    max_pages: int = 5_000
    """Pages, sheets or records of one file."""
    max_page_chars: int = 2_000_000
    """Characters of one page."""
    max_text_chars: int = 20_000_000
    """Characters of one document; a 400-page tender document has about 400,000."""
    max_cells: int = 500_000
    """Cells of all tables of one document."""
    max_pixels: int = 100_000_000
    """Pixels of one picture; A3 at 600 dpi has 70 million. A bomb of 60,000 x 60,000 in 400 kB would take 10 GB."""
    max_recognised_pages: int = 500
    """Pages and pictures of one file that are recognised, at some 3 s each; the rest is named."""
    timeout_s: float = 60.0
    """Wall time for one file before its worker is killed."""
    cpu_s: float = 300.0
    """Processor time of one file, or one member, over all threads; five times what wall time lets one thread have."""
    max_answer_bytes: int = 256 * 1024 * 1024
    """All that a worker may answer to one job; an archive of 1,000 long notices answers 30 MB."""
    max_memory_bytes: int = 2 * 1024 * 1024 * 1024
    """Address space of a worker; pdfium and lxml map more than they touch."""
    require_sandbox: str = ""
    """Weakest tier of the sandbox under which a run may start: "A", "B", or "" for any."""

    recogniser_memory_bytes: int = 8 * 1024 * 1024 * 1024
    """Address space of the worker that recognises scans: its engine maps 4 GB and touches 1.6."""


DEFAULT_LIMITS = Limits()
