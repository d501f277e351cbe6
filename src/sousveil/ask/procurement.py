"""A purchase in full: its notices in order of time, the sum that is counted and why, its flags."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sousveil.ask.face import Drawing, Face, Sources, draw, no_sources
from sousveil.model import Flag, Institution, Notice, Procurement
from sousveil.store.database import Store
from sousveil.store.flags import Check, Flags
from sousveil.store.institutions import Institutions
from sousveil.store.purchases import Purchases


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProcurementView(Face):
    """A purchase with what belongs to it.

    Attributes:
        notices: in order of time, copies included.
        capabilities: of all its notices.
        raised: flags that are raised.
        checked: indicators that are clear, or could not be told.
    """

    procurement: Procurement
    notices: tuple[Notice, ...]
    capabilities: tuple[str, ...]
    buyer: Institution | None
    suppliers: tuple[Institution, ...]
    raised: tuple[Flag, ...]
    checked: tuple[Check, ...]
    sources: Sources = no_sources

    def in_words(self) -> str:
        """Return what it is, on one line."""
        found = self.procurement
        return f"Procurement {found.id}: {found.title or 'no title'}; {found.status}, {len(self.notices)} notices"

    def timeline(self, *, language: str = "en") -> Drawing:
        """Return a drawing of its notices on one line of time."""
        return draw("purchase", self, *self.sources(), language=language)

    def why_with(self, notice: str) -> tuple[str, ...]:
        """Return why a notice is taken to be of this purchase; empty for the one it began with."""
        return tuple(
            f"{stitch.kind}, with {stitch.notice}: {'; '.join(stitch.reasons)}"
            for stitch in self.procurement.stitches
            if stitch.other == notice
        )

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show procurement --json`` prints."""
        return {
            "v": 1,
            "procurement": msgspec.to_builtins(self.procurement),
            "notices": [
                {
                    "id": one.id,
                    "type": one.notice_type.value if one.notice_type else None,
                    "date": one.publication_date.value if one.publication_date else None,
                    "title": one.title.value if one.title else None,
                    "number": one.project_number.value if one.project_number else None,
                    "budget": one.budget.value if one.budget else None,
                    "award_amount": one.award_amount.value if one.award_amount else None,
                }
                for one in self.notices
            ],
            "capabilities": list(self.capabilities),
            "buyer": msgspec.to_builtins(self.buyer),
            "suppliers": msgspec.to_builtins(self.suppliers),
            "flags": msgspec.to_builtins(self.raised),
            "checked": [
                {"rule": rule, "state": state, "missing": list(missing)} for rule, state, missing in self.checked
            ],
        }


def show_procurement(store: Store, asked: str) -> ProcurementView:
    """Return a purchase in full, by its id or by the id of one of its notices.

    Raises:
        NotFoundError: there is none.
    """
    found = Purchases(store).procurement(asked)
    stored = store.notices(found.notices)
    known = Institutions(store).institutions_of([found.buyer, *found.suppliers])
    capabilities = store.rows(
        "SELECT capability FROM procurement_capabilities WHERE procurement = ? ORDER BY capability", (found.id,)
    )
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    order = {one.id: place for place, one in enumerate(INDICATORS)}
    flags = Flags(store)
    raised = flags.raised([found.id]).get(found.id, [])
    checked = flags.checks([found.id]).get(found.id, [])
    return ProcurementView(
        procurement=found,
        notices=tuple(stored[one] for one in found.notices if one in stored),
        capabilities=tuple(row["capability"] for row in capabilities),
        buyer=known.get(found.buyer),
        suppliers=tuple(known[one] for one in found.suppliers if one in known),
        raised=tuple(sorted(raised, key=lambda flag: order.get(flag.rule, 99))),
        checked=tuple(sorted(checked, key=lambda check: order.get(check[0], 99))),
    )
