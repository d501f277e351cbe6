"""Covering: ranges to be hidden become masks, and masks become '█', one for each character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sousveil.model import COVER, Mask

_BLOCKS = re.compile(f"{COVER}+")
_PIECES = re.compile(r"[^\n\r\f\v|\x1c-\x1e\x85\u2028\u2029]+")
"""Line ends and cell marks are never covered: other rooms find lines, cells and pages by them."""


class Range(NamedTuple):
    """Characters to be covered: start, end, and the kind of ``Mask``."""

    start: int
    end: int
    kind: str


def to_masks(text: str, ranges: Iterable[Range], masks: Iterable[Mask] = ()) -> tuple[Mask, ...]:
    """Return the masks for ranges of ``text``, in order: trimmed, cut at line ends and cells, joined where they touch.

    Blocks that stand in the text already are kept as masks, of the kind given in ``masks`` or else ``other``. After
    covering, the masks are exactly the runs of '█'. Where ranges of different kinds touch, the longer names the kind.
    """
    pieces = [(match.start(), match.end(), "other") for match in _BLOCKS.finditer(text)] if COVER in text else []
    pieces += [(mask.start, mask.end, mask.kind) for mask in masks]
    for start, end, kind in ranges:
        for match in _PIECES.finditer(text, start, end):
            words = match.group()
            left = match.start() + len(words) - len(words.lstrip())
            right = match.end() - len(words) + len(words.rstrip())
            if left < right:
                pieces.append((left, right, kind))
    joined: list[tuple[int, int, str, int]] = []
    for start, end, kind in sorted(pieces, key=lambda piece: (piece[0], -piece[1], piece[2] == "other")):
        if joined and start <= joined[-1][1]:
            first, last, named, longest = joined[-1]
            if end - start > longest or named == "other":
                named, longest = kind, end - start
            joined[-1] = (first, max(last, end), named, longest)
        else:
            joined.append((start, end, kind, end - start))
    return tuple(Mask(start, end, kind) for start, end, kind, _ in joined)  # type: ignore[arg-type]


def cover(text: str, masks: Iterable[Mask]) -> str:
    """Return ``text`` with every masked character replaced by '█'.

    >>> cover("经办人张某", [Mask(3, 5, "name")])
    '经办人██'
    """
    parts = []
    last = 0
    for mask in masks:
        parts += [text[last : mask.start], COVER * (mask.end - mask.start)]
        last = mask.end
    return "".join(parts) + text[last:]
