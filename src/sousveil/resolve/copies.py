"""Near-duplicates: how much two texts have in common, by their fingerprints (``text/fingerprint.py``)."""

from __future__ import annotations

import numpy as np

from sousveil.text.fingerprint import BINS

_BAND_ROWS, _BANDS = 8, 4
"""Of texts with 0.9 in common 90 in 100 share one of 4 bands of 8 bytes, with 0.8 52, with 0.5 2."""


def likeness(one: bytes, other: bytes) -> float:
    """Return the share of common pieces of two texts (Jaccard), 0 to 1, good to 0.03; 0 where one says too little.

    >>> likeness(b"", b"")
    0.0
    """
    if not one or not other:
        return 0.0
    a = np.frombuffer(one, dtype=np.uint8, offset=2)
    b = np.frombuffer(other, dtype=np.uint8, offset=2)
    equal = int(np.count_nonzero(a == b)) / BINS
    return max(0.0, (equal - 1 / 256) / (1 - 1 / 256))


def containment(one: bytes, other: bytes) -> float:
    """Return how much of the shorter text stands in the longer one, 0 to 1: near 1 for a copy with a portal's frame."""
    shared = likeness(one, other)
    if shared == 0.0:
        return 0.0
    sizes = int.from_bytes(one[:2], "big"), int.from_bytes(other[:2], "big")
    return min(1.0, shared / (1 + shared) * sum(sizes) / min(sizes))


def bands(print_: bytes) -> tuple[bytes, ...]:
    """Return stretches of a fingerprint of which like texts share one: the keys under which copies are looked for."""
    body = print_[2:]
    step = BINS // _BANDS
    return tuple(body[at : at + _BAND_ROWS] for at in range(0, BINS, step)) if body else ()
