"""The method of a purchase, as its last notice states it."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.words import holds, plain
from sousveil.model import Field

COMPETED = ("open", "selective")
"""Methods in which several are meant to offer (OCDS codelist method)."""


def method_of(case: Case) -> Field | None:
    """Return the method that the last notice states, None where none does."""
    stated = case.last("method")
    return stated[1] if stated else None


def is_single_source(method: Field) -> bool:
    """Return whether a method asks one supplier, or tells nobody: ``direct``, and ``limited`` without a call."""
    return method.value == "direct" or (method.value == "limited" and holds(plain(method.span.quote), "only_one"))
