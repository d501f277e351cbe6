"""All notices of one purchase, with the one sum that is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["planned", "tendered", "awarded", "contracted", "accepted", "ended"]
"""How far a purchase had come in the notices at hand; ``ended`` without a winner."""


@dataclass(frozen=True, slots=True)
class Stitch:
    """Why two notices belong to one purchase."""

    notice: str
    other: str
    kind: Literal["stage", "copy", "attempt", "lot", "judgement"]
    """``copy``: the same notice elsewhere, a sighting; ``attempt``: the purchase called again."""
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownAmount:
    """The one sum of a purchase that totals count, and why this one."""

    value: float
    currency: str | None
    rule: str
    """``contract``, ``award``, ``lots`` (sum of lots won), ``budget``, …"""
    notices: tuple[str, ...]
    """Whose sums it is made of."""
    refused: tuple[tuple[str, float, str], ...] = ()
    """Sums that were not taken: notice, value, why."""


@dataclass(frozen=True, slots=True)
class Procurement:
    """One purchase."""

    id: str
    notices: tuple[str, ...]
    """In order of time, copies included."""
    title: str = ""
    buyer: str = ""
    """Id of the institution."""
    suppliers: tuple[str, ...] = ()
    """Ids of the institutions that won."""
    status: Status = "planned"
    first_date: str = ""
    last_date: str = ""
    country: str = ""
    place: str = ""
    attempts: int = 1
    lots: int = 0
    is_framework: bool = False
    amount: KnownAmount | None = None
    missing: tuple[str, ...] = ()
    """What the notices at hand do not say: ``award``, ``contract``, ``amount``, ``tender``, …"""
    stitches: tuple[Stitch, ...] = ()
