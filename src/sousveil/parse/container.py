"""What a ZIP or OLE container holds: docx, xlsx, ofd, epub …; doc, xls, ppt, msg, works, or an encrypted office file.

Only directories are read, nothing is inflated but a stored ``mimetype`` member.
"""

from __future__ import annotations

import io
import re
import zipfile

_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)

_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/epub+zip": "epub",
    b"application/hwp+zip": "hwpx",
}

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP_PARTS = (
    ("word/", "docx", _OFFICE + "wordprocessingml.document"),
    ("xl/", "xlsx", _OFFICE + "spreadsheetml.sheet"),
    ("ppt/", "pptx", _OFFICE + "presentationml.presentation"),
    ("visio/", "vsdx", "application/vnd.ms-visio.drawing"),
)
_ZIP_MARKERS = (
    ("OFD.xml", "ofd", "application/ofd"),
    ("AndroidManifest.xml", "apk", "application/vnd.android.package-archive"),
    ("META-INF/MANIFEST.MF", "jar", "application/java-archive"),
    ("doc.kml", "kmz", "application/vnd.google-earth.kmz"),
    ("datapackage.json", "wacz", "application/wacz"),
)

_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted", "application/x-ole-encrypted-package"),
    ("WordDocument", "doc", "application/msword"),
    ("Workbook", "xls", "application/vnd.ms-excel"),
    ("Book", "xls", "application/vnd.ms-excel"),
    ("PowerPoint Document", "ppt", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "msg", "application/vnd.ms-outlook"),
    ("HwpSummaryInformation", "hwp", "application/x-hwp"),
    ("FileHeader", "hwp", "application/x-hwp"),
    ("VisioDocument", "vsd", "application/vnd.visio"),
    ("MatOST", "works", "application/vnd.ms-works"),
    ("CONTENTS", "works", "application/vnd.ms-works"),
    ("Contents", "works", "application/vnd.ms-works"),
)
"""Streams or storages directly under the root; the first that is there counts."""

_MAX_DIRECTORY_ENTRIES = 4096


def find_zip_type(untrusted: bytes, name: str) -> tuple[str, str]:
    """Return ``(kind, media type)`` of a ZIP container by its member names; ``zip`` where it is a plain archive.

    An office file cut off before its main part is told by the end of ``name`` (lower case).
    """
    names = _zip_names(untrusted)
    declared = _declared_type(untrusted)
    if declared:
        return declared
    for marker, kind, media_type in _ZIP_MARKERS:
        if marker in names and not (
            marker == "datapackage.json" and not any(member.startswith("archive/") for member in names)
        ):
            return kind, media_type
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, kind, media_type in _ZIP_PARTS:
            if any(member.startswith(folder) for member in names):
                return kind, media_type
        for _, kind, media_type in _ZIP_PARTS:
            if name.endswith(f".{kind}"):
                return kind, media_type
    return "zip", "application/zip"


def find_ole_type(untrusted: bytes) -> tuple[str, str]:
    """Return ``(kind, media type)`` of an OLE container by the streams under its root; ``ole`` where none is known."""
    names = _ole_names(untrusted)
    for stream, kind, media_type in _OLE_STREAMS:
        if any(name.lstrip("\x05\x01") == stream for name in names):
            return kind, media_type
    return "ole", "application/x-ole-storage"


def _zip_names(untrusted: bytes) -> set[str]:
    """Return member names from the central directory, or from the local headers where that is lost."""
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            return {name.replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError, UnicodeDecodeError):
        names = set()
        for match in _LOCAL_NAME.finditer(untrusted, 0, 4 * 1024 * 1024):
            length = int.from_bytes(match[1], "little")
            names.add(untrusted[match.end() : match.end() + min(length, 512)].decode("cp437").replace("\\", "/"))
        return names


def _declared_type(untrusted: bytes) -> tuple[str, str] | None:
    """Return the type that a first, stored ``mimetype`` member names (OpenDocument, EPUB, HWPX)."""
    head = untrusted[:256]
    if head[30:38] != b"mimetype":
        return None
    start = 38 + int.from_bytes(head[28:30], "little")
    for media_type, kind in _OPEN_DOCUMENT.items():
        if head.startswith(media_type, start):
            return kind, media_type.decode("ascii")
    return None


def _ole_names(untrusted: bytes) -> set[str]:
    """Return the names of streams and storages directly under the root of an OLE compound file.

    The directory is a chain of sectors; its entries of 128 bytes form a tree of siblings. Broken chains end the
    walk: what was found so far counts.
    """
    entries = _ole_entries(untrusted)
    if not entries:
        return set()
    names: set[str] = set()
    todo = [int.from_bytes(entries[0][76:80], "little")]
    seen: set[int] = set()
    while todo:
        number = todo.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        length = max(int.from_bytes(entry[64:66], "little") - 2, 0)
        names.add(entry[: min(length, 62)].decode("utf-16-le", "replace"))
        todo += [int.from_bytes(entry[68:72], "little"), int.from_bytes(entry[72:76], "little")]
    return names


def _ole_entries(untrusted: bytes) -> list[bytes]:
    """Return the directory entries of an OLE file, following the sector chain."""
    shift = int.from_bytes(untrusted[30:32], "little")
    if shift not in {9, 12} or len(untrusted) < 512:
        return []
    size = 1 << shift
    fat_sectors = [int.from_bytes(untrusted[at : at + 4], "little") for at in range(76, 512, 4)]
    sector = int.from_bytes(untrusted[48:52], "little")
    entries: list[bytes] = []
    seen: set[int] = set()
    while sector not in seen and len(entries) < _MAX_DIRECTORY_ENTRIES:
        seen.add(sector)
        start = (sector + 1) * size
        block = untrusted[start : start + size]
        entries += [block[at : at + 128] for at in range(0, len(block) - 127, 128)]
        index = sector // (size // 4)
        if not block or index >= len(fat_sectors):
            break
        at = (fat_sectors[index] + 1) * size + sector % (size // 4) * 4
        sector = int.from_bytes(untrusted[at : at + 4], "little")
    return entries
