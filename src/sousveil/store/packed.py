"""What the tables of this room share: packed bodies, and queries for many ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
import zstandard

Value = TypeVar("Value")

_LEVEL = 3
"""zstd level of bodies: 0.03 ms for a notice."""
_MAX_VALUES = 500
"""Values of one query; SQLite before 3.32 took 999."""

encode = msgspec.json.Encoder().encode


def pack_value(value: object) -> bytes:
    """Return a value as compressed JSON."""
    return zstandard.compress(encode(value), _LEVEL)


def unpack_value(body: bytes, kind: type[Value]) -> Value:
    """Return the value of a type that was packed."""
    return msgspec.json.decode(zstandard.decompress(body), type=kind)


def iter_chunks(values: Sequence[Value]) -> Iterator[list[Value]]:
    """Yield values in lists short enough for one query.

    >>> [len(some) for some in iter_chunks(range(1_200))]
    [500, 500, 200]
    """
    for first in range(0, len(values), _MAX_VALUES):
        yield list(values[first : first + _MAX_VALUES])


def marks(values: Sequence[object]) -> str:
    """Return the question marks that stand for values in a query.

    >>> marks([1, 2, 3])
    '?,?,?'
    """
    return ",".join("?" * len(values))
