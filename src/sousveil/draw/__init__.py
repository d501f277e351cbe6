"""Draw: numbers become SVG, as text; nothing is known here of pages, datasets or files.

In: frozen rows of numbers with labels and links. Out: one ``<svg>`` element. Colours are classes, never values, so one
drawing serves light, dark and print. Everything that comes from outside is escaped.
"""

from __future__ import annotations

from sousveil.draw.bars import Bar, histogram
from sousveil.draw.lanes import Lane, Mark, swimlanes
from sousveil.draw.stacked import Column, stacked

__all__ = ["Bar", "Column", "Lane", "Mark", "histogram", "stacked", "swimlanes"]
