"""Traits of a summary: what is compared when two notices are weighed, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sousveil.resolve.marks import has_mark, ordinal
from sousveil.resolve.numbers import Number, read_numbers, squash
from sousveil.resolve.summary import Summary
from sousveil.resolve.titles import Title, read_title, squash_name
from sousveil.text.fold import even, fold

STAGES = {"intention": 0, "requirements": 0, "tender": 1, "correction": 2, "termination": 3, "award": 3, "contract": 4}
"""How far along a purchase is; ``other`` has no place in it."""


@dataclass(slots=True, eq=False)
class Traits:
    """A summary with its number, title, buyer and day taken apart."""

    summary: Summary
    numbers: tuple[Number, ...]
    related: tuple[Number, ...]
    contract: str
    title: Title
    buyer: str
    """What buyers are compared by when both are resolved: the id, else the name."""
    buyer_name: str
    day: int
    """Days since year 1; 0 where there is none."""
    attempt: int
    lots: frozenset[str]
    suppliers: frozenset[str]
    id: str = field(init=False)
    kind: str = field(init=False)
    """Type of the notice."""
    bases: frozenset[str] = field(init=False)
    """Numbers without lot and call."""
    order: tuple[str, int, str] = field(init=False)
    """Order of time: day, stage, id; notices without a day come last."""
    ordinals: dict[str, set[str]] = field(init=False)
    """Marks of the title that part purchases, by kind."""

    def __post_init__(self) -> None:
        self.id = self.summary.id
        self.kind = self.summary.notice_type
        self.bases = frozenset(number.base for number in self.numbers)
        self.order = (self.summary.date or "9999", STAGES.get(self.kind, 5), self.id)
        self.ordinals = {}
        for kind, value in self.title.ordinals:
            self.ordinals.setdefault(kind, set()).add(value)


def traits_of(summary: Summary) -> Traits:
    """Return the traits of a summary."""
    title = read_title(summary.title, summary.buyer)
    name = _buyer_name(summary.buyer)
    printed = (*summary.numbers, *title.numbers) if not summary.numbers else summary.numbers
    numbers = tuple(dict.fromkeys(number for text in printed for number in read_numbers(text)))
    lots = {number.lot for number in numbers if number.lot} | title.lots
    lots.update(_lot(part.number) for part in summary.lots)
    return Traits(
        summary,
        numbers,
        read_numbers(summary.related_number) if summary.related_number else (),
        squash(even(fold(summary.contract_number))),
        title,
        (summary.buyer_id if name or not summary.buyer else "") or name,
        name,
        _day(summary.date),
        max((summary.attempt, title.attempt, *(number.attempt for number in numbers))),
        frozenset(filter(None, lots)),
        frozenset(_supplier(name) for name in summary.suppliers),
    )


@lru_cache(maxsize=8192)
def _buyer_name(printed: str) -> str:
    """Return the name that buyers are compared by, nothing where it is withheld (某部: a certain force)."""
    return "" if has_mark("hidden", even(fold(printed)).strip()) else squash_name(printed)


def _lot(printed: str) -> str:
    return ordinal(even(fold(printed)).strip())


@lru_cache(maxsize=4096)
def _supplier(name: str) -> str:
    return squash_name(name) or name


@lru_cache(maxsize=8192)
def _day(iso: str) -> int:
    """Return the number of a day, the first of a month or year where that is all there is; 0 for none."""
    parts = [*iso[:10].split("-"), "1", "1"][:3]
    try:
        return date(*(int(part) for part in parts)).toordinal()
    except ValueError:
        return 0
