"""The gate for rows: every value with words of a document is searched for persons before it is handed on."""

from __future__ import annotations

import warnings
from collections.abc import Container, Iterator

from sousveil.ask.frames import flat
from sousveil.ask.leaving import Known, leak_kinds, none_known
from sousveil.ask.leaving_parts import Part
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.exceptions import LeakError
from sousveil.store.database import Store

MIN_NAME = 5
"""Characters of an institution's name that counts as one: a shorter one is spelt like a person, and may be one."""


def known_in(store: Store) -> Known:
    """Return what tells which resolved institutions a text names: 方达律师事务所 is no person called 方达.

    Args:
        store: the rows; natural persons and sole traders are no institutions there.
    """

    def known(text: str) -> frozenset[str]:
        rows = store.rows(
            "SELECT name FROM institutions WHERE length(name) >= ? AND instr(?, name) > 0", (MIN_NAME, text)
        )
        return frozenset(row["name"] for row in rows)

    return known


def passes(unit: Unit, computed: Container[str], chosen: Chosen, *, is_skipping: bool) -> bool:
    """Return whether a unit may be handed on; one that may not is noted in ``chosen``.

    Args:
        unit: rows that stand or fall together.
        computed: columns that hold no words of a document.
        chosen: what the unit was chosen from.
        is_skipping: leave it out instead of refusing everything.

    Raises:
        LeakError: it may not, and nothing is to be left out.
    """
    leak = next(_leaks(unit, computed, known_in(chosen.store)), None)
    if leak is None:
        return True
    if not is_skipping:
        raise LeakError(leak)
    chosen.left_out.add(unit.key)
    return False


def may_leave(what: str, row: Row, is_skipping: bool) -> bool:
    """Return whether a row that belongs to no notice alone may be handed on; no institution is known here.

    Raises:
        LeakError: it may not, and it is not to be left out.
    """
    leak = next(_leaks(Unit(what, (("", row),)), (), none_known), None)
    if leak and not is_skipping:
        raise LeakError(leak)
    return leak is None


def warn_of(left_out: int) -> None:
    """Warn of how much was left out; of nothing, nothing."""
    if left_out:
        warnings.warn(
            f"{left_out} of what was asked for left out: the gate found what looks like a person's data in it.",
            stacklevel=3,
        )


def _leaks(unit: Unit, computed: Container[str], known: Known) -> Iterator[str]:
    """Yield what the gate stops, as messages that name row, column and kind, never the words themselves."""
    for _, row in unit.records:
        for column, text in _texts(row, computed):
            for kind in leak_kinds(Part("", "", "", text), known=known):
                yield _leak_message(unit, row, column, kind)


def _texts(row: Row, computed: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts in a row with the columns they stand in, members of members included."""
    for column, value in row.items():
        if column in computed or value is None or isinstance(value, bool):
            continue
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        rows = [one for one in inner if isinstance(one, dict | list)]
        if rows and isinstance(value, dict):
            yield from _texts(value, computed)
        elif rows:
            yield from (
                found for one in rows for found in _texts(one if isinstance(one, dict) else {column: one}, computed)
            )
        else:
            yield column, flat(value)


def _leak_message(unit: Unit, row: Row, column: str, kind: str) -> str:
    what = f"finding {row['finding']}" if "finding" in row else unit.subject
    return (
        f"The export was refused and nothing written: {what}, column {column}, holds what looks like a person's {kind}."
        f" Look at it with sousveil show {unit.subject}; --skip-leaks (in Python is_skipping=True) leaves it out and"
        " counts what was left out."
    )
