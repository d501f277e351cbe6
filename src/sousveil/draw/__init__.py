"""Draw: numbers become SVG, as text; nothing is known here of pages, datasets or files.

In: frozen rows of numbers with labels and links. Out: one ``<svg>`` element, or a ``Chart`` with its numbers. Colours
are classes, so one drawing serves light, dark and print; ``Chart.to_svg`` puts values in their place for a file of its
own. Everything that comes from outside is escaped.
"""

from __future__ import annotations

from sousveil.draw.bars import Bar, histogram
from sousveil.draw.chart import Cell, Chart, Key
from sousveil.draw.lanes import Lane, Mark, swimlanes
from sousveil.draw.stacked import Gap, Stack, stacked

__all__ = ["Bar", "Cell", "Chart", "Gap", "Key", "Lane", "Mark", "Stack", "histogram", "stacked", "swimlanes"]
