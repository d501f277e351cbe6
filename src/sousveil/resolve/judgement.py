"""Judgements of persons on names: these two are one, these two are not, this one is called so.

They are kept apart from what is derived and name spellings, not ids, so they hold when everything is made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.resolve.mention import Spelling

Decision = Literal["merge", "split", "rename"]


@dataclass(frozen=True, slots=True)
class Named:
    """A side of a judgement: a name with its place, as printed, and the id that it had when the judgement was made."""

    name: str
    country: str = ""
    province: str = ""
    city: str = ""
    identifier: str = ""
    id: str = ""

    def is_spelling(self, spelling: Spelling) -> bool:
        """Return whether a spelling is meant: the same name; place and number count where the judgement tells them."""
        return self.name == spelling.name and all(
            not mine or mine == theirs
            for mine, theirs in (
                (self.country, spelling.country),
                (self.province, spelling.province),
                (self.city, spelling.city),
                (self.identifier, spelling.identifier),
            )
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided.

    Attributes:
        number: order of decisions; a later one on the same names counts instead of an earlier one.
        decision: ``merge`` both are one institution; ``split`` they are two, and ``left`` goes apart with nothing but
            its own spelling; ``rename`` the institution of ``left`` is shown as ``title``.
        left: the name judged.
        right: the other name; None for ``rename``.
        title: the name to be shown, for ``rename``.
        note: why.
        by: who, as that person wants to be named.
        made_at: ISO 8601, UTC.
    """

    number: int
    decision: Decision
    left: Named
    right: Named | None = None
    title: str = ""
    note: str = ""
    by: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judgements on names, in the order in which they were made."""

    rows: tuple[Judgement, ...] = ()

    @property
    def standing(self) -> tuple[Judgement, ...]:
        """Those that no later judgement on the same two names (or the same name, for renamings) has replaced."""
        last: dict[tuple[object, ...], Judgement] = {}
        for row in sorted(self.rows, key=lambda row: row.number):
            sides = frozenset((_side(row.left), _side(row.right) if row.right else ()))
            last[(row.decision == "rename", sides)] = row
        return tuple(sorted(last.values(), key=lambda row: row.number))


def _side(named: Named) -> tuple[str, ...]:
    return (named.name, named.country, named.province, named.city, named.identifier)


NONE = Judgements()
"""No judgements."""
