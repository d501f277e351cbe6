"""Which way a page is drawn: as letters, or as what was recognised."""

from __future__ import annotations

from itertools import islice

from sousveil.exceptions import WithheldError
from sousveil.model import Page
from sousveil.parse.facsimile.drawn import Drawn
from sousveil.parse.facsimile.letters import ADVICE
from sousveil.parse.facsimile.scanned import draw_scanned
from sousveil.parse.facsimile.typeset import draw_typeset
from sousveil.parse.pdf import draw_raster, open_pdf
from sousveil.parse.scan.engine import is_installed
from sousveil.parse.scan.picture import iter_rasters
from sousveil.parse.sniff import PICTURES, Kind
from sousveil.settings import Limits

_DPI = 150
"""Resolution at which a page that was recognised is shown: half the pixels of the 200 dpi at which it was."""


def draw_page(untrusted: bytes, kind: Kind, stored: Page, limits: Limits, *, count: int) -> Drawn:
    """Return the picture of one page of a PDF or picture file.

    Args:
        untrusted: the bytes of the file.
        kind: what it is.
        stored: the page, with its masked text, its masks, and the places of recognised words.
        limits: what drawing may cost.
        count: pages that are stored of the file; a page of it that was too long was parted into several.

    Raises:
        FileFailure: there is none that may be shown.
    """
    if not stored.text.strip():
        raise WithheldError("no words were read on the page, so nothing on it may be seen", ADVICE)
    if kind.name == "pdf":
        return _draw_pdf(untrusted, stored, limits, count)
    if kind.name not in PICTURES:
        raise WithheldError(f"pages of {kind.name} have no fixed look", "Read the text.")
    if not is_installed():
        raise WithheldError("what opens pictures is not installed here", "pip install 'sousveil[ocr]'")
    rasters = islice(iter_rasters(untrusted, limits.max_pixels), stored.number - 1, None)
    picture = next(rasters, None)
    if picture is None:
        raise WithheldError(f"the file has no page {stored.number} any more", "Bring it up to date: sousveil ingest.")
    return draw_scanned(picture, stored)


def _draw_pdf(untrusted: bytes, stored: Page, limits: Limits, count: int) -> Drawn:
    document = open_pdf(untrusted)
    try:
        if count != min(len(document), limits.max_pages) or len(stored.text) > limits.max_page_chars // 2:
            raise WithheldError("its pages are not those of the file: one was too long, and parted", ADVICE)
        if not stored.boxes:
            return draw_typeset(document, stored.number - 1, stored, limits)
        return draw_scanned(draw_raster(document[stored.number - 1], dpi=_DPI, with_comments=False), stored)
    finally:
        document.close()
