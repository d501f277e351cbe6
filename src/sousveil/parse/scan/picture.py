"""Picture files -> pages: PNG, JPEG, TIFF (many pages), BMP, GIF, WebP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sousveil.exceptions import DamagedError, EmptyFileError, LimitError, PicturesOnlyError
from sousveil.parse.layout import Layout
from sousveil.parse.scan.engine import Raster, is_installed

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
LONGEST_SIDE = 3_000
"""Pixels: A4 at 250 dpi. Larger pictures are made smaller: above, recognition costs more and reads no better."""
_SHORT_SIDE, _LEAST_SIDE = 50, 200
"""Pixels. A smaller picture (buttons, spacers, emblems of web pages) holds no notice."""


def lay_picture(untrusted: bytes, layout: Layout) -> str:
    """Write the text on every page of a picture file into ``layout``; return '' (a picture has no character set).

    Raises:
        EmptyFileError: it is as small as a button, or no text is on it.
        PicturesOnlyError: there is no engine here to read it.
        DamagedError: the bytes are no picture.
        LimitError: it has more pixels than a page can need.
    """
    pictures, limit = layout.pictures, layout.limits.max_pixels
    if is_installed() and not is_page_sized(untrusted, limit):
        raise EmptyFileError("a picture too small to hold a notice", "Nothing to do.")
    if not pictures.is_reading:
        pictures.accept(1)
        raise PicturesOnlyError("a picture, not recognised", pictures.advice(), pictures.waiting)
    for number, raster in enumerate(iter_rasters(untrusted, limit), 1):
        layout.start_page()
        if pictures.accept(number):
            for item in pictures.read(raster, number):
                layout.add(item)
    if not layout.has_text:
        raise EmptyFileError("no text was recognised on the picture", "Look at it: it may be a photograph.")
    return ""


def load_formats() -> None:
    """Load what opens pictures, for a worker that will be shut off from all files; nothing without the extra."""
    if is_installed():
        from PIL import Image, ImageOps  # noqa: F401, PLC0415 (loaded for later)

        Image.init()


def is_page_sized(untrusted: bytes, max_pixels: int) -> bool:
    """Return whether a picture is larger than buttons and emblems are.

    Raises:
        DamagedError: the bytes are no picture.
        LimitError: it has more pixels than ``max_pixels``.
    """
    with _open(untrusted, max_pixels) as image:
        short, long = sorted(image.size)
        return short >= _SHORT_SIDE and long >= _LEAST_SIDE


def iter_rasters(untrusted: bytes, max_pixels: int) -> Iterator[Raster]:
    """Yield the pages of a picture file: upright by its own word, on white, no side longer than ``LONGEST_SIDE``.

    Raises:
        DamagedError: the bytes are no picture, or end in the middle of one.
        LimitError: a page has more pixels than ``max_pixels``.
    """
    from PIL import ImageOps  # noqa: PLC0415 (comes with the extra)

    with _open(untrusted, max_pixels) as image:
        for number in range(getattr(image, "n_frames", 1)):
            try:
                image.seek(number)
                _check_size(image.size, max_pixels)
                frame = ImageOps.exif_transpose(image).convert("RGBA")
            except (OSError, SyntaxError, ValueError, EOFError) as error:
                raise DamagedError(f"page {number + 1} of the picture is damaged", "Fetch the file again.") from error
            frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            pixels = np.asarray(frame, dtype=np.float32)
            share = pixels[:, :, 3:] / 255
            yield (pixels[:, :, 2::-1] * share + 255 * (1 - share)).astype(np.uint8)
            if image.format == "GIF":
                return  # the rest are frames of a film


def _open(untrusted: bytes, max_pixels: int) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 (comes with the extra: readers of other files do without)

    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, below
    try:
        image = Image.open(io.BytesIO(untrusted), formats=FORMATS)
    except (OSError, SyntaxError, ValueError) as error:
        raise DamagedError("no picture can be found in the bytes", "Fetch the file again.") from error
    _check_size(image.size, max_pixels)
    return image


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    if size[0] * size[1] > max_pixels:
        raise LimitError(
            f"a picture of {size[0]:,} x {size[1]:,} pixels, more than the limit of {max_pixels:,}",
            "Save it smaller (a page needs about 2,000 x 3,000), or raise max_pixels in sousveil.toml.",
        )
