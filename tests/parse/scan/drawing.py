"""Pictures of text for tests: Latin letters with Pillow's own font, Chinese ones from a shipped sample."""

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from sousveil.dataset import sample_folder

CONTRACT = sample_folder() / "cn" / "weishan-contract-scan.pdf"
CONTRACT_WORDS = "合同标的：高清球型摄像机120台，硬盘录像机8台，视频管理平台1套。"


def contract(dpi=120):
    """The shipped sample of a scanned contract, as a picture in grey."""
    page = pdfium.PdfDocument(CONTRACT.read_bytes())[0]
    return page.render(scale=dpi / 72).to_pil().convert("L")


def draw_lines(lines, size=(1200, 700), height=34):
    """A white page with lines of Latin text."""
    image = Image.new("L", size, 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(height)
    for number, line in enumerate(lines):
        pen.text((60, 50 + number * height * 2), line, fill=0, font=font)
    return image


def draw_table(rows, widths=(120, 420, 160), height=70):
    """A page with a ruled table."""
    image = Image.new("L", (sum(widths) + 120, height * len(rows) + 200), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    pen.text((60, 20), "Bill of quantities", fill=0, font=font)
    xs = [60 + sum(widths[:at]) for at in range(len(widths) + 1)]
    for number, row in enumerate(rows):
        top = 90 + number * height
        for left, text in zip(xs, row, strict=False):
            pen.text((left + 12, top + 18), text, fill=0, font=font)
        pen.line((xs[0], top, xs[-1], top), fill=0, width=3)
    bottom = 90 + height * len(rows)
    pen.line((xs[0], bottom, xs[-1], bottom), fill=0, width=3)
    for x in xs:
        pen.line((x, 90, x, bottom), fill=0, width=3)
    return image


def raster(image):
    """Pixels as the engine takes them."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def encode(image, form, **settings):
    """Bytes of a picture file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **settings)
    return buffer.getvalue()
