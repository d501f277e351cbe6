"""Sightings: whether a notice is another one seen elsewhere, on a second portal or in a collection."""

from __future__ import annotations

from sousveil.resolve.copies import containment, likeness
from sousveil.resolve.titles import common_share, is_swap
from sousveil.resolve.traits import Traits

_COPY = 0.85
"""Share of the shorter text that stands in the longer one; from here it is a copy (docs/decisions/stitching.md)."""
_SAME_TEXT = 0.9
"""Likeness from which two numbers are two portals' numbers for one notice."""
SAME_WORDS = 0.5
"""Share of telling words that titles have in common when only one word for another parts them."""
_COPY_DAYS, _COPY_DAYS_CORRECTION = 14, 3
"""Days after which collections still show a notice; corrections follow one another sooner."""


def is_copy_of(first: Traits, second: Traits) -> bool:
    """Return whether the second notice is the first one elsewhere: same kind, nothing that contradicts, same text.

    Where texts are at hand they decide; where one says too little, equal numbers, titles, days and sums do.
    """
    if first.kind != second.kind or first.attempt != second.attempt or _contradict(first, second):
        return False
    one, other = first.summary, second.summary
    if one.fingerprint and other.fingerprint:
        return containment(one.fingerprint, other.fingerprint) >= _COPY
    is_named = bool(first.bases & second.bases) or first.buyer == second.buyer != ""
    return is_named and first.title.core == second.title.core and first.day == second.day != 0


def _contradict(first: Traits, second: Traits) -> bool:
    one, other = first.summary, second.summary
    days = abs(first.day - second.day) if first.day and second.day else 0
    limit = _COPY_DAYS_CORRECTION if first.kind in {"correction", "termination"} else _COPY_DAYS
    texts = likeness(one.fingerprint, other.fingerprint)
    values = (
        (one.deadline, other.deadline),
        (one.award, other.award),
        (one.budget, other.budget),
        (first.contract, second.contract),
        (first.title.changes, second.title.changes),
    )
    sets = (
        (first.suppliers, second.suppliers),
        (first.lots, second.lots),
        (first.title.ordinals, second.title.ordinals),
        (first.bases, second.bases if texts < _SAME_TEXT else first.bases),
    )
    return (
        days > limit
        or _are_swapped(first, second)
        or any(a and b and a != b for a, b in values)
        or any(a and b and a.isdisjoint(b) for a, b in sets)
    )


def _are_swapped(first: Traits, second: Traits) -> bool:
    """Return whether titles name different things or phases in the same words, and no number says that they are one."""
    if not first.bases.isdisjoint(second.bases):
        return False
    if any(first.ordinals.get(kind) != second.ordinals.get(kind) for kind in ("phase", "batch", "part")):
        return True
    if common_share(first.title, second.title) < SAME_WORDS:
        return False
    return is_swap(first.title.core, second.title.core)
