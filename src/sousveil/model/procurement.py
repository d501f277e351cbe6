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
    """``contract``, ``award``, ``lots`` (lots won, added), ``contract_and_lots``, ``candidate`` (no award yet),
    ``budget``, ``ceiling``; the last three were not spent, and totals leave them out."""
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
    """Prices or suppliers were fixed, nothing is bought yet: its sums are ceilings, no price."""
    framework: str = ""
    """Id of the framework that this purchase was called off under."""
    amount: KnownAmount | None = None
    refused: tuple[tuple[str, float, str], ...] = ()
    """Where no amount is known: the sums that are printed all the same, as in ``KnownAmount.refused``."""
    missing: tuple[str, ...] = ()
    """What the notices at hand do not say: ``award``, ``contract``, ``amount``, ``tender``, …"""
    stitches: tuple[Stitch, ...] = ()
