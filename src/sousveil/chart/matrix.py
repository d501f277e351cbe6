"""Place and capability: notices of each place of a map by family, as they are or for a million people."""

from __future__ import annotations

from sousveil.ask.map import PlaceCount, PlaceCounts
from sousveil.chart.place_words import name_of, search_of, short_of
from sousveil.chart.words import FAMILIES, family_title, tell
from sousveil.data.maps import SheetName
from sousveil.draw.chart import Cell, Chart, Column
from sousveil.draw.figures import figure
from sousveil.draw.grid import TINTS, GridCell, GridRow, grid

_SMALL = 0.01
"""Shares below it have one figure that is none: what is there is never told as nothing."""


def matrix_chart(
    found: PlaceCounts, language: str = "en", *, name: SheetName | None = None, is_per_million: bool = False
) -> Chart:
    """Return provinces or countries by families of capability: the places of the map beside it, then all others.

    Args:
        found: counts by place.
        language: of the words.
        name: of the map; default: the one on which most of what has a place is.
        is_per_million: cells are notices for a million people, where it is known how many people there are.
    """
    name = name or found.default_sheet()
    rows = [row for row in found.rows(name) if row.notices]
    values = {
        (row.code, code): None
        if is_per_million and _is_rest(row, name)
        else _value(row, row.families.get(code, 0), is_per_million=is_per_million)
        for row in rows
        for code in FAMILIES
    }
    most = {code: max((values[row.code, code] or 0 for row in rows), default=0) or 1 for code in FAMILIES}
    wholes = {row.code: _value(row, row.notices, is_per_million=True) for row in rows if not _is_rest(row, name)}
    drawn = []
    for row in rows:
        cells = [GridCell(figure(wholes.get(row.code))), GridCell(figure(row.notices))]
        for code in FAMILIES:
            value = values[row.code, code] or 0
            href = _href(row, code, name) if value else ""
            tip = f"{short_of(row.code, language)}, {family_title(code, language)}: {figure(value)}"
            cells.append(GridCell(figure(value) if value else "", -int(-value * TINTS // most[code]), href, tip))
        drawn.append(GridRow(_name(row, name, language) or tell(language, "not stated"), tuple(cells)))
    named = [("", tell(language, "per million")), ("", tell(language, "all"))]
    named += [(code, family_title(code, language)) for code in FAMILIES]
    is_china = name == "china"
    summary = "Notices for a million people; a stronger tint is more within its column."
    note = "A notice counts under each family that is found in it; notices in which none is found are left out."
    return Chart(
        name="matrix",
        title=tell(language, "Province and capability" if is_china else "Country and capability"),
        summary=tell(language, summary if is_per_million else "Notices; a stronger tint is more within its column."),
        columns=_columns(language, is_china=is_china),
        rows=tuple(
            (
                Cell(_name(row, name, language) or None, _href(row, "", name)),
                Cell(wholes.get(row.code)),
                Cell(row.notices, _href(row, "", name)),
                *(_cell(values[row.code, code], most[code], _href(row, code, name)) for code in FAMILIES),
            )
            for row in rows
        ),
        drawing=grid(drawn, named, tell(language, "Notices by place and family of capability")) if drawn else "",
        leaves_out=tell(language, note),
        others=(
            (tell(language, "Notices"), "matrix", "", not is_per_million),
            (tell(language, "Per million people"), "matrix", "million", is_per_million),
        ),
    )


def _columns(language: str, *, is_china: bool) -> tuple[Column, ...]:
    return (
        Column("place", tell(language, "Province" if is_china else "Country")),
        Column("notices_per_million", tell(language, "per million")),
        Column("notices", tell(language, "all")),
        *(Column(code, family_title(code, language)) for code in FAMILIES),
    )


def _is_rest(row: PlaceCount, name: SheetName) -> bool:
    """Return whether a row is only what states no province: how many people live in China says nothing of it."""
    return name == "china" and row.code == "CN"


def _name(row: PlaceCount, name: SheetName, language: str) -> str:
    said = name_of(row.code, language)
    return tell(language, "{}: no smaller place stated", said) if _is_rest(row, name) else said


def _href(row: PlaceCount, code: str, name: SheetName) -> str:
    """Return where a cell leads; nowhere for China without a province, for no search finds just these."""
    return "" if _is_rest(row, name) else search_of(row.code, code)


def _cell(value: float | None, most: float, href: str) -> Cell:
    return Cell(value, href if value else "", tint=-int(-(value or 0) * TINTS // most))


def _value(row: PlaceCount, count: int, *, is_per_million: bool) -> float | None:
    if not is_per_million:
        return count
    people = row.place.population if row.place is not None else None
    if not people:
        return None
    share = count / people * 1e6
    return round(share, 2) if share >= _SMALL else float(f"{share:.1g}")
