"""7z and RAR -> members, with libarchive, which the system provides.

The wheel of libarchive-c holds no library; Debian has it as ``libarchive13`` (every desktop does), macOS has it
always. Where it is missing, the archive fails with the command that installs it. Passwords are not asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType

from sousveil.exceptions import DamagedError, EncryptedError, FileFailure, UnsupportedTypeError
from sousveil.parse.bundle.member import Entry, Member, check_size, clean_path, load_entries
from sousveil.settings import Limits

_AGAIN = "Fetch the archive again."
_RAR5_MAGIC = b"Rar!\x1a\x07\x01\x00"


def iter_7z(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the files of a 7z archive.

    Raises:
        DamagedError: the archive breaks off, before its first member or behind the last one yielded.
        EncryptedError: it opens only with a password.
        UnsupportedTypeError: libarchive is not installed.
    """
    return load_entries(_iter_entries(untrusted, limits, "7zip"), limits)


def iter_rar(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the files of a RAR archive, of version 4 or 5; errors as of ``iter_7z``."""
    format_name = "rar5" if untrusted.startswith(_RAR5_MAGIC) else "rar"
    return load_entries(_iter_entries(untrusted, limits, format_name), limits)


@cache
def find_libarchive() -> ModuleType | None:
    """Return the library, or None where the system has none; loading it looks for it in the linker's cache."""
    try:
        import libarchive  # noqa: PLC0415 (fails where the system library is missing; costs 30 ms)
    except (ImportError, OSError, TypeError, AttributeError):
        return None
    logging.getLogger("libarchive").disabled = True  # it would print every damaged archive
    return libarchive  # type: ignore[no-any-return]


def _iter_entries(untrusted: bytes, limits: Limits, format_name: str) -> Iterator[Entry]:
    library = find_libarchive()
    if library is None:
        raise UnsupportedTypeError(
            "7z and RAR archives need the library libarchive, which this system does not have",
            "Install it (Debian, Ubuntu: apt install libarchive13; macOS has it), or unpack the archive by hand.",
        )
    try:
        with library.memory_reader(untrusted, format_name=format_name) as archive:
            for number, entry in enumerate(archive, 1):
                if entry.isdir:
                    continue
                path = entry.pathname
                name = clean_path(path) if isinstance(path, str) and path else f"(member {number})"
                yield Entry(name, _loader(library, entry, len(untrusted), limits))
    except library.ArchiveError as error:
        raise _judge(str(error.msg)) from error


def _loader(library: ModuleType, entry: object, packed: int, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        if not entry.isfile:  # type: ignore[attr-defined]
            raise UnsupportedTypeError("a link or device, not a file", "Leave it out.")
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in entry.get_blocks():  # type: ignore[attr-defined]
                size += len(piece)
                check_size(size, packed, limits, left)
                pieces.append(piece)
        except library.ArchiveError as error:
            raise _judge(str(error.msg)) from error
        return b"".join(pieces)

    return load


def _judge(message: str) -> FileFailure:
    if "encrypt" in message.lower() or "passphrase" in message.lower():
        return EncryptedError(
            "the archive opens only with a password",
            "Unpack the archive by hand with its password, and read the folder.",
        )
    if "unsupported" in message.lower() or "not supported" in message.lower():
        return UnsupportedTypeError(f"packed in a way without a reader: {message[:160]}", "Unpack it by hand.")
    return DamagedError(f"the archive does not unpack: {message[:160]}", _AGAIN)
