"""Page numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_NUMBERS_SHOWN = 12


def list_numbers(numbers: Iterable[int]) -> str:
    """Return page numbers as a person writes them.

    >>> list_numbers([3, 4, 5, 9])
    '3-5, 9'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    more = len(shown) - _MAX_NUMBERS_SHOWN
    return ", ".join(shown[:_MAX_NUMBERS_SHOWN]) + (f" and {more} more" if more > 0 else "")
