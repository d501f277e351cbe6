"""Where the records stand in a JSON file: a list at the top or some levels down, lines, or an object keyed by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sousveil.data.codes import languages
from sousveil.source.roles import Roles
from sousveil.source.rows import Record, flatten

_MOST_DEPTH = 3
"""Objects around the list: answers of portals nest it in two at most (``{"result": {"data": {"records": […]}}}``)."""
_HEAD_RECORDS = 5
"""Records looked at to tell what a list holds; they may leave out empty members."""


def find_records(values: Sequence[object], roles: Roles) -> tuple[list[Record], int]:
    """Return the records among top-level values, and how many records of another kind were left out.

    They are the lines, or the list of notices, the longest one of several, with all other lists of the same columns.
    """
    if len(values) > 1:
        return _records_in(values), 0
    value = values[0]
    lists = list(_iter_lists(value, 0))
    if isinstance(value, dict) and (
        not lists or (roles.are_of_notices(_own_columns(value)) and not any(are_notices(one, roles) for one in lists))
    ):
        return [value], 0
    if not lists:
        return [], 0
    heads = set(max(lists, key=lambda found: (are_notices(found, roles), len(found)))[0])
    alike = [found for found in lists if len(heads & set(found[0])) * 2 >= len(heads)]
    records = [record for found in alike for record in found]
    return records, sum(len(found) for found in lists) - len(records)


def are_notices(records: Sequence[Record], roles: Roles) -> bool:
    """Return whether the columns of the first records are those of notices."""
    return roles.are_of_notices(
        [(cell.parent, cell.head) for record in records[:_HEAD_RECORDS] for cell in flatten(record, roles)]
    )


def _own_columns(record: Record) -> list[tuple[str, str]]:
    """Return the columns of a record that stand in no list of others: what it says of itself."""
    own = [("", head) for head, part in record.items() if not isinstance(part, dict | list)]
    return own + [(head, inner) for head, part in record.items() if isinstance(part, dict) for inner in part]


def _iter_lists(value: object, depth: int) -> Iterator[list[Record]]:
    if isinstance(value, list):
        found = _records_in(value)
        if found:
            yield found
    elif isinstance(value, dict) and depth < _MOST_DEPTH:
        keyed = _keyed(value)
        if keyed:
            yield keyed
            return
        for part in value.values():
            yield from _iter_lists(part, depth + 1)


def _records_in(values: Sequence[object]) -> list[Record]:
    return [value for value in values if isinstance(value, dict) and value]


def _keyed(value: Record) -> list[Record]:
    """Return the records of an object whose keys are their ids; none where its members differ in kind."""
    parts = [part for part in value.values() if isinstance(part, dict) and part]
    if len(parts) < 2 or len(parts) < len(value) or {key.lower() for key in value} <= languages().keys():
        return []
    heads = set(parts[0])
    if any(len(heads & set(part)) * 2 < len(heads) for part in parts):
        return []
    return [part if "id" in part else {"id": key, **part} for key, part in value.items() if isinstance(part, dict)]
