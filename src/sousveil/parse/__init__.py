"""Bytes -> ``Document``: pages of text with offsets, tables with cells.

In: the bytes of one file, its kind (``sniff``), limits. Out: a ``Document`` whose text is clean (see ``layout``) and
whose ``marks`` say what is missing. Refused: types without a reader, encrypted, damaged or empty files, and bytes
beyond a limit, each with a child of ``FileFailure``. Kept where: nowhere; a pure function of bytes and version.

OCDS, eForms, TED and tables of records are read by the room ``source``; whatever holds files (archives, mail, web
archives) is opened by ``bundle``.

>>> from sousveil.parse.sniff import sniff
>>> from sousveil.settings import Limits
>>> page = "<table><tr><td>采购人</td><td>某市公安局</td></tr></table>".encode()
>>> document = parse(page, file="0" * 64, name="1.html", kind=sniff(page, "1.html"), limits=Limits())
>>> document.pages[0].text
'采购人 | 某市公安局'
>>> cell = document.tables[0].cells[1]
>>> document.pages[0].text[cell.start : cell.end]
'某市公安局'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sousveil.exceptions import EmptyFileError, LimitError, UnsupportedTypeError
from sousveil.model import Document
from sousveil.parse.delimited import lay_csv
from sousveil.parse.layout import Layout
from sousveil.parse.ofd import lay_ofd
from sousveil.parse.office import lay_docx, lay_pptx
from sousveil.parse.opendoc import lay_opendocument
from sousveil.parse.pdf import lay_pdf
from sousveil.parse.richtext import lay_rtf
from sousveil.parse.scan.picture import lay_picture
from sousveil.parse.scan.pictures import Pictures, check_pictures
from sousveil.parse.sheet import TakeSheet, lay_sheets
from sousveil.parse.slides import lay_ppt
from sousveil.parse.sniff import PICTURES, Kind
from sousveil.parse.text import lay_notice_json, lay_text
from sousveil.parse.webpage import lay_webpage
from sousveil.parse.word import lay_doc
from sousveil.parse.xmltext import lay_xml
from sousveil.settings import Limits

__all__ = ["parse"]

_READERS: Mapping[str, Callable[[bytes, Layout], str]] = {
    "html": lay_webpage,
    "text": lay_text,
    "xml": lay_xml,
    "pdf": lay_pdf,
    "notice-json": lay_notice_json,
    "docx": lay_docx,
    "pptx": lay_pptx,
    "xlsx": lay_sheets,
    "xls": lay_sheets,
    "ods": lay_sheets,
    "csv": lay_csv,
    "rtf": lay_rtf,
    "doc": lay_doc,
    "ppt": lay_ppt,
    "odt": lay_opendocument,
    "odp": lay_opendocument,
    "ofd": lay_ofd,
    **dict.fromkeys(PICTURES, lay_picture),
}


def parse(
    untrusted: bytes,
    *,
    file: str,
    name: str,
    kind: Kind,
    limits: Limits,
    pictures: Pictures | None = None,
    take_sheet: TakeSheet | None = None,
) -> Document:
    """Return the document that ``untrusted`` holds.

    Args:
        untrusted: the file's bytes.
        file: their SHA-256, hexadecimal; taken over, not checked.
        name: the file's name without folders.
        kind: what ``sniff`` says.
        limits: what the file may cost.
        pictures: who recognises pictures; None counts them as waiting.
        take_sheet: is offered every sheet of a workbook; what it takes is not in the document.

    Raises:
        FileFailure: one of its children: unsupported, empty, encrypted, damaged, or beyond a limit.
    """
    if len(untrusted) > limits.max_file_bytes:
        raise LimitError(
            f"the file has {len(untrusted):,} bytes, more than the limit of {limits.max_file_bytes:,}",
            "Raise max_file_bytes in sousveil.toml, or split the file.",
        )
    if kind.name == "empty":
        raise EmptyFileError(
            "the file is empty" if not untrusted else "the file holds only blanks or zero bytes",
            "Fetch the file again.",
        )
    reader = _READERS.get(kind.name)
    if reader is None:
        raise UnsupportedTypeError(
            f"not supported yet: {kind.media_type}", "Convert the file to PDF, DOCX, HTML or text, and read it again."
        )
    layout = Layout(limits, pictures)
    charset = lay_sheets(untrusted, layout, take_sheet) if reader is lay_sheets else reader(untrusted, layout)
    if not layout.has_text:
        check_pictures(layout.pictures, 0)
        raise EmptyFileError("the file has no text", "Nothing to do, unless another program shows text in it.")
    for words in layout.pictures.marks():
        layout.mark(words)
    pages, tables, marks = layout.finish()
    waiting = layout.pictures.waiting
    return Document(file, kind.media_type, name, pages, tables, charset=charset, marks=marks, waiting=waiting)
