"""TAR -> members, from memory: nothing is extracted, links and devices are named and refused."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator

from sousveil.exceptions import DamagedError, UnsupportedTypeError
from sousveil.parse.bundle.member import Entry, Member, clean_path, gather, load_entries
from sousveil.parse.charset import decode_name
from sousveil.settings import Limits

_AGAIN = "Fetch the archive again."
_BAD_TAR = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, IndexError, AttributeError, TypeError)
"""What the standard library raises on broken headers; the last three on sparse maps and extended headers."""


def iter_tar(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the files of an uncompressed TAR archive; links and devices come as failures, folders do not count.

    Raises:
        DamagedError: the archive breaks off, before its first member or behind the last one yielded.
    """
    return load_entries(_iter_entries(untrusted, limits), limits)


def _iter_entries(untrusted: bytes, limits: Limits) -> Iterator[Entry]:
    try:
        # names are bytes of an unknown character set: latin-1 brings each byte through unchanged
        archive = tarfile.TarFile(fileobj=io.BytesIO(untrusted), encoding="latin-1", errors="replace")
        info = archive.next()
    except _BAD_TAR as error:
        raise DamagedError(f"the archive cannot be opened: {error}", _AGAIN) from error
    while info is not None:
        if not info.isdir():
            yield Entry(_path(info), _loader(archive, info, len(untrusted), limits))
        archive.members = []  # type: ignore[attr-defined]  # the library remembers all members; a million of them are 1 GB
        try:
            info = archive.next()
        except _BAD_TAR as error:
            raise DamagedError(f"the archive breaks off: {error}", _AGAIN) from error
    if archive.offset > len(untrusted):
        raise DamagedError("the archive is cut off inside its last member", _AGAIN)


def _path(info: tarfile.TarInfo) -> str:
    try:
        return clean_path(decode_name(info.name.encode("latin-1")))
    except UnicodeEncodeError:
        return clean_path(info.name)  # an extended header, UTF-8 by definition


def _loader(archive: tarfile.TarFile, info: tarfile.TarInfo, packed: int, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        if info.issym() or info.islnk():
            raise UnsupportedTypeError("a link, not a file", "Read the file that it points to.")
        if not info.isreg():
            raise UnsupportedTypeError("a device or pipe, not a file", "Leave it out.")
        if info.sparse is None and info.offset_data + info.size > packed:
            raise DamagedError("the archive is cut off inside this member", _AGAIN)
        try:
            stream = archive.extractfile(info)
            data = gather(stream.read, packed, limits, left) if stream is not None else b""
        except _BAD_TAR as error:
            raise DamagedError(f"the member does not unpack: {error}", _AGAIN) from error
        if len(data) < info.size:
            raise DamagedError("the archive is cut off inside this member", _AGAIN)
        return data

    return load
