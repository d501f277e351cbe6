"""Dossiers: what the notices say of one institution, system or place, every figure with what it leaves out.

There is no dossier of a person, and none can be asked for: what has an id here is a body, a platform or a division.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

import msgspec

from sousveil.ask.chosen import Totals, chosen_purchases, purchases_of, total_up
from sousveil.ask.face import Drawing, Face, Sources, draw, no_sources
from sousveil.ask.facts import (
    FamilyMonth,
    FirstSeen,
    FlagCount,
    Lane,
    Partner,
    Quote,
    Scale,
    count_flags,
    family_months,
    first_seen,
    lanes,
    partners,
)
from sousveil.ask.names import Flowing, Named, every_flow, flows_at
from sousveil.ask.sold import Sold, sold
from sousveil.ask.stated import stated
from sousveil.ask.within import codes_within, find_division
from sousveil.data.places import Place, contains, place
from sousveil.exceptions import NotFoundError
from sousveil.model import Flow, Institution, System
from sousveil.store.database import Store
from sousveil.store.institutions import Institutions
from sousveil.store.systems import Systems

Side = Literal["buyer", "supplier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is known of one subject.

    Attributes:
        totals: its purchases, each once.
        lanes: purchases and sums by capability and month.
        months: purchases by family and month, each once.
        first: when each capability was first met.
        scales: the largest figures stated, by unit.
        partners: suppliers of a buyer or place, customers of a supplier, buyers of a system; the largest first.
        quotes: the strongest quotations, by capability.
        flows: data that it, or a system it owns, gives or receives, as its notices and those of others say.
        own_ends: ids under which these flows name it.
        ends: names of the ends of the flows, by id.
        findings: in all notices of the purchases.
        findings_of: of each capability.
        extents: the largest figure beside each capability.
        sold: regions, products, brands; None for who buys.
        flags: indicators with how often they are raised, clear, or could not be told.
    """

    totals: Totals
    lanes: tuple[Lane, ...]
    months: tuple[FamilyMonth, ...]
    first: tuple[FirstSeen, ...]
    scales: tuple[Scale, ...]
    partners: tuple[Partner, ...]
    quotes: tuple[Quote, ...]
    flows: tuple[Flow, ...]
    own_ends: tuple[str, ...]
    ends: dict[str, Named]
    flags: tuple[FlagCount, ...]
    findings: int
    findings_of: dict[str, int]
    extents: dict[str, Scale]
    sold: Sold | None

    def to_json(self) -> dict[str, object]:
        """Return the dossier as plain values."""
        names = (
            "lanes",
            "months",
            "first",
            "scales",
            "partners",
            "quotes",
            "flows",
            "ends",
            "flags",
            "findings",
            "extents",
            "sold",
        )
        return {"totals": self.totals.to_json()} | {name: msgspec.to_builtins(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InstitutionView(Face):
    """An institution with its dossier.

    Attributes:
        side: whether the dossier is about what it bought or what it sold.
        parent: the body it is a part of.
        parts: bodies that are parts of it; their purchases are not counted here.
    """

    institution: Institution
    side: Side
    dossier: Dossier
    parent: Institution | None
    parts: tuple[Institution, ...]
    place: Place | None
    sources: Sources = no_sources

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"Institution {self.institution.id}: {self.institution.name}; {self.dossier.totals.coverage}"

    def timeline(self, *, language: str = "en") -> Drawing:
        """Return a drawing of what was bought, or sold, and when: a lane for each family of capabilities."""
        return draw("lanes", self.dossier, *self.sources(), language=language, side=self.side)

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show institution --json`` prints."""
        return {
            "v": 1,
            "institution": msgspec.to_builtins(self.institution),
            "as": self.side,
            "parent": msgspec.to_builtins(self.parent),
            "parts": [{"id": one.id, "name": one.name} for one in self.parts],
            "place": msgspec.to_builtins(self.place),
            **self.dossier.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SystemView(Face):
    """A system with its dossier; ``instances`` are those of a programme in places."""

    system: System
    dossier: Dossier
    instances: tuple[System, ...]
    owner: Institution | None
    sources: Sources = no_sources

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"System {self.system.id}: {self.system.title}; {self.dossier.totals.coverage}"

    def timeline(self, *, language: str = "en") -> Drawing:
        """Return a drawing of what was bought, or sold, and when: a lane for each family of capabilities."""
        return draw("lanes", self.dossier, *self.sources(), language=language)

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show system --json`` prints."""
        return {
            "v": 1,
            "system": msgspec.to_builtins(self.system),
            "instances": msgspec.to_builtins(self.instances),
            "owner": msgspec.to_builtins(self.owner),
            **self.dossier.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlaceView(Face):
    """A division with its dossier, smaller divisions included."""

    place: Place
    dossier: Dossier
    sources: Sources = no_sources

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"Place {self.place.code}: {self.place.name} {self.place.name_en}; {self.dossier.totals.coverage}"

    def timeline(self, *, language: str = "en") -> Drawing:
        """Return a drawing of what was bought, or sold, and when: a lane for each family of capabilities."""
        return draw("lanes", self.dossier, *self.sources(), language=language)

    @property
    def per_million(self) -> float | None:
        """Purchases per million people; None where the population is not known."""
        people = self.place.population
        return self.dossier.totals.purchases / people * 1e6 if people else None

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show place --json`` prints."""
        return {
            "v": 1,
            "place": msgspec.to_builtins(self.place),
            "purchases_per_million": self.per_million,
            **self.dossier.to_json(),
        }


def show_institution(store: Store, asked: str, *, side: Side | None = None) -> InstitutionView:
    """Return an institution with what it bought, or what it sold.

    Args:
        store: the rows.
        asked: its id, one that it had before, or a name that is printed for it and nobody else.
        side: default: what it bought, where it bought anything.

    Raises:
        NotFoundError: there is none, or several are called so; the message names them.
    """
    rows = Institutions(store)
    found = rows.institution(_institution_id(rows, asked))
    bought = _ids(store, "SELECT id FROM procurements WHERE buyer = ?", found.id)
    sold = _ids(store, "SELECT procurement AS id FROM procurement_suppliers WHERE institution = ?", found.id)
    chosen = side or ("buyer" if bought or not sold else "supplier")
    parts = [row["id"] for row in store.rows("SELECT id FROM institutions WHERE parent = ? ORDER BY id", (found.id,))]
    known = rows.institutions_of([*parts, found.parent])
    owned = _ids(store, "SELECT id FROM systems WHERE owner = ? ORDER BY id", found.id)
    return InstitutionView(
        institution=found,
        side=chosen,
        dossier=_dossier(
            store,
            chosen_purchases(store, bought if chosen == "buyer" else sold),
            side=chosen,
            ends=(found.id, *owned),
        ),
        parent=known.get(found.parent),
        parts=tuple(known[one] for one in parts),
        place=place(found.place),
    )


def _institution_id(rows: Institutions, asked: str) -> str:
    """Return the id of what was asked for by id or name."""
    named = rows.called(asked)
    if len(named) > 1:
        several = ", ".join(f"{one.id} ({one.place or one.country or 'no place'})" for one in named[:8])
        raise NotFoundError(f"{len(named)} institutions are called {asked}: {several}. Ask by id.")
    return named[0].id if named else asked


def show_system(store: Store, asked: str) -> SystemView:
    """Return a system with its dossier; that of a programme counts its instances too.

    Raises:
        NotFoundError: there is none with this id.
    """
    rows = Systems(store)
    found = rows.system(asked)
    instances = rows.instances_of(found.id)
    ids = [found.id, *(one.id for one in instances)]
    purchases: dict[str, None] = {}
    for one in ids:
        query = (
            "SELECT DISTINCT procurement AS id FROM system_findings JOIN findings ON findings.id = finding"
            " JOIN summaries ON summaries.notice = findings.notice WHERE system = ? AND procurement IS NOT NULL"
        )
        purchases.update(dict.fromkeys(_ids(store, query, one)))
    return SystemView(
        system=found,
        dossier=_dossier(store, chosen_purchases(store, purchases), side="buyer", partner="buyer", ends=ids),
        instances=instances,
        owner=Institutions(store).institutions_of([found.owner]).get(found.owner),
    )


def show_place(store: Store, asked: str, flowing: Flowing | None = None) -> PlaceView:
    """Return a division with the purchases of all bodies in it.

    Args:
        store: the rows.
        asked: a code (``510000``, ``CN-SC``, ``UKC1``), or a name in Chinese, English or pinyin.
        flowing: all flows of data, where the caller has them already.

    Raises:
        NotFoundError: there is none, or several are called so.
    """
    found = find_division(asked)
    codes = msgspec.json.encode(codes_within(store, found)).decode()
    inside = "SELECT id FROM procurements WHERE place IN (SELECT value FROM json_each(?))"
    every = flowing or every_flow(store)
    ends = _ends_in(found.code, every.ends)
    dossier = _dossier(
        store, purchases_of(store, inside, (codes,)), side="buyer", ends=ends, flowing=every.at(frozenset(ends))
    )
    return PlaceView(place=found, dossier=dossier)


def _ends_in(code: str, named: Mapping[str, Named]) -> list[str]:
    """Return the ends of flows that lie in a division: institutions, systems, bodies known by kind and place."""
    return [end for end, one in named.items() if one.place and (one.place == code or contains(code, one.place))]


def _dossier(
    store: Store,
    chosen: AbstractContextManager[str],
    *,
    side: Side,
    ends: Iterable[str],
    partner: Side | None = None,
    flowing: Flowing | None = None,
) -> Dossier:
    """Return the dossier of purchases.

    Args:
        store: the rows.
        chosen: gives a table of their ids.
        side: on which side the subject stands.
        ends: ids under which flows of data name it.
        partner: on which side those stand it deals with; default: the other one.
        flowing: its flows of data, where the caller has them already.
    """
    other: Side = partner or ("supplier" if side == "buyer" else "buyer")
    own_ends = tuple(ends)
    flowing = flowing or flows_at(store, own_ends)
    with chosen as table:
        found = stated(store, table)
        return Dossier(
            totals=total_up(store, table),
            lanes=lanes(store, table),
            months=family_months(store, table),
            first=first_seen(store, table),
            scales=found.scales,
            partners=partners(store, table, other),
            quotes=found.quotes,
            flows=flowing.flows,
            own_ends=own_ends,
            ends=flowing.ends,
            flags=count_flags(store, table),
            findings=found.findings,
            findings_of=found.findings_of,
            extents=found.extents,
            sold=sold(store, table) if side == "supplier" else None,
        )


def _ids(store: Store, query: str, value: str) -> list[str]:
    return [row["id"] for row in store.rows(query, (value,))]
