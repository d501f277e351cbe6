"""Counts and flags as tables."""

from __future__ import annotations

from sousveil.ask.cite import one_line
from sousveil.ask.raised import RaisedFlags
from sousveil.ask.stats import StatsTable, Sum
from sousveil.chart.words import family_of, title_of
from sousveil.draw.figures import money
from sousveil.notebook.markup import Html, chip, faint, line, note, said, source, strong, table, unbroken, whole

_MOST_ROWS = 20
_MOST_FLAGS = 10


def stats_html(found: StatsTable) -> Html:
    """Return counts as a table, with what they leave out."""
    rows = [
        (
            *(_value(name, value) for name, value in zip(found.fields, row.values, strict=True)),
            f"{row.notices:,}",
            f"{row.purchases:,}",
            Html(" + ".join(unbroken(_spent(one)) for one in row.sums)),
        )
        for row in found.rows[:_MOST_ROWS]
    ]
    width = len(found.fields)
    left = len(found.rows) - len(rows)
    return whole(
        line(strong(f"{len(found.rows):,} rows"), f" by {', '.join(found.fields)}"),
        table((*found.fields, "notices", "purchases", "known cost (stated in)"), rows, {width, width + 1}),
        note(f"{left:,} more rows.") if left else "",
        note(found.coverage.to_text()),
        *(note(words) for words in found.notes),
        note(".chart() · .to_pandas() · .to_polars()"),
    )


def _spent(one: Sum) -> str:
    return f"{money(one.amount, one.currency)}{'' if one.currency else ' no currency'} ({one.purchases:,})"


def _value(name: str, value: str | None) -> object:
    if value is None:
        return faint("not stated")
    if name == "capability":
        return Html(chip(family_of(value)) + said(title_of(value)))
    return source(value)


def flags_html(flags: RaisedFlags) -> Html:
    """Return how often each indicator is raised; of a single one, the purchases."""
    counts = flags.counts()
    if len(counts) == 1:
        rows = [
            (unbroken(flag.procurement), flag.says, source("; ".join(one_line(span.quote) for span in flag.spans[:2])))
            for flag in flags[:_MOST_FLAGS]
        ]
        shown = table(("procurement", "says", "in the words of the notices"), rows)
        left = len(flags) - len(rows)
    else:
        shown, left = table(("flag", "raised"), [(rule, f"{count:,}") for rule, count in counts], {1}), 0
    return whole(
        line(strong(f"{len(flags):,} flags raised"), f" of {counts[0][0]}" if len(counts) == 1 else ""),
        shown if counts else "",
        note(f"{left:,} more.") if left else "",
        note("A flag is a reason to look, never a verdict."),
    )
