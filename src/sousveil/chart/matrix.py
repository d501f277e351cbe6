"""Province and capability: notices of each province by family, as they are or for a million people."""

from __future__ import annotations

from sousveil.ask.filters import NONE
from sousveil.ask.overview import Overview
from sousveil.chart import links
from sousveil.chart.words import FAMILIES, family_title, tell
from sousveil.data.place_names import find_place
from sousveil.data.provinces import provinces
from sousveil.draw.chart import Cell, Chart, Column, figure
from sousveil.draw.grid import TINTS, GridCell, GridRow, grid


def matrix_chart(found: Overview, language: str = "en", *, is_per_million: bool = False) -> Chart:
    """Return provinces by families of capability.

    Args:
        found: the overview.
        language: of the words.
        is_per_million: cells are notices for a million people, where it is known how many people there are.
    """
    people = {row.province: _people(row.province) for row in found.places}
    values = {
        (row.province, code): _value(row.families.get(code, 0), people[row.province], is_per_million=is_per_million)
        for row in found.places
        for code in FAMILIES
    }
    most = {code: max((values[row.province, code] or 0 for row in found.places), default=0) or 1 for code in FAMILIES}
    wholes = {row.province: _value(row.notices, people[row.province], is_per_million=True) for row in found.places}
    drawn = []
    for row in found.places:
        cells = [GridCell(figure(wholes[row.province])), GridCell(figure(row.notices))]
        for code in FAMILIES:
            value = values[row.province, code] or 0
            href = links.search(place=row.province or NONE, cap=code) if value else ""
            tip = f"{row.province or ''}, {family_title(code, language)}: {figure(value)}"
            cells.append(GridCell(figure(value) if value else "", -int(-value * TINTS // most[code]), href, tip))
        name = f"{row.province or tell(language, 'not stated')} {_english(row.province)}".rstrip()
        drawn.append(GridRow(name, tuple(cells)))
    named = [("", tell(language, "per million")), ("", tell(language, "all"))]
    named += [(code, family_title(code, language)) for code in FAMILIES]
    summary = "Notices for a million people; a stronger tint is more within its column."
    note = "A notice counts under each family that is found in it; notices in which none is found are left out."
    return Chart(
        name="matrix",
        title=tell(language, "Province and capability"),
        summary=tell(language, summary if is_per_million else "Notices; a stronger tint is more within its column."),
        columns=(
            Column("province", tell(language, "Province")),
            Column("province_en", tell(language, "English")),
            Column("notices_per_million", tell(language, "per million")),
            Column("notices", tell(language, "all")),
            *(Column(code, family_title(code, language)) for code in FAMILIES),
        ),
        rows=tuple(
            (
                Cell(row.province, links.search(place=row.province or NONE)),
                Cell(_english(row.province) or None),
                Cell(wholes[row.province]),
                Cell(row.notices, links.search(place=row.province or NONE, kind="capability")),
                *(_cell(row.province, code, values[row.province, code], most[code]) for code in FAMILIES),
            )
            for row in found.places
        ),
        drawing=grid(drawn, named, tell(language, "Notices by province and family of capability")) if drawn else "",
        leaves_out=tell(language, note),
        others=(
            (tell(language, "Notices"), "matrix", "", not is_per_million),
            (tell(language, "Per million people"), "matrix", "million", is_per_million),
        ),
    )


def _cell(province: str | None, code: str, value: float | None, most: float) -> Cell:
    href = links.search(place=province or NONE, cap=code) if value else ""
    return Cell(value, href, tint=-int(-(value or 0) * TINTS // most))


def _english(province: str | None) -> str:
    return next((one.names[0] for one in provinces() if one.short == province), "")


def _value(count: int, people: int | None, *, is_per_million: bool) -> float | None:
    if not is_per_million:
        return count
    return round(count / people * 1e6, 2) if people else None


def _people(province: str | None) -> int | None:
    """Return how many people live in a province, where a table says it."""
    found = find_place(province) if province else ()
    return found[0].population if found else None
