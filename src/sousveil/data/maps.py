"""Maps: the shapes of China's provinces, of Europe's countries and of the world's, as they lie on a sheet.

``maps.json`` is made by ``scripts/make_map.py``; ``maps.LICENSE.txt`` names what it comes from, and
``docs/decisions/maps.md`` says whose borders these are. Coordinates are whole units of a sheet 2000 wide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec

from sousveil.data.projection import Albers, EqualEarth
from sousveil.exceptions import DataTableError

SheetName = Literal["china", "europe", "world"]
SHEETS: tuple[SheetName, ...] = get_args(SheetName)
_STEP = re.compile(r"([ml])([^mlz]*)")
_NUMBER = re.compile(r"-?\d+")

_NOTES: dict[SheetName, str] = {
    "china": "Boundaries: Natural Earth, de facto control. Dashed lines are claims. Hong Kong and Macau are marked"
    " separately. The map shows where buyers are, not who owns land.",
    "europe": "Boundaries: Natural Earth as amended by Visionscarto: de facto control, but Crimea as the United"
    " Nations see it. The map shows where buyers are, not who owns land.",
    "world": "Boundaries: Natural Earth as amended by Visionscarto: de facto control, but Crimea and Western Sahara"
    " as the United Nations see them. The map shows where buyers are, not who owns land.",
}


class Shape(msgspec.Struct, frozen=True, array_like=True):
    """One province or country.

    Attributes:
        code: as ``data.places`` has it.
        x: of the middle, where its name may stand.
        y: the same, downwards.
        rank: 2: named on every screen, 1: where there is room, 0: never.
        path: of SVG; empty for one that is too small to be seen, which is a point.
    """

    code: str
    x: int
    y: int
    rank: int
    path: str

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom."""
        lines = self.lines()
        points = [point for line in lines for point in line] or [(self.x, self.y)]
        across, down = [x for x, _ in points], [y for _, y in points]
        return min(across), min(down), max(across), max(down)

    def lines(self) -> list[list[tuple[int, int]]]:
        """Return the rings of the shape, each a list of points."""
        return _lines(self.path)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in the shape."""
        inside = False
        for line in self.lines():
            for (x1, y1), (x2, y2) in zip(line, line[1:] + line[:1], strict=True):
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                    inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map without figures.

    Attributes:
        name: ``china``, ``europe`` or ``world``.
        projection: places points on it.
        width: in units.
        height: in units.
        ground: path of what lies beside and is not counted.
        claims: path of lines that are claimed; empty for none.
        shapes: what may be tinted.
        note: whose borders these are; it stands beside every map and in every file of it.
    """

    name: SheetName
    projection: Albers | EqualEarth
    width: int
    height: int
    ground: str
    claims: str
    shapes: tuple[Shape, ...]
    note: str

    def shape(self, code: str) -> Shape | None:
        """Return the shape of a code, or None."""
        return next((one for one in self.shapes if one.code == code), None)


class _Raw(msgspec.Struct):
    projection: dict[str, str | float]
    width: int
    height: int
    ground: str
    claims: str
    shapes: tuple[Shape, ...]


@cache
def _table() -> dict[str, _Raw]:
    path = files("sousveil.data").joinpath("maps.json")
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, _Raw])
    except (OSError, msgspec.DecodeError) as error:
        raise DataTableError(f"Table data/maps.json cannot be loaded: {error}. Reinstall sousveil.") from error


@cache
def sheet(name: SheetName) -> Sheet:
    """Return a map without figures.

    >>> china = sheet("china")
    >>> [shape.code for shape in china.shapes if shape.holds(*china.projection.place(87.6, 43.8))]
    ['650000']
    """
    raw = _table()[name]
    formula = {key: value for key, value in raw.projection.items() if key != "type"}
    is_conic = raw.projection["type"] == "Albers"
    projection = msgspec.convert(formula, Albers) if is_conic else msgspec.convert(formula, EqualEarth)
    return Sheet(name, projection, raw.width, raw.height, raw.ground, raw.claims, raw.shapes, _NOTES[name])


@cache
def _lines(path: str) -> list[list[tuple[int, int]]]:
    """Return the lines of a path of relative ``m`` and ``l``; after ``z`` the pen is where the line began."""
    found: list[list[tuple[int, int]]] = []
    x = y = 0
    for kind, rest in _STEP.findall(path):
        figures = [int(one) for one in _NUMBER.findall(rest)]
        if kind == "m":
            x, y = found[-1][0] if found else (0, 0)
            found.append([])
        for dx, dy in zip(figures[::2], figures[1::2], strict=True):
            x, y = x + dx, y + dy
            found[-1].append((x, y))
    return found
