"""Figures as people read them."""

from __future__ import annotations


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
