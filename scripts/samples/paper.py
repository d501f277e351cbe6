"""PDFs: text with a font every reader knows, text with an embedded font, and a scan without a text layer."""

from __future__ import annotations

import io
import random
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from samples.blocks import Block, title_of
from samples.manuscript import Manuscript

CJK_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
"""Debian package fonts-wqy-microhei, Apache-2.0; needed only to make the samples."""
LATIN_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
"""Debian package fonts-dejavu-core, free licence; needed only to make the samples."""
_SIZES = {"title": 16.0, "heading": 12.5}


def make_pdf(manuscript: Manuscript, blocks: list[Block]) -> bytes:
    """Return a PDF with a text layer; the same bytes on every run."""
    font = _register(manuscript.header("font", "STSong-Light"))
    is_cjk = font != "Latin"
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=24 * mm, rightMargin=22 * mm, topMargin=22 * mm, bottomMargin=20 * mm,
        title=title_of(blocks), author="", invariant=1, pageCompression=1,
    )  # fmt: skip
    running = manuscript.header("running", title_of(blocks))

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(24 * mm, A4[1] - 14 * mm, running)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, f"第{document.page}页" if is_cjk else f"- {document.page} -")

    flow = [flowable for block in blocks for flowable in _to_flowables(block, font, is_cjk=is_cjk)]
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def _register(name: str) -> str:
    if name == "STSong-Light":
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        return name
    file = LATIN_FONT if name == "Latin" else CJK_FONT
    pdfmetrics.registerFont(TTFont(name, str(file)))
    return name


def _style(font: str, size: float, *, is_cjk: bool, align: int = 0, indent: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}{size}{align}{indent}", fontName=font, fontSize=size, leading=size * 1.55, alignment=align,
        firstLineIndent=indent, wordWrap="CJK" if is_cjk else None, spaceAfter=size * 0.35,
    )  # fmt: skip


def _to_flowables(block: Block, font: str, *, is_cjk: bool) -> list[Flowable]:
    if block.kind == "break":
        return [PageBreak()]
    if block.kind == "table":
        return [_to_table(block, font, is_cjk=is_cjk), Spacer(1, 8)]
    size = _SIZES.get(block.kind, 10.5)
    align = {"title": 1, "signature": 2}.get(block.kind, 0)
    indent = 2 * size if is_cjk and block.kind == "paragraph" else 0
    line = block.line if is_cjk else block.line.replace("：", ": ")
    return [Paragraph(escape(line), _style(font, size, is_cjk=is_cjk, align=align, indent=indent))]


def _to_table(block: Block, font: str, *, is_cjk: bool) -> Table:
    style = _style(font, 9, is_cjk=is_cjk)
    longest = [max(3, *(min(len(row[i]), 34) for row in block.rows)) for i in range(len(block.rows[0]))]
    widths = [(A4[0] - 46 * mm) * length / sum(longest) for length in longest]
    cells = [[Paragraph(escape(cell), style) for cell in row] for row in block.rows]
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, "#444444"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def make_scan(manuscript: Manuscript, blocks: list[Block]) -> bytes:
    """Return a PDF of page images without a text layer, slightly skewed and speckled like a scan (100 dpi, grey)."""
    font_file = LATIN_FONT if manuscript.header("font") == "Latin" else CJK_FONT
    font = ImageFont.truetype(str(font_file), 19)
    lines = [wrapped for block in blocks for wrapped in _wrap(block, font)]
    pages = [_to_image(lines[i : i + 34], font, seed=i) for i in range(0, len(lines), 34)]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        canvas.drawInlineImage(page, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _wrap(block: Block, font: ImageFont.FreeTypeFont, width: int = 690) -> list[str]:
    rows = [" ".join(row) for row in block.rows] or [block.line]
    lines = []
    for row in rows:
        current = ""
        for character in row:
            if font.getlength(current + character) > width:
                lines.append(current)
                current = ""
            current += character
        lines.append(current)
    return lines


def _to_image(lines: list[str], font: ImageFont.FreeTypeFont, *, seed: int) -> Image.Image:
    image = Image.new("L", (827, 1169), 250)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((68, 70 + number * 31), line, fill=40, font=font)
    dice = random.Random(seed)  # speckles only: fixed seed, so that the bytes stay
    for _ in range(260):
        image.putpixel((dice.randrange(827), dice.randrange(1169)), dice.randrange(90, 200))
    return (
        image.rotate(0.6, fillcolor=250, resample=Image.Resampling.BILINEAR)
        .filter(ImageFilter.GaussianBlur(0.5))
        .quantize(8)
        .convert("L")
    )
