"""A chart: its numbers once, and the drawing of them; page, SVG file and table are all made of this."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

from sousveil.draw.alone import Told, alone
from sousveil.draw.figures import Value, figure

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the numbers: its name in files, which lasts; what a reader sees above it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value.

    Attributes:
        value: as files have it.
        href: where it leads.
        label: as a reader sees it, where that is something else.
        tint: how strongly it is tinted, from 0 to 10, where the table is the drawing.
    """

    value: Value
    href: str = ""
    label: str = ""
    tint: int = 0

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return isinstance(self.value, int | float)

    @property
    def shown(self) -> str:
        """The value as a table on a page has it.

        >>> Cell(1234).shown, Cell(0.5).shown, Cell(None).shown, Cell("VID", label="VID Video").shown
        ('1,234', '0.5', '', 'VID Video')
        """
        return self.label or figure(self.value)


class Rows(Sequence[tuple[Cell, ...]]):
    """Rows that are made when they are looked at: a page shows some hundreds of the thousands that the file has.

    Args:
        things: one for each row.
        make: makes the row of one.
    """

    __slots__ = ("_make", "_things")

    def __init__(self, things: Sequence[Thing], make: Callable[[Thing], tuple[Cell, ...]]) -> None:
        self._things, self._make = things, make

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, number: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, number: slice) -> list[tuple[Cell, ...]]: ...
    def __getitem__(self, number: int | slice) -> tuple[Cell, ...] | list[tuple[Cell, ...]]:
        """Return a row by its place, or several."""
        if isinstance(number, slice):
            return [self._make(one) for one in self._things[number]]
        return self._make(self._things[number])


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour or a shape stands for: a class, its code, its name, where it leads."""

    class_: str
    code: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart.

    Attributes:
        name: in addresses and file names.
        title: what is drawn, in a few words.
        summary: one sentence that says what is to be seen, with figures.
        columns: of the numbers.
        rows: the numbers; nothing is drawn that is not among them.
        drawing: an ``<svg>``; empty where there is nothing to draw.
        narrow: the drawing for phones; empty where the other serves.
        keys: what the colours stand for.
        leaves_out: what is not drawn, as a sentence.
        others: forms of the drawing: words, name and value in the query of the page, whether it is the one at hand.
    """

    name: str
    title: str
    summary: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    drawing: str
    narrow: str = ""
    keys: tuple[Key, ...] = ()
    leaves_out: str = ""
    others: tuple[tuple[str, str, str, bool], ...] = ()

    def to_svg(self, *notes: str) -> str:
        """Return a file of its own: colours are values, fonts are named, nothing leads anywhere.

        Args:
            notes: lines below the drawing: where the numbers are from, and of which day.
        """
        keys = tuple((key.class_, f"{key.code} {key.name}".strip()) for key in self.keys)
        below = tuple(note for note in (self.leaves_out, *notes) if note)
        return alone(self.drawing, Told(self.title, self.summary, keys, below))

    def iter_values(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows as plain values."""
        for row in self.rows:
            yield tuple(cell.value for cell in row)

    def _repr_svg_(self) -> str:
        """Return the drawing, as notebooks ask for it."""
        return self.to_svg()
