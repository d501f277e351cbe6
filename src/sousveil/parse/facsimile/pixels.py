"""Grey pixels -> PNG: packed by whoever draws, checked and framed by whoever shows.

Who draws has looked into a hostile file, so nothing but pixels is taken from there: their number is checked, and the
PNG around them is made anew. It holds a size and pixels, and no other chunk: no text, no times, no names of programs.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""Rows and columns, 0 for black to 255 for paper."""

_LEVEL = 6
"""Level of zlib: 4 makes files a fifth larger, 9 takes three times as long for 4 %."""
MAX_SIDE = 4_000
"""Pixels; larger pictures than are ever drawn are refused unread."""


def pack(picture: Grey) -> bytes:
    """Return the pixels as the rows of a PNG, each behind its filter (none), packed by zlib."""
    height, width = picture.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = picture
    return zlib.compress(rows.tobytes(), _LEVEL)


def to_png(untrusted: bytes, width: int, height: int) -> bytes:
    """Return a PNG of packed pixels.

    Raises:
        ValueError: they are not as many as the size says, or not packed as ``pack`` does.
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ValueError(f"no picture has {width} x {height} pixels")
    size = (width + 1) * height
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(untrusted, size + 1)
    except zlib.error as error:
        raise ValueError("the pixels are not packed") from error
    if len(rows) != size or not unpacking.eof or unpacking.unused_data or any(rows[:: width + 1]):
        raise ValueError(f"these are no {width} x {height} pixels")
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", untrusted), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
