"""ZIP -> members, with limits counted while inflating.

What the archive's directory claims about sizes is not believed. An archive that is cut off or damaged gives what can
still be read; every other member comes with its failure, none is left out in silence.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from sousveil.exceptions import DamagedError, EncryptedError, FileFailure, UnsupportedTypeError
from sousveil.parse.bundle.member import CHUNK_BYTES, Member, check_size, clean_path, failed, gather, rest
from sousveil.parse.charset import decode, decode_name
from sousveil.settings import Limits

_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}
_BAD_ZIP = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    IndexError,
    struct.error,
    UnicodeDecodeError,
)
_BAD_STREAM = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    struct.error,
    AssertionError,
)


def iter_zip(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield every member that is a file, in the order of the archive's directory.

    Members beyond a limit on their number or their sum come as one last member without bytes.

    Raises:
        DamagedError: the bytes hold no member at all; or, behind the last member that could be found, the archive is
            cut off: the members before count, the archive is read in part.
    """
    archive = _open(untrusted)
    if archive is None:
        yield from _iter_salvaged(untrusted, limits)
        return
    with archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        names = _member_names(infos)
        left = limits.max_archive_bytes
        for number, (info, path) in enumerate(zip(infos, names, strict=True)):
            if number >= limits.max_members:
                yield rest(len(infos) - number, f"the limit of {limits.max_members:,} members is reached")
                return
            member = _read_member(archive, info, path, limits, left)
            yield member
            left -= len(member.untrusted or b"")
            if left <= 0:
                if number + 1 < len(infos):
                    yield rest(
                        len(infos) - number - 1,
                        f"the limit of {limits.max_archive_bytes:,} bytes for one archive is reached",
                    )
                return


def _open(untrusted: bytes) -> zipfile.ZipFile | None:
    """Return the archive, or None where its directory is lost; bytes behind its end are passed over."""
    for data in (untrusted, _without_tail(untrusted)):
        if data is None:
            continue
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except _BAD_ZIP:
            continue
    return None


def _without_tail(untrusted: bytes) -> bytes | None:
    """Return the bytes up to the end of the last end-of-directory record, or None where there is none."""
    at = untrusted.rfind(b"PK\x05\x06")
    if at < 0 or len(untrusted) < at + 22:
        return None
    return untrusted[: at + 20] + b"\x00\x00"


def _member_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Return member paths; names without the UTF-8 flag are decoded together, as one text tells more than one name."""
    raw = [b"" if info.flag_bits & _UTF8_FLAG else info.orig_filename.encode("cp437", "replace") for info in infos]
    charset = decode(b"\n".join(raw)).charset
    return [
        _unicode_path(info) or clean_path(info.orig_filename if not data else _decode(data, charset))
        for info, data in zip(infos, raw, strict=True)
    ]


def _decode(data: bytes, charset: str) -> str:
    if charset in {"utf-8", "gb18030", "cp950", "big5hkscs"}:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            return decode_name(data)
    return decode_name(data)


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """Return the UTF-8 name that some packers add as extra field 0x7075, or ''."""
    extra = info.extra
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            try:
                return clean_path(extra[at + 9 : at + 4 + size].decode("utf-8"))
            except UnicodeDecodeError:
                return ""
        at += 4 + size
    return ""


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, limits: Limits, left: int) -> Member:
    try:
        return Member(path, inflate(archive, info, limits, left), None)
    except FileFailure as error:
        return failed(path, error)
    except (NotImplementedError, RuntimeError) as error:
        method = _METHODS.get(info.compress_type, f"number {info.compress_type}")
        return failed(
            path,
            UnsupportedTypeError(
                f"packed by a method without a reader: {method} ({error})",
                "Unpack the archive by hand and read the folder.",
            ),
        )
    except _BAD_STREAM as error:
        return failed(path, DamagedError(f"the member does not unpack: {error}", "Fetch the archive again."))


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    """Return the member's bytes, counted while inflating; at most ``left``.

    Raises:
        EncryptedError: the member opens only with a password.
        LimitError: it inflates beyond a limit.
    """
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise EncryptedError(
            "the member opens only with a password",
            "Unpack the archive by hand with its password, and read the folder.",
        )
    with archive.open(info) as stream:
        return gather(stream.read, info.compress_size, limits, left)


def _iter_salvaged(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield members by their local headers, for an archive whose directory is lost, then raise ``DamagedError``."""
    at = untrusted.find(b"PK\x03\x04")
    if at < 0:
        raise DamagedError("the archive has no directory and no member that can be found", "Fetch the archive again.")
    left = limits.max_archive_bytes
    count = 0
    while at >= 0 and count < limits.max_members and left > 0:
        member, end = _salvage(untrusted, at, limits, left)
        if member is not None:
            count += 1
            left -= len(member.untrusted or b"")
            yield member
        at = untrusted.find(b"PK\x03\x04", max(end, at + 4))
    raise DamagedError(
        "the archive is cut off or its directory is damaged: members behind this point are lost",
        "Fetch the archive again.",
    )


def _salvage(untrusted: bytes, at: int, limits: Limits, left: int) -> tuple[Member | None, int]:
    """Return the member whose local header stands at ``at`` (None for a folder), and where its data ends."""
    if at + _LOCAL_HEADER.size > len(untrusted):
        return failed(
            "(no name)", DamagedError("the archive is cut off inside a member's header", "Fetch the archive again.")
        ), len(untrusted)
    _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _LOCAL_HEADER.unpack_from(untrusted, at)
    start = at + _LOCAL_HEADER.size + name_size + extra_size
    name = untrusted[at + _LOCAL_HEADER.size : at + _LOCAL_HEADER.size + name_size]
    path = clean_path(name.decode("utf-8", "replace") if flags & _UTF8_FLAG else decode_name(name))
    if path.endswith("/"):
        return None, start
    try:
        if flags & _ENCRYPTED_FLAG:
            raise EncryptedError(
                "the member opens only with a password",
                "Unpack the archive by hand with its password, and read the folder.",
            )
        data, end = _salvage_data(untrusted, start, method, packed, limits=limits, left=left)
    except FileFailure as error:
        return failed(path, error), start
    except (zlib.error, ValueError) as error:
        return failed(path, DamagedError(f"the member does not unpack: {error}", "Fetch the archive again.")), start
    return Member(path, data, None), end


def _salvage_data(
    untrusted: bytes, start: int, method: int, packed: int, *, limits: Limits, left: int
) -> tuple[bytes, int]:
    """Return a stored or deflated member's bytes and where they end."""
    if method == zipfile.ZIP_STORED:
        if start + packed > len(untrusted):
            raise DamagedError("the archive is cut off inside this member", "Fetch the archive again.")
        check_size(packed, packed, limits, left)
        return untrusted[start : start + packed], start + packed
    if method != zipfile.ZIP_DEFLATED:
        raise UnsupportedTypeError(
            f"a damaged archive, packed by {_METHODS.get(method, f'method {method}')}", "Fetch the archive again."
        )
    inflater = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    size = 0
    at = start
    rest = b""
    while not inflater.eof:
        if not rest:
            rest = untrusted[at : at + CHUNK_BYTES]
            at += len(rest)
        if not rest:
            raise DamagedError("the archive is cut off inside this member", "Fetch the archive again.")
        piece = inflater.decompress(rest, CHUNK_BYTES)
        rest = inflater.unconsumed_tail
        size += len(piece)
        check_size(size, at - len(rest) - start, limits, left)
        pieces.append(piece)
    return b"".join(pieces), at - len(inflater.unused_data)
