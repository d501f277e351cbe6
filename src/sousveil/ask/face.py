"""Faces: what answers show of themselves: one line in a terminal, a picture in a notebook, drawings.

What draws lies on a floor above, so it is known here by its name alone, as workers and pages are.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Drawing(Protocol):
    """A chart that shows itself in a notebook; ``sousveil.chart.drawing`` has the one there is."""

    @property
    def table(self) -> list[dict[str, Any]]:
        """The numbers that are drawn, row by row."""

    def save(self, path: str | Path) -> Path:
        """Write the drawing (``.svg``) or its numbers (``.csv``) to a file; return its path.

        Raises:
            UsageError: the file is to be of another type.
            LeakError: it would tell of a natural person; nothing was written.
            StorageFullError: it cannot be written.
        """

    def to_csv(self) -> str:
        """Return the numbers as CSV."""

    def to_svg(self) -> str:
        """Return the drawing as an SVG file of its own."""

    def to_html(self) -> str:
        """Return the drawing as a part of a page, no wider than it."""


Sources = Callable[[], tuple[str, ...]]
"""Gives the lines under a figure: where its numbers are from."""


def no_sources() -> tuple[str, ...]:
    """Return nothing: an answer that no dataset handed out knows nothing of where it is from."""
    return ()


class Face(ABC):
    """An answer that shows itself."""

    __slots__ = ()

    @abstractmethod
    def in_words(self) -> str:
        """Return what it is, on one line."""

    def __repr__(self) -> str:
        return f"<{' '.join(self.in_words().split())}>"

    def _repr_html_(self) -> str:
        """Return it as HTML for a notebook: without scripts, nothing loaded from elsewhere, every word escaped."""
        return str(importlib.import_module("sousveil.notebook").to_html(self))


def draw(name: str, answer: object, *notes: str, **options: object) -> Drawing:
    """Return an answer drawn by a function of ``sousveil.chart``.

    Args:
        name: of the function.
        answer: what is drawn.
        notes: lines below: where the numbers are from.
        options: of the function.
    """
    drawing: Drawing = importlib.import_module("sousveil.chart").drawn(name, answer, *notes, **options)
    return drawing
