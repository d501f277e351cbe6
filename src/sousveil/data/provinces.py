"""English names of the provinces of China, so that a place can be asked for in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province and its names in English.

    Attributes:
        code: GB/T 2260 code of six digits.
        short: Chinese name without its class word, as notices are indexed.
        names: names in English, the most usual first.
    """

    code: str
    short: str
    names: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """Return the provinces in the order of their codes."""
    return load_table("provinces", Province, key=("code",))
