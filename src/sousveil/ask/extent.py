"""How large: the largest figure that stands beside a term of each capability, and how much was found at all."""

from __future__ import annotations

import json

from sousveil.ask.facts import Scale
from sousveil.store.database import Store

_BESIDE = 60
"""Characters between the begin of a term and that of a figure: about one clause of Chinese. Chosen, not measured; the
quotation beside the figure lets a reader judge."""


def extents(store: Store, table: str) -> dict[str, Scale]:
    """Return the largest figure beside each capability; what was bought is told by its words, not by the figure.

    Lengths of time are left out by the finder already; figures of different units are not compared: the unit that is
    stated most often beside the capability counts.
    """
    rows = store.rows(
        f"""SELECT term.value AS capability, figure.id, figure.notice, figure.quote, figure.body
            FROM {table} AS chosen CROSS JOIN summaries ON summaries.procurement = chosen.id
            CROSS JOIN findings AS term ON term.notice = summaries.notice
            CROSS JOIN findings AS figure ON figure.notice = term.notice AND figure.page = term.page
                AND +figure.kind = 'scale' AND figure.start BETWEEN term.start - {_BESIDE} AND term.start + {_BESIDE}
            WHERE +term.kind = 'capability' GROUP BY term.value, figure.id"""
    )
    held: dict[str, dict[str, list[Scale]]] = {}
    for row in rows:
        details = dict(json.loads(row["body"])[2])
        number = details.get("number")
        if isinstance(number, int | float):
            unit, object_, comparator = (str(details.get(name) or "") for name in ("unit", "object", "comparator"))
            found = Scale(float(number), unit, object_, comparator, row["quote"], row["id"], row["notice"])
            held.setdefault(row["capability"], {}).setdefault(unit, []).append(found)
    return {capability: _largest(units) for capability, units in held.items()}


def _largest(units: dict[str, list[Scale]]) -> Scale:
    unit = min(units, key=lambda one: (-len(units[one]), one))
    return max(units[unit], key=lambda one: (one.number, one.finding))


def count_findings(store: Store, table: str) -> tuple[int, dict[str, int]]:
    """Return how many findings there are in the notices of purchases, and how many of each capability."""
    rows = store.rows(
        f"""SELECT kind, value, count(*) AS n FROM {table} AS chosen
            CROSS JOIN summaries ON summaries.procurement = chosen.id
            CROSS JOIN findings ON findings.notice = summaries.notice GROUP BY kind, value"""
    )
    whole = sum(row["n"] for row in rows)
    return whole, {row["value"]: row["n"] for row in rows if row["kind"] == "capability"}
