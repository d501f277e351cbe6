"""The streams of an OLE file (DOC, XLS, PPT, MSG, and Kingsoft's WPS, ET, DPS), read one by one with limits."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from sousveil.exceptions import DamagedError, LimitError
from sousveil.settings import Limits

_AGAIN = "Fetch the file again."
_BAD_OLE = (OSError, struct.error, IndexError, ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What olefile raises on broken bytes: its own error is an ``OSError``, the others come from what it does not check."""


@dataclass(frozen=True, slots=True)
class Compound:
    """An opened compound file."""

    ole: olefile.OleFileIO
    limits: Limits

    def has(self, *path: str) -> bool:
        """Return whether there is a stream or storage of that path."""
        try:
            return bool(self.ole.exists(list(path)))
        except _BAD_OLE:
            return False

    def read(self, *path: str) -> bytes:
        """Return a stream's bytes, or b'' where there is none of that path.

        Raises:
            DamagedError: its chain of sectors is broken.
            LimitError: it is longer than ``max_member_bytes``.
        """
        if not self.has(*path):
            return b""
        try:
            if self.ole.get_type(list(path)) != olefile.STGTY_STREAM:
                return b""
            if self.ole.get_size(list(path)) > self.limits.max_member_bytes:
                raise LimitError(
                    f"the stream {path[-1]} is longer than {self.limits.max_member_bytes:,} bytes",
                    "Save the file anew with the program that made it.",
                )
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


def open_compound(untrusted: bytes, limits: Limits) -> Compound:
    """Return the streams of an OLE file.

    Raises:
        DamagedError: its header or its directory cannot be read.
        LimitError: it has more streams than ``max_members``.
    """
    try:
        ole = olefile.OleFileIO(io.BytesIO(untrusted))
        count = len(ole.listdir(streams=True, storages=True))
    except (*_BAD_OLE, RecursionError) as error:
        raise DamagedError(f"the file is damaged or cut off: {error}", _AGAIN) from error
    if count > limits.max_members:
        raise LimitError(f"the file has {count:,} streams, more than the limit of {limits.max_members:,}", _AGAIN)
    return Compound(ole, limits)
