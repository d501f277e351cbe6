"""The chain of a log: each line has the hash of the one before it in its own, so none can be changed unnoticed."""

from __future__ import annotations

import hashlib

import msgspec

BEFORE_FIRST = "0" * 64
"""What stands for the hash of a line before the first."""


def chained(last: str, number: int, said: object) -> str:
    """Return the hash of a line, in hexadecimal digits.

    Args:
        last: hash of the line before, or ``BEFORE_FIRST``.
        number: of the line, from 1.
        said: what the line says; its JSON is hashed with the names of its values in order.
    """
    body = last.encode() + str(number).encode() + msgspec.json.encode(said, order="sorted")
    return hashlib.sha256(body).hexdigest()
