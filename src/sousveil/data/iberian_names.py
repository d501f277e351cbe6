"""Common given and family names of Spanish and Portuguese speaking countries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class IberianNames:
    """Names of one kind, lower case, without accents but for ñ and ç."""

    kind: Literal["given", "family"]
    names: tuple[str, ...]


@cache
def iberian_names() -> dict[str, frozenset[str]]:
    """Return the names by their kind, ``given`` or ``family``."""
    rows = load_table("iberian_names", IberianNames, key=("kind",))
    return {row.kind: frozenset(row.names) for row in rows}
