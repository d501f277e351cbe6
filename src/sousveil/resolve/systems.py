"""Systems as objects of their own, and the flows of data between them: the map that no single document shows.

A programme that every place has its own of (Skynet, city brain) is one system of its own, with an instance for each
place where a notice names it; a database or network of a nation is one. A platform that only notices name is kept by
its name, place and owner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sousveil.data.cues import NamedSystem, systems
from sousveil.model import Body, Flow, System
from sousveil.resolve.ends import End, named_system, plain
from sousveil.resolve.flows import Flows, resolve_flows
from sousveil.resolve.stated import Stated
from sousveil.resolve.whereabouts import Where, own_place


@dataclass(frozen=True, slots=True)
class Systems:
    """What notices state about systems, resolved.

    Attributes:
        systems: in the order of their ids; the programmes of all instances are among them.
        bodies: ends of flows that are known by kind and place only.
        flows: in the order of their ends.
        unresolved: ids of the findings of links that make no flow: an end could not be told, or the words deny it.
    """

    systems: tuple[System, ...]
    bodies: tuple[Body, ...]
    flows: tuple[Flow, ...]
    unresolved: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    title: str
    programme: str = ""
    place: str = ""
    owners: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)


def resolve_systems(stated: Iterable[Stated], institutions: Mapping[str, str] | None = None) -> Systems:
    """Return systems, bodies and flows; the same for any order of what is stated.

    Args:
        stated: findings of kinds system and link.
        institutions: id by name of the institutions that are known; an end that is called so is that institution.
    """
    items = sorted(set(stated))
    flows = resolve_flows(items, {plain(name): key for name, key in sorted((institutions or {}).items())})
    known: dict[str, _Known] = {}
    for item in items:
        if item.kind == "system":
            _note_named(known, item)
    _note_ends(known, flows)
    for key in sorted({entry.programme for entry in known.values() if entry.programme}):
        known.setdefault(key, _Known(_rows()[key].title, key))
    made = tuple(_system(key, entry) for key, entry in sorted(known.items()))
    return Systems(made, _bodies(flows), flows.flows, flows.unresolved)


def _rows() -> dict[str, NamedSystem]:
    return {row.system: row for row in systems()}


def _note_named(known: dict[str, _Known], item: Stated) -> None:
    """Note a system that a finding names: an instance at the place of its notice, or the one for all places."""
    row = _rows().get(item.value)
    if row is None:
        return
    own = own_place(plain(item.buyer), item.place)
    end = named_system(plain(item.printed), own if own.key else Where(item.place), only=item.value)
    if end is None:
        return
    entry = known.setdefault(end.id, _Known(end.title, end.programme, end.place))
    entry.names.add(item.printed)
    entry.findings.add(item.finding)
    if item.in_title and item.institution and row.has_instances:
        entry.owners[item.institution] += 1


def _note_ends(known: dict[str, _Known], flows: Flows) -> None:
    """Note the systems that are ends of flows."""
    for end, item, words in flows.ends:
        if end.kind != "system":
            continue
        entry = known.setdefault(end.id, _Known(end.title, end.programme, end.place))
        entry.title = min(entry.title, end.title, key=lambda title: (len(title), title))
        entry.findings.add(item.finding)
        if words:
            entry.names.add(words)
        if end.is_own and item.institution:
            entry.owners[item.institution] += 1


def _system(key: str, entry: _Known) -> System:
    most = entry.owners.most_common(2)
    is_clear = len(most) == 1 or (len(most) > 1 and most[0][1] > most[1][1])
    programme = entry.programme if entry.programme != key else ""
    return System(
        key,
        entry.title,
        programme,
        entry.place,
        most[0][0] if is_clear else "",
        tuple(sorted(entry.names)),
        tuple(sorted(entry.findings)),
    )


def _bodies(flows: Flows) -> tuple[Body, ...]:
    names: dict[str, set[str]] = {}
    found: dict[str, End] = {}
    for end, _, words in flows.ends:
        if end.kind == "body":
            found.setdefault(end.id, end)
            names.setdefault(end.id, set()).update([words] if words else [])
    return tuple(
        Body(key, end.body, end.title, end.place, tuple(sorted(names[key]))) for key, end in sorted(found.items())
    )
