"""Where the heads of a table of notices stand: below title lines and blank rows, in one line or in two merged ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from sousveil.source.cells import is_null
from sousveil.source.roles import Roles
from sousveil.text.fold import fold
from sousveil.text.money import unit_of

Texts = Sequence[str]

_FIRST_ROWS = 20
"""Rows among which the heads are looked for; forms in the sample corpus have up to seven lines above theirs."""
_SAMPLE_ROWS = 30
"""Rows below the heads that must look like notices."""
_UNIT_LABEL = "单位"  # "unit", as in 单位：万元 above a table


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in a row, its head, and the head above it where two lines of heads are merged."""

    place: int
    parent: str
    head: str


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a table.

    Attributes:
        first: index of the first row below them.
        columns: those that have a head.
        lines: how many lines the heads have.
        unit: of sums, from a line above the heads (单位：万元, unit: ten thousands of yuan), else empty.
    """

    first: int
    columns: tuple[Column, ...]
    lines: int
    unit: str = ""


def find_head(rows: Sequence[Texts], roles: Roles, *, least: int) -> Head | None:
    """Return the heads of a table of notices, None where the rows are something else.

    Below heads of notices at least ``least`` rows must have a title and one more field; rows of a form, whose cells
    are labels themselves, do not.
    """
    for index in range(min(_FIRST_ROWS, len(rows))):
        for columns, size in _candidates(rows, index):
            below = rows[index + size : index + size + _SAMPLE_ROWS]
            if roles.are_of_notices([(one.parent, one.head) for one in columns]) and _hold_notices(
                below, columns, roles, least
            ):
                return Head(index + size, columns, size, _unit_above(rows[:index]))
    return None


def head_at(rows: Sequence[Texts], index: int) -> Head:
    """Return the heads in the row with this index; with -1 columns are called by their letters."""
    if index < 0:
        width = max((len(row) for row in rows[:1000]), default=0)
        return Head(0, tuple(Column(place, "", letters(place)) for place in range(width)), 0)
    lines = rows[index : index + 1]
    return Head(index + 1, _columns(lines[0]) if lines else (), 1, _unit_above(rows[:index]))


def letters(place: int) -> str:
    """Return the name of a column as spreadsheets count them.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = ascii_uppercase[rest] + name
    return name


def _candidates(rows: Sequence[Texts], index: int) -> list[tuple[tuple[Column, ...], int]]:
    """Return the columns that a row may be the head of, with the number of lines of heads."""
    row = rows[index]
    if sum(bool(text.strip()) for text in row) < 2:  # a title line
        return []
    found = [(_columns(row), 1)]
    if index + 1 < len(rows) and _is_lower_half(row, rows[index + 1]):
        found.insert(0, (_merged(row, rows[index + 1]), 2))
    return found


def _columns(row: Texts) -> tuple[Column, ...]:
    return tuple(Column(place, "", _flat(text)) for place, text in enumerate(row) if text.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _is_lower_half(upper: Texts, lower: Texts) -> bool:
    """Return whether a row is the second line of merged heads.

    Below a head that is merged over several columns it goes on in the next ones, where the upper line is empty; below
    all other heads, merged over both lines, it is empty itself.
    """
    has_part = False
    for place in range(max(len(upper), len(lower))):
        above, below = _at(upper, place), _at(lower, place)
        if above and below:
            if _at(upper, place + 1) or not _at(lower, place + 1):
                return False
        elif below:
            has_part = True
    return has_part


def _merged(upper: Texts, lower: Texts) -> tuple[Column, ...]:
    found: list[Column] = []
    parent = ""
    for place in range(max(len(upper), len(lower))):
        above, below = _at(upper, place), _at(lower, place)
        parent = above or parent
        if below:
            found.append(Column(place, parent, below))
        elif above:
            found.append(Column(place, "", above))
    return tuple(found)


def _at(row: Texts, place: int) -> str:
    return _flat(row[place]) if place < len(row) else ""


def _hold_notices(below: Sequence[Texts], columns: Sequence[Column], roles: Roles, least: int) -> bool:
    named = [(column.place, roles.of(column.parent, column.head)[0]) for column in columns]
    titles = [place for place, role in named if role == "title"]
    others = [place for place, role in named if role not in {"", "title", "key", "item", "skip", "person"}]
    filled = labels = 0
    for row in below:
        told = [text for place in titles if not is_null(text := _at(row, place))]
        if told and any(not is_null(_at(row, place)) for place in others):
            filled += 1
            labels += any(roles.of("", text)[0] != "" for text in told)
    return filled >= least and labels * 2 <= filled


def _unit_above(above: Sequence[Texts]) -> str:
    """Return the last unit of money that the lines above the heads name."""
    for row in reversed(above):
        for text in row:
            _, mark, unit = fold(text).rpartition(_UNIT_LABEL)
            unit = unit.lstrip(": ").split(" ")[0].rstrip(")")
            if mark and unit and unit_of(f"({unit})"):
                return unit
    return ""
