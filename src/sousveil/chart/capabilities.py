"""Capabilities of a dossier: how large, for how much, in which years, in how many purchases, by how many findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sousveil.ask.dossier import Dossier
from sousveil.ask.facts import FirstSeen, Lane, Scale
from sousveil.chart import links
from sousveil.chart.dossier import Scope
from sousveil.chart.words import family_of, tell, title_of
from sousveil.draw.chart import Cell, Chart, Column
from sousveil.draw.figures import figure
from sousveil.draw.grid import TINTS, GridCell, GridRow, grid
from sousveil.draw.spark import spark


@dataclass(frozen=True, slots=True)
class CapabilityRow:
    """One capability as a page shows it; ``years`` are small bars, a drawing."""

    capability: str
    first: FirstSeen
    last_year: str
    extent: Scale | None
    amount: float | None
    currency: str
    findings: int
    years: str
    href: str


def capability_rows(dossier: Dossier, scope: Scope = ()) -> tuple[CapabilityRow, ...]:
    """Return the capabilities of a dossier, those with the most purchases first.

    Args:
        dossier: of the subject.
        scope: narrows the searches that counts lead to.
    """
    every = sorted({one.month[:4] for one in dossier.lanes if one.month})
    span = range(int(every[0]), int(every[-1]) + 1) if every else range(0)
    lanes_of: dict[str, list[Lane]] = {}
    for lane in dossier.lanes:
        lanes_of.setdefault(lane.capability, []).append(lane)
    made = []
    for first in sorted(dossier.first, key=lambda one: (-one.purchases, one.capability)):
        lanes = lanes_of.get(first.capability, [])
        by_year: Counter[str] = Counter()
        for one in lanes:
            by_year[one.month[:4]] += one.purchases
        counts = {year: by_year[str(year)] for year in span}
        sums: dict[str, tuple[int, float]] = {}
        for one in lanes:
            if one.amount:
                stated, amount = sums.get(one.currency, (0, 0.0))
                sums[one.currency] = (stated + one.stated_in, amount + one.amount)
        currency = max(sums, key=lambda one: (sums[one][0], one)) if sums else ""
        told = ", ".join(f"{year}: {count}" for year, count in counts.items() if count)
        held = [str(year) for year, count in counts.items() if count]
        made.append(
            CapabilityRow(
                first.capability,
                first,
                held[-1] if held else "",
                dossier.extents.get(first.capability),
                sums[currency][1] if sums else None,
                currency,
                dossier.findings_of.get(first.capability, 0),
                spark(list(counts.values()), told, family_of(first.capability)) if held else "",
                links.with_query("/p", [*scope, ("cap", first.capability)]),
            )
        )
    return tuple(made)


def capabilities_chart(dossier: Dossier, language: str = "en", *, scope: Scope = ()) -> Chart:
    """Return the capabilities of a dossier as a table that is tinted by purchases."""
    rows = capability_rows(dossier, scope)
    most = max((row.first.purchases for row in rows), default=1)
    labels = (
        ("first_date", "First met"),
        ("last_year", "Last year"),
        ("extent", "Largest figure beside it"),
        ("unit", "Unit"),
        ("amount", "Known sum"),
        ("currency", "Currency"),
        ("purchases", "Purchases"),
        ("findings", "Findings"),
    )
    values = [
        (
            row.first.date or None,
            row.last_year or None,
            row.extent.number if row.extent else None,
            row.extent.unit if row.extent else None,
            row.amount,
            row.currency or None,
            row.first.purchases,
            row.findings,
        )
        for row in rows
    ]
    drawn = [
        GridRow(
            f"{family_of(row.capability)} {title_of(row.capability, language)}",
            (
                *(GridCell(figure(value)) for value in told[:6]),
                GridCell(figure(told[6]), -(-told[6] * TINTS // most), row.href),
                GridCell(figure(told[7])),
            ),
        )
        for row, told in zip(rows, values, strict=True)
    ]
    heads = [("", tell(language, label)) for _, label in labels]
    title = tell(language, "Capabilities")
    return Chart(
        name="capabilities",
        title=title,
        summary=tell(
            language, "{} capabilities; the figure is the largest that stands beside a term of it.", len(rows)
        ),
        columns=(Column("capability", title), *(Column(name, tell(language, label)) for name, label in labels)),
        rows=tuple(
            (
                Cell(row.capability, label=f"{family_of(row.capability)} {title_of(row.capability, language)}"),
                *map(Cell, told),
            )
            for row, told in zip(rows, values, strict=True)
        ),
        drawing=grid(drawn, heads, title) if rows else "",
        leaves_out=tell(
            language, "A purchase of several capabilities counts whole for each; figures are what notices state."
        ),
    )
