"""A dataset at a glance; rows before they are read."""

from __future__ import annotations

from itertools import islice

from sousveil.ask.cite import one_line
from sousveil.ask.frames import flat
from sousveil.ask.row_set import RowSet
from sousveil.dataset.handle import Handle
from sousveil.exceptions import LeakError
from sousveil.notebook.markup import Html, faint, line, note, source, strong, table, unbroken, whole

_COUNTED = ("files", "notices", "findings", "failures")
_MOST_ROWS = 5
_QUESTIONS = (
    '.search("face recognition", cap="FAC", place="Sichuan", date="2018..2020") · .findings(…) · .procurements(…)',
    '.institution("…") · .place("…") · .stats("year") · .timeline() · .map() · .matrix() · .flags() · .export("x.csv")',
)
_SHOWN = {
    "findings": ("kind", "value", "quote", "page", "buyer", "date"),
    "notices": ("date", "type", "title", "buyer", "award_amount", "currency"),
    "procurements": ("first_date", "title", "buyer", "status", "amount", "currency"),
    "institutions": ("name", "kind", "place_name", "bought", "sold"),
}
"""Columns that are shown; a frame has all."""
_MOST_CHARS = 80
_SHORT = 12
"""Characters that stay on one line: a date, a code."""


def dataset_html(dataset: Handle) -> Html:
    """Return what is in a dataset, and what to ask it."""
    counts = dataset.store.counts()
    figures = " · ".join(f"{counts[name]:,} {name}" for name in _COUNTED if name in counts)
    return whole(
        line(strong(dataset.title), faint(f" · {dataset.paths.root}")),
        line(figures),
        *map(note, _QUESTIONS),
    )


def rows_html(rows: RowSet) -> Html:
    """Return the first rows, and how many there are; where the gate stops one of them, what it says."""
    total = len(rows)
    columns = _SHOWN[rows.table]
    try:
        first = [tuple(_cell(row[name]) for name in columns) for row in islice(rows.iter_rows(), _MOST_ROWS)]
    except LeakError as error:
        return whole(line(strong(f"{total:,} {rows.table}")), note(error))
    return whole(
        line(strong(f"{total:,} {rows.table}"), faint(f" · {len(rows.columns())} columns, {len(columns)} shown")),
        table(columns, first) if first else "",
        note(".to_pandas() · .to_polars() · .to_arrow()"),
    )


def _cell(value: object) -> object:
    if value is None:
        return faint("–")
    if isinstance(value, int | float):
        return f"{value:,.12g}"
    words = one_line(flat(value))
    if len(words) <= _SHORT:
        return unbroken(source(words))
    return source(words if len(words) <= _MOST_CHARS else f"{words[:_MOST_CHARS]}…")
