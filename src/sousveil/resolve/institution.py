"""Mentions to institutions: ``resolve`` gathers the spellings of each body and says why they are one.

>>> from sousveil.resolve.mention import Mention
>>> found = resolve([
...     Mention("n1", "buyer", "杭州市公安局西湖区分局"),
...     Mention("n2", "buyer", "西湖区公安分局", province="浙江", city="杭州市"),
...     Mention("n3", "supplier", "岷阳锐视科技有限责任公司"),
... ])
>>> placed = sorted((item for item in found.institutions if item.place), key=lambda item: item.place)
>>> [(item.name, item.kind, item.place) for item in placed]
[('杭州市公安局', 'police', '330100'), ('杭州市公安局西湖区分局', 'police', '330106')]
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from sousveil.data.bodies import renamings
from sousveil.model import Alias, Institution, Judgement, Named
from sousveil.resolve.grouping import Groups, Link, Node, code_links, context_links, short_links
from sousveil.resolve.identifier import code_id, normal_code, preference
from sousveil.resolve.judgement import NONE, Judgements, is_meant
from sousveil.resolve.mention import Mention, Spelling
from sousveil.resolve.nodes import count_spellings, make_nodes, members_of
from sousveil.resolve.spelling import is_han_name


@dataclass(frozen=True, slots=True)
class Resolution:
    """Institutions, and which of them each spelling names.

    Attributes:
        institutions: sorted by id.
        ids: ids by spelling: one, none where it names a natural person or cannot be told, several for a consortium.
        former_ids: ids that these institutions had or would have had with fewer notices, and their ids now: an official
            number found later replaces the hash of a name, and saved links still lead to the institution.
        without: why a spelling has no institution.
        idle: numbers of the judgements whose names stand in no mention.
        links: why keys of names were made one, for the reader of a merge.
        doubts: links that were not made, with ids instead of keys: an official number printed beside a body that
            cannot have it, a short name of one that has another number.
    """

    institutions: tuple[Institution, ...] = ()
    ids: Mapping[Spelling, tuple[str, ...]] = field(default_factory=dict)
    former_ids: Mapping[str, str] = field(default_factory=dict)
    without: Mapping[Spelling, str] = field(default_factory=dict)
    idle: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    doubts: tuple[Link, ...] = ()

    def of(self, mention: Mention) -> tuple[str, ...]:
        """Return the ids of the institutions that a mention names."""
        return self.ids.get(mention.spelling, ())


def resolve(mentions: Iterable[Mention], judgements: Judgements = NONE) -> Resolution:
    """Return the institutions that the mentions name.

    The result does not depend on the order of the mentions, and resolving them again gives it again.
    """
    return resolve_spellings(count_spellings(mentions), judgements)


def resolve_spellings(counts: Mapping[Spelling, int], judgements: Judgements = NONE) -> Resolution:
    """Return the institutions that spellings name; ``counts`` says how many mentions each has.

    What ``resolve`` does after counting: a store that keeps spellings with their counts need not read all mentions.
    """
    lists = {spelling: members_of(spelling) for spelling in counts}
    each: Counter[Spelling] = Counter()
    for spelling, members in lists.items():
        for member in members:
            each[member] += counts[spelling]
    nodes, keys, without = make_nodes(each, judgements)
    groups, idle, refused = _group(nodes, keys, judgements)
    titles = _titles(judgements, keys, groups)
    kinds = _alias_kinds(groups)
    ids = {key: _id([nodes[item] for item in found]) for found in groups.members() for key in found}
    parents = {key: ids[node.parts.whole_key] for key, node in nodes.items() if node.parts.whole_key in ids}
    institutions = []
    former: dict[str, str] = {}
    for found in groups.members():
        own = ids[found[0]]
        institutions.append(
            _institution(own, [nodes[key] for key in found], parents, titles.get(groups.root(found[0]), ""), kinds)
        )
        for key in found:
            for old in (hash_id(key), *(code_id(code) for code in nodes[key].codes)):
                if old != own:
                    former.setdefault(old, own)
    return Resolution(
        institutions=tuple(sorted(institutions, key=lambda item: item.id)),
        ids={
            spelling: tuple(dict.fromkeys(ids[keys[member]] for member in members if member in keys))
            for spelling, members in lists.items()
        },
        former_ids=former,
        without=without,
        idle=idle,
        links=tuple(sorted(groups.links)),
        doubts=tuple(sorted(replace(link, left=ids[link.left], right=ids[link.right]) for link in refused)),
    )


def hash_id(key: str) -> str:
    """Return the id of an institution without official number: 12 base32 characters of its key's hash.

    >>> hash_id("p|330106|public-security")
    'i-cbdbih4trxtg'
    """
    digest = hashlib.sha256(key.encode()).digest()[:8]
    return "i-" + base64.b32encode(digest)[:12].decode().lower()


def _id(nodes: Sequence[Node]) -> str:
    codes = sorted({code for node in nodes for code in node.codes}, key=preference)
    if codes:
        return code_id(codes[0])
    return hash_id(min(nodes, key=_fullness).key)


def _fullness(node: Node) -> tuple[int, int, str]:
    """Return what sorts the keys of an institution, the fullest first: place with class word, and with its context."""
    return (
        "|~?" in node.key,
        -sum(map(bool, node.key.rpartition("@")[2].split("/"))) if "@" in node.key else 0,
        node.key,
    )


def _group(
    nodes: Mapping[str, Node], keys: Mapping[Spelling, str], judgements: Judgements
) -> tuple[Groups, tuple[int, ...], list[Link]]:
    """Return the keys made one, the numbers of judgements that fit no spelling, and links that were refused."""
    merges, apart, idle = [], [], []
    by_name: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in keys:
        by_name[spelling.name].append(spelling)
    for row in judgements.standing:
        left = _keys_of(row.left, by_name, keys)
        right = _keys_of(row.right, by_name, keys) if row.right else left
        if not left or not right:
            idle.append(row.number)
        elif row.decision == "merge":
            reason = _told(row)
            merges += [
                Link(0, left[0], other, reason, "judgement") for other in sorted({*left[1:], *right} - {left[0]})
            ]
        elif row.decision == "split":
            apart += [(one, other) for one in left for other in right if one != other]
    groups = Groups(nodes, apart)
    by_code, wrong = code_links(nodes)
    for links in (merges, by_code, context_links(nodes), short_links(nodes)):
        for link in sorted(links):
            groups.join(link)
    return groups, tuple(idle), [*wrong, *(link for link in groups.refused if link.kind != "judgement")]


def _keys_of(named: Named, by_name: Mapping[str, list[Spelling]], keys: Mapping[Spelling, str]) -> list[str]:
    return sorted({keys[spelling] for spelling in by_name.get(named.name, ()) if is_meant(named, spelling)})


def _told(row: Judgement) -> str:
    return f"judgement {row.number}" + (f" by {row.by}" if row.by else "") + (f": {row.note}" if row.note else "")


def _titles(judgements: Judgements, keys: Mapping[Spelling, str], groups: Groups) -> dict[str, str]:
    titles: dict[str, str] = {}
    for row in judgements.standing:
        if row.decision == "rename":
            for spelling, key in keys.items():
                if is_meant(row.left, spelling):
                    titles[groups.root(key)] = row.title
    return titles


def _alias_kinds(groups: Groups) -> dict[str, Link]:
    """Return the link by which a key came to its institution, for every key but the first."""
    return {link.right: link for link in sorted(groups.links, reverse=True)}


def _institution(
    own: str, nodes: Sequence[Node], parents: Mapping[str, str], title: str, links: Mapping[str, Link]
) -> Institution:
    best = min(nodes, key=lambda node: (node.is_implied, _fullness(node)[:2], -node.mentions, node.key))
    printed: Counter[str] = Counter()
    why: dict[str, str] = {}
    texts: dict[str, str] = {}
    for node in nodes:
        for spelling in node.spellings:
            name = " ".join(spelling.name.split())
            printed[name] += 1
            why.setdefault(name, _alias_reason(name, node, links))
            texts[name] = node.key
    name = title or _best_name(printed, best, texts) or best.parts.text
    aliases = tuple(Alias(item, why[item]) for item in sorted(printed) if item != name)
    parent = next((parents[node.key] for node in sorted(nodes, key=_fullness) if parents.get(node.key, own) != own), "")
    codes = {code for node in nodes for code in node.codes}
    codes |= {
        code
        for node in nodes
        for spelling in node.spellings
        if (code := normal_code(spelling.identifier)) and code not in codes and not _is_lost(code, nodes)
    }
    reasons = [*best.parts.reasons, *(links[node.key].reason for node in nodes if node.key in links)]
    level = best.parts.level or next((node.parts.level for node in nodes if node.parts.level), "")
    return Institution(
        id=own, name=name, kind=best.parts.kind, level=level, country=best.parts.country,
        place=best.parts.place or next((node.parts.place for node in nodes if node.parts.place), ""), parent=parent,
        identifiers=tuple(sorted(codes, key=preference)), aliases=aliases, reasons=tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


def _is_lost(code: str, nodes: Sequence[Node]) -> bool:
    """Return whether a printed number is that of another institution."""
    return any(
        code == normal_code(spelling.identifier) and code not in node.codes
        for node in nodes
        for spelling in node.spellings
    ) and not any(code in node.codes for node in nodes)


def _best_name(printed: Mapping[str, int], best: Node, keys: Mapping[str, str]) -> str:
    """Return the fullest name printed: in Chinese before other letters, of the fullest key, the longest, most used."""
    if not printed:
        return ""
    former = _former_names()

    def rank(name: str) -> tuple[object, ...]:
        return (
            best.parts.country in {"CN", "TW"} and not is_han_name(name),
            keys[name] != best.key,
            former.search(name) is not None,
            -len(name),
            -printed[name],
            name,
        )

    return min(printed, key=rank)


@cache
def _former_names() -> re.Pattern[str]:
    """Return the pattern of the names that were given up, as renamings.yml has them."""
    names = {row.old for row in renamings() if row.effect == "renamed" and row.old not in row.new}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


def _alias_reason(name: str, node: Node, links: Mapping[str, Link]) -> str:
    link = links.get(node.key)
    if link is not None and link.kind != "printed":
        return link.kind
    if node.parts.country in {"CN", "TW"} and not is_han_name(name):
        return "english"
    if _former_names().search(name):
        return "renamed"
    return "printed"
