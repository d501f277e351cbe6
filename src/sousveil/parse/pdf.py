"""PDF -> text, page by page, with pdfium; pages that are pictures are handed to ``scan``.

Pages keep their numbers; a page without text stays as an empty page, and a mark says whether it is a scan or blank.
"""

from __future__ import annotations

import re

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError, PicturesOnlyError
from sousveil.parse.layout import Item, Layout
from sousveil.parse.noise import is_garbage
from sousveil.parse.page_numbers import list_numbers
from sousveil.parse.paged import join_tables
from sousveil.parse.pdfgrid import TableReader
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.scan.engine import Raster
from sousveil.parse.scan.picture import LONGEST_SIDE
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.wrapped import body_width, join_wrapped, split_lines

_DPI = 200
"""Resolution at which a page is drawn to be recognised; 300 reads no better and costs half as much again."""

_THIN = 40
"""Characters. A page with fewer, most of it a picture, is a scan with a stamp or a page number typed over it."""
_MOST_OF_PAGE = 0.5

_BLANK, _SCAN = "is blank", "has no text layer: a scan, not read yet"
_UNREADABLE = "has an unreadable text layer (font without character map)"
_NOT_OPENED, _NOT_READ = "could not be opened", "could not be read"


def lay_pdf(untrusted: bytes, layout: Layout) -> str:
    """Write the pages of a PDF into ``layout``; return '' (a PDF has no character set).

    Raises:
        EncryptedError: the file opens only with a password.
        DamagedError: pdfium finds no document in the bytes.
        EmptyFileError: no page has text: blank, or pictures without any.
        PicturesOnlyError: no page has text, and there is no engine here to recognise its pictures.
    """
    document = open_pdf(untrusted)
    missing: dict[str, list[int]] = {}
    pages: list[list[Item]] = []
    tables = TableReader()
    try:
        count = len(document)
        if not count:
            raise DamagedError("the PDF has no pages", "Fetch the file again.")
        for index in range(min(count, layout.limits.max_pages)):
            items, trouble = _read_page(document, index, layout.pictures, tables)
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


def open_pdf(untrusted: bytes) -> pdfium.PdfDocument:
    """Return the document in the bytes.

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: there is none.
    """
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


def _read_page(
    document: pdfium.PdfDocument, index: int, pictures: Pictures, tables: TableReader
) -> tuple[list[Item], str]:
    """Return the lines and rows of one page, and '' or what is the matter with it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return [], _NOT_OPENED
    try:
        textpage = page.get_textpage()
        try:
            items, trouble = _read_text(page, textpage, tables)
        finally:
            textpage.close()
        if trouble in {_SCAN, _UNREADABLE} or (pictures.mode == "all" and trouble != _BLANK):
            return _recognise(page, index + 1, pictures, (items, trouble))
    except pdfium.PdfiumError:
        return [], _NOT_READ
    finally:
        page.close()
    return items, trouble


def _read_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, tables: TableReader) -> tuple[list[Item], str]:
    raw: str = textpage.get_text_range()
    if not raw.strip():
        return [], _SCAN if _has_image(page) else _BLANK
    if is_garbage(raw):
        return [*split_lines(raw)], _UNREADABLE
    if len(raw) < 4 * _THIN and sum(not char.isspace() for char in raw) < _THIN and _is_picture(page):
        return [*split_lines(raw)], _SCAN
    return tables.read(page, textpage, raw), ""


def _recognise(
    page: pdfium.PdfPage, number: int, pictures: Pictures, layer: tuple[list[Item], str]
) -> tuple[list[Item], str]:
    """Return what is recognised on a page; what its text layer has where nothing is, or where there is no engine."""
    items = pictures.read(draw_raster(page), number) if pictures.accept(number) else []
    if items:
        return items, ""
    had, trouble = layer
    if pictures.is_reading and trouble == _SCAN:
        return had, "" if had else _BLANK
    return had, trouble


def draw_raster(page: pdfium.PdfPage, *, dpi: int = _DPI, with_comments: bool = True) -> Raster:
    """Return a page as it looks, to be recognised; or to be shown as far as it was, then without comments."""
    longest = max(*page.get_size(), 1.0)
    scale = min(dpi / 72, LONGEST_SIDE / longest)
    drawn: Raster = page.render(scale=scale, draw_annots=with_comments).to_numpy()
    return drawn[:, :, :3] if drawn.ndim == 3 else drawn[:, :, None].repeat(3, axis=2)


def _has_image(page: pdfium.PdfPage) -> bool:
    """Return whether anything is drawn on the page: pictures, or outlines that may be letters."""
    kinds = (
        pdfium_c.FPDF_PAGEOBJ_IMAGE,
        pdfium_c.FPDF_PAGEOBJ_PATH,
        pdfium_c.FPDF_PAGEOBJ_FORM,
        pdfium_c.FPDF_PAGEOBJ_SHADING,
    )
    return next(iter(page.get_objects(filter=kinds, max_depth=2)), None) is not None


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Return whether one picture covers most of the page."""
    width, height = page.get_size()
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _MOST_OF_PAGE * width * height:
            return True
    return False


def _judge(missing: dict[str, list[int]], count: int, layout: Layout) -> None:
    """Mark the pages that were not read, or fail where none was."""
    if not layout.has_text:
        if waiting := layout.pictures.waiting:
            reason = f"a scan without text layer: {count} page{'s' if count > 1 else ''} of pictures"
            raise PicturesOnlyError(reason, layout.pictures.advice(), waiting)
        if _NOT_OPENED in missing or _NOT_READ in missing:
            raise DamagedError("no page of the PDF can be read", "Fetch the file again.")
        if layout.pictures.read_count:
            raise EmptyFileError("no text was recognised on any page of the PDF", "Look at it: it may be photographs.")
        raise EmptyFileError("all pages of the PDF are blank", "Nothing to do, unless another viewer shows text.")
    for trouble, numbers in missing.items():
        if trouble != _BLANK:
            plural = len(numbers) > 1
            layout.mark(
                f"page{'s' if plural else ''} {list_numbers(numbers)} {_plural(trouble) if plural else trouble}"
            )


def _plural(trouble: str) -> str:
    return re.sub(r"^has\b", "have", trouble).replace("a scan, not read yet", "scans, not read yet")
