"""Texts, markup and tables that mean harm: entities, depth, length, extent."""

import io
import zipfile

from tests.parse.samples import make_docx, make_xlsx, make_zip

_LAUGHS = (
    '<!DOCTYPE z [<!ENTITY l0 "laugh">'
    + "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    + "]>"
)
_LONG_ENTITY = '<!DOCTYPE z [<!ENTITY a "' + "a" * 100_000 + '">]>'


def make_written_bombs(scale: int, secret: str, listener: str) -> dict[str, bytes]:
    """Return bombs by file name.

    Args:
        scale: megabytes of the large ones.
        secret: address of a file whose content must not come out.
        listener: web address that must not be asked.
    """
    stolen = {
        "file": (f'<!DOCTYPE z [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"),
        "net": (f'<!DOCTYPE z [<!ENTITY x SYSTEM "{listener}/entity">]>', "&x;"),
        "parameter": (f'<!DOCTYPE z [<!ENTITY % x SYSTEM "file://{secret}"> %x;]>', "text"),
        "dtd": (f'<!DOCTYPE z SYSTEM "{listener}/dtd">', "text"),
        "laughs": (_LAUGHS, "&l9;"),
        "quadratic": (_LONG_ENTITY, "&a;" * 40_000),
    }
    bombs = {f"{name}.xml": _xml(head, body) for name, (head, body) in stolen.items()}
    bombs |= {f"{name}.docx": _docx(head, body) for name, (head, body) in stolen.items()}
    bombs |= {f"{name}.odt": _odt(head, body) for name, (head, body) in stolen.items()}
    bombs |= _links(secret, listener)
    return bombs | _long_ones(scale << 20) | _deep_ones()


def _xml(head: str, body: str) -> bytes:
    return f'<?xml version="1.0"?>{head}<z><p>Buyer</p><p>{body}</p></z>'.encode()


def _docx(head: str, body: str) -> bytes:
    text = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>Buyer {body}</w:t></w:r></w:p></w:body></w:document>"
    )
    return make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": text.encode()})


def _odt(head: str, body: str) -> bytes:
    text = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>Buyer {body}</text:p></office:text></office:body></office:document-content>"
    )
    members = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": text.encode()}
    return make_zip(members, method=zipfile.ZIP_STORED)


def _links(secret: str, listener: str) -> dict[str, bytes]:
    """Other ways to have something fetched."""
    page = (
        f'<p>Buyer</p><img src="{listener}/img"><iframe src="file://{secret}"></iframe>'
        f'<link rel=stylesheet href="{listener}/css"><object data="file://{secret}"></object>'
    )
    include = (
        f'<z xmlns:xi="http://www.w3.org/2001/XInclude">Buyer<xi:include href="file://{secret}" parse="text"/></z>'
    )
    return {
        "fetch.html": page.encode(),
        "include.xml": include.encode(),
        "field.rtf": (r"{\rtf1 Buyer {\field{\*\fldinst INCLUDETEXT " + secret + r"}{\fldrslt}}}").encode(),
    }


def _long_ones(size: int) -> dict[str, bytes]:
    return {
        "attribute.html": b"<html><p a='" + b"x" * size + b"'>Buyer",
        "attributes.html": b"<html><p " + b"".join(b"a%d=1 " % number for number in range(size // 40)) + b">Buyer",
        "one-line.csv": b"a,b\n" + b"x," * (size // 2),
        "one-line.txt": "采购".encode() * (size // 6),
        "one-string.json": b'{"a": "' + b"x" * size + b'"}',
        "siblings.xml": b"<?xml version='1.0'?><a>" + b"<b/>" * (size // 8) + b"</a>",
        "paragraphs.docx": make_docx(b"<w:p/>".decode() * (size // 20)),
        "texts.docx": make_docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * (size // 40)),
        "cells.html": b"<table>" + b"<tr><td>1</td></tr>" * (size // 40) + b"</table>",
        "span.html": b"<table>" + b"<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 2_000 + b"</table>",
        "far-cell.xlsx": _far_cell(),
        "numbers.json": b"[" + b"1" * (size // 8) + b"]",
        "zeros.txt": b"\0" * size,
        "rows.xlsx": make_xlsx({"a": [["1", "2"]] * (size // 800)}),
        "control.rtf": b"{\\rtf1 " + b"\\par " * (size // 10) + b"}",
    }


def _far_cell() -> bytes:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        "</worksheet>"
    )
    return _with_sheet(make_xlsx({"a": [["1"]]}), sheet.encode())


def _with_sheet(book: bytes, sheet: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        members = {info.filename: packed.read(info) for info in packed.infolist()}
    (name,) = [name for name in members if name.startswith("xl/worksheets/")]
    return make_zip(members | {name: sheet})


def _deep_ones() -> dict[str, bytes]:
    levels = 100_000
    return {
        "deep.html": b"<html><body>" + b"<div>" * levels + b"Buyer",
        "deep-table.html": b"<table><tr><td>" * levels + b"Buyer",
        "deep-fonts.html": b"<b><i><font>" * (levels // 3) + b"Buyer",
        "deep.xml": b"<?xml version='1.0'?>" + b"<a>" * levels + b"Buyer" + b"</a>" * levels,
        "deep.json": b"[" * levels + b"1" + b"]" * levels,
        "deep-objects.json": b'{"a":' * levels + b"1" + b"}" * levels,
        "deep-release.json": b'{"uri": "a", "releases": [{"ocid": "ocds-1", "tender": '
        + b"[" * levels
        + b"]" * levels
        + b"}]}",
        "deep.rtf": b"{\\rtf1 " + b"{" * levels + b"Buyer" + b"}" * levels,
        "deep.docx": make_docx("<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5_000),
    }
