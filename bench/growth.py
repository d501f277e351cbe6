"""How time grows with notices: each size measured by a script in a process of its own, and the power it grows with."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence

SIZES = (10_000, 30_000, 100_000)
"""Notices; the third is what an inquiry of a whole country holds."""


def iter_sizes(script: str) -> Iterator[dict[str, float]]:
    """Yield what a script prints for each size, as JSON, when it is run with ``--size``."""
    for size in SIZES:
        command = [sys.executable, script, "--size", str(size)]
        yield json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def exponent(rows: Sequence[dict[str, float]]) -> float:
    """Return the power of the number of notices with which the seconds grow, from the smallest size to the largest."""
    first, last = rows[0], rows[-1]
    return math.log(last["seconds"] / first["seconds"]) / math.log(last["notices"] / first["notices"])
