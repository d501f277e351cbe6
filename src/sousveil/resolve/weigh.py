"""Weighing: how much speaks for two notices being of one purchase, each reason with its weight.

Weights are added and turned into a score between 0 and 1 by the logistic function; above 0.5 the notices are bound.
They were set by hand on invented purchases (``bench/purchases``) and mean natural logarithms of odds: what is worth 2
makes one purchase seven times as likely. Negative ones are as many as positive ones, because most pairs that are looked
at share a buyer or a template and no purchase.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from sousveil.resolve.numbers import is_end_more
from sousveil.resolve.sightings import SAME_WORDS, is_copy_of
from sousveil.resolve.sums import compare_sums
from sousveil.resolve.titles import common_share, is_swap
from sousveil.resolve.traits import STAGES, Traits

BondKind = Literal["stage", "copy", "attempt", "lot", "framework"]
PRIOR = -4.0
"""Two notices that share a key are of one purchase about once in fifty times, before anything else is looked at."""
_WINDOWS = {  # days between two kinds: usual, still possible
    ("intention", "tender"): (150, 330),
    ("intention", "award"): (270, 450),
    ("intention", "contract"): (330, 540),
    ("tender", "correction"): (40, 150),
    ("tender", "termination"): (120, 300),
    ("tender", "award"): (120, 300),
    ("tender", "contract"): (200, 400),
    ("award", "contract"): (120, 365),
    ("contract", "contract"): (400, 1500),
}
_WINDOW = (120, 330)
_EARLY = 20
"""Days by which a later stage may be dated before an earlier one: dates are misread, pages are published late."""
_SAME_CALL = 0.8
_AGAIN_DAYS = 240
"""Days between a call and the next one of the same purchase, and the share of telling words their titles share."""


@dataclass(frozen=True, slots=True)
class Bond:
    """Why two notices belong together; ``framework``: one is called off under the other, a purchase of its own."""

    first: str
    second: str
    kind: BondKind
    score: float
    reasons: tuple[str, ...]
    by_number: bool = False
    """Whether a number that both print speaks for it; else titles, sums and dates do."""


@dataclass(slots=True)
class _Scale:
    total: float = PRIOR
    reasons: tuple[tuple[float, str], ...] = ()
    by_number: bool = False
    is_again: bool = False
    is_copy: bool = False

    def put(self, weight: float, reason: str) -> None:
        self.total += weight
        self.reasons += ((weight, reason),)


def weigh(one: Traits, other: Traits) -> Bond | None:
    """Return the bond of two notices, or None where they are of different purchases."""
    first, second = (one, other) if one.order <= other.order else (other, one)
    found = _balance(first, second)
    if isinstance(found, Bond) or found is None:
        return found
    if found.total <= 0:
        return None
    kind = _kind(first, second, found)
    return Bond(first.id, second.id, kind, _score(found.total), _told(found), found.by_number)


def affinity(one: Traits, other: Traits) -> float:
    """Return the sum of the weights, negative where more speaks against one purchase."""
    found = _balance(*((one, other) if one.order <= other.order else (other, one)))
    if isinstance(found, Bond) or found is None:
        return 2 * PRIOR
    return found.total


def _balance(first: Traits, second: Traits) -> _Scale | Bond | None:
    """Return all weights, or the bond of a call-off to its framework, or None where nothing can make them one."""
    if first.summary.country and second.summary.country and first.summary.country != second.summary.country:
        return None
    scale = _Scale()
    buyers = _weigh_buyers(scale, first, second)
    number = _weigh_numbers(scale, first, second, buyers)
    if number == "related" and _calls_off(first) and _calls_off(second):
        return None  # both name the framework, neither the other
    if _is_called_off(first, second, buyers):
        return _framework_bond(first, second) if number in {"same", "base", "related"} else None
    scale.is_again = _is_again(first, second)
    if number == "serial" and not scale.is_again:
        return scale  # whatever else they share, a renewal shares it too
    _weigh_titles(scale, first, second)
    _weigh_ordinals(scale, first, second, has_number=number in {"same", "base"})
    scale.is_copy = is_copy_of(first, second)
    _weigh_kinds(scale, first, second, number=number)
    _weigh_days(scale, first, second)
    has_lots = bool(first.lots or second.lots)
    for weight, reason in compare_sums(first.summary, second.summary, has_lots=has_lots, by_number=scale.by_number):
        scale.put(weight, reason)
    _weigh_suppliers(scale, first, second, has_lots=has_lots)
    return scale


def _score(total: float) -> float:
    return round(1 / (1 + math.exp(-total)), 3)


def _told(scale: _Scale) -> tuple[str, ...]:
    """Return the reasons, heaviest first, those against it marked."""
    ranked = sorted(scale.reasons, key=lambda item: (-abs(item[0]), item[1]))
    return tuple(reason if weight > 0 else f"against: {reason}" for weight, reason in ranked)


def _kind(first: Traits, second: Traits, scale: _Scale) -> BondKind:
    if scale.is_copy:
        return "copy"
    if scale.is_again or (scale.by_number and first.attempt != second.attempt):
        return "attempt"
    if first.kind == second.kind and first.lots and second.lots and first.lots != second.lots:
        return "lot"
    return "stage"


# ---- buyers


def _weigh_buyers(scale: _Scale, first: Traits, second: Traits) -> str:
    relation = buyers_agree(first, second)
    if relation == "same":
        scale.put(2.0, "same buyer")
    elif relation == "part":
        scale.put(1.0, "one buyer's name is part of the other's")
    elif relation == "other":
        scale.put(-4.5, "different buyers")
    if _places_differ(first.summary.place, second.summary.place):
        scale.put(-1.5, "different places")
    return relation


def buyers_agree(first: Traits, second: Traits) -> str:
    """Return ``same``, ``part`` (one name within the other), ``other`` or ``unknown``."""
    if not first.buyer or not second.buyer:
        return "unknown"
    if first.buyer == second.buyer or first.buyer_name == second.buyer_name:
        return "same"
    short, long = sorted((first.buyer_name, second.buyer_name), key=len)
    is_part = len(short) >= 5 and (long.endswith(short) or long.startswith(short))
    return "part" if is_part else "other"


def _places_differ(one: str, other: str) -> bool:
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


# ---- numbers


def _weigh_numbers(scale: _Scale, first: Traits, second: Traits, buyers: str) -> str:
    """Put the weight of the numbers; return ``same``, ``base``, ``related``, ``serial``, ``other`` or nothing."""
    if first.contract and first.contract == second.contract and buyers != "other":
        scale.by_number = True
        scale.put(6.0, f"same contract number {first.contract}")
    best = (
        max(
            (_number_weight(a.base, b.base, a.stem == b.stem, a.is_specific, buyers), a.base)
            for a in first.numbers
            for b in second.numbers
        )
        if first.numbers and second.numbers
        else None
    )
    if best is not None and best[0][0] > 0:
        scale.by_number = True
        scale.put(best[0][0], f"{best[0][1]} {best[1]}")
        return "same" if best[0][0] > 5 else "base"
    if _weigh_links(scale, first, second, buyers):
        return "related"
    if best is None or scale.by_number:
        return ""
    families = {number.family: number for number in first.numbers}
    same = next((n for n in second.numbers if n.family in families), None)
    if same is not None:
        scale.put(-7.0, f"numbers {families[same.family].base} and {same.base} of one series")
        return "serial"
    scale.put(-1.5, "different numbers")
    return "other"


def _number_weight(one: str, other: str, is_whole: bool, is_specific: bool, buyers: str) -> tuple[float, str]:
    if one == other:
        if is_specific:
            return (7.0, "same number") if is_whole else (5.2, "same number but for lot or call")
        weight = {"same": 4.0, "part": 3.0, "unknown": 1.0}.get(buyers, 0.0)
        return weight, "same short number"
    return (4.0, "number of a section of") if is_specific and is_end_more(one, other) else (0.0, "")


def _weigh_links(scale: _Scale, first: Traits, second: Traits, buyers: str) -> bool:
    """Put the weight of a number that one notice prints as that of another notice."""
    for one, other in ((first, second), (second, first)):
        own = {number.base: number for number in other.numbers}
        for number in one.related:
            if number.base in own and (number.is_specific or buyers in {"same", "part"}):
                scale.by_number = True
                scale.put(6.0 if number.is_specific else 4.0, f"one names the other's number {number.base}")
                return True
        if one.contract:
            for number in other.numbers:
                if number.is_specific and one.contract != number.base and one.contract.startswith(number.base):
                    scale.by_number = True
                    scale.put(5.0, f"contract number made from {number.base}")
                    return True
    return False


# ---- frameworks


def _calls_off(found: Traits) -> bool:
    return found.title.is_call_off or (found.title.is_framework and found.kind == "contract")


def _is_called_off(first: Traits, second: Traits, buyers: str) -> bool:
    """Return whether one notice calls off under the framework that the other sets up, or both call off apart."""
    one, other = first.title, second.title
    if one.is_call_off and other.is_call_off:
        has_two = bool(first.contract and second.contract and first.contract != second.contract)
        return has_two or buyers == "other"
    if one.is_call_off or other.is_call_off:
        frame = second if one.is_call_off else first
        return frame.title.is_framework and not (frame.kind == "contract" and buyers in {"same", "part"})
    return (one.is_framework or other.is_framework) and buyers == "other" and second.kind in {"award", "contract"}


def _framework_bond(first: Traits, second: Traits) -> Bond | None:
    if first.title.is_call_off and second.title.is_call_off:
        return None
    called, frame = (first, second) if first.title.is_call_off else (second, first)
    return Bond(
        called.id, frame.id, "framework", 1.0, ("called off under a framework with this number",), by_number=True
    )


# ---- titles


def _weigh_titles(scale: _Scale, first: Traits, second: Traits) -> None:
    one, other = first.title, second.title
    if not one.core or not other.core:
        return
    if one.core == other.core or one.full == other.full:
        size = len(one.grams)
        scale.put(2.0 if size < 3 else 3.0 if size < 6 else 3.5 if size < 10 else 4.5, "same title")
        return
    share = common_share(one, other)
    if share < 0.25:
        scale.put(-2.5, "different titles")
    elif share < SAME_WORDS:
        scale.put(-0.8, "titles have little in common")
    elif is_swap(one.core, other.core):
        scale.put(-2.5, "titles name different things in the same words")
    else:
        least = min(len(one.grams), len(other.grams))
        within = len(one.grams & other.grams) / least
        is_within = within >= 0.8 and least >= 2
        scale.put(2.0 if is_within else 1.0, "one title says the other with more words")


def _weigh_ordinals(scale: _Scale, first: Traits, second: Traits, *, has_number: bool) -> None:
    """Put the weight of years, phases, batches."""
    one, other = first.ordinals, second.ordinals
    for kind in sorted(one.keys() | other.keys()):
        a, b = one.get(kind), other.get(kind)
        if a and b and not a & b:
            scale.put(-1.0 if has_number else -6.0, f"different {kind}: {'/'.join(sorted(a))}, {'/'.join(sorted(b))}")
        elif not (a and b) and not has_number:
            scale.put(-0.3 if kind == "year" else -2.0 if kind == "phase" else -1.0, f"only one names a {kind}")


def _is_again(first: Traits, second: Traits) -> bool:
    """Return whether the second notice calls the first one's purchase again, by its mark or after a failure."""
    one, other = first.title, second.title
    if one.core != other.core and one.full != other.full and common_share(first.title, second.title) < _SAME_CALL:
        return False
    days = second.day - first.day if first.day and second.day else 0
    if first.attempt != second.attempt:
        if any(number.attempt > 1 for number in second.numbers) and first.bases:
            return not first.bases.isdisjoint(second.bases)  # the number itself says which purchase is called again
        return first.attempt < second.attempt and days <= _AGAIN_DAYS
    if one.core != other.core and one.full != other.full:
        return False
    return first.kind == "termination" and second.kind == "tender" and 0 < days <= _AGAIN_DAYS


# ---- kinds, days, suppliers


def _weigh_kinds(scale: _Scale, first: Traits, second: Traits, *, number: str) -> None:
    if number == "serial" and scale.is_again:
        scale.put(6.0, "called again under another number")
        return
    if number in {"same", "base", "related"}:
        return
    if scale.is_copy and number != "serial":
        scale.put(4.0, "same text")
    elif first.kind == second.kind and not scale.is_again and first.kind != "correction":
        weight = {"tender": -3.0, "intention": -2.0, "award": -2.0, "contract": -1.5}.get(first.kind, -1.5)
        scale.put(weight, f"two of kind {first.kind}")


def _weigh_days(scale: _Scale, first: Traits, second: Traits) -> None:
    if not first.day or not second.day:
        return
    days = second.day - first.day
    low, high = STAGES.get(first.kind, 5), STAGES.get(second.kind, 5)
    if low > high and days > _EARLY and "contract" not in {first.kind, second.kind} and not scale.is_again:
        scale.put(-0.5 if scale.by_number else -2.0, "stages in the wrong order")
        return
    usual, possible = _WINDOWS.get((first.kind, second.kind), _WINDOW)
    if days <= usual:
        scale.put(0.2 + 0.5 * (1 - days / usual), f"{days} days apart")
    elif days > possible:
        scale.put(-1.0 if scale.by_number and days < 3 * possible else -3.0, f"{days} days apart")


def _weigh_suppliers(scale: _Scale, first: Traits, second: Traits, *, has_lots: bool) -> None:
    if not first.suppliers or not second.suppliers:
        return
    if first.suppliers & second.suppliers:
        scale.put(1.5, "same supplier")
    elif not has_lots and not scale.by_number and first.attempt == second.attempt:
        scale.put(-1.5, "different suppliers")
