"""A name of a Chinese public body while it is read, and what it comes to in the end."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.data.bodies import bodies
from sousveil.model import Level
from sousveil.resolve.organ import kind_by_words
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, level_of
from sousveil.resolve.where import Where


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a name is read: what its place is, and what stands behind it."""

    text: str
    body: str
    where: Where
    rest: str
    reasons: tuple[str, ...]
    context: Division | None
    city: str = ""

    def at(self, where: Where, rest: str, *reasons: str) -> Reading:
        """Return the reading with a place further in and less text left."""
        told = (*self.reasons, *reasons)
        return Reading(self.text, self.body, where, rest, told, self.context, self.city)

    def told(self, *reasons: str) -> Reading:
        """Return the reading with further reasons."""
        return self.at(self.where, self.rest, *reasons)

    def vague(self, kind: str, reason: str, organ: str = "") -> NameParts:
        """Return the parts of a name that does not say whose body it is."""
        return NameParts(
            text=self.text,
            form="vague",
            kind=kind,
            country="CN",
            organ=organ,
            outline=self.rest or self.body,
            reasons=(*self.reasons, reason),
        )


def key_of(place: str, organ: str, units: tuple[str, ...]) -> str:
    """Return the key of a body: its place, its organ or proper name, its parts."""
    return "|".join(("p", place, organ, *units))


def with_context(key: str, where: Where) -> str:
    """Return a key with what is known of a place that no table has; keys differ where that differs."""
    outer, prefecture = where.context
    return f"{key}@{outer}/{prefecture}" if where.formed else key


def finish(reading: Reading, organ: str, units: tuple[str, ...], core: str = "") -> NameParts:
    """Return the parts of a body whose place, organ and parts are read; ``core`` is its proper name, if it has one."""
    where, text = reading.where, reading.text
    name = core or organ
    row = bodies().get(organ)
    kind, word = (row.kind, "") if row else kind_by_words(text)
    key = key_of(where.token, name, units)
    is_taiwan = where.division is not None and where.division.code.startswith(("TW", "71"))
    return NameParts(
        text=text,
        form="public",
        key=with_context(key, where),
        kind=kind,
        level=level_at(where, kind),
        country="TW" if is_taiwan else "CN",
        place=where.division.code if where.division else "",
        formed="/".join(filter(None, (where.formed, where.local))),
        organ=organ,
        units=units,
        core=core,
        whole_key=with_context(key_of(where.token, name, units[:-1]), where) if units else "",
        whole=text.removesuffix(units[-1]) if units and core and text.endswith(units[-1]) else "",
        outline=f"{where.token}|{name}",
        context=where.context,
        reasons=(*reading.reasons, f"kind by the word {word}") if word else reading.reasons,
    )


def level_at(where: Where, kind: str) -> Level:
    """Return of whom the body of a place is the organ; empty where the place is unknown."""
    if kind == "village":
        return "village"
    if kind == "township" or where.local.endswith(("镇", "乡", "街道", "苏木", "团")):
        return "township"
    if where.formed:
        last = where.formed.rpartition("/")[2]
        if last.endswith("省"):
            return "province"
        is_inside = where.division is not None and where.division.level != "province"
        is_city = last.endswith(("市", "州", "盟", "地区")) and not is_inside and "/" not in where.formed
        return "prefecture" if is_city and not where.prefecture else "county"
    return level_of(where.division) if where.division else ""
