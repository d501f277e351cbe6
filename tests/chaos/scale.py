"""How much chaos: ``make test`` takes a short cut of every test, ``make chaos`` all of it and the figures."""

import json
import os
from pathlib import Path

IS_LONG = os.environ.get("SOUSVEIL_CHAOS") == "long"
FIGURES = "SOUSVEIL_CHAOS_FIGURES"


def choose(short: int, long: int) -> int:
    """Return how often to do something: ``SOUSVEIL_CHAOS=long`` takes the second number."""
    return long if IS_LONG else short


def note(row: str, **figures: int | str) -> None:
    """Add a row to the table of figures, if somebody collects one (``bench/chaos.py``)."""
    if target := os.environ.get(FIGURES):
        with Path(target).open("a", encoding="utf-8") as out:
            out.write(json.dumps({"row": row, **figures}) + "\n")
