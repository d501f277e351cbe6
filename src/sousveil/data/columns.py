"""Heads of columns in flat record dumps, and words that stand for an empty cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Heads of one field in one language.

    Attributes:
        field: a field of ``Notice``, or a role: ``person`` and ``skip`` (not rendered), ``agency_or_buyer`` (a buyer
            where no other column holds one), ``region`` (province or town, its value tells), ``unit`` (buying unit),
            ``contract_number``, ``candidates``, ``party_type`` and ``party_id`` (of the supplier: they tell natural
            persons), ``award_date``, ``currency``, ``address`` (URL), ``body``, ``key``, ``method``, ``deadline``,
            ``documents_from``, ``signing_date``, ``first_published``, ``bidders``, ``item`` (of lists of items,
            which are no notices).
        language: of the names.
        names: folded, letters and digits only, the best name first.
        is_part: whether a head fits that only holds a name.
    """

    field: str
    language: str
    names: tuple[str, ...]
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NullWord:
    """A word for an empty cell."""

    word: str
    gloss: str


@cache
def columns() -> tuple[Column, ...]:
    """Return all rows in the order in which they are tried."""
    return load_table("columns", Column)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCell:
    """A whole cell of a type column and the notice type it tells."""

    cell: str
    type: str
    gloss: str


@cache
def type_cells() -> dict[str, str]:
    """Return notice type by cell, folded, letters and digits only."""
    return {row.cell: row.type for row in load_table("type_cells", TypeCell, key=("cell",))}


@cache
def null_words() -> frozenset[str]:
    """Return the words for an empty cell, folded."""
    return frozenset(row.word for row in load_table("null_words", NullWord, key=("word",)))
