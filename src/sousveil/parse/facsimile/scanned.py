"""Pages whose words were recognised: the lines that were read well, and nothing else.

A line is let through where the engine was sure of it, nothing in it is masked, and no word in it announces a person: a
name may stand behind that word by hand, where no engine reads it. All other lines are covered as a whole, for it is not
known where in a line a character stands. What is no line (stamps, signatures, photographs) stays paper, and so does
ink in colour that lies over a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np

from sousveil.data.person_labels import person_labels
from sousveil.model import Page, TextBox
from sousveil.parse.facsimile.drawn import Drawn
from sousveil.parse.facsimile.paper import BLANK, Area, Paper, widen
from sousveil.parse.facsimile.pixels import Grey, pack
from sousveil.parse.scan.engine import Raster
from sousveil.text.fold import fold

_SURE = 0.8
"""Confidence from which a line is shown; the page as a whole is marked as badly recognised below the same figure."""
_LONGEST = 2_400
"""Pixels: A4 at 200 dpi, as it is drawn to be recognised; of PDFs it is drawn at 150, which costs half as much."""
_COLOUR = 40
"""Difference of the strongest and weakest of red, green and blue from which ink is that of a seal or a pen."""
_BESIDE_ALONG, _BESIDE_ACROSS = 12.0, 0.6
"""Heights of the line by which a cover reaches beside a word that announces a person, and above and below it: a
signature stands beside its line and is higher."""


def draw_scanned(picture: Raster, stored: Page) -> Drawn:
    """Return the picture of a page from the one that was recognised, of which ``stored.boxes`` has the lines."""
    picture = _smaller(picture)
    height, width = picture.shape[:2]
    shown: list[Area] = []
    covers: list[Area] = []
    places = []
    for box in stored.boxes:
        area = _area(box, width, height)
        places.append((box.start, box.end, *area))
        thick = min(area[2] - area[0], area[3] - area[1])
        if announces_person(stored.text[box.start : box.end]):
            covers.append(_beside(area, thick))
        elif box.confidence < _SURE or any(mask.start < box.end and box.start < mask.end for mask in stored.masks):
            covers.append(widen(area, max(3, thick / 4), max(3, thick / 4)))
        else:
            shown.append(widen(area, 2, 2))
    paper = Paper(_black_ink(picture, shown))
    paper.let_through(shown)
    paper.cover(covers)
    return Drawn(width=width, height=height, pixels=pack(paper.sheet), places=tuple(sorted(places)))


def announces_person(line: str) -> bool:
    """Return whether a line has a word behind which people write their names by hand.

    Either it speaks of signing, or what announces a name stands before a colon or at its end: what follows may be
    written by hand, and no engine reads it.

    >>> [announces_person(line) for line in ("投标人代表（签字）：", "联 系 人", "联系人：  电话：", "联系人制度")]
    [True, True, True, False]
    """
    return bool(_announcing().search("".join(fold(line).split())))


@cache
def _announcing() -> re.Pattern[str]:
    labels = {
        re.escape("".join(label.split()).rstrip(":"))
        for row in person_labels()
        if row.kind == "name" and row.strength == "strong"
        for label in row.labels
    }
    before_a_hand = "|".join(sorted(labels, key=len, reverse=True))
    return re.compile(f"{'|'.join(_BY_HAND)}|(?:{before_a_hand})[()_.。]*(?::|$)")


_BY_HAND = (
    "签字",
    "签名",
    "签章",
    "盖章",
    "手签",
    "亲笔",
    "私章",
    "印章",
    "signature",
    "signed",
    "firma[:_]",
    "unterschrift",
)
"""Sign, seal, by hand: words beside which people write their names."""


def _beside(area: Area, thick: int) -> Area:
    """Return the area of a line and of what stands before and behind it, whichever way up the page lies."""
    along, across = _BESIDE_ALONG * thick, _BESIDE_ACROSS * thick
    is_upright = area[3] - area[1] > 2 * (area[2] - area[0])
    return widen(area, across, along) if is_upright else widen(area, along, across)


def _area(box: TextBox, width: int, height: int) -> Area:
    return int(box.left * width), int(box.top * height), int(box.right * width) + 1, int(box.bottom * height) + 1


def _smaller(picture: Raster) -> Raster:
    """Return a picture made smaller by whole steps, each pixel the mean of those it stands for."""
    step = -(-max(picture.shape[:2]) // _LONGEST)
    if step == 1:
        return picture
    height, width = picture.shape[0] // step * step, picture.shape[1] // step * step
    parts = picture[:height, :width].reshape(height // step, step, width // step, step, 3)
    smaller: Raster = parts.mean(axis=(1, 3)).astype(np.uint8)
    return smaller


def _black_ink(picture: Raster, areas: Iterable[Area]) -> Grey:
    """Return the black ink of areas of a picture on blank paper; what has a colour becomes paper."""
    drawn: Grey = np.full(picture.shape[:2], BLANK, dtype=np.uint8)
    for left, top, right, bottom in areas:
        part = (slice(max(top, 0), max(bottom, 0)), slice(max(left, 0), max(right, 0)))
        ink = picture[part]
        brightest, weakest = ink.max(axis=2, initial=0), ink.min(axis=2, initial=BLANK)
        drawn[part] = np.where(brightest - weakest > _COLOUR, BLANK, ink[:, :, 1])
    return drawn
