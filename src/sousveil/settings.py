"""Every setting: name, type, default, and why it is what it is.

Limits come from ``docs/decisions/limits.md``; a dataset overrides them in ``sousveil.toml`` under ``[settings]``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from sousveil.exceptions import UsageError

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


def to_limits(chosen: Mapping[str, object]) -> Limits:
    """Return limits from what a file of settings says; what it does not name stays as it is.

    >>> to_limits({"max_pages": 10, "timeout_s": 5}).max_pages
    10

    Raises:
        UsageError: there is no such limit, or its value is none: not a number, below zero, no tier of the sandbox.
    """
    known = {item.name: item.default for item in fields(Limits)}
    for name, value in chosen.items():
        if name not in known:
            raise UsageError(f"unknown setting {name!r}. Known are: {', '.join(sorted(known))}")
        if name == "require_sandbox":
            if value not in ("", "A", "B"):
                raise UsageError(f'{name} = {value!r} is no tier. Write "A", "B", or leave it out.')
        elif isinstance(value, bool) or not isinstance(value, int if isinstance(known[name], int) else int | float):
            kind = "whole number" if isinstance(known[name], int) else "number"
            raise UsageError(f"{name} = {value!r} is no {kind}. Write one, as in {name} = {known[name]}.")
        elif value < 0 or not math.isfinite(value) or (name == "timeout_s" and not value):
            raise UsageError(f"{name} = {value!r} is no limit. Write a number above 0, as in {name} = {known[name]}.")
    return replace(DEFAULT_LIMITS, **chosen)  # type: ignore[arg-type]  # looked at just now
