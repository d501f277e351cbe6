"""One place on the map: what the divisions directly below it bought, as points where their seats are known."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.ask.map import PlaceCount, PlaceCounts
from sousveil.chart import links
from sousveil.chart.map import cells, columns, map_chart, tip_of
from sousveil.chart.place_words import name_of, search_of, short_of
from sousveil.chart.words import tell
from sousveil.data.maps import Shape, Sheet, SheetName, sheet
from sousveil.data.places import Place, parents
from sousveil.draw.chart import Chart
from sousveil.draw.choropleth import Area, Box, Ground, Spot, choropleth

_WIDE = 1.6
"""Width of the part of a sheet that is shown, for its height."""
_ROOM = 0.12
"""Room around a shape, for its size."""
_LEAST = 90.0
"""Units of a sheet below which coast and borders are too coarse to be looked at."""
_NAMED = 8
"""Points that are named: the largest."""


def place_chart(found: PlaceCounts, place: Place, language: str = "en") -> Chart:
    """Return the map of a place; of China and of places on no sheet, see below.

    China itself is drawn by provinces. Regions abroad have no shapes: their country is drawn, and those whose point is
    known stand on it; all stand in the table.

    Args:
        found: counts by place.
        place: which one.
        language: of the words.
    """
    if place.code == "CN":
        return map_chart(found, language, name="china", metric="notices")
    rows = found.inside(place.code)
    ground, shape = _shape_of(place)
    spots = _spots(ground, place, rows, language)
    own = next((row for row in rows if row.code == place.code), None)
    is_whole = bool(rows) and (place.country == "CN" or len(rows) == 1)  # else a shape in one tint says nothing
    lost = sum(1 for row in rows if row.code != place.code) - len(spots)
    said = [tell(language, "A point is a division; its area is its notices.")] if spots else []
    if own is not None and len(rows) > 1:
        said.append(tell(language, "{} notices state no smaller place.", own.notices))
    if lost > 0:
        said.append(tell(language, "{} places have no point and stand in the table only.", lost))
    return Chart(
        name="map",
        title=tell(language, "Where in it"),
        summary=_summary(place, rows, language),
        columns=columns(language),
        rows=tuple(
            cells(
                row,
                language,
                "" if row.code == place.code and len(rows) > 1 else search_of(row.code, found.cap),
                links.page("place", row.code),
                is_rest=row.code == place.code and len(rows) > 1,
            )
            for row in rows
        ),
        drawing=_drawn(ground, shape, spots, place, language) if shape is not None and (spots or is_whole) else "",
        leaves_out=" ".join([*said, tell(language, ground.note)]),
    )


def _summary(place: Place, rows: Sequence[PlaceCount], language: str) -> str:
    number = sum(row.code != place.code for row in rows)
    said = (
        "{} notices with a capability in {}, in {} divisions."
        if number
        else ("{} notices with a capability in {}; none states a smaller place.")
    )
    return tell(language, said, sum(row.notices for row in rows), short_of(place.code, language), number)


def _shape_of(place: Place) -> tuple[Sheet, Shape | None]:
    """Return the sheet of a place, and the shape on it that it is or lies in."""
    codes = [place.code, *(one.code for one in parents(place.code)), place.country]
    names: tuple[SheetName, ...] = ("china",) if place.country == "CN" else ("europe", "world")
    for name in names:
        one = sheet(name)
        for code in codes:
            found = one.shape(code)
            if found is not None and found.path:
                return one, found
    return sheet("china" if place.country == "CN" else "world"), None


def _spots(ground: Sheet, place: Place, rows: Sequence[PlaceCount], language: str) -> list[Spot]:
    spots: list[Spot] = []
    for row in rows:
        found = row.place
        if found is None or row.code == place.code or found.longitude is None or found.latitude is None:
            continue
        x, y = ground.projection.place(found.longitude, found.latitude)
        tip = tip_of(row, language)
        name = short_of(row.code, language) if len(spots) < _NAMED else ""
        spots.append(Spot(x, y, row.notices or row.purchases, links.page("place", row.code), tip, name))
    return spots


def _drawn(ground: Sheet, shape: Shape, spots: Sequence[Spot], place: Place, language: str) -> str:
    view = _view(shape, spots)
    areas = []
    for one in ground.shapes:
        left, top, right, bottom = one.box
        if right < view[0] or bottom < view[1] or left > view[0] + view[2] or top > view[1] + view[3]:
            continue
        areas.append(Area(path=one.path, x=one.x, y=one.y, is_here=one.code == shape.code))
    label = tell(language, "Map of {}: points are links", name_of(place.code, language))
    sheet_of = Ground(ground.width, ground.height, ground.ground, ground.claims)
    return choropleth(sheet_of, areas, (), label, spots=spots, view=view)


def _view(shape: Shape, spots: Sequence[Spot]) -> Box:
    """Return the part of the sheet around a shape and its points, of one form whatever the shape is."""
    box = shape.box
    left, right = min(box[0], *(one.x for one in spots), box[2]), max(box[2], *(one.x for one in spots), box[0])
    top, bottom = min(box[1], *(one.y for one in spots), box[3]), max(box[3], *(one.y for one in spots), box[1])
    height = max(bottom - top, (right - left) / _WIDE, _LEAST) * (1 + 2 * _ROOM)
    width = height * _WIDE
    return (left + right - width) / 2, (top + bottom - height) / 2, width, height
