"""What a text states: values with the words that carry them."""

from __future__ import annotations

from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Span:
    """The place of a statement: file, page, offsets, and the words that stand there."""

    file: str
    """SHA-256 of the bytes, 64 hexadecimal digits."""
    page: int
    start: int
    end: int
    quote: str
    """Exactly ``page.text[start:end]``."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a notice with the words that carry it.

    ``value`` is normalised (ISO date, number, code); ``span.quote`` is what is printed. ``rule`` names the label
    or reader that produced it.
    """

    value: Scalar
    span: Span
    rule: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as stated, in whole currency units, with the words that carry it."""

    value: float
    currency: str | None
    """ISO 4217, or None where the text does not say."""
    span: Span
    rule: str
    note: str = ""
