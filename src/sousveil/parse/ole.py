"""The streams of an OLE file (DOC, XLS, PPT, MSG, and Kingsoft's WPS, ET, DPS), read one by one with limits."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from sousveil.exceptions import DamagedError, LimitError

_AGAIN = "Fetch the file again."
_MAX_STREAMS = 50_000
"""Streams and storages of one file; a message with a hundred attachments has 3,000."""
_BAD_OLE = (OSError, struct.error, IndexError, ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What olefile raises on broken bytes: its own error is an ``OSError``, the others come from what it does not check."""


@dataclass(frozen=True, slots=True)
class Compound:
    """An opened compound file."""

    ole: olefile.OleFileIO
    size: int

    def has(self, *path: str) -> bool:
        """Return whether there is a stream or storage of that path."""
        try:
            return bool(self.ole.exists(list(path)))
        except _BAD_OLE:
            return False

    def read(self, *path: str) -> bytes:
        """Return a stream's bytes, or b'' where there is none of that path.

        Raises:
            DamagedError: its chain of sectors is broken, or longer than the file.
        """
        if not self.has(*path):
            return b""
        try:
            if self.ole.get_type(list(path)) != olefile.STGTY_STREAM:
                return b""
            if self.ole.get_size(list(path)) > self.size:
                raise DamagedError(f"the stream {path[-1]} says it is longer than the file", _AGAIN)
            with self.ole.openstream(list(path)) as stream:
                return bytes(stream.read())
        except _BAD_OLE as error:
            raise DamagedError(f"the stream {path[-1]} of the file is damaged: {error}", _AGAIN) from error

    def names(self, *path: str) -> list[str]:
        """Return the names of streams and storages directly under a storage, in the order of the file's directory."""
        found: dict[str, None] = {}
        for entry in self.ole.listdir(streams=True, storages=True):
            if len(entry) > len(path) and tuple(entry[: len(path)]) == path:
                found.setdefault(entry[len(path)])
        return list(found)


def open_compound(untrusted: bytes) -> Compound:
    """Return the streams of an OLE file.

    Raises:
        DamagedError: its header or its directory cannot be read.
        LimitError: it has more streams than any program writes.
    """
    try:
        ole = olefile.OleFileIO(io.BytesIO(untrusted))
        count = len(ole.listdir(streams=True, storages=True))
    except (*_BAD_OLE, RecursionError) as error:
        raise DamagedError(f"the file is damaged or cut off: {error}", _AGAIN) from error
    if count > _MAX_STREAMS:
        raise LimitError(f"the file has {count:,} streams, more than the limit of {_MAX_STREAMS:,}", _AGAIN)
    return Compound(ole, len(untrusted))
