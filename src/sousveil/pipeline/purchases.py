"""What is put together from many notices, as far as it is pure: where resolving, stitching and flags meet.

A notice is taken in once (``take_in``): its bodies, its summary and what it says of systems are kept slim, with names
as printed. Who those names are is known only when all are seen; ``with_institutions`` puts the ids in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sousveil.data.load import afterwards_digest
from sousveil.flag import Case, MarketRow, check_all, row_of
from sousveil.model import Finding, Flag, Institution, Notice, Page, Procurement
from sousveil.resolve import Mention, Stated, Summary, keys_of, mentions_of, place_of, summarise, to_stated

RULES = f"resolve=1 stitch=1 flag=1 data={afterwards_digest()}"
"""Versions of what is done here, and of the tables; raised when the same notices would give something else."""

Ids = Mapping[str, Sequence[str]]
"""Ids of institutions by the names printed in one notice."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice taken in."""

    mentions: tuple[Mention, ...]
    summary: Summary
    stated: tuple[Stated, ...]
    place: str
    """Code of the division it is about; empty where it cannot be told."""


def take_in(notice: Notice, findings: Sequence[Finding], fingerprint: bytes, source: str) -> Taken:
    """Return what resolving and stitching need of a notice; names stay as printed.

    Args:
        notice: as read.
        findings: those of kind system and link; others are passed over.
        fingerprint: of its masked text.
        source: where it was found.
    """
    place = place_of(notice)
    stated = (to_stated(finding, notice, place=place) for finding in findings)
    return Taken(
        mentions_of(notice),
        summarise(notice, fingerprint, source=source, place=place),
        tuple(one for one in stated if one is not None),
        place,
    )


def with_institutions(summary: Summary, buyers: Ids, suppliers: Ids) -> Summary:
    """Return a summary whose buyer and suppliers are institutions, where their names were resolved."""

    def ids_of(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for name in names for one in suppliers.get(name) or (name,)))

    return replace(
        summary,
        buyer_id=next(iter(buyers.get(summary.buyer, ())), ""),
        suppliers=ids_of(summary.suppliers),
        lots=tuple(replace(lot, suppliers=ids_of(lot.suppliers)) for lot in summary.lots),
    )


def hashed_keys(summary: Summary) -> tuple[int, ...]:
    """Return the keys of a summary as numbers of 63 bits, which an index keeps in a quarter of the room."""
    return tuple(
        int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1 for key in keys_of(summary)
    )


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase with all that indicators look at."""

    procurement: Procurement
    notices: tuple[Notice, ...]
    findings: tuple[Finding, ...]
    pages: Mapping[str, tuple[Page, ...]]
    """SHA-256 of a file -> its pages, masked; empty where texts are not looked at."""
    institutions: Mapping[str, Institution]

    @property
    def is_told(self) -> bool:
        """Whether surveillance technology was found in its notices."""
        return any(finding.kind == "capability" for finding in self.findings)


def check(purchase: Purchase) -> tuple[tuple[Flag, ...], MarketRow]:
    """Return the flags of a purchase, and the row by which it is compared with others.

    Where nothing is bought that watches people no indicator is asked; the row still counts among those of its buyer.
    """
    case = to_case(purchase)
    return check_all(case) if purchase.is_told else (), row_of(case)


def to_case(purchase: Purchase) -> Case:
    """Return a purchase as indicators look at it; copies of its notices are left out."""
    procurement, institutions = purchase.procurement, purchase.institutions
    copies = {stitch.other for stitch in procurement.stitches if stitch.kind == "copy"}
    kept = tuple(notice for notice in purchase.notices if notice.id not in copies)
    ids = {notice.id for notice in kept}
    return Case(
        procurement,
        kept,
        tuple(finding for finding in purchase.findings if finding.notice in ids),
        purchase.pages,
        institutions.get(procurement.buyer),
        tuple(institutions[one] for one in procurement.suppliers if one in institutions),
    )
