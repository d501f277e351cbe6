"""Names of the ends of flows and of other ids, for people to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sousveil.model import Flow
from sousveil.store.database import Store
from sousveil.store.institutions import Institutions
from sousveil.store.systems import Systems


@dataclass(frozen=True, slots=True)
class Named:
    """What an id stands for; ``body`` is known by its kind and place only."""

    kind: Literal["institution", "system", "body", "unknown"]
    name: str
    place: str = ""


def name_ends(store: Store, flows: Iterable[Flow]) -> dict[str, Named]:
    """Return the names of the ends of flows, by id."""
    ids = sorted({end for flow in flows for end in (flow.source, flow.target)})
    rows = Systems(store)
    found: dict[str, Named] = {one: Named("unknown", one) for one in ids}
    for key, body in rows.bodies_of(ids).items():
        found[key] = Named("body", body.title, body.place)
    for key, system in rows.systems_of(ids).items():
        found[key] = Named("system", system.title, system.place)
    for key, institution in Institutions(store).institutions_of(ids).items():
        found[key] = Named("institution", institution.name, institution.place)
    return found
