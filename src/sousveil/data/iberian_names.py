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
def iberian_names(kind: str) -> frozenset[str]:
    """Return the names of one kind: ``given`` or ``family``."""
    rows = load_table("iberian_names", IberianNames, key=("kind",))
    return frozenset(name for row in rows if row.kind == kind for name in row.names)
