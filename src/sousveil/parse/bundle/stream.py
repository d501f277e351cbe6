"""One file in a wrapping (gzip, bzip2, xz, zstandard) -> that file, as a container of one member."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import zstandard

from sousveil.exceptions import DamagedError
from sousveil.parse.bundle.member import CHUNK_BYTES, Entry, Member, check_size, clean_path, load_entries
from sousveil.parse.charset import decode_name
from sousveil.settings import Limits

_AGAIN = "Fetch the file again."
_MAX_XZ_BYTES = 256 * 1024 * 1024
"""Memory an xz decoder may ask for: the strongest preset, ``-9``, needs 65 MB."""

_BAD_STREAM = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, zstandard.ZstdError)


class _Inflater(Protocol):
    """A decoder of one stream that gives at most so many bytes at a time."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end of the stream."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more bytes."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return the next bytes."""


class _Gzip:
    """zlib's decoder in the manner of those of bz2 and lzma, which keep what they have not used."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(31)
        self._is_hungry = True

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more bytes."""
        return self._is_hungry

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""
        return self._inflater.eof

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end of the stream."""
        return self._inflater.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return the next bytes, at most ``max_length``."""
        piece = self._inflater.decompress(self._inflater.unconsumed_tail + data, max_length)
        self._is_hungry = not self._inflater.unconsumed_tail
        return piece


def iter_gzip(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield what a gzip file holds; several streams in a row are one file."""
    return _iter_one(untrusted, limits, _gzip_name(untrusted), _Gzip, b"\x1f\x8b")


def iter_bzip2(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield what a bzip2 file holds."""
    return _iter_one(untrusted, limits, "(content)", bz2.BZ2Decompressor, b"BZh")


def iter_xz(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield what an xz file holds."""
    return _iter_one(
        untrusted, limits, "(content)", lambda: lzma.LZMADecompressor(memlimit=_MAX_XZ_BYTES), b"\xfd7zXZ\x00"
    )


def iter_zstandard(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield what a zstandard file holds; its window is at most 128 MB."""

    def load(left: int) -> bytes:
        decoder = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        pieces: list[bytes] = []
        size = 0
        try:
            with decoder.stream_reader(untrusted, read_across_frames=True) as stream:
                while piece := stream.read(CHUNK_BYTES):
                    size += len(piece)
                    check_size(size, len(untrusted), limits, left)
                    pieces.append(piece)
        except _BAD_STREAM as error:
            raise DamagedError(f"the file does not unpack: {error}", _AGAIN) from error
        if not size:
            raise DamagedError("the file does not unpack: it is cut off", _AGAIN)
        return b"".join(pieces)

    return load_entries([Entry("(content)", load)], limits)


def peek_gzip(untrusted: bytes, size: int) -> bytes:
    """Return up to ``size`` bytes that a gzip file begins with, b'' where it does not unpack."""
    try:
        return zlib.decompressobj(31).decompress(untrusted[:4096], size)
    except zlib.error:
        return b""


def _iter_one(
    untrusted: bytes, limits: Limits, path: str, make: Callable[[], _Inflater], magic: bytes
) -> Iterator[Member]:
    return load_entries([Entry(path, lambda left: _inflate(untrusted, limits, left, make, magic))], limits)


def _inflate(untrusted: bytes, limits: Limits, left: int, make: Callable[[], _Inflater], magic: bytes) -> bytes:
    pieces: list[bytes] = []
    size = 0
    data = untrusted
    try:
        while data.startswith(magic):
            inflater = make()
            given = data
            while not inflater.eof:
                piece = inflater.decompress(given, CHUNK_BYTES)
                if not piece and not inflater.eof and inflater.needs_input:
                    raise DamagedError("the file is cut off", _AGAIN)
                given = b""
                size += len(piece)
                check_size(size, len(untrusted), limits, left)
                pieces.append(piece)
            data = inflater.unused_data
    except _BAD_STREAM as error:
        raise DamagedError(f"the file does not unpack: {error}", _AGAIN) from error
    return b"".join(pieces)


def _gzip_name(untrusted: bytes) -> str:
    """Return the name in a gzip header (flag 8), unless fields stand before it; else '(content)'."""
    if len(untrusted) > 10 and untrusted[3] & 0x0C == 0x08:
        return clean_path(decode_name(untrusted[10:522].split(b"\x00", 1)[0]))
    return "(content)"
