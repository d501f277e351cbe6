"""One sample of every kind of container, written here: {kind: (bytes, {path: member bytes})}."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib
from email.message import EmailMessage

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.parse.ole_samples import make_msg
from tests.parse.samples import make_zip

FILES = {"公告/一.html": "<p>采购人：岷阳市公安局</p>".encode(), "b.txt": b"text, and more of it. " * 40}


def make_tar(files=None, *, charset="utf-8", form=tarfile.GNU_FORMAT, extra=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding=charset, format=form) as archive:
        for name, data in (FILES if files is None else files).items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return out.getvalue()


def make_7z(files=None, **options):
    blocks = []
    with custom_writer(blocks, **options) as archive:
        for name, data in (FILES if files is None else files).items():
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(blocks)


def custom_writer(blocks, **options):
    from libarchive import custom_writer as writer

    def take(data):
        blocks.append(bytes(data))
        return len(data)

    return writer(take, "7zip", **options)


def make_rar(files=None):
    """A RAR 4 archive of stored members."""

    def block(kind, flags, body, data=b""):
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data

    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, data in (FILES if files is None else files).items():
        raw = name.encode("utf-8")
        body = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x58650000, 20, 0x30, len(raw), 0o100644
        )
        out += block(0x74, 0x8000, body + raw, data)
    return out + block(0x7B, 0x4000, b"")


def make_mail(subject="询价函", text="见附件。", attachments=None, *, html=""):
    letter = EmailMessage()
    letter["Subject"] = subject
    letter["From"] = "buyer@minyang.example"
    letter["To"] = "seller@example.org"
    letter["Date"] = "Tue, 05 Mar 2024 09:00:00 +0800"
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    for name, data in (FILES if attachments is None else attachments).items():
        letter.add_attachment(data, "application", "octet-stream", filename=name)
    return letter.as_bytes()


def make_mbox(*letters):
    return b"".join(b"From buyer@minyang.example Tue Mar  5 09:00:00 2024\n" + letter + b"\n" for letter in letters)


MHTML = b"""From: <Saved by a browser>\r
Subject: saved\r
Date: Tue, 05 Mar 2024 09:00:00 +0800\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="cut"\r
\r
--cut\r
Content-Type: text/html\r
Content-Transfer-Encoding: base64\r
Content-Location: http://www.minyang.example/zfcg/t1.html?x=1\r
\r
PHA+QnV5ZXI8L3A+\r
--cut\r
Content-Type: text/css\r
Content-Location: http://www.minyang.example/a.css\r
\r
p {}\r
--cut\r
Content-Type: text/plain\r
Content-Location: cid:note\r
\r
note\r
--cut--\r
"""


def make_warc(records=None, *, gzipped=False):
    """WARC bytes of (address, media type, status line, bytes)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for address, media_type, status, data in records if records is not None else WEB:
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(data),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2024-03-05T01:02:03Z"},
        )
        writer.write_record(record)
    return out.getvalue()


WEB = [
    ("http://www.minyang.example/zfcg/t1.html?id=1", "text/html", "200 OK", b"<p>one</p>" * 20),
    ("http://www.minyang.example/a.css", "text/css", "200 OK", b"p {}"),
    ("http://www.minyang.example/old", "text/html", "301 Moved Permanently", b""),
    ("http://www.minyang.example/gone/", "text/html", "404 Not Found", b"<p>gone</p>"),
]

ARC = (
    b"filedesc://crawl.arc 0.0.0.0 20240305010203 text/plain 71\n1 0 test\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n"
)


def make_arc():
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>arc</p>"
    head = b"filedesc://crawl.arc 0.0.0.0 20240305010203 text/plain %d\n"
    version = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    record = b"http://www.minyang.example/a.html 10.0.0.1 20240305010203 text/html %d\n" % len(answer)
    return head % len(version) + version + b"\n" + record + answer + b"\n"


CRAWL = make_warc()
LETTER = {"message.txt": "询价函\n2024-03-05\n\n见附件。\n".encode(), **FILES}

CONTAINERS = {
    "zip": (make_zip(FILES), FILES),
    "gz": (gzip.compress(b"one"), {"(content)": b"one"}),
    "bz2": (bz2.compress(b"one"), {"(content)": b"one"}),
    "xz": (lzma.compress(b"one"), {"(content)": b"one"}),
    "zst": (zstandard.compress(b"one"), {"(content)": b"one"}),
    "tar": (make_tar(), FILES),
    "rar": (make_rar(), FILES),
    "eml": (make_mail(), LETTER),
    "mbox": (
        make_mbox(make_mail(attachments={}), make_mail("二", "x", {})),
        {
            "000001.eml": make_mail(attachments={}) + b"\n",
            "000002.eml": make_mail("二", "x", {}) + b"\n",
        },
    ),
    "mhtml": (MHTML, {"0001/t1.html": b"<p>Buyer</p>", "0003/cid:note": b"note"}),
    "msg": (
        make_msg(
            {"0037001F": "询价函".encode("utf-16-le"), "1000001F": "见附件。".encode("utf-16-le")},
            list(FILES.items()),
        ),
        {"message.txt": "询价函\n\n见附件。".encode(), **FILES},
    ),
    "warc": (CRAWL, {"000001/t1.html": WEB[0][3], "000004/index": WEB[3][3]}),
    "arc": (make_arc(), {"000002/a.html": b"<p>arc</p>"}),
    "wacz": (
        make_zip({"archive/data.warc": CRAWL, "datapackage.json": b"{}", "pages/pages.jsonl": b"{}"}),
        {"archive/data.warc": CRAWL},
    ),
}
