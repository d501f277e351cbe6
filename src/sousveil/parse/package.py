"""The parts of an office file (a ZIP of XML parts), read one by one with limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from sousveil.exceptions import DamagedError, EncryptedError, LimitError
from sousveil.parse.bundle.zipped import inflate
from sousveil.settings import Limits

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "Fetch the file again."


@dataclass(frozen=True, slots=True)
class Package:
    """An opened office file; ``names`` maps part names in lower case to their entries, as Windows programs compare."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    limits: Limits

    def has(self, name: str) -> bool:
        """Return whether there is a part of that name."""
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """Return a part's bytes, or b'' where there is none of that name.

        Raises:
            DamagedError: the part does not unpack.
            EncryptedError: it is encrypted by itself.
            LimitError: it inflates beyond a limit.
        """
        info = self.names.get(name.lower())
        if info is None:
            return b""
        try:
            return inflate(self.archive, info, self.limits, self.limits.max_archive_bytes)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            struct.error,
        ) as error:
            raise DamagedError(f"the part {name} of the file does not unpack: {error}", _AGAIN) from error


def open_package(untrusted: bytes, limits: Limits) -> Package:
    """Return the parts of an office file.

    Raises:
        EncryptedError: the file is an OLE container around an encrypted package.
        DamagedError: the ZIP directory cannot be read.
        LimitError: there are more parts than ``max_members``.
    """
    if untrusted.startswith(_OLE_MAGIC):
        raise EncryptedError(
            "the file opens only with a password",
            "Remove the password with the program that set it, and read the file again.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(untrusted))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, IndexError, NotImplementedError, struct.error) as error:
        raise DamagedError(f"the office file is damaged or cut off: {error}", _AGAIN) from error
    infos = archive.infolist()
    if len(infos) > limits.max_members:
        raise LimitError(
            f"the office file has {len(infos):,} parts, more than the limit of {limits.max_members:,}", _AGAIN
        )
    return Package(archive, {info.filename.replace("\\", "/").lower(): info for info in infos}, limits)
