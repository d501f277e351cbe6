"""Units of scale and the objects they count.

``units.yml`` says what surveillance is counted in, as notices print it; ``objects.yml`` says which objects of item
lists are watching things, which carry them, and which are spares whose number says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit.

    Attributes:
        unit: as notices print it.
        style: ``measure`` stands right after the number, ``noun`` up to eight words after it; ``apart`` is a
            measure of work, length or time, whose number is no count of things.
        kind: what it counts: channel, site, device, vehicle, person, storage, record, kit, time, rate.
        language: of the word; ``und`` for symbols.
        gloss: plain English meaning.
        forms: other forms of a noun (singular, case).
        needs: words of which one must stand in the same line before or after the number.
        stops: what may not follow a measure directly.
        names: end of a measure that names the thing counted (小区, estates, in 个小区); the unit printed is the rest.
    """

    unit: str
    style: str
    kind: str
    language: str
    gloss: str
    forms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleObject:
    """One word that tells what a counted object is.

    Attributes:
        term: part of the object's name.
        kind: watch, carry, other, spare or port, as explained in the table.
        language: of the word.
        gloss: plain English meaning.
    """

    term: str
    kind: str
    language: str
    gloss: str


@cache
def units() -> tuple[Unit, ...]:
    """Return all units."""
    return load_table("units", Unit, key=("unit", "language", "style"))


@cache
def scale_objects() -> tuple[ScaleObject, ...]:
    """Return all words for counted objects."""
    return load_table("objects", ScaleObject, key=("term",))
