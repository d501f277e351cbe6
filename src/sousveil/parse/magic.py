"""First bytes -> type, for everything that is no text: what each recognised type is called.

Types without a reader are recognised too, so that a run can say ``not supported yet: image/png`` instead of
``unknown``. Signatures: the formats' specifications; IANA names where registered.
"""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"PK\x03\x04", "zip", "application/zip"),
    (0, b"PK\x05\x06", "zip", "application/zip"),
    (0, b"PK\x07\x08", "zip", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "application/x-ole-storage"),
    (0, b"\x1f\x8b\x08", "gz", "application/gzip"),
    (0, b"BZh", "bz2", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "xz", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst", "application/zstd"),
    (0, b"\x1f\x9d", "z", "application/x-compress"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "rar", "application/vnd.rar"),
    (0, b"MSCF", "cab", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "tar", "application/x-tar"),
    (0, b"{\\rtf", "rtf", "application/rtf"),
    (0, b"\xdb\xa5\x2d\x00", "doc", "application/msword"),
    (0, b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls", "application/vnd.ms-excel"),
    (0, b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (0, b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (0, b"GIF87a", "gif", "image/gif"),
    (0, b"GIF89a", "gif", "image/gif"),
    (0, b"II*\x00", "tif", "image/tiff"),
    (0, b"MM\x00*", "tif", "image/tiff"),
    (8, b"WEBP", "webp", "image/webp"),
    (0, b"BM", "bmp", "image/bmp"),
    (0, b"\x00\x00\x00\x0cjP  ", "jp2", "image/jp2"),
    (0, b"\x00\x00\x01\x00", "ico", "image/vnd.microsoft.icon"),
    (0, b"8BPS", "psd", "image/vnd.adobe.photoshop"),
    (0, b"AT&TFORM", "djvu", "image/vnd.djvu"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf", "image/wmf"),
    (40, b" EMF", "emf", "image/emf"),
    (0, b"AC10", "dwg", "image/vnd.dwg"),
    (4, b"ftyp", "mp4", "video/mp4"),
    (8, b"AVI ", "avi", "video/vnd.avi"),
    (8, b"WAVE", "wav", "audio/vnd.wave"),
    (0, b"\x1a\x45\xdf\xa3", "mkv", "video/matroska"),
    (0, b"FLV\x01", "flv", "video/x-flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv", "video/x-ms-wmv"),
    (0, b"ID3", "mp3", "audio/mpeg"),
    (0, b"\xff\xfb", "mp3", "audio/mpeg"),
    (0, b"OggS", "ogg", "application/ogg"),
    (0, b"SQLite format 3\x00", "sqlite", "application/vnd.sqlite3"),
    (4, b"Standard Jet DB", "mdb", "application/vnd.ms-access"),
    (4, b"Standard ACE DB", "mdb", "application/vnd.ms-access"),
    (0, b"PAR1", "parquet", "application/vnd.apache.parquet"),
    (0, b"MZ", "exe", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "elf", "application/x-executable"),
    (0, b"!BDN", "pst", "application/vnd.ms-outlook"),
    (0, b"CAJ\x00", "caj", "application/x-caj"),
    (0, b"\xc8\xc8", "caj", "application/x-caj"),
    (0, b"ITSF", "chm", "application/vnd.ms-htmlhelp"),
    (0, b"\x00\x05\x16\x07", "appledouble", "multipart/appledouble"),
    (0, b"\x00\x00\x00\x01Bud1", "ds-store", "application/x-ds-store"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "lnk", "application/x-ms-shortcut"),
    (0, b"wOFF", "woff", "font/woff"),
    (0, b"\x00\x01\x00\x00\x00", "ttf", "font/ttf"),
    (0, b"OTTO", "otf", "font/otf"),
)
"""Offset, bytes there, kind, media type; the first that fits counts."""

_TEXT_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"WARC/", "warc", "application/warc"),
    (b"filedesc:", "arc", "application/x-ia-arc"),
    (b"%!PS", "ps", "application/postscript"),
    (b"-----BEGIN PGP", "pgp", "application/pgp-encrypted"),
    (b"BEGIN:VCARD", "vcf", "text/vcard"),
    (b"BEGIN:VCALENDAR", "ics", "text/calendar"),
)

_SHORT = frozenset(
    {b"BM", b"MZ", b"\xff\xfb", b"ID3", b"\x1f\x9d", b"\xc8\xc8", b"BZh", b"PAR1", b"AC10", b"MSCF", b"8BPS"}
)
"""Signatures that plain text may begin with; they count only where the bytes are no text."""

_BMP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))

_PDF_WINDOW = 1024
"""Readers accept a PDF whose header stands within the first kilobyte, after mail headers or a stray line."""

_MAIL_FIELDS = (b"from:", b"to:", b"subject:", b"date:", b"mime-version:", b"message-id:", b"received:")
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")


def find_type(untrusted: bytes, *, is_text: bool) -> tuple[str, str] | None:
    """Return ``(kind, media type)`` by signature, or None where no signature fits.

    Args:
        untrusted: the file, or at least its first kilobyte.
        is_text: whether the bytes may be text; then short signatures that could be words do not count.
    """
    for offset, magic, kind, media_type in _SIGNATURES:
        if untrusted.startswith(magic, offset) and not (is_text and magic in _SHORT and not _is_bmp(untrusted)):
            return kind, media_type
    if b"%PDF-" in untrusted[:_PDF_WINDOW]:
        return "pdf", "application/pdf"
    for magic, kind, media_type in _TEXT_SIGNATURES:
        if untrusted.startswith(magic):
            return kind, media_type
    return _find_mail(untrusted) or _find_dbf(untrusted, is_text=is_text)


def _is_bmp(untrusted: bytes) -> bool:
    """Return whether the bytes have the header of a BMP picture: four reserved zero bytes, a known length of header."""
    return untrusted[:2] == b"BM" and untrusted[6:10] == bytes(4) and untrusted[14:18] in _BMP_HEADERS


def _find_mail(untrusted: bytes) -> tuple[str, str] | None:
    """Return the type of a mail, mailbox or saved web page in mail form.

    It begins with header lines, and three of them are fields that every mail has.
    """
    head = untrusted[:8192].lstrip()
    is_box = head.startswith(b"From ")
    if is_box:
        head = head.partition(b"\n")[2]
    if not _HEADER_LINE.match(head):
        return None
    lines = b"\n" + head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    if sum(1 for name in _MAIL_FIELDS if b"\n" + name in lines) < 3:
        return None
    if is_box:
        return "mbox", "application/mbox"
    if b"multipart/related" in lines and b"text/html" in head.lower():
        return "mhtml", "multipart/related"
    return "eml", "message/rfc822"


def _find_dbf(untrusted: bytes, *, is_text: bool) -> tuple[str, str] | None:
    """Return dBASE by the shape of its header: version, a date, a header length that fits its field table."""
    if is_text or len(untrusted) < 65 or untrusted[0] not in {0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5}:
        return None
    header_bytes = int.from_bytes(untrusted[8:10], "little")
    is_date = 1 <= untrusted[2] <= 12 and 1 <= untrusted[3] <= 31
    return ("dbf", "application/vnd.dbf") if is_date and header_bytes >= 65 and header_bytes % 32 in {1, 8, 9} else None
