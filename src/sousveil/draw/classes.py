"""Classes of a map: limits at which tints change, taken from the values themselves."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

MOST = 6
"""Tints that a reader can tell apart on a map and find again in its legend."""

_FINEST = 1e-12
"""Below this, nothing is rounded: no share of a million people is that small."""


def class_limits(values: Iterable[float], most: int = MOST) -> tuple[float, ...]:
    """Return the lower limit of each class, so that every class holds about as many different values.

    Values of nothing are left out: what has none gets no tint. Values count once, however many places have them:
    else many places with one notice each would leave a single tint for all others. Limits are rounded down to two
    figures, which a reader
    can keep in mind; no class is empty. There are fewer classes where there are fewer different values.

    >>> class_limits([0, 1, 2, 3, 41, 53, 128]), class_limits([7, 7]), class_limits([])
    ((1, 2, 3, 41, 53, 120), (7,), ())
    """
    held = sorted({value for value in values if value > 0})
    number = min(most, len(held))
    limits: list[float] = []
    for step in range(number):
        limit = _round_down(held[len(held) * step // number])
        if not limits or limit > limits[-1]:
            limits.append(limit)
    return tuple(limits)


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, from 0; -1 for nothing.

    >>> [class_of(value, (1, 2.5, 40)) for value in (0, 1, 2.5, 39, 128)]
    [-1, 0, 1, 1, 2]
    """
    return bisect_right(limits, value) - 1


def tint_of(number: int, limits: Sequence[float]) -> int:
    """Return the tint of a class, 0 to 5: few classes are as far apart as many.

    >>> [tint_of(number, (1, 2, 3)) for number in range(3)], tint_of(0, (1,))
    ([1, 3, 5], 3)
    """
    last = len(limits) - 1
    if last < 1:
        return 3
    low = 0 if last >= MOST - 2 else 1
    return low + round(number * (MOST - 1 - low) / last)


def _round_down(value: float) -> float:
    """Return the largest number of two figures that is not above a value."""
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    if unit < _FINEST:
        return value
    steps = math.floor(value / unit + 1e-9)
    rounded = min(value, round(steps * unit, 12))
    return int(rounded) if rounded >= 1 and rounded == int(rounded) else rounded
