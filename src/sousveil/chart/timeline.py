"""When: notices per stretch of time by family of capability, stacked or in rows; hatched where sources end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.ask.overview import MonthRow, Overview
from sousveil.ask.reach import Reach
from sousveil.chart import links
from sousveil.chart.words import FAMILIES, family_title, tell
from sousveil.draw import multiples as rows_of_bars
from sousveil.draw.chart import Cell, Chart, Column, Key
from sousveil.draw.multiples import Series
from sousveil.draw.stacked import Gap, Stack, stacked

_MOST_COLUMNS = 64
"""Columns beyond which quarters become years: sixteen years."""
_NARROW = 380.0
_FEW = 8
"""Years that can be written under a narrow drawing."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A quarter or a year: its name, the mark below it, what finds its notices, its counts by family."""

    name: str
    mark: str
    dates: str
    first: str
    last: str
    counts: dict[str, int]


def timeline_chart(found: Overview, language: str = "en", *, is_split: bool = False) -> Chart:
    """Return the notices of the dataset over time.

    Args:
        found: the overview.
        language: of the words.
        is_split: a row of bars for each family, in place of one stack.
    """
    stretches = _stretches(found.months)
    codes = [code for code in FAMILIES if any(one.counts.get(code) for one in stretches)]
    sums = {code: sum(one.counts.get(code, 0) for one in stretches) for code in codes}
    title = tell(language, "When")
    drawn = _split if is_split else _stack
    yearly = _stretches(found.months, is_yearly=True)
    names = [Column(code, f"{code} {family_title(code, language)}") for code in codes]
    return Chart(
        name="timeline",
        title=title,
        summary=_summary(stretches, sums, language),
        columns=(Column("stretch", tell(language, "Time")), *names),
        rows=tuple(_row(one, codes) for one in stretches),
        drawing=drawn(stretches, codes, language, _gaps(stretches, found.reaches, language)) if codes else "",
        narrow=drawn(yearly, codes, language, _gaps(yearly, found.reaches, language), width=_NARROW) if codes else "",
        keys=tuple(
            Key(f"c-{code}", code, f"{family_title(code, language)} {sums[code]:,}", links.search(cap=code))
            for code in codes
        ),
        leaves_out=_leaves_out(found, language),
        others=(
            (tell(language, "Stacked"), "when", "", not is_split),
            (tell(language, "In rows"), "when", "rows", is_split),
        ),
    )


def _summary(stretches: Sequence[_Stretch], sums: dict[str, int], language: str) -> str:
    if not sums:
        return tell(language, "No dated notice has a capability in it.")
    most = max(stretches, key=lambda one: sum(one.counts.values()))
    code = max(sums, key=lambda one: sums[one])
    words = "Notices by date of publication; one of several families counts under each. Most: {} ({}); most in {}."
    return tell(language, words, f"{code} {family_title(code, language)}", sums[code], most.name)


def _leaves_out(found: Overview, language: str) -> str:
    said = tell(language, "{} undated notices are not drawn.", found.coverage.undated)
    if len(found.reaches) > 1:
        reach = "; ".join(f"{one.source} {one.first} – {one.last}" for one in found.reaches)
        said += f" {tell(language, 'Hatched: not every large source reaches there.')} {reach}."
    return said


def _row(one: _Stretch, codes: Sequence[str]) -> tuple[Cell, ...]:
    cells = [Cell(one.name, links.search(date=one.dates))]
    for code in codes:
        count = one.counts.get(code, 0)
        cells.append(Cell(count, links.search(date=one.dates, cap=code) if count else ""))
    return tuple(cells)


def _stack(
    stretches: Sequence[_Stretch], codes: Sequence[str], language: str, gaps: Sequence[Gap], width: float = 1360
) -> str:
    columns = [
        Stack(
            one.mark,
            tuple((f"c-{code}", one.counts[code]) for code in codes if one.counts.get(code)),
            links.search(date=one.dates),
            f"{one.name}: {_told(one, codes, language) or 0}",
        )
        for one in stretches
    ]
    label = tell(language, "Notices per stretch of time, stacked by family of capability")
    is_narrow = width == _NARROW
    height, class_ = (190.0, "narrow") if is_narrow else (170.0, "wide")
    return stacked(columns, label, width=width, height=height, class_=class_, gaps=gaps)


def _told(one: _Stretch, codes: Sequence[str], language: str) -> str:
    return ", ".join(f"{family_title(code, language)} {one.counts[code]:,}" for code in codes if one.counts.get(code))


def _split(
    stretches: Sequence[_Stretch], codes: Sequence[str], language: str, gaps: Sequence[Gap], width: float = 1360
) -> str:
    series = [
        Series(
            code,
            family_title(code, language),
            tuple(
                (
                    one.counts.get(code, 0),
                    links.search(date=one.dates, cap=code),
                    f"{one.name}: {family_title(code, language)} {one.counts.get(code, 0):,}",
                )
                for one in stretches
            ),
        )
        for code in codes
    ]
    label = tell(language, "Notices per stretch of time, a row for each family of capability")
    class_ = "narrow" if width == _NARROW else "wide"
    return rows_of_bars.multiples(series, [one.mark for one in stretches], label, width=width, class_=class_, gaps=gaps)


def _gaps(stretches: Sequence[_Stretch], reaches: Sequence[Reach], language: str) -> list[Gap]:
    """Return the stretches at either end where not every large source has notices."""
    if len(reaches) < 2 or not stretches:
        return []
    begins, ends = max(one.first for one in reaches), min(one.last for one in reaches)
    label = tell(language, "sources incomplete")
    before = sum(one.last < begins for one in stretches)
    after = sum(one.first > ends for one in stretches)
    if before + after >= len(stretches):
        return [Gap(0, len(stretches), label)]
    found = [Gap(0, before, label)] if before else []
    return [*found, Gap(len(stretches) - after, len(stretches), label)] if after else found


def _stretches(months: Sequence[MonthRow], *, is_yearly: bool = False) -> list[_Stretch]:
    """Return quarters, or years where there are many or where they are asked for; empty ones are there too."""
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
    every = -(-(last - first + 1) // _FEW) if is_yearly else 1
    found = []
    for year in range(first, last + 1):
        for quarter in range(1 if by_year else 4):
            begin, end = (1, 12) if by_year else (quarter * 3 + 1, quarter * 3 + 3)
            mark = str(year) if quarter == 0 and (year - first) % every == 0 else ""
            dates = str(year) if by_year else f"{year}-{begin:02}..{year}-{end:02}"
            name = str(year) if by_year else f"{year} Q{quarter + 1}"
            span = (f"{year}-{begin:02}", f"{year}-{end:02}")
            found.append(_Stretch(name, mark, dates, *span, counts.get((year, quarter), {})))
    return found
