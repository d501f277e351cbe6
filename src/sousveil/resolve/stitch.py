"""Stitching: notices to purchases.

Notices that share a key are weighed in pairs; pairs that hold are joined, the surest first, unless the purchases that
they would join contradict each other. The answer depends on the set of notices alone: not on their order, and not on
notices of another connected set (``keys.connected``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sousveil.model import Procurement, Stitch
from sousveil.resolve.keys import connected, keys_of_traits
from sousveil.resolve.purchase import make_procurements
from sousveil.resolve.summary import Summary
from sousveil.resolve.traits import Traits, traits_of
from sousveil.resolve.weigh import Bond, affinity, buyers_agree, weigh

Pairs = frozenset[tuple[str, str]]

SMALL_BLOCK = 40
"""Notices under one key up to which all pairs are weighed."""
WINDOW = 12
"""Neighbours weighed in a larger block, put in order by title and day: cost grows with the block, not its square."""
LEAST_MEAN = -1.0
"""Mean weight between two groups below which one likeness does not join them; set on labelled and made notices."""
_LOOKED_AT = 3


@dataclass(slots=True)
class _Group:
    """Notices taken to be one purchase so far, and what they say that another purchase would say otherwise."""

    members: list[Traits]
    stitches: list[Stitch] = field(default_factory=list)
    families: dict[str, set[str]] = field(default_factory=dict)
    ordinals: dict[str, set[str]] = field(default_factory=dict)
    buyers: dict[str, Traits] = field(default_factory=dict)


def stitch(
    summaries: Iterable[Summary], *, apart: Pairs = frozenset(), together: Pairs = frozenset()
) -> tuple[Procurement, ...]:
    """Return the purchases of notices, each notice in exactly one, in the order of their ids.

    Args:
        summaries: all notices that share a key with one another, directly or through others; a set that is not closed
            in this way gives purchases that further notices may still join. A notice given twice counts once.
        apart: pairs of notice ids that a person judged to be of two purchases; they never end in one.
        together: pairs that a person judged to be of one; where both are said, ``apart`` wins.

    >>> call = Summary("a", "tender", ("HYGP-2024-0151",), "视频监控采购项目公开招标公告", budget=3e6, currency="CNY")
    >>> won = Summary("b", "award", ("HYGP-2024-0151",), "视频监控采购项目中标公告", award=2.9e6, currency="CNY")
    >>> (purchase,) = stitch([won, call])
    >>> purchase.notices, purchase.status, purchase.amount.value, purchase.amount.rule
    (('a', 'b'), 'awarded', 2900000.0, 'award')
    """
    traits = {summary.id: traits_of(summary) for summary in sorted(summaries, key=lambda summary: summary.id)}
    keys = {notice: list(keys_of_traits(found)) for notice, found in traits.items()}
    for pair in together:
        if pair[0] in keys and pair[1] in keys:
            keys[pair[0]].append(f"j:{min(pair)}:{max(pair)}")
            keys[pair[1]].append(f"j:{min(pair)}:{max(pair)}")
    judged = (_both_ways(apart), _both_ways(together - apart))
    found = [
        procurement
        for notices in connected(keys)
        for procurement in _stitch_set([traits[notice] for notice in notices], keys, *judged)
    ]
    return tuple(sorted(found, key=lambda procurement: procurement.id))


def _both_ways(pairs: Pairs) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {notice: frozenset(others) for notice, others in found.items()}


def _stitch_set(
    notices: Sequence[Traits],
    keys: dict[str, list[str]],
    apart: dict[str, frozenset[str]],
    together: dict[str, frozenset[str]],
) -> tuple[Procurement, ...]:
    if len(notices) == 1:
        return make_procurements([(tuple(notices), ())], ())
    bonds, frames = _bonds(notices, keys, together)
    groups = {found.id: _group(found) for found in notices}
    for bond in bonds:
        one, other = groups[bond.first], groups[bond.second]
        if one is other or not _may_join(one, other, bond, apart):
            continue
        _join(one, other, bond, groups)
    distinct = {id(group): group for group in groups.values()}
    return make_procurements([(tuple(g.members), tuple(g.stitches)) for g in distinct.values()], frames)


def _bonds(
    notices: Sequence[Traits], keys: dict[str, list[str]], together: dict[str, frozenset[str]]
) -> tuple[list[Bond | Judged], list[Bond]]:
    """Return what joins notices, judgements first, then the surest; and what is called off under a framework."""
    bonds: list[Bond | Judged] = []
    frames: list[Bond] = []
    for one, other in _pairs(notices, keys):
        if other.id in together.get(one.id, ()):
            continue
        bond = weigh(one, other)
        if bond is not None:
            (frames if bond.kind == "framework" else bonds).append(bond)
    present = {found.id for found in notices}
    bonds.sort(key=lambda bond: (-bond.score, not bond.by_number, bond.first, bond.second))
    judged = [Judged(a, b) for a in sorted(present) for b in sorted(together.get(a, ())) if a < b and b in present]
    return [*judged, *bonds], sorted(frames, key=lambda bond: (bond.first, bond.second))


@dataclass(frozen=True, slots=True)
class Judged:
    """Two notices that a person judged to be of one purchase."""

    first: str
    second: str
    kind: str = "judgement"
    score: float = 1.0
    reasons: tuple[str, ...] = ("judged by a person",)
    by_number: bool = True


def _pairs(notices: Sequence[Traits], keys: dict[str, list[str]]) -> Iterator[tuple[Traits, Traits]]:
    """Yield every pair that shares a key, once; of a large block, those that stand close to each other."""
    blocks: dict[str, list[Traits]] = {}
    for found in notices:
        for key in keys[found.id]:
            blocks.setdefault(key, []).append(found)
    seen: set[int] = set()
    places = {found.id: place for place, found in enumerate(notices)}
    for block in blocks.values():
        width = len(block)
        if width > SMALL_BLOCK:
            block.sort(key=lambda found: (found.title.core, *found.order))
            width = WINDOW
        for place, one in enumerate(block):
            for other in block[place + 1 : place + 1 + width]:
                a, b = places[one.id], places[other.id]
                pair = a * len(notices) + b if a < b else b * len(notices) + a
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


# ---- groups


def _group(found: Traits) -> _Group:
    group = _Group([found])
    for number in found.numbers:
        group.families.setdefault(number.family, set()).add(number.base)
    group.ordinals = {kind: set(values) for kind, values in found.ordinals.items()}
    if found.buyer:
        group.buyers[found.buyer] = found
    return group


def _may_join(one: _Group, other: _Group, bond: Bond | Judged, apart: dict[str, frozenset[str]]) -> bool:
    """Return whether two groups may become one purchase: nobody judged otherwise, and they do not contradict."""
    if apart and any(b.id in apart.get(a.id, ()) for a in one.members for b in other.members):
        return False
    if bond.by_number:
        return True
    is_again = bond.kind == "attempt"  # the two calls have numbers of one series
    if not is_again and (_differ(one.families, other.families) or _mean_affinity(one, other) < LEAST_MEAN):
        return False
    if is_again and _went_on(one if bond.first in {found.id for found in one.members} else other, bond):
        return False
    if _differ(one.ordinals, other.ordinals):
        return False
    if not one.buyers or not other.buyers:
        return True
    return any(buyers_agree(a, b) != "other" for a in one.buyers.values() for b in other.buyers.values())


def _went_on(group: _Group, bond: Bond | Judged) -> bool:
    """Return whether a purchase that failed was called again already: the next call of that title is another one's."""
    end = next(found for found in group.members if found.id == bond.first)
    if end.kind != "termination":
        return False
    return any(found.kind in {"tender", "award"} and found.day > end.day for found in group.members)


def _mean_affinity(one: _Group, other: _Group) -> float:
    """Return how well each notice fits its best match in the other group, on average.

    A chain of small likenesses is no purchase; one notice that fits another well, and one that fits none, may be.
    """
    grid = [[affinity(a, b) for b in other.members[:_LOOKED_AT]] for a in one.members[:_LOOKED_AT]]
    best: list[float] = [*(max(row) for row in grid), *(max(column) for column in zip(*grid, strict=True))]
    return sum(best) / len(best)


def _differ(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    return any(values.isdisjoint(other[kind]) for kind, values in one.items() if kind in other)


def _join(one: _Group, other: _Group, bond: Bond | Judged, groups: dict[str, _Group]) -> None:
    """Put the smaller group into the larger one."""
    big, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
    later, earlier = bond.second, bond.first
    big.stitches.append(Stitch(later, earlier, bond.kind, bond.score, bond.reasons))  # type: ignore[arg-type]
    big.stitches.extend(small.stitches)
    big.members.extend(small.members)
    for family, bases in small.families.items():
        big.families.setdefault(family, set()).update(bases)
    for kind, values in small.ordinals.items():
        big.ordinals.setdefault(kind, set()).update(values)
    big.buyers.update(small.buyers)
    for found in small.members:
        groups[found.id] = big
