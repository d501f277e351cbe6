"""Figures as people read them."""

from __future__ import annotations


def several(count: int, word: str) -> str:
    """Return how many of something there are.

    >>> several(1, "page"), several(2300, "notice")
    ('1 page', '2,300 notices')
    """
    return f"{count:,} {word}{'s' * (count != 1)}"


def money(amount: float | None, currency: str | None) -> str:
    """Return a sum, rounded to what a reader keeps in mind; the exact figure stands where it was printed.

    >>> money(42_860_000, "CNY"), money(233_962.26, None), money(None, "EUR")
    ('CNY 42.86m', '233,962', '')
    """
    if amount is None:
        return ""
    if amount >= 1_000_000_000:
        figure = f"{amount / 1_000_000_000:,.2f}bn"
    else:
        figure = f"{amount / 1_000_000:,.2f}m" if amount >= 1_000_000 else f"{amount:,.0f}"
    return f"{currency} {figure}" if currency else figure
