"""PDF files and pictures that mean harm."""

import struct
import zlib

Object = bytes


def make_drawn_bombs(scale: int) -> dict[str, bytes]:
    """Return bombs by file name; ``scale`` is how many megabytes the large streams unpack to."""
    size = scale << 20
    text = b"BT /F1 12 Tf 72 700 Td (Buyer) Tj ET"
    return {
        "count.pdf": _pdf(text).replace(b"/Count 1", b"/Count 2147483647"),
        "negative-count.pdf": _pdf(text).replace(b"/Count 1", b"/Count -5"),
        "cycle.pdf": _pdf(text).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 3 0 R 1 0 R]"),
        "many-pages.pdf": _pdf(text).replace(
            b"/Kids[3 0 R]/Count 1", b"/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000"
        ),
        "huge-page.pdf": _pdf(text).replace(b"[0 0 600 800]", b"[0 0 1e30 1e30]"),
        "inverse-page.pdf": _pdf(text).replace(b"[0 0 600 800]", b"[9e9 9e9 -9e9 0]"),
        "stream.pdf": _pdf(b"q " * (size // 2)),
        "twice-packed.pdf": _pdf(b"q " * (size // 2), filters=2),
        "operators.pdf": _pdf(b"BT /F1 9 Tf " + b"(aaaaaaaaaa) Tj 1 0 0 1 3 4 Tm " * (size // 300) + b"ET"),
        "lines.pdf": _pdf(b"0 0 m 500 500 l S " * (size // 300) + text),
        "deep-arrays.pdf": _pdf(text).replace(b"/Resources", b"/X " + b"[" * 100_000 + b"]" * 100_000 + b"/Resources"),
        "form-cycle.pdf": _pdf(b"/X Do", extra=b"/XObject<</X 6 0 R>>"),
        "self-length.pdf": _pdf(text).replace(b"/Length ", b"/Length 4 0 R/Old "),
        "picture.png": _png(60_000, 60_000),
        "picture-lies.png": _png(0x7FFF_FFFF, 0x7FFF_FFFF),
        "picture.tiff": _tiff(1_000_000, 1_000_000),
        "picture.bmp": b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
        "picture.gif": b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0xF7, 0, 0) + bytes(768) + b",",
        "picture.jpg": b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9",
        "picture-in.pdf": _pdf(b"q 9 0 0 9 0 0 cm /X Do Q " + text, extra=b"/XObject<</X 7 0 R>>"),
    }


def _pdf(stream: bytes, *, filters: int = 1, extra: bytes = b"") -> bytes:
    packed = stream
    for _ in range(filters):
        packed = zlib.compress(packed, 9)
    flate = b"/FlateDecode " * filters
    objects: list[Object] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        + extra
        + b">>>>",
        b"<</Length %d/Filter[%s]>>stream\n" % (len(packed), flate) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n/X Do\nendstream",
        b"<</Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 3>>stream\nabc\nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9))
        + chunk(b"IEND", b"")
    )


def _tiff(width: int, height: int) -> bytes:
    tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 1))
    table = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + table + bytes(4)
