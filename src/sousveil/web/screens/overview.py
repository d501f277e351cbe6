"""Overview ``/``: who buys what, where and when; every figure a link, every total with what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.ask.overview import MonthRow, PlaceRow
from sousveil.data.provinces import provinces
from sousveil.draw import Column, stacked
from sousveil.web import links
from sousveil.web.asked import Answer, Asked
from sousveil.web.words import FAMILIES, family_title

_MOST_COLUMNS = 64
"""Columns beyond which quarters become years: sixteen years."""
_TINTS = 10


def overview(asked: Asked) -> Answer:
    """Answer with the overview."""
    found = asked.dataset.overview()
    columns = _columns(found.months, asked.language)
    most = {code: max((row.families.get(code, 0) for row in found.places), default=1) or 1 for code in FAMILIES}
    return Answer(
        "overview.html",
        found.to_json,
        {
            "found": found,
            "rows": [_row(row, most) for row in found.places],
            "timeline": stacked(columns, "Notices per stretch of time, stacked by family of capability", class_="wide"),
            "narrow": stacked(
                _columns(found.months, asked.language, is_yearly=True),
                "Notices per year, stacked by family of capability",
                width=380,
                height=190,
                class_="narrow",
            ),
            "sums": {code: sum(row.families.get(code, 0) for row in found.places) for code in FAMILIES},
            "most": max((one.purchases for one in found.largest), default=1),
        },
    )


def _row(row: PlaceRow, most: dict[str, int]) -> dict[str, object]:
    """Return a row of the matrix: a cell is its code, its count, the step of its tint, and where it leads."""
    cells = []
    for code in FAMILIES:
        count = row.families.get(code, 0)
        tint = -(-count * _TINTS // most[code])
        cells.append((code, count, tint, links.search(place=row.province or "", cap=code) if row.province else ""))
    english = next((one.names[0] for one in provinces() if one.short == row.province), "")
    return {"province": row.province, "english": english, "notices": row.notices, "cells": cells}


def _columns(months: Sequence[MonthRow], language: str, *, is_yearly: bool = False) -> list[Column]:
    """Return columns per quarter, or per year where there are many or only years are known."""
    if not months:
        return []
    first, last = int(months[0].month[:4]), int(months[-1].month[:4])
    by_year = is_yearly or (last - first + 1) * 4 > _MOST_COLUMNS
    counts: dict[tuple[int, int], dict[str, int]] = {}
    for row in months:
        quarter = (int(row.month[5:7] or 1) - 1) // 3
        held = counts.setdefault((int(row.month[:4]), 0 if by_year else quarter), {})
        for code, count in row.families.items():
            held[code] = held.get(code, 0) + count
    columns = []
    for year in range(first, last + 1):
        for quarter in range(1 if by_year else 4):
            parts = counts.get((year, quarter), {})
            dates = str(year) if by_year else f"{year}-{quarter * 3 + 1:02}..{year}-{quarter * 3 + 3:02}"
            name = str(year) if by_year else f"{year} Q{quarter + 1}"
            told = ", ".join(f"{family_title(code, language)} {parts[code]:,}" for code in FAMILIES if parts.get(code))
            every = max(1, (last - first + 1) // 8) if is_yearly else 1
            columns.append(
                Column(
                    str(year) if quarter == 0 and (year - first) % every == 0 else "",
                    tuple((f"c-{code}", parts[code]) for code in FAMILIES if parts.get(code)),
                    links.search(date=dates),
                    f"{name}: {told or 0}",
                )
            )
    return columns
