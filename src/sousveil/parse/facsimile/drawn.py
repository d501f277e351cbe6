"""What a picture of a page is, once it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int, int, int, int, int]
"""First offset in the page's text and the one behind the last; left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The picture of a page, or why there is none.

    Attributes:
        width: in pixels; 0 where there is no picture.
        height: likewise.
        pixels: grey, as ``pixels.pack`` packs them.
        places: where the words of the page stand, in the order of its text; a letter, or a line that was recognised.
        reason: why there is no picture, without a full stop; empty where there is one.
        advice: what to do then.
    """

    width: int = 0
    height: int = 0
    pixels: bytes = b""
    places: tuple[Place, ...] = ()
    reason: str = ""
    advice: str = ""
