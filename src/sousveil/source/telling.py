"""Which field every column of a dump goes to, and why: by a mapping, by its head, or by its values.

Values tell only what cannot be anything else: null is better than a guess. A column of companies may hold winners,
bidders or agencies, and one of sums a budget or a price, so these two are never told by values alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sousveil.data.organs import organ_words
from sousveil.source.cells import is_null
from sousveil.source.natural import is_natural_person
from sousveil.source.roles import SKIP, TEXT, Roles, column_name
from sousveil.source.rows import Cell, Row
from sousveil.text.dates import parse_date
from sousveil.text.fold import fold

_NAMELESS = re.compile(
    r"(?:[a-z]{1,2}|col|column|columna|field|unnamed|字段|列|第)?[ _.:#-]{0,3}\d{1,3}(?:列)?|unnamed.{0,12}"
)
"""Heads that programs give to columns without one: F3, col_4, Unnamed: 2, 字段5 (field 5), 第3列 (third column)."""
_LEAST_VALUES = 5
_SURE = 0.95
_MOST_ROWS = 200
_SAMPLES = 3
_WEB = re.compile(r"https?://[^\s/]{3,200}/\S{1,2000}", re.IGNORECASE)
_BODIES = ("局", "厅", "政府", "委员会", "法院", "检察院", "支队", "总队", "办公室")
"""Endings of names of Chinese public bodies: bureau, department, government, commission, court, procuratorate, police
units, office. Schools and hospitals also sell, so they tell nothing."""
_OF_SUPPLIERS = frozenset({"suppliers", "candidates", "party_id"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a column is for.

    Attributes:
        column: its name in a mapping.
        target: one of ``roles.TARGETS``.
        why: in plain words.
        samples: up to three different values, not masked; none of columns that are not rendered.
    """

    column: str
    target: str
    why: str
    samples: tuple[str, ...]


def tell(rows: Sequence[Row], roles: Roles) -> tuple[Told, ...]:
    """Return what every column of the rows is for, in order; hidden columns must be in the rows as empty cells."""
    rows = rows[:_MOST_ROWS]
    columns = dict.fromkeys((cell.parent, cell.head) for row in rows for cell in row)
    whole = told_by_values(rows, roles)
    has_buyer = any(whole.of(parent, head)[0] == "buyer" for parent, head in columns)
    found: dict[str, Told] = {}
    for parent, head in columns:
        name = column_name(parent, head)
        target, why = _target(parent, head, roles, whole, has_buyer=has_buyer)
        found.setdefault(name, Told(name, target, why, _samples(rows, parent, head, whole)))
    return tuple(found.values())


def _target(parent: str, head: str, roles: Roles, whole: Roles, *, has_buyer: bool) -> tuple[str, str]:
    role = whole.of(parent, head)[0]
    name = column_name(parent, head)
    if name in dict(roles.given):
        return role or TEXT, "so written in source.yml"
    if name in dict(whole.given):
        return role, "the head says nothing, the values tell"
    if role == "agency_or_buyer":
        return ("agency", "a buyer stands in another column") if has_buyer else ("buyer", "no other column names one")
    if role == "person":
        return role, "the head is one of persons"
    if role == SKIP:
        return role, "bookkeeping of whoever made the file"
    if role in {"", "item"}:
        return TEXT, "no known head"
    return role, "a known head"


def told_by_values(rows: Sequence[Row], roles: Roles) -> Roles:
    """Return the roles with those of nameless columns that their values tell for certain."""
    rows = rows[:_MOST_ROWS]
    columns = dict.fromkeys((cell.parent, cell.head) for row in rows for cell in row)
    given = dict(roles.given)
    nameless = [
        (parent, head)
        for parent, head in columns
        if _NAMELESS.fullmatch(fold(head.strip()))
        and column_name(parent, head) not in given
        and not roles.of(parent, head)[0]
    ]
    if not nameless:
        return roles
    taken = {roles.of(parent, head)[0] for parent, head in columns}
    told = [(column_name(*column), _role_of_values(_values(rows, *column))) for column in nameless]
    for role in ("publication_date", "buyer", "address"):
        named = [name for name, found in told if found == role]
        if len(named) == 1 and role not in taken and not (role == "buyer" and "agency_or_buyer" in taken):
            given[named[0]] = role
    return replace(roles, given=tuple(given.items()))


def _values(rows: Sequence[Row], parent: str, head: str) -> list[str]:
    return [
        cell.text.strip()
        for row in rows
        for cell in row
        if (cell.parent, cell.head) == (parent, head) and not is_null(cell.text)
    ]


def _role_of_values(values: Sequence[str]) -> str:
    if len(values) < _LEAST_VALUES:
        return ""
    for role, holds in (("publication_date", _is_day), ("address", _is_address), ("buyer", _is_body)):
        if sum(map(holds, values)) >= _SURE * len(values):
            return role
    return ""


def _is_day(text: str) -> bool:
    return len(text) <= 20 and (parse_date(text) or "").count("-") == 2


def _is_address(text: str) -> bool:
    return _WEB.fullmatch(text) is not None


def _is_body(text: str) -> bool:
    folded = fold(text)
    return 4 <= len(folded) <= 40 and folded.endswith(_BODIES) and not folded.endswith(organ_words("company", "zh"))


def _samples(rows: Sequence[Row], parent: str, head: str, roles: Roles) -> tuple[str, ...]:
    """Return values to show; of suppliers only those that no column calls a natural person."""
    if roles.is_hidden(parent, head):
        return ()
    is_supplier = roles.of(parent, head)[0] in _OF_SUPPLIERS
    found: dict[str, None] = {}
    for row in rows:
        if is_supplier and names_natural_person(row, roles):
            continue
        found.update(dict.fromkeys(_values([row], parent, head)))
        if len(found) >= _SAMPLES:
            break
    return tuple(found)[:_SAMPLES]


def names_natural_person(row: Sequence[Cell], roles: Roles) -> bool:
    """Return whether a row says that its supplier is a natural person."""
    told = {roles.of(cell.parent, cell.head)[0]: cell.text for cell in row}
    return is_natural_person(told.get("party_type", ""), told.get("party_id", ""))
