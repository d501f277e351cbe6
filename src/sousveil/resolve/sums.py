"""Sums of money of two notices: what their agreement or their distance says, and slips of ten thousand (元, 万元)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sousveil.resolve.summary import Summary

_EQUAL = 0.005
_SLIP = math.log10(10_000)
_SLIP_WIDE = (-0.6, 0.12)
"""A sum won is 0.25 to 1.3 times the budget; the logarithms of that around ten thousand."""
_SLIP_NARROW = (-0.05, 0.05)


def is_slip(one: float, other: float, *, is_same_kind: bool) -> bool:
    """Return whether two sums are ten thousand times apart, as when one was printed in 万元 (ten thousand yuan).

    Args:
        one: a sum won where the kinds differ, else any.
        other: a budget where the kinds differ.
        is_same_kind: whether both must be nearly the same sum; a sum won may be a quarter of its budget.

    >>> is_slip(4_800_000, 500, is_same_kind=False), is_slip(4_800_000, 5_000_000, is_same_kind=False)
    (True, False)
    """
    if one <= 0 or other <= 0:
        return False
    apart = math.log10(one / other)
    low, high = _SLIP_NARROW if is_same_kind else _SLIP_WIDE
    return low <= apart - _SLIP <= high or low <= apart + _SLIP <= high


def are_equal(one: float, other: float) -> bool:
    """Return whether two sums are the same within half a percent."""
    return abs(one - other) <= _EQUAL * max(one, other)


def digits_of(value: float) -> int:
    """Return the digits that a sum tells, zeros at its end left out.

    >>> digits_of(1234500.0), digits_of(1200000.0)
    (5, 2)
    """
    return len(f"{value:.2f}".replace(".", "").strip("0"))


def compare_sums(first: Summary, second: Summary, *, has_lots: bool, by_number: bool) -> Iterator[tuple[float, str]]:
    """Yield weights and reasons for or against one purchase; sums in different currencies say nothing."""
    if first.currency and second.currency and first.currency != second.currency:
        return
    budgets = (first.budget or first.ceiling, second.budget or second.ceiling)
    if budgets[0] and budgets[1]:
        yield from _alike(budgets[0], budgets[1], "budget", against=not (has_lots or by_number))
    if first.award and second.award:
        yield from _alike(first.award, second.award, "sum won", against=not (has_lots or by_number))
    if has_lots or by_number:
        return
    for won, allowed in ((second.award, budgets[0]), (first.award, budgets[1])):
        if not won or not allowed:
            continue
        share = won / allowed
        if 0.3 <= share <= 1.02:
            yield 0.3, "sum won fits the budget"
        elif not 0.1 <= share <= 1.2 and not is_slip(won, allowed, is_same_kind=False):
            yield -1.5, "sum won does not fit the budget"


def _alike(one: float, other: float, what: str, *, against: bool) -> Iterator[tuple[float, str]]:
    if are_equal(one, other):
        yield (2.0 if digits_of(one) >= 3 else 1.0), f"same {what}"
    elif against and not is_slip(one, other, is_same_kind=True):
        ratio = max(one, other) / min(one, other)
        if ratio > 1.5:
            yield (-2.0 if ratio > 5 else -1.0), f"different {what}"
