"""A buyer, agency or supplier, one for all its spellings; never a natural person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["", "national", "province", "prefecture", "county", "township", "village"]
"""Of whom a public body is the organ; empty for companies and where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an institution, and why it is one."""

    name: str
    reason: str
    """``printed``, ``code`` (same official number), ``renamed``, ``short``, ``english``, ``judgement``, …"""


@dataclass(frozen=True, slots=True)
class Institution:
    """A public body or company, resolved over the names it has in the notices."""

    id: str
    """Its official number where one is printed (``CN-USCC-…``), else a hash of its normalised name and place."""
    name: str
    """The fullest name printed."""
    kind: str
    """Row of ``data/body_kinds.yml``: ``police``, ``education``, ``company``, …; ``other`` where no rule tells."""
    level: Level = ""
    country: str = ""
    """ISO 3166 alpha-2."""
    place: str = ""
    """Code of its division: GB/T 2260, ISO 3166-2, NUTS."""
    parent: str = ""
    """Id of the institution it is a part of: the bureau of a squad, the company of a branch."""
    identifiers: tuple[str, ...] = ()
    """``scheme:value`` of every official number printed for it."""
    aliases: tuple[Alias, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why kind, level, place and parent are what they are."""
