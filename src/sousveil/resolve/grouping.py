"""Grouping: which keys are one institution, and which must not be; the same for every order of the mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sousveil.resolve.identifier import is_sound, normal_code
from sousveil.resolve.mention import Spelling
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import division_of, short_name

_SHORT_CORE = 8
"""Letters of a name abroad without legal form that may join the one with it: shorter ones are words of every day."""


@dataclass(slots=True)
class Node:
    """All spellings with one key."""

    key: str
    parts: NameParts
    spellings: list[Spelling] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    """Sound official numbers with how often they are printed."""
    mentions: int = 0
    is_implied: bool = False
    """Whether no notice names it, only a part of it."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Why two keys are one institution."""

    rank: int
    left: str
    right: str
    reason: str
    kind: str
    """Reason of the aliases that it makes: ``judgement``, ``code``, ``printed``, ``short``."""


class Groups:
    """Union of keys, kept from what must stay apart."""

    def __init__(self, nodes: Mapping[str, Node], apart: Iterable[tuple[str, str]]) -> None:
        self._nodes = nodes
        self._parent = {key: key for key in nodes}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)
        self._members = {key: [key] for key in nodes}
        self.links: list[Link] = []
        self.refused: list[Link] = []

    def root(self, key: str) -> str:
        """Return the key that stands for all that are one with ``key``."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, link: Link) -> None:
        """Make two keys one, unless a judgement or two official numbers keep them apart."""
        left, right = sorted((self.root(link.left), self.root(link.right)))
        if left == right:
            return
        if self._is_apart(left, right) or (link.kind not in {"judgement", "code"} and self._differ(left, right)):
            self.refused.append(link)
            return
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        self.links.append(link)

    def members(self) -> list[list[str]]:
        """Return the keys of each institution, sorted, in the order of their first."""
        return sorted(sorted(keys) for keys in self._members.values())

    def _is_apart(self, left: str, right: str) -> bool:
        inside = set(self._members[right])
        return any(not inside.isdisjoint(self._apart.get(key, ())) for key in self._members[left])

    def _differ(self, left: str, right: str) -> bool:
        """Return whether both sides have official numbers of one list and share none."""
        mine, theirs = self._codes(left), self._codes(right)
        return any(scheme in theirs and not values & theirs[scheme] for scheme, values in mine.items())

    def _codes(self, root: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for key in self._members[root]:
            for code in self._nodes[key].codes:
                found[code.partition(":")[0]].add(code)
        return found


def code_links(nodes: Mapping[str, Node]) -> tuple[list[Link], list[Link]]:
    """Return links of keys that print one official number, and those refused because the names cannot be one body.

    The number belongs to the key that prints it most; a key that cannot be that body (another organ or place, a part
    of it) loses the number: notices print a buyer's number beside a supplier, and a bureau's beside its squad.
    """
    holders: dict[str, list[Node]] = defaultdict(list)
    for node in nodes.values():
        for code in node.codes:
            holders[code].append(node)
    good, bad = [], []
    for code, found in sorted(holders.items()):
        owner = min(found, key=lambda node: (-node.codes[code], node.key))
        for node in sorted(found, key=lambda node: node.key):
            if node is owner:
                continue
            if can_be_one(owner.parts, node.parts):
                good.append(Link(1, owner.key, node.key, f"both have the number {code}", "code"))
            else:
                bad.append(Link(1, owner.key, node.key, f"{code} is the number of {owner.parts.text}", "code"))
                del node.codes[code]
    return good, bad


def can_be_one(one: NameParts, other: NameParts) -> bool:
    """Return whether two names can be those of one body that was renamed, by their parts alone."""
    forms = {one.form, other.form}
    if forms == {"public", "company"}:
        return False
    if one.key in {other.whole_key, ""} or other.key in {one.whole_key, ""} or bool(one.units) != bool(other.units):
        return forms == {"vague"} or "vague" in forms
    if forms == {"public"}:
        if one.organ and other.organ and one.organ != other.organ:
            return False
        mine, theirs = division_of(one.place), division_of(other.place)
        if mine and theirs and mine.level == theirs.level and mine != theirs:
            return False
    return True


def context_links(nodes: Mapping[str, Node]) -> list[Link]:
    """Return links of names that tell less of their place to the one that tells more; none where two fit."""
    bases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for key in nodes:
        base, mark, told = key.rpartition("@")
        if mark:
            bases[base].append((tuple(told.split("/", 1)), key))
    links = []
    for found in bases.values():
        if len(found) < 2:
            continue
        if all(_agree(one, other) for (one, _), (other, _) in combinations(found, 2)):
            first = max(found, key=lambda pair: (sum(map(bool, pair[0])), pair[1]))[1]
            reason = "the same name, and nothing told of its place differs"
            links += [Link(2, first, key, reason, "printed") for _, key in found if key != first]
            continue
        for mine, key in found:
            fuller = [(other, other_key) for other, other_key in found if other != mine and _covers(other, mine)]
            most = [
                pair for pair in fuller if not any(_covers(other, pair[0]) and other != pair[0] for other, _ in fuller)
            ]
            if len(most) == 1:
                links.append(Link(2, most[0][1], key, "the same name; the notice tells less of its place", "printed"))
    return links


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(not mine or not theirs or mine == theirs for mine, theirs in zip(one, other, strict=True))


def _covers(fuller: tuple[str, ...], told: tuple[str, ...]) -> bool:
    return all(not mine or mine == theirs for mine, theirs in zip(told, fuller, strict=True))


def short_links(nodes: Mapping[str, Node]) -> list[Link]:
    """Return links of names cut short to the one full name in the data that they are cut from."""
    return sorted([*_places_without_class(nodes), *_companies_without_form(nodes), *_abroad_without_form(nodes)])


def _places_without_class(nodes: Mapping[str, Node]) -> Iterable[Link]:
    formed: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, str] = {}
    for key in sorted(nodes):
        if key.startswith("p|~") and not key.startswith("p|~?"):
            base = key.partition("@")[0]
            place, rest = _place_of_key(base)
            own = short_name(place) + rest
            formed[own].add(base)
            keys.setdefault(own, key)
    for key in sorted(nodes):
        if key.startswith("p|~?"):
            place, rest = _place_of_key(key.partition("@")[0].replace("?", "", 1))
            if len(formed.get(place + rest, ())) == 1:
                reason = f"{place} without class word; one place in the data is called so"
                yield Link(3, keys[place + rest], key, reason, "short")


def _place_of_key(base: str) -> tuple[str, str]:
    """Return the place that no table has in a key, and the rest of the key."""
    token, mark, rest = base.removeprefix("p|~").partition("|")
    place, slash, local = token.partition("/")
    return place, slash + local + mark + rest


def _companies_without_form(nodes: Mapping[str, Node]) -> Iterable[Link]:
    for key, node in nodes.items():
        if (
            node.parts.form != "company"
            or not key.startswith("c|")
            or key.count("|") != 2
            or key.rpartition("|")[2] != "co"
        ):
            continue
        stem = key.rpartition("|")[0]
        full = [f"{stem}|{form}" for form in ("ltd", "jsc") if f"{stem}|{form}" in nodes]
        if len(full) == 1:
            yield Link(
                3, full[0], key, "公司 is short for the legal form; one company in the data has this name", "short"
            )


def _abroad_without_form(nodes: Mapping[str, Node]) -> Iterable[Link]:
    full: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, node in sorted(nodes.items()):
        if node.parts.form == "foreign" and node.parts.legal_form and node.parts.context[0]:
            full[(node.parts.core, node.parts.context[0])].append(key)
    for key, node in nodes.items():
        parts = node.parts
        if parts.form == "foreign" and not parts.legal_form and len(parts.core) >= _SHORT_CORE:
            found = full.get((parts.core, parts.context[0]), [])
            if len(found) == 1:
                yield Link(3, found[0], key, "the same name without its legal form", "short")


def sound_code(spelling: Spelling) -> str:
    """Return the official number of a spelling where it can be trusted, else nothing."""
    code = normal_code(spelling.identifier)
    return code if code and is_sound(code) else ""
