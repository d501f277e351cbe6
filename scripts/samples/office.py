"""Word and Excel files, and ZIP bundles, with every date fixed so that the bytes stay."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import xlsxwriter
from docx import Document
from docx.oxml.ns import qn

from samples.blocks import Block, title_of

MADE = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
"""The one date all containers carry."""


def make_docx(blocks: list[Block]) -> bytes:
    """Return a Word file: title, headings, paragraphs and tables."""
    document = Document()
    document.styles["Normal"].font.name = "SimSun"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    for block in blocks:
        if block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]))
            table.style = "Table Grid"
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.kind == "break":
            document.add_page_break()
        elif block.kind in ("title", "heading"):
            document.add_heading(block.text, 0 if block.kind == "title" else 1)
        else:
            document.add_paragraph(block.line)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", title_of(blocks), ""
    properties.created = properties.modified = MADE
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def make_xlsx(blocks: list[Block]) -> bytes:
    """Return a workbook: a sheet per ``@@sheet`` block, title lines and tables below one another; numbers as numbers."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"created": MADE, "title": title_of(blocks)})
    bold = workbook.add_format({"bold": True})
    sheet, line = None, 0
    for block in blocks:
        if block.kind == "sheet" or sheet is None:
            sheet, line = workbook.add_worksheet(block.text if block.kind == "sheet" else None), 0
            if block.kind == "sheet":
                continue
        if block.kind == "title":
            sheet.merge_range(line, 0, line, 6, block.text, bold)
        for row in block.rows:
            for column, text in enumerate(row):
                _write(sheet, line, column, text)
            line += 1
        if block.kind in ("paragraph", "pair"):
            sheet.write_string(line, 0, block.line)
        line += not block.rows
    workbook.close()
    return repack(buffer.getvalue())


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, text: str) -> None:
    number = text.replace(",", "")
    if number.replace(".", "", 1).isdigit() and not (len(number) > 1 and number[0] == "0" and "." not in number):
        sheet.write_number(line, column, float(number))
    else:
        sheet.write_string(line, column, text)


def make_zip(members: list[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of these members; Chinese names carry the UTF-8 flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members:
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            bundle.writestr(entry, content)
    return buffer.getvalue()


def repack(container: bytes) -> bytes:
    """Return the same ZIP container with fixed times, in the order it had."""
    with zipfile.ZipFile(io.BytesIO(container)) as source:
        return make_zip([(name, source.read(name)) for name in source.namelist()])
