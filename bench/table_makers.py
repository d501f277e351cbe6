"""Writes a table with known truth in each format that is measured: the bytes of a whole file with text around it."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from table_cases import Case

BEFORE = "本项目采购内容如下表所示，供应商须逐项响应，不得缺项漏项，否则按无效响应处理，具体数量以合同为准。"
AFTER = "以上货物须在合同签订之后三十日内送达采购人指定地点并完成安装调试，所有费用由成交供应商承担。"
_FONT = "STSong-Light"


def _cells(case: Case) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield row, column, text, rows and columns of each cell."""
    for r, row in enumerate(case.grid):
        for c, text in enumerate(row):
            if text is not None:
                yield r, c, text, *case.spans.get((r, c), (1, 1))


def make_html(case: Case, *, has_th: bool) -> bytes:
    """Return a page with the table; its head is ``th`` or, as most portals do, ``td``."""
    rows: list[list[str]] = [[] for _ in case.grid]
    for r, c, text, down, across in _cells(case):
        tag = "th" if has_th and r < case.heads else "td"
        spans = (f" rowspan={down}" if down > 1 else "") + (f" colspan={across}" if across > 1 else "")
        rows[r].append(f"<{tag}{spans}>{html.escape(text).replace(chr(10), '<br>')}</{tag}>")
        del c
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<html><meta charset=utf-8><body><p>{BEFORE}</p><table>{body}</table><p>{AFTER}</p></body></html>".encode()


def make_docx(case: Case) -> bytes:
    """Return a DOCX file; its head is only the first row, not marked as one."""
    document: Any = docx.Document()
    document.add_paragraph(BEFORE)
    table = document.add_table(len(case.grid), len(case.grid[0]))
    fields = [list(row.cells) for row in table.rows]
    for r, c, text, down, across in _cells(case):
        cell = fields[r][c]
        if (down, across) != (1, 1):
            cell = cell.merge(fields[r + down - 1][c + across - 1])
        cell.text = text
    document.add_paragraph(AFTER)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_xlsx(case: Case) -> bytes:
    """Return a workbook whose table begins in its third row, below a title that is merged over all columns."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.cell(1, 1, "云溪市视频建设项目货物清单")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(case.grid[0]))
    for r, c, text, down, across in _cells(case):
        sheet.cell(r + 3, c + 1, int(text) if text.isdigit() else text)
        if (down, across) != (1, 1):
            sheet.merge_cells(start_row=r + 3, end_row=r + 2 + down, start_column=c + 1, end_column=c + across)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_odt(case: Case) -> bytes:
    """Return an ODT file."""
    places = {(r, c): (text, down, across) for r, c, text, down, across in _cells(case)}
    rows = []
    for r, row in enumerate(case.grid):
        cells = []
        for c in range(len(row)):
            if (r, c) not in places:
                cells.append("<table:covered-table-cell/>")
                continue
            text, down, across = places[r, c]
            lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n"))
            spans = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            cells.append(f"<table:table-cell {spans}>{lines}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _ODF)
    table = f"<table:table>{''.join(rows)}</table:table>"
    text = f"<office:text><text:p>{BEFORE}</text:p>{table}<text:p>{AFTER}</text:p></office:text>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:body>{text}</office:body>"
        package.writestr("content.xml", f"<office:document-content {names}>{content}</office:document-content>")
    return out.getvalue()


_ODF = ("office", "text", "table")


def make_rtf(case: Case) -> bytes:
    """Return an RTF file; merged cells are marked as Word marks them."""
    edges = [sum(case.widths[: c + 1]) * 20 for c in range(len(case.widths))]
    places = {(r, c): (text, down, across) for r, c, text, down, across in _cells(case)}
    below = {
        (r + n, c): across for r, c, _, down, across in _cells(case) if down > 1 for n in range(1, down)
    }  # fields that a cell above covers
    rows = []
    for r, row in enumerate(case.grid):
        plan, texts = "", ""
        for c in range(len(row)):
            text, down, across = places.get((r, c), ("", 1, below.get((r, c), 0)))
            if not across:
                continue
            plan += (
                "\\clvmgf" if down > 1 else "\\clvmrg" if (r, c) in below else ""
            ) + f"\\cellx{edges[c + across - 1]}"
            texts += "\\pard\\intbl " + "\\par ".join(map(_rtf, text.split("\n"))) + "\\cell "
        rows.append(f"\\trowd{plan} {texts}\\row\n")
    return f"{{\\rtf1\\ansi\\uc0 {_rtf(BEFORE)}\\par\n{''.join(rows)}\\pard {_rtf(AFTER)}\\par}}".encode("ascii")


def _rtf(text: str) -> str:
    return "".join(char if char.isascii() else f"\\u{ord(char)} " for char in text)


def make_pdf(case: Case, lines: str) -> bytes:
    """Return a PDF; ``lines`` is grid (all borders), rules (only horizontal ones) or none."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    body = ParagraphStyle("body", parent=style, fontSize=10.5, leading=18, firstLineIndent=21)
    data: list[list[Any]] = [[_drawn(text or "", style) for text in row] for row in case.grid]
    table = Table(
        data,
        colWidths=case.widths,
        repeatRows=case.heads if case.repeats else 0,
        splitInRow=1 if case.is_cut else 0,
        style=[
            ("FONT", (0, 0), (-1, -1), _FONT, 9),
            *_borders(lines),
            *_merged(case),
            ("VALIGN", (0, 0), (-1, -1), "TOP" if case.is_cut else "MIDDLE"),
        ],
    )
    out = io.BytesIO()
    flow = [Paragraph(BEFORE, body), Spacer(1, 8), table, Spacer(1, 8), Paragraph(AFTER, body)]
    SimpleDocTemplate(out, pagesize=A4, onFirstPage=_foot, onLaterPages=_foot).build(flow)
    return out.getvalue()


def _drawn(text: str, style: ParagraphStyle) -> Paragraph | str:
    """Return a text as it is drawn; one sign alone gets a blank.

    pdfium passes over a text of one glyph when its font is not in the file, for it takes its width from the glyph.
    """
    return f"{text} " if len(text) == 1 else Paragraph(html.escape(text).replace("\n", "<br/>"), style) if text else ""


def _borders(lines: str) -> list[tuple[Any, ...]]:
    if lines == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    return [("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)][
        : 2 if lines == "rules" else 0
    ]


def _merged(case: Case) -> list[tuple[Any, ...]]:
    return [("SPAN", (c, r), (c + across - 1, r + down - 1)) for (r, c), (down, across) in case.spans.items()]


def _foot(canvas: Any, document: Any) -> None:  # noqa: ANN401  (reportlab has no types)
    canvas.setFont(_FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 30, f"第 {document.page} 页")


MAKERS: dict[str, tuple[str, Callable[[Case], bytes]]] = {
    "HTML, th": ("html", lambda case: make_html(case, has_th=True)),
    "HTML, td": ("html", lambda case: make_html(case, has_th=False)),
    "DOCX": ("docx", make_docx),
    "ODT": ("odt", make_odt),
    "RTF": ("rtf", make_rtf),
    "XLSX": ("xlsx", make_xlsx),
    "PDF, all borders": ("pdf", lambda case: make_pdf(case, "grid")),
    "PDF, horizontal rules": ("pdf", lambda case: make_pdf(case, "rules")),
    "PDF, no lines": ("pdf", lambda case: make_pdf(case, "none")),
}
"""Name of a format -> ending of its files, and what writes one."""
