"""The pictures of one document: read where there is a recogniser, else counted, so that a later pass can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sousveil.exceptions import EmptyFileError, PicturesOnlyError
from sousveil.parse.page_numbers import list_numbers
from sousveil.parse.scan.engine import is_installed
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode

if TYPE_CHECKING:  # the layout holds the pictures of its document
    from sousveil.parse.layout import Item
    from sousveil.parse.scan.engine import Raster
    from sousveil.parse.scan.recogniser import Recogniser

ADVICE_INSTALL = "Install what reads scans: pip install 'sousveil[ocr]', and run the same command again."
ADVICE_SWITCH = "Read it with --ocr auto."


class Pictures:
    """Reads the pictures that a reader of documents comes upon, up to the limit.

    Args:
        limits: how many may be read, and how large they may be.
        mode: which pages to recognise.
        recogniser: None where this process has no engine; pictures then wait.
        only_page: the one page to recognise, for proving a quote; None for all.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        mode: OcrMode = "auto",
        recogniser: Recogniser | None = None,
        only_page: int | None = None,
    ) -> None:
        self.limits, self.mode = limits, mode
        self._only_page = only_page
        self.waiting = 0
        """Pictures met and not read for want of an engine."""
        self.read_count = 0
        self._recogniser = recogniser
        self._doubtful: list[int] = []
        self._torn: list[int] = []
        self._skipped: list[int] = []

    @property
    def is_reading(self) -> bool:
        """Whether pictures are read here, not only counted."""
        return self._recogniser is not None

    def accept(self, page: int) -> bool:
        """Return whether the picture on a page is to be read now; where not, it is counted as waiting or left out."""
        if self._recogniser is None:
            self.waiting += 1
            return False
        if self._only_page not in {None, page}:
            return False
        if self.read_count >= self.limits.max_recognised_pages:
            self._skipped.append(page)
            return False
        self.read_count += 1
        return True

    def read(self, picture: Raster, page: int) -> list[Item]:
        """Return the lines and rows on a picture that was accepted; none where it has no text."""
        assert self._recogniser is not None
        found = self._recogniser.read(picture)
        if found.is_doubtful:
            self._doubtful.append(page)
        elif found.unread > len(found.items):
            self._torn.append(page)
        return list(found.items)

    def marks(self) -> list[str]:
        """Return what is missing or doubtful of the pictures, in plain words."""
        limit = self.limits.max_recognised_pages
        found = (
            (self._doubtful, "recognised badly: compare it with the picture"),
            (self._torn, "has more that could not be recognised than what could"),
            (self._skipped, f"not recognised: limit of {limit:,} pages (max_recognised_pages)"),
        )
        return [f"page {list_numbers(dict.fromkeys(pages))}: {words}" for pages, words in found if pages]

    def advice(self) -> str:
        """Return what to do about pictures that wait."""
        return ADVICE_SWITCH if is_installed() else ADVICE_INSTALL


def check_pictures(pictures: Pictures, held: int) -> None:
    """Raise the failure that fits a file without text that holds pictures; return where it holds none.

    Raises:
        PicturesOnlyError: some wait to be recognised.
        EmptyFileError: all were looked at, or are no pictures of text (emblems, drawings).
    """
    if pictures.waiting:
        words = f"no text, only pictures that were not recognised: {pictures.waiting}"
        raise PicturesOnlyError(words, pictures.advice(), pictures.waiting)
    if held:
        words = f"the file holds {held} picture{'s' if held > 1 else ''} and no text"
        raise EmptyFileError(words, "Look at it: what the pictures show is not text.")
