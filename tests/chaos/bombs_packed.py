"""Containers that mean harm: more inside than they say, names that lead elsewhere, lengths that lie."""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from tests.parse.container_samples import make_7z, make_mail, make_mbox, make_warc
from tests.parse.samples import make_zip

_PAGE = "<p>采购人：岷阳市公安局</p>".encode()
ESCAPE = "sousveil-escape"
"""Part of every name that tries to leave the dataset."""

ESCAPES = (
    f"../../../../../../../../../../tmp/{ESCAPE}-up.html",
    f"/tmp/{ESCAPE}-absolute.html",
    f"..\\..\\..\\{ESCAPE}-backslash.html",
    f"C:\\{ESCAPE}-drive.html",
    f"a/../../{ESCAPE}-inside.html",
    f"//tmp/{ESCAPE}-double.html",
    f"~/{ESCAPE}-home.html",
)


def make_packed_bombs(scale: int) -> dict[str, bytes]:
    """Return bombs by file name; ``scale`` is how many megabytes the large ones unpack to."""
    size = scale << 20
    zeros = b"\0" * size
    return {
        "flat.zip": make_zip({"a.html": zeros}),
        "flat.html.gz": gzip.compress(zeros, 9),
        "twice.gz": gzip.compress(gzip.compress(zeros, 9), 9),
        "flat.xz": lzma.compress(zeros, preset=0),
        "many-streams.gz": gzip.compress(b"", 9) * (scale * 200),
        "nested.zip": _nest(9),
        "wide-and-nested.zip": _nest_wide(4 if scale > 500 else 2),
        "overlap.zip": _overlap(1_000, scale << 16),
        "quine.zip": _itself(),
        "many-members.zip": make_zip(
            {f"{number}.txt": b"x" for number in range(scale * 20)}, method=zipfile.ZIP_STORED
        ),
        "says-less.zip": _lying(make_zip({"a.html": zeros}), 10),
        "says-more.zip": _lying(make_zip({"a.html": _PAGE}), 0xFFFF_FF00),
        "escapes.zip": make_zip(dict.fromkeys(ESCAPES, _PAGE)),
        "escapes.tar": _tar(dict.fromkeys(ESCAPES, _PAGE)),
        "links.tar": _links(),
        "escapes.7z": make_7z(dict.fromkeys(ESCAPES, _PAGE)),
        "says-more.tar": _tar({"a.html": _PAGE}).replace(b"00000000042\0", b"77777777777\0"),
        "flat.7z": make_7z({"a.html": zeros}),
        "says-more.warc": make_warc().replace(b"Content-Length: ", b"Content-Length: 99999999"),
        "says-less.warc": make_warc().replace(b"Content-Length: ", b"Content-Length: 0000000"),
        "says-negative.warc": make_warc().replace(b"Content-Length: ", b"Content-Length: -"),
        "status.warc": make_warc().replace(b"200 OK", b"2" * 400 + b" OK"),
        "endless.mbox": make_mbox(*[make_mail(text="见附件。", attachments={})] * (scale * 20)),
        "nested.eml": _nest_mail(200),
        "long-header.eml": b"From: a@minyang.example\nTo: b@minyang.example\nSubject: "
        + b"x " * (scale << 12)
        + b"\n\ntext",
        "many-parts.eml": _many_parts(scale * 50),
    }


def _nest(depth: int) -> bytes:
    data = _PAGE
    name = "a.html"
    for level in range(depth):
        data, name = make_zip({name: data}), f"{level}.zip"
    return data


def _nest_wide(depth: int) -> bytes:
    data = make_zip({f"{number}.html": _PAGE for number in range(12)})
    for level in range(depth - 1):
        data = make_zip({f"{level}-{number}.zip": data for number in range(12)})
    return data


def _overlap(count: int, size: int) -> bytes:
    """Many names in the directory for one and the same packed bytes (after D. Fifield)."""
    raw = b"a" * size
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(raw) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(raw), len(packed), len(raw))
    body = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 7, 0) + b"000.txt" + packed
    directory = b""
    for number in range(count):
        name = b"%03d.txt" % 0 if number == 0 else b"%03d.txt" % (number % 1000)
        directory += struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 8, 0, 0) + sizes
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)


def _itself() -> bytes:
    """A ZIP whose one stored member reaches over its own header, so that it seems to hold itself for ever."""
    whole = make_zip({"again.zip": b"P" * 64}, method=zipfile.ZIP_STORED)
    inner = whole[:64].ljust(64, b"P")
    return whole.replace(b"P" * 64, inner)


def _lying(packed: bytes, size: int) -> bytes:
    """The ZIP with another unpacked size in its headers than is true."""
    out = bytearray(packed)
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = out.find(magic) + at
        out[place : place + 4] = struct.pack("<I", size)
    return bytes(out)


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _links() -> bytes:
    out = io.BytesIO()
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    with tarfile.open(fileobj=out, mode="w") as archive:
        for number, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"{ESCAPE}-{number}")
            info.type, info.linkname, info.devmajor, info.devminor = kind, "/etc/passwd", 1, 3
            archive.addfile(info)
        info = tarfile.TarInfo(f"{ESCAPE}-0/behind-the-link.html")
        info.size = len(_PAGE)
        archive.addfile(info, io.BytesIO(_PAGE))
    return out.getvalue()


def _nest_mail(depth: int) -> bytes:
    mail = make_mail(attachments={})
    for _ in range(depth):
        mail = (
            b"From: a@minyang.example\nTo: b@minyang.example\nSubject: again\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
            + mail
        )
    return mail


def _many_parts(count: int) -> bytes:
    part = b"--cut\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\ntext\n"
    head = b"From: a@minyang.example\nTo: b@minyang.example\nSubject: many\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=cut\n\n"
    return head + part * count + b"--cut--\n"
