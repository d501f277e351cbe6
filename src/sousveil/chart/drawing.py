"""A drawing for Python: a chart that shows itself in a notebook, and gives its numbers and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sousveil.ask.frames import Frames, Kind
from sousveil.chart.leaving import chart_csv, chart_svg
from sousveil.draw.chart import Chart
from sousveil.exceptions import StorageFullError, UsageError


@dataclass(frozen=True, slots=True, repr=False)
class Drawing(Frames):
    """A chart with what stands below it; nothing is drawn that is not in its table.

    Attributes:
        chart: numbers and drawing.
        notes: lines below: where the numbers are from, and of which day.
        allowed: names of institutions in it, which are no persons.
    """

    chart: Chart
    notes: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()

    @property
    def table(self) -> list[dict[str, Any]]:
        """The numbers that are drawn, row by row."""
        return list(self.iter_rows())

    def columns(self) -> dict[str, Kind]:
        """Return the columns of the numbers with their types."""
        rows = list(self.chart.iter_values())
        return {
            column.name: _kind([row[place] for row in rows if row[place] is not None])
            for place, column in enumerate(self.chart.columns)
        }

    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:  # noqa: ARG002 (whole or not at all)
        """Yield the rows; a drawing passes the gate as a whole, see ``Frames.iter_rows``."""
        chart_csv(self.chart, allowed=self.allowed)
        names = [column.name for column in self.chart.columns]
        for values in self.chart.iter_values():
            yield dict(zip(names, values, strict=True))

    def to_csv(self) -> str:
        """Return the numbers as CSV.

        Raises:
            LeakError: a cell may tell of a person.
        """
        return chart_csv(self.chart, allowed=self.allowed).decode("utf-8-sig")

    def to_svg(self) -> str:
        """Return the drawing as an SVG file of its own: colours are values, fonts are named, nothing leads anywhere.

        Raises:
            LeakError: it may tell of a person.
        """
        return chart_svg(self.chart, *self.notes, allowed=self.allowed)

    def save(self, path: str | Path) -> Path:
        """Write the drawing (``.svg``) or its numbers (``.csv``) to a file; return its path.

        Raises:
            UsageError: the file is to be of another type.
            LeakError: it would tell of a natural person; nothing was written.
            StorageFullError: it cannot be written.
        """
        file = Path(path)
        ending = file.suffix.lower()
        if ending not in (".svg", ".csv"):
            raise UsageError(f"A drawing is saved as .svg, its numbers as .csv; {file.name} is neither.")
        data = self.to_svg().encode() if ending == ".svg" else chart_csv(self.chart, allowed=self.allowed)
        try:
            file.write_bytes(data)
        except OSError as error:
            raise StorageFullError(f"{file} cannot be written: {error.strerror}. Choose another place.") from error
        return file

    def __repr__(self) -> str:
        return f"<Drawing {self.chart.name}: {self.chart.title}, {len(self.chart.rows)} rows; save('x.svg'), table>"

    def _repr_svg_(self) -> str:
        """Return the drawing for a notebook: on a ground of its own, so it serves light and dark."""
        return self.to_svg().partition("?>")[2].strip()

    def to_html(self) -> str:
        """Return the drawing as a part of a page, no wider than it.

        Raises:
            LeakError: it may tell of a person.
        """
        return self._repr_svg_().replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)

    def _repr_html_(self) -> str:
        """Return the drawing for a notebook: its words can be selected there."""
        return self.to_html()


def _kind(values: list[object]) -> Kind:
    if values and all(isinstance(value, int) for value in values):
        return "whole"
    return "real" if values and all(isinstance(value, int | float) for value in values) else "text"
