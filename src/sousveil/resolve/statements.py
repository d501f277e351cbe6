"""Statements of sums: what each notice of a purchase says it costs, by kind, lot and supplier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sousveil.resolve.marks import ordinal
from sousveil.resolve.summary import Part
from sousveil.resolve.traits import Traits
from sousveil.text.fold import even, fold

StatementKind = Literal["contract", "award", "candidate", "budget", "ceiling"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sum that a notice prints for the purchase or for a lot."""

    notice: str
    kind: StatementKind
    value: float
    currency: str
    lot: str
    """Empty for the whole purchase, or where the notice names no lot."""
    suppliers: frozenset[str]
    contract: str
    rank: tuple[int, int, int]
    """Call, correction or not, day: the highest one holds."""
    is_correction: bool = False
    is_acceptance: bool = False
    is_added: bool = False
    """Lots of one notice, added: the notice prints no sum for the whole."""


def statements(live: Iterable[Traits]) -> tuple[Statement, ...]:
    """Return the sums of the notices of a purchase, copies left out, in the order of the notices."""
    return tuple(statement for found in live for statement in _of(found))


def _of(found: Traits) -> Iterator[Statement]:
    summary = found.summary
    kind = _won_kind(found)
    if kind is not None:
        whole = summary.award
        lots = [part for part in summary.lots if part.award is not None and not part.is_failed]
        if whole is not None:
            yield _statement(found, kind, whole, _only_lot(found))
        if lots and (whole is None or len(lots) > 1):
            for part in lots:
                yield _statement(found, kind, part.award or 0.0, _lot(part), part.suppliers)
    yield from _allowed(found)


def _won_kind(found: Traits) -> StatementKind | None:
    if found.kind == "contract":
        return "contract"
    if found.kind in {"award", "correction"}:
        return "candidate" if found.summary.has_candidates_only else "award"
    return None


def _allowed(found: Traits) -> Iterator[Statement]:
    summary = found.summary
    if summary.budget is not None:
        yield _statement(found, "budget", summary.budget, _only_lot(found))
    else:
        lots = [part.budget for part in summary.lots if part.budget is not None]
        if lots and len(summary.currencies) < 2:
            yield _statement(found, "budget", sum(lots), _only_lot(found), is_added=len(lots) > 1)
    if summary.ceiling is not None:
        yield _statement(found, "ceiling", summary.ceiling, _only_lot(found))


def _statement(
    found: Traits,
    kind: StatementKind,
    value: float,
    lot: str,
    suppliers: tuple[str, ...] | None = None,
    *,
    is_added: bool = False,
) -> Statement:
    is_correction = found.kind == "correction"
    return Statement(
        found.id,
        kind,
        value,
        found.summary.currency,
        lot,
        frozenset(suppliers) if suppliers else found.suppliers,
        found.contract,
        (found.attempt, int(is_correction), found.day),
        is_correction,
        found.title.is_acceptance,
        is_added,
    )


def _only_lot(found: Traits) -> str:
    """Return the lot of a notice that is about one lot alone."""
    lots = found.title.lots or frozenset(number.lot for number in found.numbers if number.lot)
    return next(iter(lots)) if len(lots) == 1 and len(found.summary.lots) < 2 else ""


def _lot(part: Part) -> str:
    return ordinal(even(fold(part.number)).strip())
