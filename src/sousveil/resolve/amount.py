"""The one known amount of a purchase, with the rule that chose it and the sums that were not taken.

Contract over award over lots won over candidates over budget over ceiling. A correction wins over what it corrects, a
later call over an earlier one, lot by lot. Copies are left out before. Sums in another currency, slips of ten thousand
(元 yuan for 万元 ten thousand yuan) and the ceilings of frameworks are refused, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sousveil.model import KnownAmount
from sousveil.resolve.statements import Statement, statements
from sousveil.resolve.sums import are_equal, is_slip
from sousveil.resolve.traits import Traits

Refused = tuple[str, float, str]
_TOO_SMALL = 10_000
"""Of two sums ten thousand times apart and nothing to decide, one below this is the slip: no public call costs less."""
_OVER = 1.02
"""Sums of lots may pass the budget by rounding, no more."""
_MOST = 0.6
"""Share of the award below which the contracts at hand are a part of what was won."""


def known_amount(
    live: Sequence[Traits], *, is_framework: bool, is_ended: bool
) -> tuple[KnownAmount | None, tuple[Refused, ...]]:
    """Return the amount, or None, and every sum that was not taken with the reason.

    Args:
        live: the notices of the purchase in order of time, copies left out.
        is_framework: nothing is bought yet.
        is_ended: nobody won.
    """
    refused: list[Refused] = []
    found = statements(live)
    if is_framework or is_ended:
        why = "ceiling of a framework, nothing is bought yet" if is_framework else "the purchase ended without a winner"
        return None, tuple((item.notice, item.value, why) for item in found)
    found = _of_one_currency(found, refused)
    found = _without_slips(found, refused)
    chosen: tuple[str, list[Statement]] = ("", [])
    for choose in (_contracts, _awards, _candidates, _budget, _ceiling):
        chosen = choose(found, refused)
        if chosen[1]:
            break
    rule, taken = chosen
    if not taken:
        return None, tuple(dict.fromkeys(refused))
    value = round(sum(item.value for item in taken), 2)
    currency = next((item.currency for item in taken if item.currency), None)
    notices = tuple(dict.fromkeys(item.notice for item in taken))
    used = {(item.notice, item.value) for item in taken}
    kept = tuple(dict.fromkeys(item for item in refused if (item[0], item[1]) not in used))
    return KnownAmount(value, currency, rule, notices, kept), kept


# ---- what cannot be a price


def _of_one_currency(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[Statement, ...]:
    """Return the statements in the currency of what was won, else of what was planned; unnamed ones count as in it."""
    best = next((kind for kind in ("contract", "award", "candidate", "budget", "ceiling") if _named(found, kind)), "")
    names = _named(found, best)
    if not names:
        return found
    currency = Counter(names).most_common(1)[0][0]
    kept = []
    for item in found:
        if item.currency in {"", currency}:
            kept.append(item)
        else:
            refused.append((item.notice, item.value, f"in {item.currency}, not in {currency}"))
    return tuple(kept)


def _named(found: Iterable[Statement], kind: str) -> list[str]:
    return [item.currency for item in found if item.kind == kind and item.currency]


def _without_slips(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[Statement, ...]:
    kept = list(found)
    while (slip := _slip(kept)) is not None:
        item, other = slip
        kept.remove(item)
        refused.append((item.notice, item.value, f"ten thousand times apart from {other.value:g} in {other.notice}"))
    return tuple(kept)


def _slip(found: list[Statement]) -> tuple[Statement, Statement] | None:
    """Return a statement that is off by ten thousand, and the one that shows it."""
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if not _are_slipped(one, other):
                continue
            votes = [
                sum(0.1 <= item.value / side.value <= 10 for item in found if item.notice != side.notice)
                for side in (one, other)
            ]
            if votes[0] != votes[1]:
                return (one, other) if votes[0] < votes[1] else (other, one)
            small, large = sorted((one, other), key=lambda item: item.value)
            return (small, large) if small.value < _TOO_SMALL else (large, small)
    return None


def _are_slipped(one: Statement, other: Statement) -> bool:
    ranks = {"contract": 0, "award": 0, "candidate": 0, "budget": 1, "ceiling": 1}
    a, b = (one, other) if ranks[one.kind] <= ranks[other.kind] else (other, one)
    if a.lot != b.lot and a.lot and b.lot:
        return False
    return is_slip(a.value, b.value, is_same_kind=ranks[a.kind] == ranks[b.kind])


# ---- rules


def _contracts(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[str, list[Statement]]:
    every = [item for item in found if item.kind == "contract"]
    signed = [item for item in every if not item.is_acceptance] or every
    taken = _distinct(_of_the_whole(signed, refused), refused)
    if not taken:
        return "", []
    rule, won = _awards(found, [])
    if len(won) > 1:
        open_ = _not_covered(won, taken)
        if open_ and len(open_) < len(won):
            return "contract_and_lots", [*taken, *open_]
        if open_:
            return _part_refused(taken, rule, won, refused)
    elif won and sum(item.value for item in taken) < _MOST * won[0].value and len(won[0].suppliers) > len(taken):
        return _part_refused(taken, rule, won, refused)
    _refuse(won, refused, "a contract says what it came to")
    return "contract", taken


def _part_refused(
    taken: list[Statement], rule: str, won: list[Statement], refused: list[Refused]
) -> tuple[str, list[Statement]]:
    if sum(item.value for item in taken) >= sum(item.value for item in won) * _MOST:
        _refuse(won, refused, "a contract says what it came to")
        return "contract", taken
    _refuse(taken, refused, "a contract of a part of what was won")
    return rule, won


def _not_covered(won: list[Statement], contracts: list[Statement]) -> list[Statement]:
    """Return the lots won of which no contract is at hand, by lot, else by supplier, else by sum."""
    rest = list(won)
    tests: tuple[Callable[[Statement, Statement], bool], ...] = (
        lambda lot, contract: bool(lot.lot) and lot.lot == contract.lot,
        lambda lot, contract: not contract.lot and bool(lot.suppliers & contract.suppliers),
        lambda lot, contract: not contract.lot and are_equal(lot.value, contract.value),
    )
    for contract in contracts:
        for test in tests:
            hit = [lot for lot in rest if test(lot, contract)]
            if hit:
                rest = [lot for lot in rest if lot not in hit]
                break
    return rest


def _distinct(found: list[Statement], refused: list[Refused]) -> list[Statement]:
    """Return contracts, each once: the last one of a number, one of those with the same sum and supplier."""
    kept: list[Statement] = []
    for item in sorted(found, key=lambda item: (item.rank, item.notice)):
        same = next((known for known in kept if _is_same_contract(known, item)), None)
        if same is not None:
            kept.remove(same)
            _refuse([same], refused, "said again by a later notice")
        kept.append(item)
    return kept


def _is_same_contract(one: Statement, other: Statement) -> bool:
    if one.notice == other.notice:
        return False
    if one.contract and other.contract and one.lot == other.lot:
        return one.contract == other.contract
    if one.lot and other.lot:
        return one.lot == other.lot
    is_disjoint = bool(one.suppliers and other.suppliers) and one.suppliers.isdisjoint(other.suppliers)
    return are_equal(one.value, other.value) and not is_disjoint


def _of_the_whole(found: list[Statement], refused: list[Refused]) -> list[Statement]:
    """Return statements without the parts of a notice that also says the whole."""
    whole = {item.notice for item in found if not item.lot}
    parts = [item for item in found if item.lot and item.notice in whole]
    _refuse(parts, refused, "part of a sum that the same notice states")
    return [item for item in found if item not in parts]


def _awards(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[str, list[Statement]]:
    return _won([item for item in found if item.kind == "award"], _budget(found, [])[1], refused, "award", "lots")


def _candidates(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[str, list[Statement]]:
    _, taken = _won([item for item in found if item.kind == "candidate"], [], refused, "candidate", "candidate")
    return "candidate", taken


def _won(
    found: list[Statement], budget: list[Statement], refused: list[Refused], single: str, several: str
) -> tuple[str, list[Statement]]:
    """Return what was won: the sum of the whole, else of the lots, the latest statement for each."""
    found = _of_the_whole(found, refused)
    lots = _latest([item for item in found if item.lot], refused)
    whole = _whole([item for item in found if not item.lot], budget, refused)
    if whole and lots:
        total = sum(item.value for item in lots)
        if sum(item.value for item in whole) >= 0.99 * total:
            _refuse(lots, refused, "part of a sum that another notice states")
        else:
            _refuse(whole, refused, "the lots won come to more")
            whole = []
    taken = whole or lots
    return (single if len(taken) == 1 else several), taken


def _latest(lots: list[Statement], refused: list[Refused]) -> list[Statement]:
    best: dict[str, Statement] = {}
    for item in sorted(lots, key=lambda item: (item.rank, item.notice)):
        if item.lot in best:
            _refuse([best[item.lot]], refused, f"a later notice says {item.value:g} for this lot")
        best[item.lot] = item
    return [best[lot] for lot in sorted(best)]


def _whole(found: list[Statement], budget: list[Statement], refused: list[Refused]) -> list[Statement]:
    """Return the last statement for the whole, or several that are lots unsaid: other suppliers, within budget."""
    ranked = sorted(found, key=lambda item: (item.rank, item.notice), reverse=True)
    taken: list[Statement] = []
    limit = budget[0].value * _OVER if len(budget) == 1 else None
    for item in ranked:
        if not taken or _is_another_lot(item, taken, limit):
            taken.append(item)
            continue
        last = taken[0]
        _refuse(
            [item], refused, f"corrected by {last.notice}" if last.is_correction else "a later notice says it again"
        )
    return taken[::-1]


def _is_another_lot(item: Statement, taken: list[Statement], limit: float | None) -> bool:
    if any(known.is_correction for known in taken) or any(known.rank[0] != item.rank[0] for known in taken):
        return False
    if not item.suppliers or any(not known.suppliers or known.suppliers & item.suppliers for known in taken):
        return False
    return limit is not None and item.value + sum(known.value for known in taken) <= limit


def _budget(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[str, list[Statement]]:
    return "budget", _allowed([item for item in found if item.kind == "budget"], refused)


def _ceiling(found: tuple[Statement, ...], refused: list[Refused]) -> tuple[str, list[Statement]]:
    return "ceiling", _allowed([item for item in found if item.kind == "ceiling"], refused)


def _allowed(found: list[Statement], refused: list[Refused]) -> list[Statement]:
    whole = sorted((item for item in found if not item.lot), key=lambda item: (item.rank, item.notice))
    lots = _latest([replace(item) for item in found if item.lot], refused)
    if whole and (not lots or whole[-1].value >= sum(item.value for item in lots) * 0.99):
        _refuse([*whole[:-1], *lots], refused, f"a later notice, or one of the whole, says {whole[-1].value:g}")
        return whole[-1:]
    _refuse(whole, refused, "the budgets of the lots come to more")
    return lots


def _refuse(items: Iterable[Statement], refused: list[Refused], why: str) -> None:
    refused.extend((item.notice, item.value, why) for item in items)
