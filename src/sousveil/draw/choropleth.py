"""Choropleth: places tinted by a value, and points as large as what they count, on a sheet already projected."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sousveil.draw.classes import class_of, tint_of
from sousveil.draw.svg import drawing, element, link, text

_WIDTH = 720.0
_DOT = 4.0
"""Radius of a place that is too small for a shape."""
_SMALLEST, _LARGEST = 3.0, 15.0
"""Radii of a point that counts one, and of the largest; areas are as the counts between them."""
_DARK = 4
"""Tint from which a name is written in the colour of paper."""

Box = tuple[float, float, float, float]
"""Left, top, width and height on the sheet."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A sheet: its size, what lies beside, lines that are claimed; paths in its units."""

    width: float
    height: float
    ground: str
    claims: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place with a shape, or too small for one.

    Attributes:
        path: in units of the sheet; empty draws a dot, and only where there is a value.
        x: where its name stands.
        y: the same.
        name: written on it; empty for none.
        is_small: its name is left out on phones.
        value: what its tint says; 0 for nothing.
        href: where it leads; empty for nowhere.
        tip: what it says when pointed at.
        is_here: it is the place that the map is about.
    """

    path: str
    x: float
    y: float
    name: str = ""
    is_small: bool = False
    value: float = 0
    href: str = ""
    tip: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A point: where it lies on the sheet, what it counts, where it leads, what it says, its name where it has room."""

    x: float
    y: float
    count: float
    href: str
    tip: str
    name: str = ""


def choropleth(
    ground: Ground,
    areas: Sequence[Area],
    limits: Sequence[float],
    label: str,
    *,
    spots: Sequence[Spot] = (),
    view: Box | None = None,
) -> str:
    """Return a map.

    Args:
        ground: the sheet.
        areas: in the order in which the keyboard reaches them.
        limits: of the classes, see ``class_limits``.
        label: says what is drawn, for those who do not see it.
        spots: points on top, the largest below the others.
        view: the part of the sheet that is shown; default: all of it.
    """
    left, top, width, height = view or (0, 0, ground.width, ground.height)
    scale = _WIDTH / width
    tall = height * scale

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - left) * scale, (y - top) * scale

    shapes = [element("path", class_="near", d=ground.ground)] if ground.ground else []
    shapes += [_tinted(one, limits, "path", d=one.path) for one in areas if one.path]
    if ground.claims:
        shapes.append(element("path", class_="claims", d=ground.claims))
    sheet = element(
        "svg",
        *shapes,
        width=_WIDTH,
        height=tall,
        viewBox=f"{left:g} {top:g} {width:g} {height:g}",
        overflow="hidden",
    )
    marks = [element("rect", class_="sea", width=_WIDTH, height=tall), sheet]
    for one in areas:
        if not one.path and one.value > 0:
            x, y = at(one.x, one.y)
            marks.append(_tinted(one, limits, "circle", cx=x, cy=y, r=_DOT))
    marks += _spots([one for one in spots if 0 < at(one.x, one.y)[0] < _WIDTH and 0 < at(one.x, one.y)[1] < tall], at)
    for one in areas:
        x, y = at(one.x, one.y)
        if one.name and 0 < x < _WIDTH and 0 < y < tall:
            marks.append(text(one.name, x=x, y=y + 4, text_anchor="middle", class_=_name_class(one, limits)))
    return drawing(_WIDTH, math.ceil(tall), label, marks, "map")


def _tinted(one: Area, limits: Sequence[float], name: str, **told: str | float) -> str:
    """Return a shape in its tint, a link where it leads anywhere."""
    number = class_of(one.value, limits)
    if number >= 0:
        class_ = f"area s{tint_of(number, limits)}"
    else:
        class_ = "area here" if one.is_here else "area none" if limits else "area beside"
    shape = element(name, class_=class_, **told)
    return link(one.href, one.tip, shape, class_="land") if one.href else shape


def _spots(spots: Sequence[Spot], at: Callable[[float, float], tuple[float, float]]) -> list[str]:
    """Return the points, the largest first, so that small ones stay in reach; then the names of the largest."""
    most = max((one.count for one in spots), default=0) or 1
    marks, names = [], []
    for one in sorted(spots, key=lambda spot: -spot.count):
        x, y = at(one.x, one.y)
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(one.count / most)
        circle = element("circle", class_="city", cx=x, cy=y, r=radius)
        marks.append(link(one.href, one.tip, circle, class_="land") if one.href else circle)
        if one.name:
            names.append(text(one.name, x=x + radius + 3, y=y + 4, class_="plab city"))
    return marks + names


def _name_class(one: Area, limits: Sequence[float]) -> str:
    number = class_of(one.value, limits)
    is_dark = number >= 0 and tint_of(number, limits) >= _DARK
    return "plab" + (" on" if is_dark else "") + ("" if one.is_small else " maj")
