"""PDF -> text, page by page, with pdfium.

Pages keep their numbers; a page without text stays as an empty page, and a mark says whether it is a scan or blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from sousveil.parse.layout import Item, Layout
from sousveil.parse.paged import join_tables
from sousveil.parse.pdfgrid import TableReader
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.wrapped import body_width, join_wrapped, split_lines

_MAX_NUMBERS_SHOWN = 12

_GARBAGE_SHARE = 0.3
"""Private-use, replacement or control characters above this share of a page: its font has no character map. Sound
pages of the sample corpus stay below 0.02 (bullets of symbol fonts)."""

_GARBAGE_CATEGORIES = frozenset({"Co", "Cn", "Cc", "Cs"})


def lay_pdf(untrusted: bytes, layout: Layout) -> str:
    """Write the pages of a PDF into ``layout``; return '' (a PDF has no character set).

    Raises:
        EncryptedError: the file opens only with a password.
        DamagedError: pdfium finds no document in the bytes.
        EmptyFileError: no page has text: a scan, or blank.
    """
    document = _open(untrusted)
    missing: dict[str, list[int]] = {}
    pages: list[list[Item]] = []
    tables = TableReader()
    try:
        count = len(document)
        if not count:
            raise DamagedError("the PDF has no pages", "Fetch the file again.")
        for index in range(min(count, layout.limits.max_pages)):
            items, trouble = _read_page(document, index, tables)
            pages.append(items)
            if trouble:
                missing.setdefault(trouble, []).append(index + 1)
        if count > layout.limits.max_pages:
            limit = layout.limits.max_pages
            layout.mark(f"pages {limit + 1:,} to {count:,} not read: limit of {limit:,} pages")
    finally:
        document.close()
    pages = join_tables(pages)
    width = body_width(pages)
    for items in pages:
        layout.start_page()
        for item in join_wrapped(items, width):
            layout.add(item)
    _judge(missing, count, layout)
    return ""


def _open(untrusted: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(untrusted)
    except pdfium.PdfiumError as error:
        words = str(error).lower()
        if "password" in words or "security" in words:
            raise EncryptedError(
                "the PDF opens only with a password",
                "Remove the password with the program that set it, and read the file again.",
            ) from error
        raise DamagedError(
            "no PDF reader can open the file: it is damaged or cut off", "Fetch the file again."
        ) from error


def _read_page(document: pdfium.PdfDocument, index: int, tables: TableReader) -> tuple[list[Item], str]:
    """Return the lines and rows of one page, and '' or what is the matter with it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return [], "could not be opened"
    try:
        textpage = page.get_textpage()
        try:
            return _read_text(page, textpage, tables)
        finally:
            textpage.close()
    except pdfium.PdfiumError:
        return [], "could not be read"
    finally:
        page.close()


def _read_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, tables: TableReader) -> tuple[list[Item], str]:
    raw: str = textpage.get_text_range()
    if not raw.strip():
        return [], "has no text layer: a scan, not read yet" if _has_image(page) else "is blank"
    if is_garbage(raw):
        return [*split_lines(raw)], "has an unreadable text layer (font without character map)"
    return tables.read(page, textpage, raw), ""


def is_garbage(text: str) -> bool:
    """Return whether a text layer is noise: more than 30 % of its characters mean nothing by themselves."""
    signs = [char for char in text[:5000] if not char.isspace()]
    bad = sum(
        1
        for char in signs
        if char == "\ufffd" or (char > "\x7e" and unicodedata.category(char) in _GARBAGE_CATEGORIES) or char < " "
    )
    return bad > _GARBAGE_SHARE * len(signs)


def _has_image(page: pdfium.PdfPage) -> bool:
    """Return whether anything is drawn on the page: pictures, or outlines that may be letters."""
    kinds = (
        pdfium_c.FPDF_PAGEOBJ_IMAGE,
        pdfium_c.FPDF_PAGEOBJ_PATH,
        pdfium_c.FPDF_PAGEOBJ_FORM,
        pdfium_c.FPDF_PAGEOBJ_SHADING,
    )
    return next(iter(page.get_objects(filter=kinds, max_depth=2)), None) is not None


def _judge(missing: dict[str, list[int]], count: int, layout: Layout) -> None:
    """Mark the pages that were not read, or fail where none was."""
    if not layout.has_text:
        if any("scan" in trouble for trouble in missing):
            raise EmptyFileError(
                f"a scan without text layer: {count} page{'s' if count > 1 else ''} of pictures",
                "Add a text layer with an OCR program, for example ocrmypdf, and read the file again.",
            )
        if any("could not" in trouble for trouble in missing):
            raise DamagedError("no page of the PDF can be read", "Fetch the file again.")
        raise EmptyFileError("all pages of the PDF are blank", "Nothing to do, unless another viewer shows text.")
    for trouble, numbers in missing.items():
        if trouble != "is blank":
            plural = len(numbers) > 1
            layout.mark(
                f"page{'s' if plural else ''} {list_numbers(numbers)} {_plural(trouble) if plural else trouble}"
            )


def _plural(trouble: str) -> str:
    return re.sub(r"^has\b", "have", trouble).replace("a scan, not read yet", "scans, not read yet")


def list_numbers(numbers: Iterable[int]) -> str:
    """Return page numbers as a person writes them.

    >>> list_numbers([3, 4, 5, 9])
    '3-5, 9'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    more = len(shown) - _MAX_NUMBERS_SHOWN
    return ", ".join(shown[:_MAX_NUMBERS_SHOWN]) + (f" and {more} more" if more > 0 else "")
