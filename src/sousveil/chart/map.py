"""Where: provinces of China, countries of Europe or of the world, tinted by what bodies in them bought."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.ask.map import Metric, PlaceCount, PlaceCounts
from sousveil.chart import links
from sousveil.chart.place_words import name_of, search_of, short_of
from sousveil.chart.words import tell, title_of
from sousveil.data.maps import SheetName, sheet
from sousveil.draw.chart import Cell, Chart, Column, Key
from sousveil.draw.choropleth import Area, Ground, choropleth
from sousveil.draw.classes import class_limits, tint_of

SHEET_TITLES: dict[SheetName, str] = {"china": "China", "europe": "Europe", "world": "World"}
METRIC_TITLES: dict[Metric, str] = {
    "per_million": "Per million people",
    "notices": "Notices",
    "purchases": "Purchases",
}


def map_chart(
    found: PlaceCounts, language: str = "en", *, name: SheetName | None = None, metric: Metric = "per_million"
) -> Chart:
    """Return a map of the dataset; what is not on it stands in its table and in its last sentence.

    Args:
        found: counts by place.
        language: of the words.
        name: of the sheet; default: the one on which most of what has a place is.
        metric: what the tints say.
    """
    name = name or found.default_sheet()
    here = found.on(name)
    values = {row.code: row.value(metric) or 0 for row in here}
    limits = class_limits(values.values())
    title = tell(language, "Where")
    if found.cap:
        title += f": {title_of(found.cap, language)}"
    return Chart(
        name="map",
        title=title,
        summary=_summary(found, here, metric, language),
        columns=columns(language),
        rows=tuple(
            cells(
                row,
                language,
                _href(row, name, found.cap),
                links.page("place", row.code) if row.place else "",
                is_rest=name == "china" and row.code == "CN",
            )
            for row in found.rows(name)
        ),
        drawing=_drawn(found, name, values, limits, language),
        keys=keys_of(limits, language, is_whole=metric != "per_million"),
        leaves_out=_leaves_out(found, name, language),
        others=tuple(
            (tell(language, METRIC_TITLES[one]), "metric", "" if one == "per_million" else one, one == metric)
            for one in METRIC_TITLES
        ),
    )


def columns(language: str) -> tuple[Column, ...]:
    """Return the columns of counts by place."""
    return (
        Column("place", tell(language, "Place")),
        Column("place_en", tell(language, "English")),
        Column("code", tell(language, "Code")),
        Column("notices_per_million", tell(language, "per million")),
        Column("notices", tell(language, "notices")),
        Column("purchases", tell(language, "purchases")),
    )


def cells(row: PlaceCount, language: str, notices: str, href: str, *, is_rest: bool = False) -> tuple[Cell, ...]:
    """Return the numbers of a place; what has none is called so.

    Args:
        row: its counts.
        language: of the words.
        notices: where its notices are; empty where no search finds just these.
        href: where its name leads.
        is_rest: it is only what states no smaller place in it, so its people say nothing.
    """
    found = row.place
    people = None if is_rest else row.value("per_million")
    name = found.name if found is not None else row.code or tell(language, "not stated")
    return (
        Cell(tell(language, "{}: no smaller place stated", name) if is_rest else name, href),
        Cell(found.name_en if found is not None else None),
        Cell(row.code or None),
        Cell(round(people, 3) if people is not None else None),
        Cell(row.notices, notices if row.notices else ""),
        Cell(row.purchases),
    )


def _href(row: PlaceCount, name: SheetName, cap: str) -> str:
    """Return where the notices of a row are; China without a province has no search that finds just these."""
    return "" if name == "china" and row.code == "CN" else search_of(row.code, cap)


def tip_of(row: PlaceCount, language: str) -> str:
    """Return what a place says when it is pointed at: all its figures, whatever the tint says."""
    said = tell(language, "{}: {} notices, {} purchases", name_of(row.code, language), row.notices, row.purchases)
    people = row.value("per_million")
    return said if people is None else said + tell(language, "; {} notices a million people", written(people))


def written(value: float) -> str:
    """Return a value with three figures.

    >>> written(0.6943), written(12.345), written(1234)
    ('0.694', '12.3', '1,234')
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def keys_of(limits: Sequence[float], language: str, *, is_whole: bool) -> tuple[Key, ...]:
    """Return what the tints stand for; the last class is open."""
    found = [Key("none", "", tell(language, "none found"))] if limits else []
    for number, limit in enumerate(limits):
        above = limits[number + 1] if number + 1 < len(limits) else None
        if above is None:
            words = tell(language, "{} and more", written(limit))
        elif is_whole:
            words = written(limit) if above - limit == 1 else f"{written(limit)}–{written(above - 1)}"
        else:
            words = written(limit) if number else tell(language, "from {}", written(limit))
        found.append(Key(f"s{tint_of(number, limits)}", "", words))
    return tuple(found)


def _drawn(
    found: PlaceCounts, name: SheetName, values: dict[str, float], limits: Sequence[float], language: str
) -> str:
    """Return the drawing: places with a figure first, so that the keyboard reaches the largest first."""
    ground = sheet(name)
    counts = {row.code: row for row in found.on(name)}
    areas = []
    for shape in sorted(ground.shapes, key=lambda one: -values.get(one.code, 0)):
        row = counts.get(shape.code)
        areas.append(
            Area(
                path=shape.path,
                x=shape.x,
                y=shape.y,
                name=short_of(shape.code, language) if shape.rank and (row or name == "china") else "",
                is_small=shape.rank == 1,
                value=values.get(shape.code, 0),
                href=_href(row, name, found.cap) if row else "",
                tip=tip_of(row, language) if row else "",
            )
        )
    label = tell(language, "Map of {}: places with a figure are links", tell(language, SHEET_TITLES[name]))
    return choropleth(Ground(ground.width, ground.height, ground.ground, ground.claims), areas, limits, label)


def _summary(found: PlaceCounts, here: Sequence[PlaceCount], metric: Metric, language: str) -> str:
    """Return one sentence: how much is on the map, and where most is."""
    whole = found.whole.purchases if metric == "purchases" else found.whole.notices
    shown = sum(row.purchases if metric == "purchases" else row.notices for row in here)
    counted = (
        "{} of {} purchases with a capability are on this map"
        if metric == "purchases"
        else ("{} of {} notices with a capability are on this map")
    )
    said = tell(language, counted, shown, whole)
    most = max(here, key=lambda row: row.value(metric) or 0, default=None)
    if most is None:
        return said + tell(language, ".")
    figure = written(most.value(metric) or 0)
    end = "; most for its people: {} ({} a million)." if metric == "per_million" else "; most: {} ({})."
    return said + tell(language, end, short_of(most.code, language), figure)


def _leaves_out(found: PlaceCounts, name: SheetName, language: str) -> str:
    """Return what is not on the map, with its counts; how classes are made; whose borders these are."""
    beside = found.beside(name)
    within = sum(row.notices for row in beside if row.code == "CN")
    abroad = sum(row.notices for row in beside if row.code != "CN")
    said = []
    if within and name == "china":
        said.append(tell(language, "{} in China, province not stated", within))
    elif within:
        abroad += within
    if abroad:
        said.append(tell(language, "{} in other countries", abroad))
    if found.unknown.notices:
        said.append(tell(language, "{} state no place", found.unknown.notices))
    left = tell(language, "Notices that are not on this map: {}.", "; ".join(said)) + " " if said else ""
    classes = tell(language, "Each tint holds about as many different values.")
    return f"{left}{classes} {tell(language, sheet(name).note)}"
