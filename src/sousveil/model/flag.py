"""A reason to look at a purchase; never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.model.statement import Scalar, Span

FlagState = Literal["raised", "clear", "insufficient"]
"""``insufficient``: what the formula needs is not in the notices; it is never the same as ``clear``."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What an indicator says about one purchase, with the figures it was computed from."""

    rule: str
    """Name of the indicator's file in ``flag/``, and of its page in ``docs/flags/``."""
    procurement: str
    state: FlagState
    says: str
    """One sentence with the figures."""
    inputs: tuple[tuple[str, Scalar], ...] = ()
    spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    """Inputs that the notices do not state."""
