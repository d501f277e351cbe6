"""From the notices of one purchase to the purchase: copies told apart, status, what is missing, a stable id."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from sousveil.model import Procurement, Status, Stitch
from sousveil.resolve.amount import known_amount
from sousveil.resolve.sightings import is_copy_of
from sousveil.resolve.traits import Traits
from sousveil.resolve.weigh import Bond

_Made = tuple[tuple[Traits, ...], tuple[Stitch, ...]]
_NEAR = 12
"""Earlier notices of the same kind to which a notice is held to see whether it is a copy."""


def make_procurements(groups: Iterable[_Made], frames: Iterable[Bond]) -> tuple[Procurement, ...]:
    """Return the purchases of groups of notices; ``frames`` say what is called off under what."""
    made = [(sorted(members, key=lambda found: found.order), stitches) for members, stitches in groups]
    made.sort(key=lambda item: item[0][0].order)
    ids = _ids([members for members, _ in made])
    by_notice = {found.id: id_ for (members, _), id_ in zip(made, ids, strict=True) for found in members}
    above: dict[str, str] = {}
    for bond in frames:
        if by_notice[bond.first] != by_notice[bond.second]:
            above.setdefault(by_notice[bond.first], by_notice[bond.second])
    return tuple(
        _procurement(id_, members, stitches, above.get(id_, ""))
        for (members, stitches), id_ in zip(made, ids, strict=True)
    )


def _procurement(id_: str, members: list[Traits], stitches: tuple[Stitch, ...], framework: str) -> Procurement:
    copies = _copies(members)
    live = [found for found in members if found.id not in copies]
    is_framework = _is_framework(live)
    status = _status(live)
    amount, refused = known_amount(live, is_framework=is_framework, is_ended=status == "ended")
    days = sorted(found.summary.date for found in members if found.summary.date)
    first = next((found for found in live if found.kind == "tender"), live[0])
    lots = frozenset(lot for found in live for lot in found.lots)
    return Procurement(
        id_,
        tuple(found.id for found in members),
        title=first.summary.title or next((found.summary.title for found in live if found.summary.title), ""),
        buyer=_buyer(live),
        suppliers=_suppliers(live),
        status=status,
        first_date=days[0] if days else "",
        last_date=days[-1] if days else "",
        country=_most(found.summary.country for found in live),
        place=_most(found.summary.place for found in live),
        attempts=_attempts(live),
        lots=len(lots),
        is_framework=is_framework,
        framework=framework,
        amount=amount,
        refused=() if amount is not None else refused,
        missing=_missing(live, status, has_amount=amount is not None),
        stitches=_told(members, stitches, copies),
    )


# ---- copies


def _copies(members: list[Traits]) -> dict[str, str]:
    """Return copy -> original: the first notice of its kind with the same text, and with the most said among equals."""
    originals: dict[str, list[Traits]] = {}
    copies: dict[str, str] = {}
    for found in sorted(members, key=lambda item: (item.summary.date or "9999", -_said(item), item.id)):
        known = originals.setdefault(found.kind, [])
        original = next((one for one in reversed(known[-_NEAR:]) if is_copy_of(one, found)), None)
        if original is None:
            known.append(found)
        else:
            copies[found.id] = original.id
    return copies


def _said(found: Traits) -> int:
    """Return how many of the fields that count a notice fills."""
    one = found.summary
    return sum(map(bool, (one.numbers, one.buyer, one.budget, one.award, one.suppliers, one.lots, one.deadline)))


def _told(members: list[Traits], stitches: tuple[Stitch, ...], copies: dict[str, str]) -> tuple[Stitch, ...]:
    """Return why each notice belongs, one reason or more for each but the first; copies name their original."""
    reasons = {(item.notice, item.other): item for item in stitches}
    place = {found.id: number for number, found in enumerate(members)}
    for copy, original in copies.items():
        known = reasons.pop((copy, original), None) or reasons.pop((original, copy), None)
        score = known.score if known is not None else 1.0
        said = known.reasons if known is not None else ("same kind, text and values",)
        kind = "judgement" if known is not None and known.kind == "judgement" else "copy"
        reasons[copy, original] = Stitch(copy, original, kind, score, said)  # type: ignore[arg-type]
    kept = [
        Stitch(item.notice, item.other, "stage", item.score, item.reasons)
        if item.kind == "copy" and copies.get(item.notice) != item.other
        else item
        for item in reasons.values()
    ]
    return tuple(sorted(kept, key=lambda item: (place[item.notice], place[item.other])))


# ---- what it is and how far it came


def _is_framework(live: list[Traits]) -> bool:
    """Return whether prices are fixed and nothing is bought: a contract alone that says so is a call-off."""
    if any(found.title.is_call_off for found in live):
        return False
    marked = [found for found in live if found.title.is_framework]
    return any(found.kind != "contract" for found in marked)


def _status(live: list[Traits]) -> Status:
    kinds = [found.kind for found in live]
    if any(found.kind == "contract" and found.title.is_acceptance for found in live):
        return "accepted"
    if "contract" in kinds:
        return "contracted"
    if _has_ended(live):
        return "ended"
    if "award" in kinds:
        return "awarded"
    return "tendered" if {"tender", "correction", "termination"} & set(kinds) else "planned"


def _has_ended(live: list[Traits]) -> bool:
    """Return whether the last word is that the whole purchase ended; the end of one lot is not."""
    ends = [found for found in live if found.kind == "termination"]
    if not ends:
        return False
    last = ends[-1]
    calls = [found for found in live if found.kind in {"tender", "award"}]
    if any(found.attempt > last.attempt for found in calls):
        return False
    after = [found for found in calls if found.day > last.day and last.day]
    if any(found.kind == "award" for found in after) or any(_is_new_call(found, last) for found in after):
        return False
    won = [found for found in live if found.kind == "award" and found.day and found.day <= (last.day or 9**9)]
    return not (won and last.lots)


def _is_new_call(found: Traits, end: Traits) -> bool:
    return found.kind == "tender" and (found.attempt > end.attempt or found.bases.isdisjoint(end.bases))


def _attempts(live: list[Traits]) -> int:
    """Return how often the purchase was called: the highest ordinal printed, or its failures before a call and one."""
    printed = max((found.attempt for found in live), default=1)
    ends = {found.day for found in live if found.kind == "termination" and found.day and not found.lots}
    calls = [found.day for found in live if found.kind == "tender"]
    return max(printed, 1 + sum(any(call > end for call in calls) for end in ends))


def _missing(live: list[Traits], status: Status, *, has_amount: bool) -> tuple[str, ...]:
    kinds = {found.kind for found in live}
    wanted = {
        "number": any(found.numbers for found in live),
        "buyer": any(found.buyer for found in live),
        "tender": "tender" in kinds,
        "award": "award" in kinds or status in {"planned", "ended"},
        "contract": "contract" in kinds or status in {"planned", "tendered", "ended"},
        "supplier": any(found.suppliers for found in live) or status in {"planned", "tendered", "ended"},
        "amount": has_amount or status == "ended",
        "date": all(found.day for found in live),
    }
    return tuple(name for name, is_there in wanted.items() if not is_there)


def _buyer(live: list[Traits]) -> str:
    return _most(found.summary.buyer_id or found.summary.buyer for found in live)


def _suppliers(live: list[Traits]) -> tuple[str, ...]:
    """Return who won: of contracts, else of awards, else nobody; candidates won nothing yet."""
    for kind in ("contract", "award"):
        found = [
            name
            for item in live
            if item.kind == kind and not item.summary.has_candidates_only
            for name in (*item.summary.suppliers, *(n for lot in item.summary.lots for n in lot.suppliers))
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _most(values: Iterable[str]) -> str:
    """Return the commonest value that is not empty, the earliest among equals."""
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda value: counted[value], default="")


# ---- ids


def _ids(groups: Sequence[Sequence[Traits]]) -> list[str]:
    """Return an id for each purchase of a connected set, given in order of time.

    Purchases of two sets never share one: what an id is made of is a key, and notices that share a key are of one set.
    Within a set, the later purchase of the same id is told apart by its first notice.
    """
    found: list[str] = []
    for members in groups:
        id_ = _hash(*_named_by(members))
        found.append(_hash(id_, members[0].id) if id_ in found else id_)
    return found


def _named_by(members: Sequence[Traits]) -> tuple[str, ...]:
    """Return what tells a purchase: its number, else a short number or the title with the buyer, else its first notice.

    It stays when notices are added, but for these cases: the first number comes to a purchase without one; an earlier
    notice brings another number; the buyer is resolved anew; an earlier notice comes to a purchase without number and
    buyer.
    """
    for item in members:
        number = next((number for number in item.numbers if number.is_specific), None)
        if number is not None:
            return (number.base,)
    with_buyer = [item for item in members if item.buyer]
    for item in with_buyer:
        if item.numbers:
            return (item.buyer, item.numbers[0].base)
    for item in with_buyer:
        if item.title.core:
            return (item.buyer, item.title.core, *sorted("".join(mark) for mark in item.title.ordinals))
    return (members[0].id,)


def _hash(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return "p-" + base64.b32encode(digest[:10]).decode("ascii").lower()
