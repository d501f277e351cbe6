"""Purchases: what all notices say together, brought up to date after every run.

Notices that are new, changed or gone are taken in; all names are resolved (a name means what it means beside the
others); the notices that these changes touch, and those connected with them, are stitched again, all others stay as
they are. Then the flags of changed purchases are checked, purchases are compared, and systems and flows are laid out.
Each of these is one transaction: a run that is cut off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from sousveil.flag import INDICATORS, Case, MarketRow, check_market
from sousveil.model import Finding, Flag, Notice, Page, Procurement
from sousveil.pipeline.purchases import RULES, Purchase, check, hashed_keys, take_in, to_case, with_institutions
from sousveil.resolve import (
    NONE,
    Judgements,
    Spelling,
    Stated,
    Summary,
    resolve_spellings,
    resolve_systems,
    stitch_traits,
    traits_of,
)
from sousveil.store.columns import unpack_notice
from sousveil.store.database import Store
from sousveil.store.flags import Flags
from sousveil.store.institutions import Institutions, SpellingRow
from sousveil.store.packed import encode, iter_chunks, pack_value, unpack_value
from sousveil.store.purchases import Purchases
from sousveil.store.systems import Systems

_market_row = msgspec.json.Decoder(MarketRow).decode
_stated = msgspec.json.Decoder(Stated).decode

Tell = Callable[[str, int, int], None]
"""Called with what is done, how many of it are done, and of how many."""


Pairs = frozenset[tuple[str, str]]
"""Ids of notices, in pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What persons have decided: about names, and about notices of one purchase or of two."""

    names: Judgements = NONE
    apart: Pairs = frozenset()
    together: Pairs = frozenset()

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change with any decision."""
        told = (self.names.rows, sorted(self.apart), sorted(self.together))
        return hashlib.sha256(encode(told)).hexdigest()[:8]


UNJUDGED = Judged()
"""Nothing was decided."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was brought up to date: counts of what was taken in, and of what there is now."""

    notices: int = 0
    institutions: int = 0
    stitched: int = 0
    """Notices stitched again."""
    procurements: int = 0
    """Purchases that are new or changed."""
    checked: int = 0


class Gathering:
    """Brings the purchases of one dataset up to date; the caller holds the dataset's lock."""

    def __init__(self, store: Store, judged: Judged = UNJUDGED, tell: Tell = lambda *_: None) -> None:
        self._store, self._judged, self._tell = store, judged, tell
        self._purchases, self._institutions = Purchases(store), Institutions(store)
        self._flags, self._systems = Flags(store), Systems(store)
        self._gathered = Gathered()

    def run(self) -> Gathered:
        """Bring everything up to date and return what was done; nothing where nothing changed."""
        rules = f"{RULES} judgements={self._judged.digest}"
        before = self._purchases.made_by()
        if before.partition(" judgements=")[0] != RULES:
            with self._store.transaction():
                self._purchases.mark_all()
                self._flags.mark_unchecked()
        if self._purchases.unresolved() or before != rules:
            with self._store.transaction():
                self._stitch(self._resolve(self._take_in()))
                self._purchases.mark_none()
                self._lay_out_systems()
                self._purchases.set_made_by(rules)
                self._purchases.mark_changed()
        self._check()
        return self._gathered

    def check_all(self) -> int:
        """Check the flags of every purchase again; return how many purchases there are."""
        with self._store.transaction():
            self._flags.mark_unchecked()
        self._gathered.checked = 0
        self._check()
        return self._gathered.checked

    # ------------------------------------------------------------------ notices and names

    def _take_in(self) -> set[str]:
        """Take in the notices that changed; return them, and those that were in a purchase with them."""
        changed = self._purchases.unresolved()
        left = self._purchases.forget_notices(changed)
        touched = {notice for body in self._purchases.procurements_of(sorted(left)).values() for notice in body.notices}
        self._purchases.forget_procurements(left)
        for some in iter_chunks(changed):
            links: dict[str, list[Finding]] = {}
            for finding in self._systems.links_of(some):
                links.setdefault(finding.notice, []).append(finding)
            for row in self._purchases.iter_notices(some):
                notice = unpack_notice(row.body)
                taken = take_in(notice, links.get(row.id, ()), row.fingerprint, row.source)
                self._institutions.put_mentions(row.id, [(m.role, _columns(m.spelling)) for m in taken.mentions])
                self._purchases.put_summary(row.id, taken.place, pack_value(taken.summary))
                self._systems.put_stated([(one.finding, row.id, encode(one)) for one in taken.stated])
                self._gathered.notices += 1
            self._tell("notices", self._gathered.notices, len(changed))
        return touched | set(changed)

    def _resolve(self, changed: set[str]) -> set[str]:
        """Resolve all names; return the notices to stitch: those that changed, and those whose bodies did."""
        self._institutions.sweep_spellings()
        rows = self._institutions.spellings()
        self._tell("names", 0, len(rows))
        spellings = {row.id: _spelling(row) for row in rows}
        resolution = resolve_spellings({spellings[row.id]: row.mentions for row in rows}, self._judged.names)
        before = self._institutions.named()
        now = {number: resolution.ids.get(spelling, ()) for number, spelling in spellings.items()}
        changes = {number: ids for number, ids in now.items() if tuple(sorted(ids)) != before.get(number, ())}
        touched = self._institutions.set_named(changes)
        self._gathered.institutions = self._institutions.put_institutions(
            resolution.institutions, resolution.former_ids
        )
        self._tell("names", len(rows), len(rows))
        judged = {notice for pair in self._judged.apart | self._judged.together for notice in pair}
        return changed | touched | judged

    # ------------------------------------------------------------------ purchases

    def _stitch(self, changed: set[str]) -> None:
        traits = {notice: traits_of(summary) for notice, summary in self._iter_summaries(sorted(changed))}
        self._purchases.put_keys({notice: hashed_keys(found) for notice, found in traits.items()})
        others = sorted(self._purchases.connected(traits) - traits.keys())
        traits |= {notice: traits_of(summary) for notice, summary in self._iter_summaries(others)}
        before = self._purchases.bodies_of(self._purchases.procurements_in(sorted(traits)))
        self._tell("purchases", 0, len(traits))
        found = stitch_traits(traits.values(), apart=self._judged.apart, together=self._judged.together)
        now = {one.id: encode(one) for one in found}
        self._purchases.forget_procurements([one for one, body in before.items() if now.get(one) != body])
        fresh = [one for one in found if before.get(one.id) != now[one.id]]
        self._purchases.put_procurements(fresh)
        self._gathered.stitched, self._gathered.procurements = len(traits), len(fresh)
        self._tell("purchases", len(traits), len(traits))

    def _iter_summaries(self, notices: Sequence[str]) -> Iterator[tuple[str, Summary]]:
        """Yield the summaries of notices, with the institutions that their names were resolved to."""
        for some in iter_chunks(notices):
            parties = self._institutions.parties(some)
            for notice, _, body in self._purchases.summaries(some):
                buyers: dict[str, list[str]] = {}
                suppliers: dict[str, list[str]] = {}
                for role, name, institution in parties.get(notice, ()):
                    if institution and role != "agency":
                        (buyers if role == "buyer" else suppliers).setdefault(name, []).append(institution)
                yield notice, with_institutions(unpack_value(body, Summary), buyers, suppliers)

    # ------------------------------------------------------------------ systems

    def _lay_out_systems(self) -> None:
        buyers = self._institutions.buyers()
        stated = [replace(_stated(body), institution=buyers.get(notice, "")) for notice, body in self._systems.stated()]
        found = resolve_systems(stated, self._institutions.ids_by_name())
        self._systems.put_all(found.systems, found.bodies, found.flows)

    # ------------------------------------------------------------------ flags

    def _check(self) -> None:
        """Check the flags of changed purchases, then compare all."""
        unchecked = self._flags.unchecked()
        for some in iter_chunks(unchecked):
            flags: list[Flag] = []
            rows: dict[str, bytes] = {}
            for procurement in self._purchases.procurements_of(some).values():
                found, row = check(self._case_of(procurement))
                flags += found
                rows[procurement.id] = encode(row)
            with self._store.transaction():
                self._flags.put_flags(some, flags, rows)
                self._purchases.mark_changed()
            self._gathered.checked += len(some)
            self._tell("flags", self._gathered.checked, len(unchecked))
        if unchecked:
            self._compare()

    def _compare(self) -> None:
        """Compare all purchases; flags are kept of those that buy surveillance technology."""
        rows = [_market_row(body) for body in self._flags.market()]
        told = {row.procurement for row in rows if row.capabilities}
        compared = [indicator.id for indicator in INDICATORS if indicator.compare is not None]
        found = check_market(rows, self._recall)
        with self._store.transaction():
            self._flags.put_compared(compared, (flag for flag in found if flag.procurement in told))
            self._purchases.mark_changed()

    def _recall(self, procurement: str) -> Case:
        return to_case(self._case_of(self._purchases.procurement(procurement)))

    def _case_of(self, procurement: Procurement) -> Purchase:
        """Return a purchase with all that indicators look at; texts only where surveillance is bought."""
        stored = self._store.notices(procurement.notices)
        notices = [stored[one] for one in procurement.notices if one in stored]
        found = self._store.findings_in([notice.id for notice in notices])
        findings = [finding for notice in notices for finding in found.get(notice.id, ())]
        is_told = any(finding.kind == "capability" for finding in findings)
        ids = [procurement.buyer, *procurement.suppliers]
        return Purchase(
            procurement,
            tuple(notices),
            tuple(findings),
            self._pages_of(notices) if is_told else {},
            self._institutions.institutions_of(ids),
        )

    def _pages_of(self, notices: Sequence[Notice]) -> dict[str, tuple[Page, ...]]:
        pages: dict[str, dict[int, Page]] = {}
        for notice in notices:
            found = self._store.pages(notice.file, notice.first_page, notice.last_page)
            pages.setdefault(notice.file, {}).update({page.number: page for page in found})
        return {file: tuple(held[number] for number in sorted(held)) for file, held in pages.items()}


def _columns(spelling: Spelling) -> tuple[str, str, str, str, str, bool]:
    return (
        spelling.name,
        spelling.country,
        spelling.province,
        spelling.city,
        spelling.identifier,
        spelling.is_buyer,
    )


def _spelling(row: SpellingRow) -> Spelling:
    return Spelling(row.name, row.country, row.province, row.city, row.identifier, row.is_buyer)
