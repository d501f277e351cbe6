"""Names of the ends of flows and of other ids, for people to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sousveil.model import Flow
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks
from sousveil.store.systems import Systems


@dataclass(frozen=True, slots=True)
class Named:
    """What an id stands for; ``body`` is known by its kind and place only."""

    kind: Literal["institution", "system", "body", "unknown"]
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Flowing:
    """Flows of data, and the names of their ends by id."""

    flows: tuple[Flow, ...]
    ends: dict[str, Named]

    def at(self, ids: Collection[str]) -> Flowing:
        """Return those that begin or end at one of the ids."""
        flows = tuple(flow for flow in self.flows if flow.source in ids or flow.target in ids)
        return Flowing(flows, {end: self.ends[end] for end in sorted(_ends(flows))})


def every_flow(store: Store) -> Flowing:
    """Return all flows of a dataset."""
    flows = Systems(store).flows()
    return Flowing(flows, name_ends(store, flows))


def flows_at(store: Store, ids: Sequence[str]) -> Flowing:
    """Return the flows that begin or end at one of some ids."""
    flows = Systems(store).flows(ids) if ids else ()
    return Flowing(flows, name_ends(store, flows))


def _ends(flows: Iterable[Flow]) -> set[str]:
    return {end for flow in flows for end in (flow.source, flow.target)}


def name_ends(store: Store, flows: Iterable[Flow]) -> dict[str, Named]:
    """Return the names of the ends of flows, by id."""
    ids = sorted(_ends(flows))
    found: dict[str, Named] = {one: Named("unknown", one) for one in ids}
    for key, body in Systems(store).bodies_of(ids).items():
        found[key] = Named("body", body.title, body.place)
    for some in iter_chunks(ids):
        for row in store.rows(f"SELECT id, title, place FROM systems WHERE id IN ({marks(some)})", some):
            found[row["id"]] = Named("system", row["title"], row["place"])
        for row in store.rows(f"SELECT id, name, place FROM institutions WHERE id IN ({marks(some)})", some):
            found[row["id"]] = Named("institution", row["name"], row["place"])
    return found
