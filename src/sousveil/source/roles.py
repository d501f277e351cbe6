"""What the columns of a dump are for: by a mapping that somebody wrote, else by the names of their heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sousveil.source.cells import HIDDEN, role_of

FIELDS = (
    "title", "buyer", "agency", "unit", "notice_type", "project_number", "contract_number", "publication_date",
    "award_date", "budget", "award_amount", "currency", "suppliers", "candidates", "party_type", "party_id", "province",
    "region", "city", "country", "address", "body", "key", "method", "deadline", "documents_from", "signing_date",
    "first_published", "related_number", "bidders",
)  # fmt: skip
"""What a column can be mapped to, besides ``text`` (rendered, no field), ``skip`` and ``person`` (not rendered)."""
TEXT, SKIP, PERSON = "text", "skip", "person"
TARGETS = (*FIELDS, TEXT, SKIP, PERSON)

_STATED = frozenset(
    {"buyer", "agency_or_buyer", "notice_type", "project_number", "publication_date", "budget", "award_amount"}
    | {"suppliers", "candidates", "contract_number"}
)
_OF_ROWS = frozenset({"buyer", "agency_or_buyer", "notice_type", "publication_date", "address", "contract_number"})
_MOST_ITEM_COLUMNS = 1
"""Lists of what is bought have a column of names, often a number and a sum; two of quantity, unit, price, make tell
them from a dump of notices (workbooks of the sample corpus and the price forms of GB 50500, 2026-11)."""


@dataclass(frozen=True)
class Roles:
    """The role of every column.

    Attributes:
        given: columns and their targets as somebody wrote them; other columns are told by their heads.
    """

    given: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _given(self) -> dict[str, tuple[str, int]]:
        return {column: _ranked(column, "" if target == TEXT else target) for column, target in self.given}

    def of(self, parent: str, head: str) -> tuple[str, int]:
        """Return the role of a column and its rank among those of the same role, the lowest is best; else ``("", 0)``.

        >>> Roles((("F1", "title"),)).of("", "F1"), Roles().of("", "采购人")
        (('title', -1), ('buyer', 1))
        >>> Roles((("采购人", "text"),)).of("", "采购人")
        ('', -1)
        """
        found = self._given.get(column_name(parent, head)) if self.given else None
        return role_of(parent, head) if found is None else found

    def is_hidden(self, parent: str, head: str) -> bool:
        """Return whether a column, and all that is nested in it, is not rendered: persons and bookkeeping."""
        return self.of(parent, head)[0] in HIDDEN

    def are_of_notices(self, columns: Iterable[tuple[str, str]]) -> bool:
        """Return whether columns (parent, head) are those of notices: one like a title, and one more field.

        >>> plain = Roles()
        >>> plain.are_of_notices([("", "项目名称"), ("", "采购人")])
        True
        >>> plain.are_of_notices([("", head) for head in ("项目编码", "项目名称", "计量单位", "工程量", "合价")])
        False
        """
        roles = [self.of(parent, head)[0] for parent, head in columns]
        found = set(roles)
        if "title" not in found or not found & _STATED:
            return False
        return roles.count("item") <= _MOST_ITEM_COLUMNS or bool(found & _OF_ROWS)


NO_MAPPING = Roles()
"""Every column is told by its head."""


def _ranked(column: str, role: str) -> tuple[str, int]:
    """Return a role with the rank that the head has in it by its name; the best for a head without such a name."""
    parent, _, head = column.rpartition(".")
    told, rank = role_of(parent, head)
    return role, rank if told == role else -1


def column_name(parent: str, head: str) -> str:
    r"""Return the name of a column as it stands in a mapping; white space in it is one blank.

    >>> column_name("buyer", "name"), column_name("", " 采购人\n名称 ")
    ('buyer.name', '采购人 名称')
    """
    name = f"{parent}.{head}" if parent else head
    return " ".join(name.split())
