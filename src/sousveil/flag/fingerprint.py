"""Fingerprints of requirements: numbers that are the same where the same sentence stands, whatever its layout.

A requirement is a sentence of at least 16 letters or digits that demands something (table ``flag_words``, kind
``demand``: 支持 supports, 不低于 no less than, shall). It is folded, everything but letters and digits is dropped, and
what remains is hashed. Of all hashes of a purchase the 64 smallest are kept, a sample that is the same for the same
text (Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sousveil.flag.case import CALLS, Case
from sousveil.flag.words import listen
from sousveil.model import Span

KEPT = 64
"""Hashes kept of one purchase: the share of common ones is then known to about six points."""
_LEAST = 16
"""Letters and digits of a sentence that is not said by chance in the same words."""


@dataclass(frozen=True, slots=True)
class Print:
    """The fingerprint of one demanding sentence."""

    value: int
    """63 bits, not negative: a signed column of a database holds it."""
    span: Span


@lru_cache(maxsize=2)
def fingerprints(case: Case) -> tuple[Print, ...]:
    """Return the fingerprints of a purchase's requirements, smallest value first, at most 64."""
    found: dict[int, Print] = {}
    for demand in listen(case, "demand", *CALLS):
        plain = "".join(char for char in demand.sentence if char.isalnum())
        if len(plain) >= _LEAST:
            value = _hash(plain)
            found.setdefault(value, Print(value, demand.span))
    return tuple(sorted(found.values(), key=lambda item: item.value)[:KEPT])


def _hash(plain: str) -> int:
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "big") >> 1


def shared_with(case: Case, values: frozenset[int]) -> Iterator[Print]:
    """Yield the fingerprints of a purchase that are among some values, in the order of the text."""
    yield from sorted(
        (item for item in fingerprints(case) if item.value in values),
        key=lambda item: (item.span.page, item.span.start),
    )
