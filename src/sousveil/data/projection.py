"""From degrees to places on a sheet: two projections, both true to area, so that tints may be compared.

Albers' conic projection serves China and Europe, Equal Earth (Šavrič, Patterson, Jenny 2018) the world. The shapes of
``data/maps.json`` were drawn by these formulas, so points that are placed by them lie where they should.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
_STRETCH = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Albers:
    """Albers' equal-area conic projection of a sphere.

    Attributes:
        south: first standard parallel, in degrees.
        north: second standard parallel.
        middle: meridian that stands upright.
        scale: radius of the sphere in units of the sheet.
        x: where the middle meridian meets the equator.
        y: the same, downwards.
    """

    south: float
    north: float
    middle: float
    scale: float
    x: float
    y: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies.

        >>> x, y = Albers(south=25, north=47, middle=105, scale=1000, x=500, y=400).place(105, 0)
        >>> round(x), round(y)
        (500, 400)
        """
        cone, bulk = self._cone()
        apex = math.sqrt(bulk) / cone
        turned = math.radians(_turn(longitude - self.middle)) * cone
        radius = math.sqrt(max(0.0, bulk - 2 * cone * math.sin(math.radians(latitude)))) / cone
        return self.x + self.scale * radius * math.sin(turned), self.y - self.scale * (apex - radius * math.cos(turned))

    def find(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a place on the sheet: the way back."""
        cone, bulk = self._cone()
        across = (x - self.x) / self.scale
        down = math.sqrt(bulk) / cone - (self.y - y) / self.scale
        sine = (bulk - (across * across + down * down) * cone * cone) / (2 * cone)
        turned = math.degrees(math.atan2(across, down)) / cone
        return _turn(self.middle + turned), math.degrees(math.asin(max(-1.0, min(1.0, sine))))

    def _cone(self) -> tuple[float, float]:
        low, high = math.sin(math.radians(self.south)), math.sin(math.radians(self.north))
        cone = (low + high) / 2
        return cone, 1 + low * (2 * cone - low)


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualEarth:
    """The Equal Earth projection of a sphere.

    Attributes:
        middle: meridian that stands upright.
        scale: radius of the sphere in units of the sheet.
        x: where the middle meridian meets the equator.
        y: the same, downwards.
    """

    middle: float
    scale: float
    x: float
    y: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies.

        >>> EqualEarth(middle=10, scale=370, x=1000, y=500).place(10, 0)
        (1000.0, 500.0)
        """
        first, second, third, fourth = _EQUAL_EARTH
        angle = math.asin(_STRETCH * math.sin(math.radians(latitude)))
        square = angle * angle
        sixth = square**3
        slope = first + 3 * second * square + sixth * (7 * third + 9 * fourth * square)
        across = math.radians(_turn(longitude - self.middle)) * math.cos(angle) / (_STRETCH * slope)
        up = angle * (first + second * square + sixth * (third + fourth * square))
        return self.x + self.scale * across, self.y - self.scale * up


def _turn(degrees: float) -> float:
    """Return an angle between -180 and 180 degrees."""
    return degrees if -180 <= degrees <= 180 else (degrees + 180) % 360 - 180
