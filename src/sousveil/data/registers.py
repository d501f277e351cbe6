"""Registers whose numbers name bodies: which number under which label belongs to which register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register.

    Attributes:
        scheme: as org-id.guide names it, else ISO country and kind.
        country: ISO code of the country whose notices print it; empty for any.
        labels: words before its numbers, lower case; ``company id`` stands for the identifier of a structured source.
        form: pattern of a folded number of a company or body, never of a person alone.
    """

    scheme: str
    country: str
    labels: tuple[str, ...]
    form: str


@cache
def _by_label() -> dict[str, tuple[tuple[Register, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[Register, re.Pattern[str]]]] = {}
    for row in load_table("registers", Register, key=("scheme",)):
        for label in row.labels:
            found.setdefault(label, []).append((row, re.compile(row.form)))
    return {label: tuple(rows) for label, rows in found.items()}


def register_of(label: str, country: str, text: str) -> tuple[str, int] | None:
    """Return scheme and length of the number that a folded text begins with under a label; None where it is none.

    >>> register_of("cif", "ES", "b12345678 madrid"), register_of("cif", "ES", "12345678z")
    (('ES-CIF', 9), None)
    """
    for row, form in _by_label().get(label.strip(" .:"), ()):
        match = form.match(text) if row.country in {"", country} else None
        if match is not None and not text[match.end() : match.end() + 1].isalnum():
            return row.scheme, match.end()
    return None
