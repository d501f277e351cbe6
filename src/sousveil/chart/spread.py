"""How a capability spread: provinces of China tinted by the year in which a body there was first seen buying it."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.ask.spread import Arrival
from sousveil.chart import links
from sousveil.chart.place_words import name_of, search_of, short_of
from sousveil.chart.words import tell, title_of
from sousveil.data.maps import sheet
from sousveil.draw.chart import Cell, Chart, Column, Key
from sousveil.draw.choropleth import Area, Ground, choropleth
from sousveil.draw.classes import class_limits, tint_of


def spread_chart(arrivals: Sequence[Arrival], capability: str, language: str = "en") -> Chart:
    """Return the map of when each province was first seen buying a capability, or one of a family.

    Args:
        arrivals: the first purchase of each capability in each province.
        capability: id, title or family, for the heading.
        language: of the words.
    """
    first = _first(arrivals)
    last_year = max((_year(one) for one in first), default=0)
    values = {one.code: last_year - _year(one) + 1 for one in first}
    limits = class_limits(values.values())
    name = title_of(capability, language)
    return Chart(
        name="spread",
        title=tell(language, "When it came to each province: {}", name),
        summary=_summary(first, language),
        columns=(
            Column("place", tell(language, "Place")),
            Column("place_en", tell(language, "English")),
            Column("code", tell(language, "Code")),
            Column("first", tell(language, "First met")),
        ),
        rows=tuple(
            (
                Cell(one.name, links.page("place", one.code)),
                Cell(one.name_en),
                Cell(one.code),
                Cell(one.date, links.page("p", one.procurement)),
            )
            for one in first
        ),
        drawing=_drawn(first, values, limits, capability, language),
        keys=tuple(_keys(limits, last_year, language)),
        leaves_out=" ".join(
            (
                tell(language, "First among the notices at hand: an earlier purchase may not be among them."),
                tell(language, "Purchases without a date or a province are left out."),
                tell(language, sheet("china").note),
            )
        ),
    )


def _first(arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """Return the first arrival in each province of China, the earliest first."""
    drawn = {shape.code for shape in sheet("china").shapes}
    found: dict[str, Arrival] = {}
    for one in sorted(arrivals, key=lambda one: (one.date, one.code)):
        if one.code in drawn:
            found.setdefault(one.code, one)
    return tuple(found.values())


def _year(one: Arrival) -> int:
    return int(one.date[:4])


def _summary(first: Sequence[Arrival], language: str) -> str:
    if not first:
        return tell(language, "No purchase of it has a date and a province.")
    return tell(
        language,
        "{} provinces; first seen in {} ({}), last in {} ({}).",
        len(first),
        short_of(first[0].code, language),
        first[0].date,
        short_of(first[-1].code, language),
        first[-1].date,
    )


def _drawn(
    first: Sequence[Arrival], values: dict[str, int], limits: Sequence[float], capability: str, language: str
) -> str:
    if not first:
        return ""
    ground = sheet("china")
    dates = {one.code: one.date for one in first}
    areas = [
        Area(
            path=shape.path,
            x=shape.x,
            y=shape.y,
            name=short_of(shape.code, language) if shape.rank else "",
            is_small=shape.rank == 1,
            value=values.get(shape.code, 0),
            href=search_of(shape.code, capability) if shape.code in dates else "",
            tip=f"{name_of(shape.code, language)}: {dates[shape.code]}" if shape.code in dates else "",
        )
        for shape in sorted(ground.shapes, key=lambda one: dates.get(one.code, "9"))
    ]
    label = tell(language, "Map of {}: places with a figure are links", tell(language, "China"))
    return choropleth(Ground(ground.width, ground.height, ground.ground, ground.claims), areas, limits, label)


def _keys(limits: Sequence[float], last_year: int, language: str) -> list[Key]:
    """Return the years that the tints stand for, the earliest and darkest first."""
    found = []
    for number in reversed(range(len(limits))):
        tint = f"s{tint_of(number, limits)}"
        latest = last_year - int(limits[number]) + 1
        if number + 1 == len(limits):
            words = tell(language, "until {}", str(latest)) if len(limits) > 1 else str(latest)
        else:
            earliest = last_year - int(limits[number + 1]) + 2
            words = str(latest) if earliest >= latest else f"{earliest}–{latest}"
        found.append(Key(tint, "", words))
    return found
