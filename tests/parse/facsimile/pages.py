"""PDFs of one page made on the fly, whose letters are all equally wide; all names are invented."""

import hashlib

from sousveil.mask import mask
from sousveil.parse import parse
from sousveil.parse.facsimile.draw import draw_page
from sousveil.parse.facsimile.pixels import to_png
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits

NAMES = ("Alba Ficticia", "Egon Erfunden")
"""Equally long, so that pages with one or the other differ in nothing but the name."""
NOTICE = (
    "BT /F1 11 Tf 72 700 Td (Tender notice: 120 cameras) Tj ET\n"
    "BT /F1 11 Tf 72 680 Td (Contact person: {name}) Tj ET\n"
    "BT /F1 11 Tf 72 660 Td (Budget: 3,400,000) Tj ET\n"
)


def make_page(content, *, page="", fonts="", resources="", others=()):
    """PDF bytes; ``page`` are further entries of the page, ``others`` further objects, numbered from 6."""
    stream = content.encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/NeedAppearances true>>>>",
        b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{page}"
        f"/Resources<</Font<</F1 3 0 R{fonts}>>{resources}>>>>".encode("latin-1"),
        *others,
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def stream(entries, content):
    """An object of the file with content."""
    data = content.encode("latin-1")
    return f"<<{entries}/Length {len(data)}>>".encode() + b"stream\n" + data + b"\nendstream"


def drawing(content, *, resources=""):
    """An object of the file that is drawn by name: a form with letters or lines."""
    fonts = f"/Resources<</Font<</F1 3 0 R>>{resources}>>"
    return stream(f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]{fonts}", content)


def image(pixels):
    """An object that is a grey picture."""
    height, width = pixels.shape
    data = pixels.tobytes()
    head = f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Length {len(data)}>>"
    return head.encode() + b"stream\n" + data + b"\nendstream"


def read(data, name="notice.pdf"):
    """The masked document, as the pipeline makes it."""
    kind = sniff(data, name)
    return mask(parse(data, file=hashlib.sha256(data).hexdigest(), name=name, kind=kind, limits=Limits()))


def draw(data, number=1, stored=None):
    """The picture of a page as ``Drawn``."""
    document = read(data) if stored is None else stored
    page = document.pages[number - 1]
    return draw_page(data, sniff(data, "notice.pdf"), page, Limits(), count=len(document.pages))


def png(drawn):
    """What a browser is given."""
    return to_png(drawn.pixels, drawn.width, drawn.height)
