"""Judgements of persons on names, as resolving takes them: which stand, and which spellings they mean."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.model import Judgement, Named
from sousveil.resolve.mention import Spelling


def is_meant(named: Named, spelling: Spelling) -> bool:
    """Return whether a judgement means a spelling: the same name; place and number count where it tells them.

    >>> is_meant(Named("岷阳市公安局"), Spelling("岷阳市公安局", province="四川"))
    True
    """
    told = (
        (named.country, spelling.country),
        (named.province, spelling.province),
        (named.city, spelling.city),
        (named.identifier, spelling.identifier),
    )
    return named.name == spelling.name and all(not mine or mine == theirs for mine, theirs in told)


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
            last[row.decision == "rename", sides] = row
        return tuple(sorted(last.values(), key=lambda row: row.number))


def _side(named: Named) -> tuple[str, ...]:
    return (named.name, named.country, named.province, named.city, named.identifier)


NONE = Judgements()
"""No judgements."""
